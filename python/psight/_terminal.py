"""Colors on a terminal, for the scripts that print this package's results."""

import sys

_COLORS = {
    None: "29",
    "blue": "34",
    "brown": "33",
    "darkgrey": "30",
    "green": "32",
    "grey": "37",
    "lightblue": "36",
    "red": "91",
    "violet": "35",
    "yellow": "93",
}


def term_supports_colors(file=None):
    """Return whether a stream, standard output by default, is a terminal."""
    stream = sys.stdout if file is None else file
    try:
        stream.fileno()
        return stream.isatty()
    except (AttributeError, OSError, ValueError):
        return False


def hilite(s, color=None, bold=False):
    """Return the text with a color, or as it is when standard output is no terminal.

    Raises ``ValueError`` when the color is not one of the names known.
    """
    if not term_supports_colors():
        return s
    return _colored(s, color, bold)


def print_color(s, color=None, bold=False, file=None):
    """Print the text with a color; without when the stream is no terminal, and on Windows."""
    if sys.platform != "win32" and term_supports_colors(file):
        s = _colored(s, color, bold)
    print(s, file=file)


def _colored(text, color, bold):
    try:
        attributes = _COLORS[color]
    except KeyError:
        message = f"invalid color {color!r}; choose amongst {list(_COLORS)}"
        raise ValueError(message) from None
    if bold:
        attributes += ";1"
    return f"\x1b[{attributes}m{text}\x1b[0m"
