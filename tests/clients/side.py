"""One side of the comparison: a folder with a `psutil`, and how programs are run with it.

Both sides share one environment, which has the clients and no psutil. A side is a folder put first
on PYTHONPATH, so that `import psutil` and `importlib.metadata.version("psutil")` are answered from
there, in the program and in whatever Python it starts.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")
BIN = os.path.dirname(sys.executable)
TIMEOUT_S = 120.0
# A traceback up to its last line, with what threading says above it.
OWN_TRACEBACK = r"(?:Exception in thread .*\n)?Traceback \(most recent call last\):\n(?:  .*\n)+"


class Failed(Exception):
    """A program did not do what was wanted of it, before there was anything to compare."""


@dataclass
class Result:
    """How a program ended and what it printed. `code` is negative for a signal."""

    code: int
    out: str
    err: str


class Side:
    """A psutil to try. `site` is its folder; `folder` is where its programs run and may write."""

    def __init__(self, name, site):
        self.name = name
        self.site = os.path.abspath(site)
        self.folder = tempfile.mkdtemp(prefix=f"clients-{name}-")
        os.chmod(self.folder, 0o755)
        self.logs = 0

    def close(self):
        """Ends what the programs left running, and removes what they wrote."""
        for pid in self.left_running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def left_running(self):
        """The processes that have this side's folder as their home: nobody else has."""
        mark = f"HOME={self.folder}".encode()
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError), open(f"/proc/{name}/environ", "rb") as file:
                if mark in file.read().split(b"\0"):
                    yield int(name)

    def path(self, *parts):
        """A path below the side's own folder."""
        return os.path.join(self.folder, *parts)

    def environ(self, **more):
        """The environment of a program: nothing of the user's configuration, and this psutil."""
        kept = {
            name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ
        }
        return {
            **kept,
            "PATH": BIN + os.pathsep + os.environ.get("PATH", os.defpath),
            "HOME": self.folder,
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "COLUMNS": "200",
            "LINES": "60",
            "PYTHONPATH": self.site,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    def run(self, *argv, code=0, timeout=TIMEOUT_S, env=(), stdin="", own_fault=None):
        """Runs a program to its end; `code` is the exit status that is right, None for any. A
        traceback is a failure, except one that ends with the program's `own_fault`."""
        try:
            done = subprocess.run(
                argv,
                cwd=self.folder,
                env=self.environ(**dict(env)),
                input=stdin,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            said = (late.stdout or b"") + (late.stderr or b"")
            raise Failed(f"{argv} took longer than {timeout} s:\n{said[-4000:].decode()}") from late
        err = done.stderr
        if own_fault:
            err = re.sub(OWN_TRACEBACK + re.escape(own_fault) + r"\n", "", err)
        result = Result(done.returncode, self.plain(done.stdout), self.plain(err))
        if code is not None and result.code != code:
            raise Failed(
                f"{argv} ended with {result.code}:\n{result.out[-2000:]}{result.err[-4000:]}"
            )
        if "Traceback (most recent call last)" in result.err:
            raise Failed(f"{argv} wrote a traceback:\n{result.err[-4000:]}")
        return result

    def python(self, program, *args, **how):
        """Runs a file of programs/, or any other Python file given by its full path."""
        return self.run(sys.executable, os.path.join(PROGRAMS, program), *map(str, args), **how)

    def plain(self, text):
        """The text without what differs between the sides by design: their folder."""
        return text.replace(self.folder, "<folder>")

    @contextlib.contextmanager
    def serve(self, *argv, env=(), stop=signal.SIGTERM):
        """Runs a program in the background, in a session of its own, and ends all of that session
        afterwards. Yields the Popen; what it writes is in `.log`, a path."""
        self.logs += 1
        log = self.path(f"log-{self.logs}")
        with open(log, "wb") as to:
            server = subprocess.Popen(
                argv,
                cwd=self.folder,
                env=self.environ(**dict(env)),
                stdin=subprocess.DEVNULL,
                stdout=to,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server.log = log
        try:
            yield server
        except Exception as error:
            raise Failed(f"{argv}: {error!r}\n{self.read(log)[-4000:]}") from error
        finally:
            if server.poll() is None:
                server.send_signal(stop)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def read(self, path):
        """The text of a file below the folder."""
        with open(self.path(path), encoding="utf-8", errors="replace") as file:
            return self.plain(file.read())

    def write(self, path, text):
        """Writes a file below the folder; gives its full path."""
        full = self.path(path)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
        return full


def free_port():
    """A TCP port of 127.0.0.1 which nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(question, what, timeout=60.0):
    """Asks until the answer is true, and gives it."""
    deadline = time.monotonic() + timeout
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Failed(f"waited {timeout:.0f} s for {what}")
        time.sleep(0.1)


def fetch(url, method="GET", data=None, timeout=60.0):
    """The body behind a loopback URL, asked for until the server is there. Text."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask():
        try:
            request = urllib.request.Request(url, data=data, method=method)
            with opener.open(request, timeout=timeout) as answer:
                return answer.read().decode() or "nothing"
        except urllib.error.HTTPError as error:
            raise Failed(f"{url}: {error.code} {error.read()[:500]!r}") from error
        except (urllib.error.URLError, ConnectionError):
            return None

    return wait_for(ask, url, timeout)
