# ruff: noqa: F403, F405
import sys
from collections.abc import Callable, Collection, Iterable
from subprocess import _CMD, _ENV, _FILE
from types import TracebackType
from typing import Any, ClassVar, Literal, overload

from _typeshed import StrOrBytesPath
from typing_extensions import Self

from . import _common as _common, _ntuples as _ntp
from ._common import (
    NIC_DUPLEX_FULL as NIC_DUPLEX_FULL,
    NIC_DUPLEX_HALF as NIC_DUPLEX_HALF,
    NIC_DUPLEX_UNKNOWN as NIC_DUPLEX_UNKNOWN,
    POWER_TIME_UNKNOWN as POWER_TIME_UNKNOWN,
    POWER_TIME_UNLIMITED as POWER_TIME_UNLIMITED,
    bytes2human as bytes2human,
)
from ._constants import *
from ._control import ProcessControl as _ProcessControl
from ._exceptions import (
    AccessDenied as AccessDenied,
    Error as Error,
    NoSuchProcess as NoSuchProcess,
    TimeoutExpired as TimeoutExpired,
    ZombieProcess as ZombieProcess,
)
from ._iter import _ProcessIterCallable as _ProcessIterCallable
from ._process import _Status as _Status
from ._system import *

if sys.platform == "linux":
    from . import _pslinux
    from ._pslinux import (
        IOPRIO_CLASS_BE as IOPRIO_CLASS_BE,
        IOPRIO_CLASS_IDLE as IOPRIO_CLASS_IDLE,
        IOPRIO_CLASS_NONE as IOPRIO_CLASS_NONE,
        IOPRIO_CLASS_RT as IOPRIO_CLASS_RT,
    )

    _psplatform = _pslinux
elif sys.platform == "win32":
    from . import _pswindows
    from ._pswindows import (
        IOPRIO_HIGH as IOPRIO_HIGH,
        IOPRIO_LOW as IOPRIO_LOW,
        IOPRIO_NORMAL as IOPRIO_NORMAL,
        IOPRIO_VERYLOW as IOPRIO_VERYLOW,
        WindowsService as WindowsService,
        win_service_get as win_service_get,
        win_service_iter as win_service_iter,
    )

    _psplatform = _pswindows
elif sys.platform == "darwin":
    from . import _psosx

    _psplatform = _psosx

__all__: list[str] = [
    "AF_LINK",
    "AIX",
    "BSD",
    "CONN_CLOSE",
    "CONN_CLOSE_WAIT",
    "CONN_CLOSING",
    "CONN_ESTABLISHED",
    "CONN_FIN_WAIT1",
    "CONN_FIN_WAIT2",
    "CONN_LAST_ACK",
    "CONN_LISTEN",
    "CONN_NONE",
    "CONN_SYN_RECV",
    "CONN_SYN_SENT",
    "CONN_TIME_WAIT",
    "FREEBSD",
    "LINUX",
    "MACOS",
    "NETBSD",
    "NIC_DUPLEX_FULL",
    "NIC_DUPLEX_HALF",
    "NIC_DUPLEX_UNKNOWN",
    "OPENBSD",
    "OSX",
    "POSIX",
    "POWER_TIME_UNKNOWN",
    "POWER_TIME_UNLIMITED",
    "STATUS_DEAD",
    "STATUS_DISK_SLEEP",
    "STATUS_IDLE",
    "STATUS_LOCKED",
    "STATUS_PARKED",
    "STATUS_RUNNING",
    "STATUS_SLEEPING",
    "STATUS_STOPPED",
    "STATUS_SUSPENDED",
    "STATUS_TRACING_STOP",
    "STATUS_WAITING",
    "STATUS_WAKE_KILL",
    "STATUS_WAKING",
    "STATUS_ZOMBIE",
    "SUNOS",
    "WINDOWS",
    "AccessDenied",
    "Error",
    "NoSuchProcess",
    "Popen",
    "Process",
    "TimeoutExpired",
    "ZombieProcess",
    "boot_time",
    "cpu_count",
    "cpu_percent",
    "cpu_stats",
    "cpu_times",
    "cpu_times_percent",
    "disk_io_counters",
    "disk_partitions",
    "disk_usage",
    "getloadavg",
    "net_connections",
    "net_if_addrs",
    "net_if_stats",
    "net_io_counters",
    "pid_exists",
    "pids",
    "process_iter",
    "swap_memory",
    "users",
    "version_info",
    "virtual_memory",
    "wait_procs",
    "__version__",
]
__author__: str
__version__: str
__psight_version__: str
version_info: tuple[int, int, int]

