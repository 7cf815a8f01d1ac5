"""The module under test, by name, and fresh interpreters that import it."""

import os
import subprocess
import sys
import textwrap

NAME = os.environ.get("PSIGHT_UNDER_TEST", "psight")
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Not an expectation of speed: a test that hangs must end some day.
HANG_S = float(os.environ.get("PSIGHT_HANG_S", "120"))


def command(script, *arguments):
    """The command of a fresh interpreter that runs the script, with `psutil` as the name of the
    module under test. A fault in native code prints the Python stack."""
    text = f"import {NAME} as psutil\n" + textwrap.dedent(script)
    return [sys.executable, "-B", "-X", "faulthandler", "-c", text, *map(str, arguments)]


def run(script, *arguments):
    """Runs the script to its end, which must be success; what it printed, without blanks around
    it. It must not complain either."""
    done = subprocess.run(
        command(script, *arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=HANG_S,
        check=False,
    )
    complaint = done.stderr.decode(errors="replace")
    assert done.returncode == 0, f"ended with {done.returncode}: {complaint}"
    assert complaint == ""
    return done.stdout.decode().strip()
