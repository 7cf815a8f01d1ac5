"""What processes and the machine are doing: psutil's API on a Rust core.

``import psight as psutil``; with this project's distribution ``psutil`` installed, ``import
psutil`` is this package. Sizes are bytes, times are seconds, percentages 0.0 to 100.0.

State (process table, CPU baselines) is in this namespace and nowhere else: a program may execute
this file a second time, under another module object, to have a second, independent state.
"""

import os
import pwd  # noqa: F401
import time

from . import (
    _brand,
    _common,
    _constants,
    _cpu,
    _iter,
    _lazy,
    _psight,
    _pslinux as _psplatform,
    _system,
)
from ._constants import *  # noqa: F403
from ._control import (
    _EXPLICIT,
    ProcessControl as _ProcessControl,
    attribute_names as _attribute_names,
)
from ._exceptions import AccessDenied, Error, NoSuchProcess, TimeoutExpired, ZombieProcess
from ._system import *  # noqa: F403

__author__ = "The psight authors"
#: The version of the API, which programs compare.
__version__ = "7.2.2"
#: The version of psight.
__psight_version__ = _psight.VERSION
version_info = tuple(map(int, __version__.split(".")))

# The native part is of the same installation, or its answers would be misread.
if _psplatform.cext.version != int(__version__.replace(".", "")):
    raise ImportError(
        f"version conflict: {_psplatform.cext.__file__!r} is of API version"
        f" {_psplatform.cext.version!r}, {__file__!r} of {__version__}: install psight again"
    )

#: Where the kernel's files are; read at every call. A ``Process`` keeps the one it was made with.
PROCFS_PATH = "/proc"

RLIM_INFINITY = -1
_RLIMITS = {name: value for name, value in vars(_psight).items() if name.startswith("RLIMIT_")}
globals().update(_RLIMITS)

_timer = time.monotonic
_TOTAL_PHYMEM = None
_LOWEST_PID = None
_pmap = {}
_pids_reused = set()


class Process(_ProcessControl):
    """A process, known by its pid and its start; by default this one.

    Raises ``NoSuchProcess`` if there is none. No descriptor is held. A pid that was given to
    another process is noticed before anything is done to it; see ``is_running()``.
    """

    _home = globals()
    #: The names that ``as_dict()`` and ``process_iter()`` take. As in psutil 8.0.
    attrs = frozenset(_attribute_names(_ProcessControl))


_as_dict_attrnames = set(Process.attrs)


def _classes():
    """What changes when somebody replaces a method of the classes."""
    platform = _psplatform.Process
    return Process, len(Process.__dict__), platform, len(vars(platform)), platform.create_time


_UNTOUCHED = _classes()


def _is_original(process, names):
    """Whether the answers can be had in one native call: nobody has replaced a method."""
    if _classes() != _UNTOUCHED:
        return False
    if PROCFS_PATH != "/proc" or not _EXPLICIT.isdisjoint(names):
        return False
    if process is None:
        return True
    if type(process) is not Process:
        kind = type(process)
        if any(getattr(kind, name) is not getattr(Process, name) for name in Process.attrs):
            return False
    return Process.attrs.isdisjoint(process.__dict__) and process._proc.live is True


def pids():
    """Ids of all processes, ascending."""
    global _LOWEST_PID
    found = _psplatform.pids()
    _LOWEST_PID = found[0] if found else None
    return found


def pid_exists(pid):
    """Whether a process (not a thread) has this id. False for numbers that no pid can be."""
    if pid < 0:
        return False
    if pid == 0:
        return 0 in pids()
    try:
        _psplatform.cext.check_pid_range(pid)
    except OverflowError:
        return False
    return _psplatform.pid_exists(pid)


def process_iter(attrs=None, ad_value=None):
    """All processes, by ascending pid, as a generator.

    The same ``Process`` objects come again in later calls. With ``attrs`` (``[]`` for all) each
    has a dict ``info`` as of ``as_dict(attrs, ad_value)``. Processes that end meanwhile are left
    out. ``process_iter.cache_clear()`` forgets the objects.
    """
    return _iter.process_iter(globals(), attrs, ad_value)


def _forget_processes():
    """Forget the processes of earlier calls."""
    _pmap.clear()


process_iter.cache_clear = _forget_processes


def wait_procs(procs, timeout=None, callback=None):
    """Wait for processes to end: ``(gone, alive)``, two lists.

    Those gone have an attribute ``returncode``. ``callback`` is called with each as it goes.
    ``timeout`` is in seconds; that it passes is no error.
    """
    return _iter.wait_procs(globals(), procs, timeout, callback)


def cpu_count(logical=True):
    """CPUs online, or with ``logical=False`` cores; None if unknown."""
    ask = _psplatform.cpu_count_logical if logical else _psplatform.cpu_count_cores
    count = ask()
    return None if count is None or count < 1 else count


def cpu_times(percpu=False):
    """CPU seconds since boot, by mode; with ``percpu`` a list of them."""
    return _psplatform.per_cpu_times() if percpu else _psplatform.cpu_times()


def cpu_percent(interval=None, percpu=False):
    """How busy the CPUs are since this thread's last call, or for ``interval`` seconds.

    The first call without an interval tells of the time since the import, and in another thread
    0.0. With ``percpu`` a list.
    """
    return _cpu.percent(globals(), interval, percpu)


def cpu_times_percent(interval=None, percpu=False):
    """The share of each mode, as ``cpu_percent()`` measures it."""
    return _cpu.times_percent(globals(), interval, percpu)


def _cpu_tot_time(times):
    """Seconds in all modes."""
    return _psight.cpu_total(times)


def _cpu_busy_time(times):
    """Seconds not spent idle."""
    return _psight.cpu_busy(times)


def virtual_memory():
    """Memory of the machine: ``(total, available, percent, used, free, ...)``, in bytes."""
    global _TOTAL_PHYMEM
    memory = _psplatform.virtual_memory()
    _TOTAL_PHYMEM = memory.total
    return memory


def _set_debug(value):
    """Whether notes go to stderr, as with PSUTIL_DEBUG in the environment."""
    _common.PSUTIL_DEBUG = bool(value)
    _psplatform.cext.set_debug(bool(value))


_cpu.first_readings(globals())

__all__ = [
    "AccessDenied",
    "Error",
    "NoSuchProcess",
    "PROCFS_PATH",
    "Popen",
    "Process",
    "RLIM_INFINITY",
    "TimeoutExpired",
    "ZombieProcess",
    "__version__",
    "cpu_count",
    "cpu_percent",
    "cpu_times",
    "cpu_times_percent",
    "pid_exists",
    "pids",
    "process_iter",
    "version_info",
    "virtual_memory",
    "wait_procs",
    *_lazy.MEMBERS,
    *_system.__all__,
    *[name for name in vars(_constants) if name.isupper()],
    *_RLIMITS,
]


_brand.apply(globals())


def __getattr__(name):
    if name == "bytes2human":
        # As in psutil 8.0, and out of sight: tools call every name that dir() and __all__ have.
        return _common.bytes2human
    value = _lazy.value(globals(), name)
    return globals().setdefault(name, value)


def __dir__():
    return sorted({*globals(), *__all__})
