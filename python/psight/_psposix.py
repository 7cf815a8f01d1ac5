"""Waiting for a process, and the few other calls that are the same on every POSIX system.

Waiting is in Python because a signal handler must run while it blocks, and because programs
replace ``os.waitpid`` and friends: every call goes through the ``os`` and ``select`` modules
when it is made.
"""

import errno
import os
import select
import time

from . import _common, _enums
from ._common import debug, usage_percent
from ._exceptions import TimeoutExpired

__all__ = ["disk_usage", "get_terminal_map", "pid_exists", "wait_pid"]

# Seconds between two looks at a process that offers nothing to block on: the first is short for
# processes about to end, the last keeps a long wait cheap.
_FIRST_PAUSE = 0.0001
_LAST_PAUSE = 0.04

# poll(2) takes its timeout in milliseconds as a C int.
_LONGEST_POLL_MS = 2**31 - 1

# What pidfd_open(2) says when the process can still be waited for in another way. ESRCH: it is
# gone, but its exit code may be there. EMFILE, ENFILE: no descriptor left. ENODEV: no anonymous
# inodes. EINVAL: a thread id, or a race in the kernel with a process that is ending; ENOENT: a
# thread id on newer kernels.
_PIDFD_FALLBACK = frozenset(
    (errno.ESRCH, errno.EMFILE, errno.ENFILE, errno.ENODEV, errno.EINVAL, errno.ENOENT)
)
_TOO_MANY_FILES = frozenset((errno.EMFILE, errno.ENFILE))
_KQUEUE_FALLBACK = frozenset((errno.EACCES, errno.EPERM, errno.ESRCH))

# Whether the system lets us use them; None until it was tried.
_pidfd_works = None
_kqueue_works = None

_terminals = {}


def __getattr__(name):
    if name == "Negsignal":
        return _enums.Negsignal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def pid_exists(pid):
    """Return whether a process, or a thread where the system says so, has this pid.

    True for pid 0: a caller who asks here knows that the system has one.
    """
    if pid == 0:
        # kill(0, ...) means the caller's whole process group.
        return True
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def negsig_to_enum(num):
    """Return the ``Negsignal`` member of a negative signal number, or the number itself."""
    try:
        return _enums.Negsignal(num)
    except ValueError:
        return num


def convert_exit_code(status):
    """Return the exit code in a status of ``os.waitpid()``; a negated signal if one ended it.

    Raises ``ValueError`` for a status that means neither.
    """
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    if os.WIFSIGNALED(status):
        return negsig_to_enum(-os.WTERMSIG(status))
    raise ValueError(f"unknown process exit status {status!r}")


def wait_pid_posix(pid, timeout=None):
    """Wait for a process as ``wait_pid()`` does, with nothing but ``os.waitpid()`` and polling."""
    return _look_until_gone(pid, timeout, _deadline(timeout))


def wait_pid_pidfd_open(pid, timeout=None):
    """Wait for a process as ``wait_pid()`` does, through a descriptor for it. Linux 5.3."""
    deadline = _deadline(timeout)
    try:
        pidfd = os.pidfd_open(pid, 0)
    except OSError as err:
        if err.errno not in _PIDFD_FALLBACK:
            raise
        if err.errno != errno.ESRCH:
            debug(f"pidfd_open() failed ({err!r}); use fallback")
        return _look_until_gone(pid, timeout, deadline)
    try:
        # Not select(), which cannot hold descriptors above 1023.
        poller = select.poll()
        poller.register(pidfd, select.POLLIN)
        if not _poll(poller, timeout, deadline):
            raise TimeoutExpired(timeout)
        return _collect(pid, timeout, deadline)
    finally:
        os.close(pidfd)


def wait_pid_kqueue(pid, timeout=None):
    """Wait for a process as ``wait_pid()`` does, through a kernel queue. macOS and BSD."""
    deadline = _deadline(timeout)
    try:
        queue = select.kqueue()
    except OSError as err:
        if err.errno not in _TOO_MANY_FILES:
            raise
        debug(f"kqueue() failed ({err!r}); use fallback")
        return _look_until_gone(pid, timeout, deadline)
    try:
        try:
            events = queue.control([_exit_event(pid)], 1, timeout)
        except OSError as err:
            if err.errno not in _KQUEUE_FALLBACK:
                raise
            debug(f"kqueue.control() failed ({err!r}); use fallback")
            return _look_until_gone(pid, timeout, deadline)
        if not events:
            raise TimeoutExpired(timeout)
        return _collect(pid, timeout, deadline)
    finally:
        queue.close()


