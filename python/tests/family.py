"""Children made for tests, in the states that matter. Each is ended and reaped at the end."""

import contextlib
import os
import select
import subprocess
import time

NOBODY = 65534
ROOT = os.geteuid() == 0
DEADLINE_S = 30.0
# The Python that runs the tests may be where other users cannot go, so their children are this.
SLEEP = ["/bin/sleep", "600"]


@contextlib.contextmanager
def sleeper(*arguments, **options):
    """A child that sleeps already, or that runs the command given."""
    child = subprocess.Popen(list(arguments) or SLEEP, **options)
    try:
        if not arguments:
            wait_for(lambda: state(child.pid) == "S", "the child to sleep")
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()


@contextlib.contextmanager
def forked(work):
    """The id of a forked child that has done `work` and now waits to be killed."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            work()
            os.write(write, b"done")
            while True:
                select.select([], [], [])
        finally:
            os._exit(1)
    os.close(write)
    try:
        with os.fdopen(read, "rb", 0) as pipe:
            assert pipe.read(4) == b"done"
        yield pid
    finally:
        end(pid)


@contextlib.contextmanager
def zombie(work=None):
    """The id of a child that has ended and is not waited for before the end of the block."""
    pid = os.fork()
    if pid == 0:
        try:
            if work is not None:
                work()
        finally:
            os._exit(7)
    try:
        # Waits until it has ended, and leaves it as it is.
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        yield pid
    finally:
        end(pid)


def other_user():
    """Gives up root's rights, in a child."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def as_other_user(work):
    """What `work()` prints into a pipe, called in a child without root's rights. An exception of
    its own is an assertion failure here."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(read)
            other_user()
            text = work()
            os.write(write, text.encode())
            status = 0
        except BaseException as error:  # must not run the parent's code
            os.write(write, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        text = pipe.read().decode()
    _, status = os.waitpid(pid, 0)
    assert status == 0, text
    return text


def end(pid):
    """Kills and reaps a child that may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 9)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def gone_pid():
    """The id of a process that has been and is gone."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def kernel_threads():
    """The ids of kernel threads: children of process 2, which is `kthreadd` where they can be
    seen. None in a container."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
            if fields[1] == b"2" and not os.path.exists(f"/proc/{name}/exe"):
                found.append(int(name))
    return found


def state(pid):
    """The state letter the kernel tells."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0].decode()


KERNEL_THREADS = kernel_threads()


def wait_for(condition, what):
    """Polls until the condition holds, and returns what it gave."""
    limit = time.monotonic() + DEADLINE_S
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > limit:
            raise TimeoutError(f"waited {DEADLINE_S} s for {what}")
        time.sleep(0.005)


def zombies():
    """The ids of own children that have ended and that nobody has waited for."""
    found = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
            if fields[0] == b"Z" and int(fields[1]) == os.getpid():
                found.add(int(name))
    return found
