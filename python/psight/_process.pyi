from typing import Any, Literal

from typing_extensions import TypeAlias

# None, where types-psutil does not say so: programs written for it may go on without asking.
_OrNone: TypeAlias = Any

_Attrs: TypeAlias = list[str] | tuple[str, ...] | set[str] | frozenset[str]
_Status: TypeAlias = Literal[
    "running",
    "sleeping",
    "disk-sleep",
    "stopped",
    "tracing-stop",
    "zombie",
    "dead",
    "wake-kill",
    "waking",
    "idle",
    "locked",
    "waiting",
    "suspended",
    "parked",
]
