import sys
from enum import IntEnum

from _typeshed import FileDescriptorOrPath, StrOrBytesPath

from . import _ntuples as ntp
from ._common import (
    TimeoutExpired as TimeoutExpired,
    debug as debug,
    usage_percent as usage_percent,
)

__all__: list[str] = ["disk_usage", "get_terminal_map", "pid_exists", "wait_pid"]

# The negated numbers of signal.Signals.
class Negsignal(IntEnum):
    SIGINT = -2
    SIGILL = -4
    SIGABRT = -6
    SIGFPE = -8
    SIGSEGV = -11
    SIGTERM = -15
    if sys.platform == "win32":
        CTRL_C_EVENT = 0
        CTRL_BREAK_EVENT = -1
        SIGBREAK = -21
    else:
        SIGHUP = -1
        SIGQUIT = -3
        SIGTRAP = -5
        SIGIOT = -6
        SIGKILL = -9
        SIGPIPE = -13
        SIGALRM = -14
        SIGTTIN = -21
        SIGTTOU = -22
        SIGXCPU = -24
        SIGXFSZ = -25
        SIGVTALRM = -26
        SIGPROF = -27
        SIGWINCH = -28
        if sys.platform == "linux":
            SIGBUS = -7
            SIGUSR1 = -10
            SIGUSR2 = -12
            SIGCHLD = -17
            SIGCLD = -17
            SIGCONT = -18
            SIGSTOP = -19
            SIGTSTP = -20
            SIGURG = -23
            SIGIO = -29
            SIGPOLL = -29
            SIGPWR = -30
            SIGSYS = -31
            SIGRTMIN = -34
            SIGRTMAX = -64
            if sys.version_info >= (3, 11):
                SIGSTKFLT = -16
        else:
            SIGEMT = -7
            SIGBUS = -10
            SIGSYS = -12
            SIGURG = -16
            SIGSTOP = -17
            SIGTSTP = -18
            SIGCONT = -19
            SIGCHLD = -20
            SIGIO = -23
            SIGINFO = -29
            SIGUSR1 = -30
            SIGUSR2 = -31

def pid_exists(pid: int) -> bool: ...
def negsig_to_enum(num: int) -> int: ...
def convert_exit_code(status: int) -> int: ...
def wait_pid(pid: int, timeout: float | None = None) -> int | None: ...
def wait_pid_posix(pid: int, timeout: float | None = None) -> int | None: ...
def wait_pid_pidfd_open(pid: int, timeout: float | None = None) -> int | None: ...
def wait_pid_kqueue(pid: int, timeout: float | None = None) -> int | None: ...
def can_use_pidfd_open() -> bool: ...
def can_use_kqueue() -> bool: ...
def get_terminal_map(refresh: bool = False) -> dict[int, str]: ...

if sys.platform == "darwin":
    def disk_usage(path: StrOrBytesPath) -> ntp.sdiskusage: ...

else:
    def disk_usage(path: FileDescriptorOrPath) -> ntp.sdiskusage: ...
