"""The shape of every structured result: 31 named tuples, built on first use.

``collections.namedtuple`` compiles source text for each class, so building them all would be most
of what importing this package costs. The tables below give the fields on every platform; the
ones in force are chosen once. A type that the platform does not have is absent.
"""

from ._brand import brand
from ._constants import AIX, BSD, FREEBSD, LINUX, MACOS, SUNOS, WINDOWS

# The same everywhere, unless a platform's table says otherwise.
_FIELDS = {
    "sswap": "total used free percent sin sout",
    "scpustats": "ctx_switches interrupts soft_interrupts syscalls",
    "scpufreq": "current min max",
    "sdiskusage": "total used free percent",
    "sdiskpart": "device mountpoint fstype opts",
    "sdiskio": "read_count write_count read_bytes write_bytes read_time write_time",
    "snetio": "bytes_sent bytes_recv packets_sent packets_recv errin errout dropin dropout",
    "sconn": "fd family type laddr raddr status pid",
    "pconn": "fd family type laddr raddr status",
    "addr": "ip port",
    "snicaddr": "family address netmask broadcast ptp",
    "snicstats": "isup duplex speed mtu flags",
    "shwtemp": "label current high critical",
    "sfan": "label current",
    "sbattery": "percent secsleft power_plugged",
    "suser": "name terminal host started pid",
    "pcputimes": "user system children_user children_system",
    "popenfile": "path fd",
    "pthread": "id user_time system_time",
    "puids": "real effective saved",
    "pgids": "real effective saved",
    "pio": "read_count write_count read_bytes write_bytes",
    "pionice": "ioclass value",
    "pctxsw": "voluntary involuntary",
    # Not of psutil 7.2, but of the 8.0 in development.
    "ppagefaults": "minor major",
    "pfootprint": "uss pss swap",
}

_MEMORY = "total available percent used free"

# On Linux scputimes is missing here: its width is the kernel's choice.
_LINUX = {
    "svmem": f"{_MEMORY} active inactive buffers cached shared slab",
    "sdiskio": f"{_FIELDS['sdiskio']} read_merged_count write_merged_count busy_time",
    "pheap": "heap_used mmap_used",
    "pcputimes": f"{_FIELDS['pcputimes']} iowait",
    "pmem": "rss vms shared text lib data dirty",
    "pfullmem": "rss vms shared text lib data dirty uss pss swap",
    "pmmap_grouped": "path rss size pss shared_clean shared_dirty private_clean private_dirty"
    " referenced anonymous swap",
    "popenfile": "path fd position mode flags",
    "pio": f"{_FIELDS['pio']} read_chars write_chars",
}

_WINDOWS_PMEM = (
    "rss vms num_page_faults peak_wset wset peak_paged_pool paged_pool"
    " peak_nonpaged_pool nonpaged_pool pagefile peak_pagefile private"
)
_WINDOWS = {
    "scputimes": "user system idle interrupt dpc",
    "svmem": _MEMORY,
    "pheap": "heap_used mmap_used heap_count",
    "pmem": _WINDOWS_PMEM,
    "pfullmem": f"{_WINDOWS_PMEM} uss",
    "pmmap_grouped": "path rss",
    "pio": f"{_FIELDS['pio']} other_count other_bytes",
}

_MACOS = {
    "scputimes": "user nice system idle",
    "svmem": f"{_MEMORY} active inactive wired",
    "pheap": "heap_used mmap_used",
    "pmem": "rss vms pfaults pageins",
    "pfullmem": "rss vms pfaults pageins uss",
}

_BSD = {
    "scputimes": "user nice system idle irq",
    "svmem": f"{_MEMORY} active inactive buffers cached shared wired",
    "sdiskio": "read_count write_count read_bytes write_bytes",
    "pheap": "heap_used mmap_used",
    "pmem": "rss vms text data stack",
    "pmmap_grouped": "path rss private ref_count shadow_count",
}

_FREEBSD = {**_BSD, "sdiskio": f"{_FIELDS['sdiskio']} busy_time"}

_AIX = {
    "scputimes": "user system idle iowait",
    "svmem": _MEMORY,
    "pmem": "rss vms",
}

_SUNOS = {**_AIX, "pmmap_grouped": "path rss anonymous locked"}

# One type under two names, where the platform has nothing to add to memory_info().
_ALIASES = {}

if LINUX:
    _FIELDS.update(_LINUX)
elif WINDOWS:
    _FIELDS.update(_WINDOWS)
elif MACOS:
    _FIELDS.update(_MACOS)
elif BSD or SUNOS or AIX:
    _FIELDS.update(_FREEBSD if FREEBSD else _BSD if BSD else _SUNOS if SUNOS else _AIX)
    _ALIASES["pfullmem"] = "pmem"

if "pmmap_grouped" in _FIELDS:
    _FIELDS["pmmap_ext"] = f"addr perms {_FIELDS['pmmap_grouped']}"

#: The name of every type of this platform.
NAMES = (*_FIELDS, *_ALIASES, "scputimes") if LINUX else (*_FIELDS, *_ALIASES)

_SCPUTIMES = ("user", "nice", "system", "idle", "iowait", "irq", "softirq")
_SCPUTIMES_LATER = ("steal", "guest", "guest_nice")


def scputimes_fields(n_values):
    """Return the fields of the Linux ``scputimes`` for that many numbers on a cpu line.

    Seven always; Linux 2.6.11 added ``steal``, 2.6.24 ``guest``, 2.6.33 ``guest_nice``.
    Numbers beyond those have no field.
    """
    later = max(0, n_values - len(_SCPUTIMES))
    return _SCPUTIMES + _SCPUTIMES_LATER[:later]


def _linux_scputimes_fields():
    """Ask the running kernel, whatever PROCFS_PATH says; all ten fields if it does not answer."""
    from . import _psight

    try:
        return scputimes_fields(_psight.cpu_times_width())
    except OSError:
        return scputimes_fields(10)


def __getattr__(name):
    module = __name__
    if name in _FIELDS:
        fields = _FIELDS[name]
    elif name in _ALIASES:
        original = _ALIASES[name]
        value = globals().get(original) or __getattr__(original)
        return globals().setdefault(name, value)
    elif LINUX and name == "scputimes":
        fields = _linux_scputimes_fields()
        module = f"{__name__.rpartition('.')[0]}._pslinux"
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    from collections import namedtuple

    # Two threads may get here at once: the class stored first is the only one, or a tuple of
    # the other could not be pickled.
    return globals().setdefault(name, namedtuple(name, fields, module=brand(module)))


def __dir__():
    return sorted({*globals(), *NAMES})
