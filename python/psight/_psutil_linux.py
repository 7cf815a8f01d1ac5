"""The few functions of psutil's C module that programs and its tests reach for."""

import os

from . import _psight

# The digits of the API's version: a native part of another version must not be used.
version = 722

PSUTIL_DEBUG = False


def set_debug(value):
    """Kept for programs that call it: the native part prints nothing."""
    global PSUTIL_DEBUG
    PSUTIL_DEBUG = bool(value)


def check_pid_range(pid):
    """Raise ``OverflowError`` for a number no pid can be, ``TypeError`` for what is no number."""
    pid = _integer(pid)
    if pid < 0:
        raise ValueError("pid must be a positive integer")
    if pid > 2**31 - 1:
        raise OverflowError("signed integer is greater than maximum")


def _integer(value):
    try:
        return value.__index__()
    except AttributeError:
        kind = type(value).__name__
        raise TypeError(f"'{kind}' object cannot be interpreted as an integer") from None


def getpagesize():
    """Bytes in a page of memory."""
    return os.sysconf("SC_PAGE_SIZE")


def net_if_mtu(name):
    """The largest packet of an interface, in bytes. ``OSError`` (ENODEV) if it is not there."""
    return _of_interface(name).mtu


def net_if_duplex_speed(name):
    """``(duplex, speed)`` of an interface, the speed in megabits per second, 0 if unknown."""
    stats = _of_interface(name)
    return int(stats.duplex), stats.speed


def net_if_flags(name):
    """The flags of an interface, as words."""
    flags = _of_interface(name).flags
    return flags.split(",") if flags else []


def _of_interface(name):
    import errno

    try:
        return _psight.net_if_stats()[name]
    except KeyError:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), name) from None


def proc_ioprio_get(pid):
    """``(class, value)`` of a process's I/O priority, as numbers."""
    ioclass, value = _psight.Process(pid).ionice_get()
    return int(ioclass), value


def proc_ioprio_set(pid, ioclass, value):
    """Set a process's I/O priority. ``OSError`` (EINVAL) for a class there is not."""
    _psight.Process(pid).ionice_set(ioclass, value)


def proc_cpu_affinity_get(pid):
    """CPUs a process may run on."""
    return _psight.Process(pid).cpu_affinity_get()


def proc_cpu_affinity_set(pid, cpus):
    """Set the CPUs a process may run on."""
    _psight.Process(pid).cpu_affinity_set(list(cpus))


def linux_sysinfo():
    """Total, free, buffered, shared memory, total and free swap: in units of the last, bytes."""
    import ctypes

    long, short = ctypes.c_ulong, ctypes.c_ushort
    names = "total free shared buffers total_swap free_swap"
    words = [(name, long) for name in names.split()]

    class Sysinfo(ctypes.Structure):  # struct sysinfo of sysinfo(2)
        _fields_ = [
            ("uptime", ctypes.c_long),
            ("loads", long * 3),
            *words,
            ("processes", short),
            ("padding", short),
            ("total_high", long),
            ("free_high", long),
            ("unit", ctypes.c_uint),
            ("room", long * 2),
        ]

    now = Sysinfo()
    if ctypes.CDLL(None, use_errno=True).sysinfo(ctypes.byref(now)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    memory = (now.total, now.free, now.buffers, now.shared)
    return (*memory, now.total_swap, now.free_swap, now.unit)


def users():
    """Sessions, as plain tuples."""
    return [tuple(user) for user in _psight.users()]


def heap_info():
    """``(heap_used, mmap_used)`` of the libc in use, in bytes."""
    return tuple(_psight.heap_info())


def heap_trim():
    """Give unused heap back to the system."""
    _psight.heap_trim()
