"""s-tui: a line of text, JSON, and its screen in a terminal with a CSV file beside it."""

import csv
import io
import json

import screen
from compare import Near
from text import mask

RULES = [
    ("json.Frequency.*", Near(0.5, 100.0)),
    ("json.Fan.*", Near(0.3, 300.0)),
    ("json.Temp.*", Near(0.3, 10.0)),
    ("json.*", Near(0, 100.0)),
]
MUTATION = """
_real_freq = cpu_freq
def cpu_freq(percpu=False):
    return _real_freq(percpu)[:1] if percpu else _real_freq().__class__(1.0, 0.0, 0.0)
"""


def observe(side, stage):
    """All three."""
    text = side.run("s-tui", "--terminal")
    brace = side.run("s-tui", "--json")
    log = side.path("log.csv")
    shown = screen.look(
        side,
        ["s-tui", "--csv", "--csv-file", log, "--refresh-rate", "1", "--no-mouse"],
        lambda lines: any("Summaries  " in line for line in lines) and "Util" in "".join(lines),
    )
    # Right of the bar are graphs.
    menu = [mask(line.partition("|")[0]) for line in shown]
    return {
        "text": mask(text.out),
        "json": numbers(json.loads(brace.out)),
        "menu": [line for line in menu if line],
        "csv": [mask(line) for line in columns(side.read("log.csv"))],
        "err": [text.err, brace.err],
    }


def numbers(told):
    """The tree with its numbers, which s-tui writes as text, as numbers."""
    if isinstance(told, dict):
        return {name: numbers(value) for name, value in told.items()}
    try:
        return float(told)
    except ValueError:
        return told


def columns(text):
    """Of a table: each title with what is in its first row."""
    rows = list(csv.reader(io.StringIO(text)))
    return [f"{title} {value}" for title, value in zip(rows[0][1:], rows[1][1:])]
