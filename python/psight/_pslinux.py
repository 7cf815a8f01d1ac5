"""Linux, under the names that programs and psutil's tests reach for: ``psutil._psplatform``.

Programs replace functions of this module and methods of ``Process`` here, so ``psight`` calls
them by name each time. What they do is in the native module.
"""

import os

from . import _common, _psight, _psposix, _psutil_linux as cext
from ._psight import (  # noqa: F401
    boot_time,
    cpu_count_cores,
    cpu_count_logical,
    cpu_freq,
    cpu_stats,
    disk_io_counters,
    disk_partitions,
    look,
    net_connections,
    net_if_addrs,
    net_io_counters,
    percent_of_time,
    pids,
    sensors_battery,
    sensors_fans,
    sensors_temperatures,
    users,
)
from ._psposix import disk_usage  # noqa: F401

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
PAGESIZE = os.sysconf("SC_PAGE_SIZE")

# Which files this kernel has for a process, whatever PROCFS_PATH will be set to.
_OWN = f"/proc/{os.getpid()}"
HAS_PROC_IO = os.path.exists(f"{_OWN}/io")
HAS_PROC_SMAPS = os.path.exists(f"{_OWN}/smaps")

_net_if_mtu = cext.net_if_mtu


def __getattr__(name):
    """Enums, named tuples and helpers that psutil has in this module."""
    if name.startswith("__"):
        raise AttributeError(name)
    from . import _enums, _linux_files, _ntuples

    for home in (_ntuples, _enums, _linux_files, _common):
        try:
            value = getattr(home, name)
        except AttributeError:
            continue
        return globals().setdefault(name, value)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def cpu_times():
    """CPU seconds of all CPUs together: ``scputimes``."""
    return _psight.cpu_times()


def per_cpu_times():
    """CPU seconds of each online CPU: a list of ``scputimes``."""
    return _psight.cpu_times(percpu=True)


def virtual_memory():
    """``svmem``. ``RuntimeWarning`` when the kernel does not tell all of it."""
    memory, missing = _psight.virtual_memory()
    if missing:
        import warnings

        were = "were" if len(missing) > 1 else "was"
        names = ", ".join(missing)
        text = f"{names} memory stats couldn't be determined and {were} set to 0"
        warnings.warn(text, RuntimeWarning, stacklevel=2)
    return memory


def swap_memory():
    """``sswap``. ``RuntimeWarning`` when the kernel does not tell all of it."""
    swap, told = _psight.swap_memory()
    if not told:
        import warnings

        text = "'sin' and 'sout' swap memory stats couldn't be determined and were set to 0"
        warnings.warn(text, RuntimeWarning, stacklevel=2)
    return swap


def net_if_stats():
    """``snicstats`` by interface."""
    stats = _psight.net_if_stats()
    if cext.net_if_mtu is _net_if_mtu:
        return stats
    # A program put its own function there: it decides which interfaces there are.
    return {name: row for name, row in stats.items() if _is_there(name)}


def _is_there(name):
    import errno

    try:
        cext.net_if_mtu(name)
    except OSError as error:
        if error.errno != errno.ENODEV:
            raise
        return False
    return True


def pid_exists(pid):
    """Whether a process, not a thread, has this id."""
    return _psight.pid_exists(pid)


def ppid_map():
    """The parent's id of every process, by id."""
    rows = _psight.look(_psight.pids(), ("ppid",), None, False)
    return {pid: facts["ppid"] for pid, _, facts in rows if "ppid" in facts}


if hasattr(_psight, "heap_info"):

    def heap_info():
        """``(heap_used, mmap_used)``, in bytes."""
        return tuple(_psight.heap_info())

    heap_trim = _psight.heap_trim


def readlink(path):
    """A link's target, without the marks that the kernel adds."""
    target = os.readlink(path).split("\x00")[0]
    if target.endswith(" (deleted)") and not _common.path_exists_strict(target):
        target = target[: -len(" (deleted)")]
    return target


class Process(_psight.Process):
    """One process. What each method tells is documented in ``psight.Process``."""

    __slots__ = ("_name", "_ppid", "__weakref__")

    def __init__(self, pid, stamp=None):
        self._name = None
        self._ppid = None

    def create_time(self, monotonic=False):
        """Seconds since the epoch; with ``monotonic``, since boot, whatever the clock does."""
        if monotonic:
            return self.start_ticks() / CLOCK_TICKS
        return self.wall_create_time()

    def _parse_smaps_rollup(self):
        """``(uss, pss, swap)``, in bytes."""
        memory = self.memory_full_info()
        return memory.uss, memory.pss, memory.swap

    def _parse_smaps(self):
        """The same as the sum of the regions, each of which the kernel rounds to KiB."""
        regions = [region[3:] for region in self.memory_maps()]
        _, _, pss, _, _, clean, dirty, _, _, swap = map(sum, zip(*regions))
        return clean + dirty, pss, swap

    def wait(self, timeout=None):
        """The exit code, ``None`` if it cannot be known. ``TimeoutExpired``."""
        from ._exceptions import TimeoutExpired

        try:
            return _psposix.wait_pid(self.pid, timeout)
        except TimeoutExpired:
            raise TimeoutExpired(timeout, self.pid, self._name) from None