# An enum member on Linux and Windows, a number elsewhere.
AF_LINK: int

class Process(_ProcessControl):
    # What as_dict() and process_iter() accept.
    attrs: ClassVar[frozenset[str]]
    # Set by process_iter() when it is given attrs.
    info: dict[str, Any]

# Takes what subprocess.Popen takes, and has whatever else that has.
class Popen(Process):
    if sys.version_info >= (3, 11):
        def __init__(
            self,
            args: _CMD,
            bufsize: int = -1,
            executable: StrOrBytesPath | None = None,
            stdin: _FILE | None = None,
            stdout: _FILE | None = None,
            stderr: _FILE | None = None,
            preexec_fn: Callable[[], object] | None = None,
            close_fds: bool = True,
            shell: bool = False,
            cwd: StrOrBytesPath | None = None,
            env: _ENV | None = None,
            universal_newlines: bool | None = None,
            startupinfo: Any | None = None,
            creationflags: int = 0,
            restore_signals: bool = True,
            start_new_session: bool = False,
            pass_fds: Collection[int] = (),
            *,
            text: bool | None = None,
            encoding: str | None = None,
            errors: str | None = None,
            user: str | int | None = None,
            group: str | int | None = None,
            extra_groups: Iterable[str | int] | None = None,
            umask: int = -1,
            pipesize: int = -1,
            process_group: int | None = None,
        ) -> None: ...

    elif sys.version_info >= (3, 10):
        def __init__(
            self,
            args: _CMD,
            bufsize: int = -1,
            executable: StrOrBytesPath | None = None,
            stdin: _FILE | None = None,
            stdout: _FILE | None = None,
            stderr: _FILE | None = None,
            preexec_fn: Callable[[], object] | None = None,
            close_fds: bool = True,
            shell: bool = False,
            cwd: StrOrBytesPath | None = None,
            env: _ENV | None = None,
            universal_newlines: bool | None = None,
            startupinfo: Any | None = None,
            creationflags: int = 0,
            restore_signals: bool = True,
            start_new_session: bool = False,
            pass_fds: Collection[int] = (),
            *,
            text: bool | None = None,
            encoding: str | None = None,
            errors: str | None = None,
            user: str | int | None = None,
            group: str | int | None = None,
            extra_groups: Iterable[str | int] | None = None,
            umask: int = -1,
            pipesize: int = -1,
        ) -> None: ...

    else:
        def __init__(
            self,
            args: _CMD,
            bufsize: int = -1,
            executable: StrOrBytesPath | None = None,
            stdin: _FILE | None = None,
            stdout: _FILE | None = None,
            stderr: _FILE | None = None,
            preexec_fn: Callable[[], object] | None = None,
            close_fds: bool = True,
            shell: bool = False,
            cwd: StrOrBytesPath | None = None,
            env: _ENV | None = None,
            universal_newlines: bool | None = None,
            startupinfo: Any | None = None,
            creationflags: int = 0,
            restore_signals: bool = True,
            start_new_session: bool = False,
            pass_fds: Collection[int] = (),
            *,
            text: bool | None = None,
            encoding: str | None = None,
            errors: str | None = None,
            user: str | int | None = None,
            group: str | int | None = None,
            extra_groups: Iterable[str | int] | None = None,
            umask: int = -1,
        ) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def __getattr__(self, name: str) -> Any: ...
    def __dir__(self) -> list[str]: ...

process_iter: _ProcessIterCallable

def pids() -> list[int]: ...
def pid_exists(pid: int) -> bool: ...
def wait_procs(
    procs: Iterable[Process],
    timeout: float | None = None,
    callback: Callable[[Process], object] | None = None,
) -> tuple[list[Process], list[Process]]: ...
def cpu_count(logical: bool = True) -> int | None: ...
@overload
def cpu_times(percpu: Literal[False] = False) -> _ntp.scputimes: ...
@overload
def cpu_times(percpu: Literal[True]) -> list[_ntp.scputimes]: ...
@overload
def cpu_percent(interval: float | None = None, percpu: Literal[False] = False) -> float: ...
@overload
def cpu_percent(interval: float | None, percpu: Literal[True]) -> list[float]: ...
@overload
def cpu_percent(*, percpu: Literal[True]) -> list[float]: ...
@overload
def cpu_times_percent(
    interval: float | None = None, percpu: Literal[False] = False
) -> _ntp.scputimes: ...
@overload
def cpu_times_percent(interval: float | None, percpu: Literal[True]) -> list[_ntp.scputimes]: ...
@overload
def cpu_times_percent(*, percpu: Literal[True]) -> list[_ntp.scputimes]: ...
def virtual_memory() -> _ntp.svmem: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
    or sys.platform.startswith("openbsd")
):
    __all__ += ["cpu_freq"]

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
    or sys.platform.startswith("netbsd")
):
    __all__ += ["heap_info", "heap_trim"]

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
):
    __all__ += ["sensors_battery"]

