from abc import ABCMeta
from contextlib import AbstractContextManager
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

ADDITIONS: frozenset[str]

class ProcessType(ABCMeta):
    def __dir__(cls) -> list[str]: ...

class ProcessCore(metaclass=ProcessType):
    def __init__(self, pid: int | None = None) -> None: ...
    def __eq__(self, other: object) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    @property
    def pid(self) -> int: ...
    def is_running(self) -> bool: ...
    def oneshot(self) -> AbstractContextManager[None]: ...
    # None for a process that is not our child.
    def wait(self, timeout: float | None = None) -> int | _OrNone: ...
