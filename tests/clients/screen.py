"""Runs a full-screen program in a terminal of its own and reads what stands on the screen."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

import pyte
from side import Failed

COLUMNS = 160
QUIET_S = 0.2  # this long without output, the program has drawn all it wanted to


def look(side, argv, ready, quit_with="q", lines=60, timeout=60.0):
    """The lines of the screen, once `ready(lines)` is true of them.

    The program then gets the key `quit_with` and must end with 0. The terminal is a "linux" one of
    160 columns; all it can do is known to pyte.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, COLUMNS, 0, 0))
    screen = pyte.Screen(COLUMNS, lines)
    stream = pyte.ByteStream(screen)
    size = {"LINES": str(lines), "COLUMNS": str(COLUMNS), "TERM": "linux"}
    program = subprocess.Popen(
        argv,
        cwd=side.folder,
        env=side.environ(**size),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    try:
        shown = _read(ours, stream, screen, ready, time.monotonic() + timeout)
        os.write(ours, quit_with.encode())
        _read(ours, stream, screen, lambda _: False, time.monotonic() + 20)
        if program.wait(20) != 0:
            text = "\n".join(line for line in screen.display if line.strip())
            raise Failed(f"{argv} ended with {program.returncode}:\n{text}")
        return shown
    finally:
        if program.poll() is None:
            program.kill()
        program.wait()
        os.close(ours)


def _read(terminal, stream, screen, ready, deadline):
    """Reads until the program paused with a screen that is ready, or hung up."""
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], QUIET_S)[0]:
            data = b""
            with contextlib.suppress(OSError):  # EIO: nobody holds the other end any more.
                data = os.read(terminal, 65536)
            if not data:
                return None
            stream.feed(data)
            continue
        lines = [line.rstrip() for line in screen.display]
        if ready(lines):
            return lines
    raise Failed("the screen never showed it:\n" + "\n".join(filter(None, screen.display)))
