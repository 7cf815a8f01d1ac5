# ruff: noqa: F403, F405
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from subprocess import _CMD, _ENV, _FILE
from types import TracebackType
from typing import Any, ClassVar, Literal, overload

from _typeshed import FileDescriptorOrPath, StrOrBytesPath
from typing_extensions import Self, deprecated

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
from ._exceptions import (
    AccessDenied as AccessDenied,
    Error as Error,
    NoSuchProcess as NoSuchProcess,
    TimeoutExpired as TimeoutExpired,
    ZombieProcess as ZombieProcess,
)
from ._iter import (
    _DiskIoCountersCallable,
    _NetIoCountersCallable,
    _ProcessIterCallable as _ProcessIterCallable,
)
from ._process import _Attrs, _OrNone, _Status as _Status

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

__all__ = [
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

class Process:
    # What as_dict() and process_iter() accept.
    attrs: ClassVar[frozenset[str]]
    # Set by process_iter() when it is given attrs.
    info: dict[str, Any]
    def __init__(self, pid: int | None = None) -> None: ...
    def __eq__(self, other: object) -> bool: ...
    def __ne__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    @property
    def pid(self) -> int: ...
    def oneshot(self) -> AbstractContextManager[None]: ...
    def as_dict(self, attrs: _Attrs | None = None, ad_value: Any = None) -> dict[str, Any]: ...
    def is_running(self) -> bool: ...
    def parent(self) -> Process | None: ...
    def parents(self) -> list[Process]: ...
    def children(self, recursive: bool = False) -> list[Process]: ...
    def ppid(self) -> int: ...
    def name(self) -> str: ...
    def exe(self) -> str: ...
    def cmdline(self) -> list[str]: ...
    def environ(self) -> dict[str, str]: ...
    def cwd(self) -> str: ...
    def status(self) -> _Status: ...
    def username(self) -> str: ...
    def create_time(self) -> float: ...
    def num_ctx_switches(self) -> _ntp.pctxsw: ...
    def num_threads(self) -> int: ...
    def threads(self) -> list[_ntp.pthread]: ...
    def cpu_percent(self, interval: float | None = None) -> float: ...
    def cpu_times(self) -> _ntp.pcputimes: ...
    def memory_info(self) -> _ntp.pmem: ...
    def memory_full_info(self) -> _ntp.pfullmem: ...
    def memory_percent(self, memtype: str = "rss") -> float: ...
    def page_faults(self) -> _ntp.ppagefaults: ...
    def open_files(self) -> list[_ntp.popenfile]: ...
    def net_connections(self, kind: str = "inet") -> list[_ntp.pconn]: ...
    @overload
    def nice(self, value: None = None) -> int: ...
    @overload
    def nice(self, value: int) -> None: ...
    if sys.platform != "win32":
        def uids(self) -> _ntp.puids: ...
        def gids(self) -> _ntp.pgids: ...
        def terminal(self) -> str | None: ...
        def num_fds(self) -> int: ...

    else:
        def num_handles(self) -> int: ...

    if sys.platform == "linux":
        @overload
        def ionice(self, ioclass: None = None, value: None = None) -> _ntp.pionice: ...
        @overload
        def ionice(self, ioclass: int, value: int | None = None) -> None: ...
        @overload
        def ionice(
            self, ioclass: int | None = None, value: int | None = None
        ) -> _ntp.pionice | _OrNone: ...

    elif sys.platform == "win32":
        @overload
        def ionice(self, ioclass: None = None, value: None = None) -> _pswindows.IOPriority: ...
        @overload
        def ionice(self, ioclass: int, value: None = None) -> None: ...
        @overload
        def ionice(
            self, ioclass: int | None = None, value: None = None
        ) -> _pswindows.IOPriority | _OrNone: ...

    # The outer conditions are for pyright, which knows three systems and no startswith().
    if sys.platform != "darwin":
        if not sys.platform.startswith("sunos"):
            def io_counters(self) -> _ntp.pio: ...

        if sys.platform == "linux" or sys.platform == "win32" or sys.platform.startswith("freebsd"):
            @overload
            def cpu_affinity(self, cpus: None = None) -> list[int]: ...
            @overload
            def cpu_affinity(self, cpus: Iterable[int]) -> None: ...

        if (
            sys.platform == "linux"
            or sys.platform == "win32"
            or sys.platform.startswith("freebsd")
            or sys.platform.startswith("sunos")
        ):
            @overload
            def memory_maps(self, grouped: Literal[True] = True) -> list[_ntp.pmmap_grouped]: ...
            @overload
            def memory_maps(self, grouped: Literal[False]) -> list[_ntp.pmmap_ext]: ...
            @overload
            def memory_maps(
                self, grouped: bool
            ) -> list[_ntp.pmmap_grouped] | list[_ntp.pmmap_ext]: ...

    if sys.platform != "win32" and sys.platform != "darwin":
        if (
            sys.platform == "linux"
            or sys.platform.startswith("freebsd")
            or sys.platform.startswith("sunos")
        ):
            def cpu_num(self) -> int: ...

        if sys.platform == "linux" or sys.platform.startswith("freebsd"):
            @overload
            def rlimit(self, resource: int, limits: None = None) -> tuple[int, int]: ...
            @overload
            def rlimit(self, resource: int, limits: tuple[int, int]) -> None: ...
            @overload
            def rlimit(
                self, resource: int, limits: tuple[int, int] | None = None
            ) -> tuple[int, int] | _OrNone: ...

    if sys.platform == "linux" or sys.platform == "win32" or sys.platform == "darwin":
        def memory_footprint(self) -> _ntp.pfootprint: ...
    @deprecated("connections() is deprecated and will be removed; use net_connections() instead")
    def connections(self, kind: str = "inet") -> list[_ntp.pconn]: ...
    @deprecated("memory_info_ex() is deprecated; use memory_info() instead")
    def memory_info_ex(self) -> _ntp.pmem: ...
    def send_signal(self, sig: int) -> None: ...
    def suspend(self) -> None: ...
    def resume(self) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    # None when the process is nobody's child we know of.
    def wait(self, timeout: float | None = None) -> int | _OrNone: ...

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
disk_io_counters: _DiskIoCountersCallable
net_io_counters: _NetIoCountersCallable

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
def cpu_stats() -> _ntp.scpustats: ...
def getloadavg() -> tuple[float, float, float]: ...
def virtual_memory() -> _ntp.svmem: ...
def swap_memory() -> _ntp.sswap: ...
def disk_partitions(all: bool = False) -> list[_ntp.sdiskpart]: ...
def net_connections(kind: str = "inet") -> list[_ntp.sconn]: ...
def net_if_addrs() -> dict[str, list[_ntp.snicaddr]]: ...
def net_if_stats() -> dict[str, _ntp.snicstats]: ...
def boot_time() -> float: ...
def users() -> list[_ntp.suser]: ...

if sys.platform == "win32":
    def disk_usage(path: StrOrBytesPath) -> _ntp.sdiskusage: ...

else:
    def disk_usage(path: FileDescriptorOrPath) -> _ntp.sdiskusage: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
    or sys.platform.startswith("openbsd")
):
    __all__ += ["cpu_freq"]

    @overload
    def cpu_freq(percpu: Literal[False] = False) -> _ntp.scpufreq | _OrNone: ...
    @overload
    def cpu_freq(percpu: Literal[True]) -> list[_ntp.scpufreq]: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
    or sys.platform.startswith("netbsd")
):
    __all__ += ["heap_info", "heap_trim"]

    def heap_info() -> _ntp.pheap: ...
    def heap_trim() -> None: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
):
    __all__ += ["sensors_battery"]

    def sensors_battery() -> _ntp.sbattery | None: ...

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

    def sensors_fans() -> dict[str, list[_ntp.sfan]]: ...

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

        def sensors_temperatures(fahrenheit: bool = False) -> dict[str, list[_ntp.shwtemp]]: ...

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
