"""What is left of psutil's own ``_compat``: the names programs imported when Python 2 lived."""

import builtins
from functools import lru_cache

PY3 = True

basestring = str
long = int
unichr = chr
unicode = str
xrange = range

# Python 2 lacked these, or had them differently.
_SAME = (
    "ChildProcessError",
    "FileExistsError",
    "FileNotFoundError",
    "InterruptedError",
    "PermissionError",
    "ProcessLookupError",
    "range",
    "super",
)
globals().update({name: getattr(builtins, name) for name in _SAME})

__all__ = ["PY3", "b", "basestring", "long", "lru_cache", "u", "unichr", "unicode", "xrange"]


def u(s):
    """Return the text as it is."""
    return s


def b(s):
    """Return the text as bytes, one per character, in latin-1."""
    return s.encode("latin-1")
