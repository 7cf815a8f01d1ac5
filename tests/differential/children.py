"""Processes made for the comparison: how they are started, waited for, and ended.

A child is forked, prepares itself in Python (`prepare`), then becomes the idler (idler.c), so that
what is compared is a small process which holds still. It has no descriptor but those that `prepare`
made inheritable. What the children are is in children_*.py.
"""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
NOBODY = 65534
LIBC = ctypes.CDLL(None, use_errno=True)
DEADLINE_S = 20.0


@dataclass
class Child:
    """One process. `still`: nothing of it moves, so values must be equal at once."""

    label: str
    still: bool = True


@dataclass
class Nursery:
    """All children, and the folder their files are in."""

    folder: str = field(default_factory=lambda: tempfile.mkdtemp(prefix="psight-differential-"))
    children: dict = field(default_factory=dict)
    skipped: list = field(default_factory=list)

    def __post_init__(self):
        self.root = os.geteuid() == 0
        os.chmod(self.folder, 0o755)
        self.idler = os.path.join(self.folder, "idler")
        compiler = next(filter(shutil.which, (os.environ.get("CC", "cc"), "gcc", "clang")), None)
        if compiler is None:
            raise SystemExit("the comparison needs a C compiler for its children")
        source = os.path.join(HERE, "idler.c")
        subprocess.run([compiler, "-O1", "-pthread", "-o", self.idler, source], check=True)

    def path(self, name):
        """A path in the folder; `name` may be text or bytes."""
        return os.path.join(os.fsencode(self.folder), os.fsencode(name))

    def program(self, name):
        """A copy of the idler with this file name."""
        copy = self.path(name)
        shutil.copy(os.fsencode(self.idler), copy)
        os.chmod(copy, 0o755)
        return copy

    def skip(self, label, reason):
        """Notes a child that cannot be made here."""
        self.skipped.append((label, reason))

    def start(
        self, label, program=None, argv=None, env=(), prepare=None, still=True, inherited=()
    ):
        """Starts a child and waits until it idles. `env` is a list of raw entries; `prepare` may
        return a list of further ones; `inherited` are descriptors it gets."""
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            program = program or os.fsencode(self.idler)
            argv = argv if argv is not None else [program]
            self._become(label, program, argv, env, prepare, write, inherited)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            failure = pipe.read().decode(errors="replace")
        self.children[pid] = Child(label, still)
        if failure:
            self.end(pid)
            self.skip(label, failure)
            return None
        if still:
            wait_for(lambda: idles(pid), f"{label} to idle")
        return pid

    def _become(self, label, program, argv, env, prepare, write, inherited):
        """In the forked child: prepares, then executes the idler. Never returns."""
        try:
            kept = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for descriptor in inherited]
            write = os.dup2(write, 3)
            null = os.open(os.devnull, os.O_RDWR)
            for standard in range(3):
                os.dup2(null, standard)
            for descriptor in map(int, os.listdir("/proc/self/fd")):
                if descriptor > 3 and descriptor not in kept:
                    os.closerange(descriptor, descriptor + 1)
            more = prepare() if prepare else None
            entries = [b"IDLER_READY=3", *(more if isinstance(more, list) else []), *env]
            execute(program, argv, entries)
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        except BaseException as error:  # must not unwind into the parent's code
            os.write(3, f"{label}: {error!r}".encode())
        finally:
            os._exit(1)

    def end(self, pid):
        """Kills and reaps one child."""
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        del self.children[pid]

    def close(self):
        """Kills and reaps all children, and removes the folder."""
        for pid in list(self.children):
            self.end(pid)
        shutil.rmtree(os.fsencode(self.folder), ignore_errors=True)


def execute(program, argv, entries):
    """execve(2) with entries that `os.execve` would refuse."""

    def array(texts):
        return (ctypes.c_char_p * (len(texts) + 1))(*[os.fsencode(text) for text in texts], None)

    LIBC.execve(ctypes.c_char_p(os.fsencode(program)), array(argv), array(entries))


def state(pid):
    """The state letter."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0].decode()


def idles(pid):
    """Whether all threads sleep or have ended."""
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/stat", "rb") as file:
            if file.read().rpartition(b")")[2].split()[0] not in b"SZ":
                return False
    return True


def wait_for(condition, what):
    """Polls until the condition holds."""
    limit = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"waited {DEADLINE_S} s for {what}")
        time.sleep(0.005)


def become(uid):
    """Takes on an ordinary user's rights."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