if sys.platform == "linux":
    __all__ += [
        "IOPRIO_CLASS_BE",
        "IOPRIO_CLASS_IDLE",
        "IOPRIO_CLASS_NONE",
        "IOPRIO_CLASS_RT",
        "RLIMIT_LOCKS",
        "RLIMIT_MSGQUEUE",
        "RLIMIT_NICE",
        "RLIMIT_RTPRIO",
        "RLIMIT_RTTIME",
        "RLIMIT_SIGPENDING",
        "sensors_fans",
    ]

    RLIMIT_LOCKS: int
    RLIMIT_MSGQUEUE: int
    RLIMIT_NICE: int
    RLIMIT_RTPRIO: int
    RLIMIT_RTTIME: int
    RLIMIT_SIGPENDING: int

if sys.platform == "win32":
    __all__ += [
        "ABOVE_NORMAL_PRIORITY_CLASS",
        "BELOW_NORMAL_PRIORITY_CLASS",
        "CONN_DELETE_TCB",
        "HIGH_PRIORITY_CLASS",
        "IDLE_PRIORITY_CLASS",
        "IOPRIO_HIGH",
        "IOPRIO_LOW",
        "IOPRIO_NORMAL",
        "IOPRIO_VERYLOW",
        "NORMAL_PRIORITY_CLASS",
        "REALTIME_PRIORITY_CLASS",
        "WindowsService",
        "win_service_get",
        "win_service_iter",
    ]

# The outer conditions are for pyright, which knows these three systems and no startswith().
if sys.platform != "win32" and sys.platform != "darwin":
    if sys.platform == "linux" or sys.platform.startswith("freebsd"):
        __all__ += [
            "RLIMIT_AS",
            "RLIMIT_CORE",
            "RLIMIT_CPU",
            "RLIMIT_DATA",
            "RLIMIT_FSIZE",
            "RLIMIT_MEMLOCK",
            "RLIMIT_NOFILE",
            "RLIMIT_NPROC",
            "RLIMIT_RSS",
            "RLIMIT_STACK",
            "RLIM_INFINITY",
            "sensors_temperatures",
        ]

        RLIMIT_AS: int
        RLIMIT_CORE: int
        RLIMIT_CPU: int
        RLIMIT_DATA: int
        RLIMIT_FSIZE: int
        RLIMIT_MEMLOCK: int
        RLIMIT_NOFILE: int
        RLIMIT_NPROC: int
        RLIMIT_RSS: int
        RLIMIT_STACK: int
        RLIM_INFINITY: int

    if (
        sys.platform == "linux"
        or sys.platform.startswith("sunos")
        or sys.platform.startswith("aix")
    ):
        __all__ += ["PROCFS_PATH"]

        PROCFS_PATH: str

    if sys.platform != "linux":
        if sys.platform.startswith("freebsd"):
            __all__ += [
                "RLIMIT_NPTS",
                "RLIMIT_SBSIZE",
                "RLIMIT_SWAP",
            ]

            RLIMIT_NPTS: int
            RLIMIT_SBSIZE: int
            RLIMIT_SWAP: int

        if sys.platform.startswith("sunos"):
            __all__ += ["CONN_BOUND", "CONN_IDLE"]

# Not public, but published programs read or set them.
_TOTAL_PHYMEM: int | None
_as_dict_attrnames: set[str]
_last_cpu_times: dict[int, _ntp.scputimes]
_last_cpu_times_2: dict[int, _ntp.scputimes]
_last_per_cpu_times: dict[int, list[_ntp.scputimes]]
_last_per_cpu_times_2: dict[int, list[_ntp.scputimes]]
_pmap: dict[int, Process]

def _timer() -> float: ...
