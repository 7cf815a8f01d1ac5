"""Children in odd states, of other users, with other priorities and limits, and with threads."""

import ctypes
import fcntl
import os
import resource
import signal
import termios

import psutil
from children import LIBC, NOBODY, become, state, wait_for

PTRACE_SEIZE = 0x4206
PTRACE_INTERRUPT = 0x4207
THREADS = 2000


def start(nursery):
    """Starts them all."""
    states(nursery)
    priorities(nursery)
    limits(nursery)
    terminals(nursery)
    threads(nursery)
    if nursery.root:
        users(nursery)
    else:
        for label in ("another user", "zombie of another user", "mixed ids", "unknown user"):
            nursery.skip(label, "needs root")


def states(nursery):
    """Ended, stopped, traced, busy."""
    ended = nursery.start("zombie", argv=["a", "zombie"])
    os.kill(ended, signal.SIGKILL)
    wait_for(lambda: state(ended) == "Z", "the zombie")
    leaderless = nursery.start("zombie whose threads live on", env=[b"IDLER_MODE=leaderless"])
    wait_for(lambda: state(leaderless) == "Z", "the end of the main thread")
    stopped = nursery.start("stopped")
    os.kill(stopped, signal.SIGSTOP)
    wait_for(lambda: state(stopped) == "T", "the stopped child")
    traced = nursery.start("traced")
    if LIBC.ptrace(PTRACE_SEIZE, traced, None, None) == 0:
        LIBC.ptrace(PTRACE_INTERRUPT, traced, None, None)
        wait_for(lambda: state(traced) == "t", "the traced child")
    else:
        nursery.end(traced)
        nursery.skip("traced", os.strerror(ctypes.get_errno()))
    spin = [b"IDLER_MODE=spin"]
    nursery.start("busy", env=spin, prepare=lambda: os.nice(19), still=False)


def start_flicker(nursery):
    """A process whose children end while they are looked at."""
    nursery.start("parent of short-lived processes", env=[b"IDLER_MODE=flicker"], still=False)


def priorities(nursery):
    """nice, ionice, affinity."""
    nursery.start("nice 7", prepare=lambda: os.nice(7))
    if nursery.root:
        nursery.start("nice -9", prepare=lambda: os.nice(-9))
        io = [(psutil.IOPRIO_CLASS_RT, 3), (psutil.IOPRIO_CLASS_BE, 6)]
    else:
        nursery.skip("nice -9", "needs root")
        nursery.skip("I/O class RT", "needs root")
        io = [(psutil.IOPRIO_CLASS_BE, 6)]
    for ioclass, value in [*io, (psutil.IOPRIO_CLASS_IDLE, None)]:
        nursery.start(
            f"I/O class {ioclass.name}",
            prepare=lambda c=ioclass, v=value: psutil.Process().ionice(c, v),
        )
    last = max(os.sched_getaffinity(0))
    nursery.start("bound to one CPU", prepare=lambda: os.sched_setaffinity(0, [last]))


def limits(nursery):
    """Limits of all kinds, unlimited among them."""

    def lowered():
        unlimited = resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_NOFILE, (77, 99))
        resource.setrlimit(resource.RLIMIT_CPU, (10**6, unlimited))
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**40, 2**60))
        resource.setrlimit(resource.RLIMIT_STACK, (2**22, 2**23))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (2**40, unlimited))
        resource.setrlimit(resource.RLIMIT_MSGQUEUE, (1, 2))

    nursery.start("limits lowered", prepare=lowered)


def terminals(nursery):
    """A controlling terminal. Both ends stay open here, so that it goes on existing."""
    _, slave = os.openpty()
    name = os.ttyname(slave)

    def own_terminal():
        os.setsid()
        terminal = os.open(name, os.O_RDWR)
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        os.set_inheritable(terminal, True)

    nursery.start("with a terminal", prepare=own_terminal)
    nursery.start("session leader without a terminal", prepare=os.setsid)


def threads(nursery):
    """Many threads, and few under a name that psutil misreads (D18)."""
    count = b"IDLER_COUNT=%d" % (THREADS - 1)
    nursery.start(f"{THREADS} threads", env=[b"IDLER_MODE=threads", count])
    nursery.start(
        "threads of a name with parentheses",
        nursery.program(b"t) 1 2 3 4 5"),
        env=[b"IDLER_MODE=threads", b"IDLER_COUNT=12"],
    )


def users(nursery):
    """Other owners."""
    nursery.start("another user", prepare=lambda: become(NOBODY))
    ended = nursery.start("zombie of another user", prepare=lambda: become(NOBODY))
    os.kill(ended, signal.SIGKILL)
    wait_for(lambda: state(ended) == "Z", "the other zombie")
    nursery.start("unknown user", prepare=lambda: become(54321))

    def mixed():
        os.setgroups([])
        os.setresgid(11, 12, 13)
        os.setresuid(21, 22, 23)

    nursery.start("mixed ids", prepare=mixed)
