import sys

if sys.platform == "linux":
    from typing import Final

    from . import _ntuples as ntp, _psight, _psutil_linux
    from ._common import (
        ENCODING as ENCODING,
        NIC_DUPLEX_FULL as NIC_DUPLEX_FULL,
        NIC_DUPLEX_HALF as NIC_DUPLEX_HALF,
        NIC_DUPLEX_UNKNOWN as NIC_DUPLEX_UNKNOWN,
        AccessDenied as AccessDenied,
        NoSuchProcess as NoSuchProcess,
        ZombieProcess as ZombieProcess,
        bcat as bcat,
        cat as cat,
        debug as debug,
        decode as decode,
        get_procfs_path as get_procfs_path,
        isfile_strict as isfile_strict,
        memoize as memoize,
        memoize_when_activated as memoize_when_activated,
        open_binary as open_binary,
        open_text as open_text,
        parse_environ_block as parse_environ_block,
        path_exists_strict as path_exists_strict,
        supports_ipv6 as supports_ipv6,
        usage_percent as usage_percent,
    )
    from ._enums import AddressFamily as AddressFamily, IOPriority as IOPriority
    from ._linux_files import (
        RootFsDeviceFinder as RootFsDeviceFinder,
        calculate_avail_vmem as calculate_avail_vmem,
    )
    from ._ntuples import (
        pcputimes as pcputimes,
        pfullmem as pfullmem,
        pio as pio,
        pmem as pmem,
        pmmap_ext as pmmap_ext,
        pmmap_grouped as pmmap_grouped,
        popenfile as popenfile,
        scputimes as scputimes,
        sdiskio as sdiskio,
        svmem as svmem,
    )
    from ._psight import (
        boot_time as boot_time,
        cpu_count_cores as cpu_count_cores,
        cpu_count_logical as cpu_count_logical,
        cpu_freq as cpu_freq,
        cpu_stats as cpu_stats,
        disk_io_counters as disk_io_counters,
        disk_partitions as disk_partitions,
        heap_trim as heap_trim,
        look as look,
        net_connections as net_connections,
        net_if_addrs as net_if_addrs,
        net_io_counters as net_io_counters,
        percent_of_time as percent_of_time,
        pids as pids,
        sensors_battery as sensors_battery,
        sensors_fans as sensors_fans,
        sensors_temperatures as sensors_temperatures,
        users as users,
    )
    from ._psposix import disk_usage as disk_usage

    cext = _psutil_linux

    AF_LINK: Final = AddressFamily.AF_LINK
    IOPRIO_CLASS_NONE: Final = IOPriority.IOPRIO_CLASS_NONE
    IOPRIO_CLASS_RT: Final = IOPriority.IOPRIO_CLASS_RT
    IOPRIO_CLASS_BE: Final = IOPriority.IOPRIO_CLASS_BE
    IOPRIO_CLASS_IDLE: Final = IOPriority.IOPRIO_CLASS_IDLE

    CLOCK_TICKS: Final[int]
    PAGESIZE: Final[int]

    HAS_PROC_IO: Final[bool]
    HAS_PROC_SMAPS: Final[bool]

    def virtual_memory() -> ntp.svmem: ...
    def swap_memory() -> ntp.sswap: ...
    def heap_info() -> tuple[int, int]: ...
    def cpu_times() -> ntp.scputimes: ...
    def per_cpu_times() -> list[ntp.scputimes]: ...
    def net_if_stats() -> dict[str, ntp.snicstats]: ...
    def pid_exists(pid: int) -> bool: ...
    def ppid_map() -> dict[int, int]: ...
    def readlink(path: str) -> str: ...

    class Process(_psight.Process):
        def __init__(self, pid: int, stamp: int | None = None) -> None: ...
        def create_time(self, monotonic: bool = False) -> float: ...
        def wait(self, timeout: float | None = None) -> int | None: ...