def wait_pid(pid, timeout=None):
    """Wait for a process to end and return its exit code.

    A child that exited gives the number it exited with, one ended by a signal the negated
    signal. Of a process that is not our child the code cannot be known: None, once it is gone,
    and a zombie is not gone. None at once for a pid nobody has.

    ``timeout`` is in seconds, 0 for a single look; ``TimeoutExpired`` when it has passed. A
    stopped process is alive. Signals interrupt the wait to run their handlers.
    """
    if pid <= 0:
        # waitpid(0) would collect any child of our process group.
        raise ValueError(f"can't wait for PID {pid}")
    if timeout is not None and timeout < 0:
        raise ValueError(f"timeout must be positive or zero (got {timeout})")
    if can_use_pidfd_open():
        return wait_pid_pidfd_open(pid, timeout)
    if can_use_kqueue():
        return wait_pid_kqueue(pid, timeout)
    return wait_pid_posix(pid, timeout)


def can_use_pidfd_open():
    """Return whether ``os.pidfd_open()`` exists and no sandbox forbids it. Tried once."""
    global _pidfd_works
    if _pidfd_works is None:
        try:
            os.close(os.pidfd_open(os.getpid(), 0))
            _pidfd_works = True
        except AttributeError:
            _pidfd_works = False
        except OSError as err:
            _pidfd_works = err.errno in _TOO_MANY_FILES
    return _pidfd_works


def can_use_kqueue():
    """Return whether a kernel queue can watch a process. Tried once."""
    global _kqueue_works
    if _kqueue_works is None:
        try:
            queue = select.kqueue()
            try:
                queue.control([_exit_event(os.getpid())], 1, 0)
            finally:
                queue.close()
            _kqueue_works = True
        except AttributeError:
            _kqueue_works = False
        except OSError as err:
            _kqueue_works = err.errno in _TOO_MANY_FILES
    return _kqueue_works


def _deadline(timeout):
    """Return when a timeout that starts now is over, in seconds of the monotonic clock."""
    return None if timeout is None else time.monotonic() + timeout


def _poll(poller, timeout, deadline):
    """Return the events, or none when the timeout, in whole milliseconds, is over."""
    if timeout is None:
        return poller.poll()
    left = timeout * 1000
    while left > _LONGEST_POLL_MS:
        events = poller.poll(_LONGEST_POLL_MS)
        if events:
            return events
        left = (deadline - time.monotonic()) * 1000
    return poller.poll(max(0, int(left)))


def _exit_event(pid):
    return select.kevent(
        pid,
        filter=select.KQ_FILTER_PROC,
        flags=select.KQ_EV_ADD | select.KQ_EV_ONESHOT,
        fflags=select.KQ_NOTE_EXIT,
    )


def _collect(pid, timeout, deadline):
    """Return the exit code of a process that is known to have ended."""
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:
        # Not our child, or collected by another thread: it may linger as a zombie.
        return _look_until_gone(pid, timeout, deadline)
    return convert_exit_code(status)


def _look_until_gone(pid, timeout, deadline):
    """Look again and again, at growing intervals, until the process is gone."""
    pause = _FIRST_PAUSE
    flags = 0 if timeout is None else os.WNOHANG
    child = True
    while True:
        if child:
            try:
                collected, status = os.waitpid(pid, flags)
            except ChildProcessError:
                # Not our child, or there is no such process: only its pid can be watched.
                child = False
                continue
            if collected != 0:
                return convert_exit_code(status)
        elif not pid_exists(pid):
            return None
        if deadline is not None and time.monotonic() >= deadline:
            raise TimeoutExpired(timeout)
        time.sleep(pause)
        pause = min(pause * 2, _LAST_PAUSE)


def disk_usage(path):
    """Return the bytes of the file system a path is on, as ``sdiskusage``.

    ``free`` is what an ordinary user can still write, and ``percent`` relates ``used`` to what
    such a user could have; ``total`` and ``used`` include the part reserved for root.
    """
    st = os.statvfs(path)
    total = st.f_blocks * st.f_frsize
    used = (st.f_blocks - st.f_bfree) * st.f_frsize
    free = st.f_bavail * st.f_frsize
    percent = usage_percent(used, used + free, round_=1)
    return _common.sdiskusage(total, used, free, percent)


def get_terminal_map(refresh=False):
    """Return the path of each terminal device, by device number.

    Built once and kept; built again with ``refresh``, for a terminal that is not in it.
    """
    if refresh or not _terminals:
        found = {}
        for directory, prefix in (("/dev", "tty"), ("/dev/pts", "")):
            for path in _names_in(directory, prefix):
                try:
                    found[os.stat(path).st_rdev] = path
                except OSError:
                    # Closed since the directory was read.
                    continue
        _terminals.clear()
        _terminals.update(found)
    return _terminals


def _names_in(directory, prefix):
    """Return the paths of a directory's visible names that begin with a prefix."""
    try:
        names = os.listdir(directory)
    except OSError:
        return []
    return [
        f"{directory}/{name}"
        for name in names
        if name.startswith(prefix) and not name.startswith(".")
    ]
