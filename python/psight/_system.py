"""Functions about the machine that remember nothing in the package's namespace.

Each calls ``_psplatform.<name>`` when it is called: programs replace functions there.
"""

import os

from . import _common, _enums, _pslinux as _psplatform

__all__ = [
    "boot_time",
    "cpu_freq",
    "cpu_stats",
    "disk_io_counters",
    "disk_partitions",
    "disk_usage",
    "getloadavg",
    "net_connections",
    "net_if_addrs",
    "net_if_stats",
    "net_io_counters",
    "sensors_battery",
    "sensors_fans",
    "sensors_temperatures",
    "swap_memory",
    "users",
]

if hasattr(os, "getloadavg"):
    #: Processes waiting or running, averaged over 1, 5 and 15 minutes.
    getloadavg = os.getloadavg


def cpu_stats():
    """Counters since boot: ``(ctx_switches, interrupts, soft_interrupts, syscalls)``."""
    return _psplatform.cpu_stats()


def cpu_freq(percpu=False):
    """MHz: ``(current, min, max)``, the mean of all CPUs, None if unknown; or one for each CPU."""
    each = _psplatform.cpu_freq()
    if percpu:
        return each
    if len(each) <= 1:
        return each[0] if each else None
    current, lowest, highest = zip(*each)

    def mean(column):
        return None if None in column else sum(column) / len(column)

    if None in lowest:
        highest = (None,)
    return type(each[0])(mean(current), mean(lowest), mean(highest))


def swap_memory():
    """Swap: ``(total, used, free, percent, sin, sout)``, the last two in bytes since boot."""
    return _psplatform.swap_memory()


def disk_usage(path):
    """``(total, used, free, percent)`` of the file system that holds a path, in bytes."""
    return _psplatform.disk_usage(path)


def disk_partitions(all=False):
    """Mounts: ``[(device, mountpoint, fstype, opts), ...]``; with ``all`` virtual ones too."""
    return _psplatform.disk_partitions(bool(all))


def _counters(raw, each, nowrap, name, shape):
    if not raw:
        return {} if each else None
    if nowrap:
        raw = _common.wrap_numbers(raw, name)
    if each:
        return {key: shape(*row) for key, row in raw.items()}
    return shape(*map(sum, zip(*raw.values())))


def disk_io_counters(perdisk=False, nowrap=True):
    """Disk traffic since boot, of all disks or by disk.

    ``nowrap`` keeps numbers growing where the kernel's start anew; ``cache_clear()`` forgets.
    """
    raw = _psplatform.disk_io_counters(perdisk=bool(perdisk))
    return _counters(raw, perdisk, nowrap, "psutil.disk_io_counters", _common.sdiskio)


def net_io_counters(pernic=False, nowrap=True):
    """Network traffic since boot, of all interfaces or by interface.

    ``nowrap`` keeps numbers growing where the kernel's start anew; ``cache_clear()`` forgets.
    """
    raw = _psplatform.net_io_counters()
    return _counters(raw, pernic, nowrap, "psutil.net_io_counters", _common.snetio)


def _cache_clear(name):
    def cache_clear():
        """Forget what ``nowrap`` remembers."""
        _common.wrap_numbers.cache_clear(name)

    return cache_clear


disk_io_counters.cache_clear = _cache_clear("psutil.disk_io_counters")
net_io_counters.cache_clear = _cache_clear("psutil.net_io_counters")


def net_connections(kind="inet"):
    """Sockets: ``[(fd, family, type, laddr, raddr, status, pid), ...]``.

    ``kind``: inet, inet4, inet6, tcp, tcp4, tcp6, udp, udp4, udp6, unix or all.
    """
    return _psplatform.net_connections(kind)


def net_if_addrs():
    """Addresses by interface: ``{name: [(family, address, netmask, broadcast, ptp), ...]}``."""
    link, shape = _enums.AF_LINK, _common.snicaddr
    addresses = {}
    for name, family, address, mask, broadcast, ptp in sorted(
        _psplatform.net_if_addrs(), key=lambda row: row[1]
    ):
        if family == link:
            # A short hardware address, as of a tunnel, is filled up to six bytes.
            missing = 5 - address.count(":")
            if missing > 0:
                address += ":00" * missing
        row = shape(_enums.address_family(family), address, mask, broadcast, ptp)
        addresses.setdefault(name, []).append(row)
    return addresses


def net_if_stats():
    """State by interface: ``{name: (isup, duplex, speed, mtu, flags)}``, speed in Mbit/s."""
    return _psplatform.net_if_stats()


def sensors_temperatures(fahrenheit=False):
    """Temperatures by chip: ``{name: [(label, current, high, critical), ...]}``."""

    def degrees(celsius):
        return celsius if celsius is None or not fahrenheit else celsius * 9 / 5 + 32

    told = {}
    for chip, sensors in _psplatform.sensors_temperatures().items():
        rows = told[chip] = []
        for label, current, high, critical in sensors:
            high, critical = high or critical or high, critical or high or critical
            row = (label, degrees(current), degrees(high), degrees(critical))
            rows.append(_common.shwtemp(*row))
    return told


def sensors_fans():
    """Revolutions per minute by chip: ``{name: [(label, current), ...]}``."""
    return _psplatform.sensors_fans()


def sensors_battery():
    """``(percent, secsleft, power_plugged)``, or None without a battery."""
    return _psplatform.sensors_battery()


def boot_time():
    """When the machine started, in seconds since the epoch."""
    return _psplatform.boot_time()


def users():
    """Sessions: ``[(name, terminal, host, started, pid), ...]``."""
    return _psplatform.users()


if hasattr(_psplatform, "heap_info"):
    __all__ += ["heap_info", "heap_trim"]

    def heap_info():
        """The heap of this process's libc: ``(heap_used, mmap_used)``, in bytes."""
        return _common.pheap(*_psplatform.heap_info())

    def heap_trim():
        """Give this process's unused heap back to the system."""
        _psplatform.heap_trim()
