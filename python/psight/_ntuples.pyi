# Which fields exist depends on the system, as the tables of psutil's documentation say.
import sys
from socket import AddressFamily, SocketKind
from typing import Any, NamedTuple

from typing_extensions import TypeAlias

from ._enums import NicDuplex

# What a field holds less often than the type named beside it. Programs written for types-psutil,
# which does not know it, may go on without asking for it.
_OrFloat: TypeAlias = Any
_OrInt: TypeAlias = Any
_OrNone: TypeAlias = Any
_OrPath: TypeAlias = Any

NAMES: tuple[str, ...]

def scputimes_fields(n_values: int) -> tuple[str, ...]: ...
def __dir__() -> list[str]: ...

class sswap(NamedTuple):
    total: int
    used: int
    free: int
    percent: float
    sin: int
    sout: int

class sdiskusage(NamedTuple):
    total: int
    used: int
    free: int
    percent: float

class sdiskpart(NamedTuple):
    device: str
    mountpoint: str
    fstype: str
    opts: str

class snetio(NamedTuple):
    bytes_sent: int
    bytes_recv: int
    packets_sent: int
    packets_recv: int
    errin: int
    errout: int
    dropin: int
    dropout: int

class suser(NamedTuple):
    name: str
    terminal: str | None
    host: str | None
    started: float
    pid: int | None

class addr(NamedTuple):
    ip: str
    port: int

# The addresses of a unix socket are its path, or "".
class sconn(NamedTuple):
    fd: int
    family: AddressFamily
    type: SocketKind
    laddr: addr | tuple[()] | _OrPath
    raddr: addr | tuple[()] | _OrPath
    status: str
    pid: int | None

# As sconn; () is among what Any stands for, because types-psutil promises an addr.
class pconn(NamedTuple):
    fd: int
    family: AddressFamily
    type: SocketKind
    laddr: addr | _OrPath
    raddr: addr | _OrPath
    status: str

class snicaddr(NamedTuple):
    family: AddressFamily
    address: str
    netmask: str | None
    broadcast: str | None
    ptp: str | None

class snicstats(NamedTuple):
    isup: bool
    duplex: NicDuplex | _OrInt
    speed: int
    mtu: int
    flags: str

class scpustats(NamedTuple):
    ctx_switches: int
    interrupts: int
    soft_interrupts: int
    syscalls: int

class scpufreq(NamedTuple):
    current: float
    min: float | _OrNone
    max: float | _OrNone

class shwtemp(NamedTuple):
    label: str
    current: float
    high: float | None
    critical: float | None

class sfan(NamedTuple):
    label: str
    current: int

class sbattery(NamedTuple):
    percent: int | _OrFloat
    secsleft: int
    power_plugged: bool | _OrNone

class pthread(NamedTuple):
    id: int
    user_time: float
    system_time: float

class puids(NamedTuple):
    real: int
    effective: int
    saved: int

class pgids(NamedTuple):
    real: int
    effective: int
    saved: int

class pionice(NamedTuple):
    ioclass: int
    value: int

class pctxsw(NamedTuple):
    voluntary: int
    involuntary: int

class ppagefaults(NamedTuple):
    minor: int
    major: int

if sys.platform == "linux":
    class scputimes(NamedTuple):
        user: float
        nice: float
        system: float
        idle: float
        iowait: float
        irq: float
        softirq: float
        steal: float
        guest: float
        guest_nice: float

    class svmem(NamedTuple):
        total: int
        available: int
        percent: float
        used: int
        free: int
        active: int
        inactive: int
        buffers: int
        cached: int
        shared: int
        slab: int

    class sdiskio(NamedTuple):
        read_count: int
        write_count: int
        read_bytes: int
        write_bytes: int
        read_time: int
        write_time: int
        read_merged_count: int
        write_merged_count: int
        busy_time: int

    class pheap(NamedTuple):
        heap_used: int
        mmap_used: int

    class pcputimes(NamedTuple):
        user: float
        system: float
        children_user: float
        children_system: float
        iowait: float

    class pmem(NamedTuple):
        rss: int
        vms: int
        shared: int
        text: int
        lib: int
        data: int
        dirty: int

    class pfullmem(NamedTuple):
        rss: int
        vms: int
        shared: int
        text: int
        lib: int
        data: int
        dirty: int
        uss: int
        pss: int
        swap: int

    class pfootprint(NamedTuple):
        uss: int
        pss: int
        swap: int

    class pmmap_grouped(NamedTuple):
        path: str
        rss: int
        size: int
        pss: int
        shared_clean: int
        shared_dirty: int
        private_clean: int
        private_dirty: int
        referenced: int
        anonymous: int
        swap: int

    class pmmap_ext(NamedTuple):
        addr: str
        perms: str
        path: str
        rss: int
        size: int
        pss: int
        shared_clean: int
        shared_dirty: int
        private_clean: int
        private_dirty: int
        referenced: int
        anonymous: int
        swap: int

    class popenfile(NamedTuple):
        path: str
        fd: int
        position: int
        mode: str
        flags: int

    class pio(NamedTuple):
        read_count: int
        write_count: int
        read_bytes: int
        write_bytes: int
        read_chars: int
        write_chars: int

