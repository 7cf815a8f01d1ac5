from builtins import (
    ChildProcessError as ChildProcessError,
    FileExistsError as FileExistsError,
    FileNotFoundError as FileNotFoundError,
    InterruptedError as InterruptedError,
    PermissionError as PermissionError,
    ProcessLookupError as ProcessLookupError,
    range as range,
    super as super,
)
from functools import lru_cache as lru_cache
from typing import Final

__all__: list[str] = [
    "PY3",
    "b",
    "basestring",
    "long",
    "lru_cache",
    "u",
    "unichr",
    "unicode",
    "xrange",
]

PY3: Final = True

basestring = str
long = int
unicode = str
xrange = range

def unichr(i: int, /) -> str: ...
def u(s: str) -> str: ...
def b(s: str) -> bytes: ...
