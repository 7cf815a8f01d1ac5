import sys
from typing import Literal, Protocol, overload, type_check_only

from _typeshed import FileDescriptorOrPath, StrOrBytesPath

from . import _ntuples as ntp
from ._process import _OrNone

__all__: list[str] = [
    "boot_time",
    "cpu_stats",
    "disk_io_counters",
    "disk_partitions",
    "disk_usage",
    "getloadavg",
    "net_connections",
    "net_if_addrs",
    "net_if_stats",
    "net_io_counters",
    "swap_memory",
    "users",
]

@type_check_only
class _DiskIoCountersCallable(Protocol):
    __name__: str
    @overload
    def __call__(
        self, perdisk: Literal[False] = False, nowrap: bool = True
    ) -> ntp.sdiskio | None: ...
    @overload
    def __call__(self, perdisk: Literal[True], nowrap: bool = True) -> dict[str, ntp.sdiskio]: ...
    def cache_clear(self) -> None: ...

@type_check_only
class _NetIoCountersCallable(Protocol):
    __name__: str
    @overload
    def __call__(
        self, pernic: Literal[False] = False, nowrap: bool = True
    ) -> ntp.snetio | _OrNone: ...
    @overload
    def __call__(self, pernic: Literal[True], nowrap: bool = True) -> dict[str, ntp.snetio]: ...
    def cache_clear(self) -> None: ...

disk_io_counters: _DiskIoCountersCallable
net_io_counters: _NetIoCountersCallable

def boot_time() -> float: ...
def cpu_stats() -> ntp.scpustats: ...
def disk_partitions(all: bool = False) -> list[ntp.sdiskpart]: ...
def getloadavg() -> tuple[float, float, float]: ...
def net_connections(kind: str = "inet") -> list[ntp.sconn]: ...
def net_if_addrs() -> dict[str, list[ntp.snicaddr]]: ...
def net_if_stats() -> dict[str, ntp.snicstats]: ...
def swap_memory() -> ntp.sswap: ...
def users() -> list[ntp.suser]: ...

if sys.platform == "win32":
    def disk_usage(path: StrOrBytesPath) -> ntp.sdiskusage: ...

else:
    def disk_usage(path: FileDescriptorOrPath) -> ntp.sdiskusage: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
    or sys.platform.startswith("openbsd")
):
    __all__ += ["cpu_freq"]

    @overload
    def cpu_freq(percpu: Literal[False] = False) -> ntp.scpufreq | _OrNone: ...
    @overload
    def cpu_freq(percpu: Literal[True]) -> list[ntp.scpufreq]: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
    or sys.platform.startswith("netbsd")
):
    __all__ += ["heap_info", "heap_trim"]

    def heap_info() -> ntp.pheap: ...
    def heap_trim() -> None: ...

if (
    sys.platform == "linux"
    or sys.platform == "win32"
    or sys.platform == "darwin"
    or sys.platform.startswith("freebsd")
):
    __all__ += ["sensors_battery"]

    def sensors_battery() -> ntp.sbattery | None: ...

if sys.platform == "linux":
    __all__ += ["sensors_fans"]

    def sensors_fans() -> dict[str, list[ntp.sfan]]: ...

# The outer condition is for pyright, which knows these three systems and no startswith().
if sys.platform != "win32" and sys.platform != "darwin":
    if sys.platform == "linux" or sys.platform.startswith("freebsd"):
        __all__ += ["sensors_temperatures"]

        def sensors_temperatures(fahrenheit: bool = False) -> dict[str, list[ntp.shwtemp]]: ...