elif sys.platform == "win32":
    class scputimes(NamedTuple):
        user: float
        system: float
        idle: float
        interrupt: float
        dpc: float

    class svmem(NamedTuple):
        total: int
        available: int
        percent: float
        used: int
        free: int

    class pheap(NamedTuple):
        heap_used: int
        mmap_used: int
        heap_count: int

    class pmem(NamedTuple):
        rss: int
        vms: int
        num_page_faults: int
        peak_wset: int
        wset: int
        peak_paged_pool: int
        paged_pool: int
        peak_nonpaged_pool: int
        nonpaged_pool: int
        pagefile: int
        peak_pagefile: int
        private: int

    class pfullmem(NamedTuple):
        rss: int
        vms: int
        num_page_faults: int
        peak_wset: int
        wset: int
        peak_paged_pool: int
        paged_pool: int
        peak_nonpaged_pool: int
        nonpaged_pool: int
        pagefile: int
        peak_pagefile: int
        private: int
        uss: int

    class pfootprint(NamedTuple):
        uss: int

    class pmmap_grouped(NamedTuple):
        path: str
        rss: int

    class pmmap_ext(NamedTuple):
        addr: str
        perms: str
        path: str
        rss: int

    class pio(NamedTuple):
        read_count: int
        write_count: int
        read_bytes: int
        write_bytes: int
        other_count: int
        other_bytes: int

elif sys.platform == "darwin":
    class scputimes(NamedTuple):
        user: float
        nice: float
        system: float
        idle: float

    class svmem(NamedTuple):
        total: int
        available: int
        percent: float
        used: int
        free: int
        active: int
        inactive: int
        wired: int

    class pheap(NamedTuple):
        heap_used: int
        mmap_used: int

    class pmem(NamedTuple):
        rss: int
        vms: int
        pfaults: int
        pageins: int

    class pfullmem(NamedTuple):
        rss: int
        vms: int
        pfaults: int
        pageins: int
        uss: int

    class pfootprint(NamedTuple):
        uss: int

else:
    if sys.platform.startswith("sunos") or sys.platform.startswith("aix"):
        class scputimes(NamedTuple):
            user: float
            system: float
            idle: float
            iowait: float

        class svmem(NamedTuple):
            total: int
            available: int
            percent: float
            used: int
            free: int

        class pmem(NamedTuple):
            rss: int
            vms: int

        if sys.platform.startswith("sunos"):
            class pmmap_grouped(NamedTuple):
                path: str
                rss: int
                anonymous: int
                locked: int

            class pmmap_ext(NamedTuple):
                addr: str
                perms: str
                path: str
                rss: int
                anonymous: int
                locked: int

    else:
        class scputimes(NamedTuple):
            user: float
            nice: float
            system: float
            idle: float
            irq: float

        class svmem(NamedTuple):
            total: int
            available: int
            percent: float
            used: int
            free: int
            active: int
            inactive: int
            buffers: int
            cached: int
            shared: int
            wired: int

        class pheap(NamedTuple):
            heap_used: int
            mmap_used: int

        class pmem(NamedTuple):
            rss: int
            vms: int
            text: int
            data: int
            stack: int

        if sys.platform.startswith("freebsd"):
            class pmmap_grouped(NamedTuple):
                path: str
                rss: int
                private: int
                ref_count: int
                shadow_count: int

            class pmmap_ext(NamedTuple):
                addr: str
                perms: str
                path: str
                rss: int
                private: int
                ref_count: int
                shadow_count: int

    pfullmem = pmem

if sys.platform != "linux":
    class pcputimes(NamedTuple):
        user: float
        system: float
        children_user: float
        children_system: float

    class popenfile(NamedTuple):
        path: str
        fd: int

if sys.platform != "linux" and sys.platform != "win32":
    class pio(NamedTuple):
        read_count: int
        write_count: int
        read_bytes: int
        write_bytes: int

if sys.platform == "win32" or sys.platform == "darwin":
    class sdiskio(NamedTuple):
        read_count: int
        write_count: int
        read_bytes: int
        write_bytes: int
        read_time: int
        write_time: int

elif sys.platform != "linux":
    if sys.platform.startswith("freebsd"):
        class sdiskio(NamedTuple):
            read_count: int
            write_count: int
            read_bytes: int
            write_bytes: int
            read_time: int
            write_time: int
            busy_time: int

    elif sys.platform.startswith("openbsd") or sys.platform.startswith("netbsd"):
        class sdiskio(NamedTuple):
            read_count: int
            write_count: int
            read_bytes: int
            write_bytes: int

    else:
        class sdiskio(NamedTuple):
            read_count: int
            write_count: int
            read_bytes: int
            write_bytes: int
            read_time: int
            write_time: int
