"""What ``psight.Process`` is made of: identity, caching, and each method by its platform's name.

A method is one call of ``self._proc``, looked up when it is made, because programs replace methods
of the class, of one object and of the platform's ``Process``. ``_home`` is the namespace of the
package instance a class belongs to (see ``__init__``): what programs replace there is found too.
"""

import os
from _thread import RLock
from abc import ABCMeta

from . import _pslinux as _psplatform
from ._exceptions import AccessDenied, NoSuchProcess, TimeoutExpired, ZombieProcess

_UNKNOWN = object()

# What a new object knows: nothing. Kept on the class, so that making an object costs little.
_FORGOTTEN = {
    "_name": None,
    "_ppid": None,
    "_exe": None,
    "_create_time": None,
    "_exitcode": _UNKNOWN,
    "_gone": False,
    "_pid_reused": False,
    "_kept": None,
    "_last_sys_cpu_times": None,
    "_last_proc_cpu_times": None,
}

# In Process and not in psutil 7.2: from its 8.0 in development, or from its 4.4.
ADDITIONS = frozenset(("attrs", "page_faults", "memory_footprint", "memory_info_ex"))


class ProcessType(ABCMeta):
    """The type of ``Process``, so that ``dir(Process)`` is psutil 7.2's: tools compare it.

    Of ``ABCMeta``, because programs make abstract classes of theirs out of ``Process``.
    """

    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__

    def __dir__(cls):
        return sorted(set(super().__dir__()) - ADDITIONS)


class ProcessCore(metaclass=ProcessType):
    """Who a process is."""

    _home = None

    def __init__(self, pid=None):
        self._init(pid)

    def _init(self, pid, _ignore_nsp=False):
        known = self.__dict__
        for name in _FORGOTTEN:
            known.pop(name, None)
        if pid is None:
            pid = os.getpid()
        else:
            if pid < 0:
                raise ValueError(f"pid must be a positive integer (got {pid})")
            if isinstance(pid, bool):
                raise NoSuchProcess(pid, msg="process PID not found")
            try:
                _psplatform.cext.check_pid_range(pid)
            except OverflowError as error:
                raise NoSuchProcess(pid, msg="process PID out of range") from error
        self._pid = pid
        self._lock = RLock()
        self._proc = _psplatform.Process(pid)
        try:
            self._ident = self._get_ident()
        except (AccessDenied, ZombieProcess):
            self._ident = (pid, None)
        except NoSuchProcess as error:
            if not _ignore_nsp:
                raise NoSuchProcess(pid, msg="process PID not found") from error
            self._ident = (pid, None)
            self._gone = True

    @classmethod
    def _known(cls, pid, ticks):
        """A process that was seen a moment ago: its start, in ticks, is not read again."""
        self = cls.__new__(cls)
        self._pid = pid
        self._lock = RLock()
        self._proc = _psplatform.Process(pid, ticks)
        self._ident = (pid, None if ticks is None else ticks / _psplatform.CLOCK_TICKS)
        return self

    def _get_ident(self):
        """``(pid, start)``: the start in the kernel's own clock, which nobody can set."""
        return (self._pid, self._proc.create_time(monotonic=True))

    def __dir__(self):
        return sorted(set(super().__dir__()) - ADDITIONS)

    def __str__(self):
        info = {"pid": self._pid}
        with self.oneshot():
            if self._pid_reused:
                info["status"] = "terminated + PID reused"
            else:
                try:
                    info["name"] = self.name()
                    info["status"] = self.status()
                except ZombieProcess:
                    info["status"] = "zombie"
                except NoSuchProcess:
                    info["status"] = "terminated"
                except AccessDenied:
                    pass
        if self._name and "name" not in info:
            info = {"pid": self._pid, "name": self._name, **info}
        if self._exitcode is not _UNKNOWN and self._exitcode is not None:
            info["exitcode"] = self._exitcode
        if self._create_time is not None:
            from ._show import started

            info["started"] = started(self._create_time)
        details = ", ".join([f"{key}={value!r}" for key, value in info.items()])
        return f"{self.__class__.__module__}.{self.__class__.__name__}({details})"

    __repr__ = __str__

    def __eq__(self, other):
        if not isinstance(other, self._home["Process"]):
            return NotImplemented
        mine, theirs = self._ident, other._ident
        if mine == theirs:
            return True
        # An unknown start proves nothing (D27).
        return mine[0] == theirs[0] and (mine[1] is None or theirs[1] is None)

    def __hash__(self):
        return hash(self._pid)

    @property
    def pid(self):
        """The process id."""
        return self._pid

    def is_running(self):
        """Whether this very process is there: its pid and its start. A zombie is.

        Once False, always False. Never raises.
        """
        if self._gone or self._pid_reused:
            return False
        try:
            if self == self._home["Process"](self._pid):
                return True
        except ZombieProcess:
            return True
        except NoSuchProcess:
            self._gone = True
            return False
        self._pid_reused = True
        self._gone = True
        self._home["_pids_reused"].add(self._pid)
        return False

    def _raise_if_pid_reused(self):
        """Refuse to act on whoever has the pid now."""
        if self._pid_reused or (not self.is_running() and self._pid_reused):
            text = "process no longer exists and its PID has been reused"
            raise NoSuchProcess(self._pid, self._name, msg=text)

    def oneshot(self):
        """A context in which each source of this process is read at most once.

        Makes asking for several things faster. Nested ones count as one; threads take turns.
        """
        return _Oneshot(self)

    def wait(self, timeout=None):
        """Wait for the process to end; return its exit code, None if that cannot be known.

        Negative (a ``Negsignal``) if a signal ended it. Of a process that is not a child of
        ours the code is not known. ``timeout`` in seconds; ``TimeoutExpired`` when it is over.
        """
        if timeout is not None:
            if not isinstance(timeout, (int, float)):
                raise TypeError(f"timeout must be an int or float (got {type(timeout)})")
            if timeout < 0:
                raise ValueError(f"timeout must be positive or zero (got {timeout})")
        if self._pid == 0:
            raise ValueError("can't wait for PID 0")
        if self._exitcode is not _UNKNOWN:
            return self._exitcode
        try:
            self._exitcode = self._proc.wait(timeout)
        except TimeoutExpired as error:
            raise TimeoutExpired(timeout, pid=self._pid, name=self._name) from error
        return self._exitcode


for _attribute, _value in _FORGOTTEN.items():
    setattr(ProcessCore, _attribute, _value)


# The processes that a oneshot() is open for, by id().
_open = {}


def _forked():
    """Close, in a process just forked, what is open for threads that it has not."""
    for process in list(_open.values()):
        if not process._lock._is_owned():
            del _open[id(process)]
            process._lock = RLock()
            process._kept = None
            process._proc.oneshot_exit()


os.register_at_fork(after_in_child=_forked)


class _Oneshot:
    """See ``Process.oneshot``."""

    __slots__ = ("_outermost", "_process")

    def __init__(self, process):
        self._process = process

    def __enter__(self):
        process = self._process
        lock = process._lock
        lock.acquire()
        try:
            self._outermost = process._kept is None
            if self._outermost:
                _open[id(process)] = process
                process._kept = {}
                process._proc.oneshot_enter()
        except BaseException:
            process._kept = None
            _open.pop(id(process), None)
            lock.release()
            raise

    def __exit__(self, *_):
        process = self._process
        try:
            if self._outermost:
                process._kept = None
                _open.pop(id(process), None)
                process._proc.oneshot_exit()
        finally:
            process._lock.release()
