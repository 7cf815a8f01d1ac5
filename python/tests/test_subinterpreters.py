"""One interpreter of a process can have psight. Others are told so, and the first goes on."""

import subprocess
import sys

import pytest
import subject

# The module that makes interpreters is private, and another one since CPython 3.13.
PREPARE = '''
import sys
try:
    import _interpreters
except ImportError:
    import _xxsubinterpreters as _interpreters

def create(own_lock):
    if sys.version_info < (3, 12):
        return _interpreters.create()
    if sys.version_info < (3, 13):
        return _interpreters.create(isolated=own_lock)
    return _interpreters.create("isolated" if own_lock else "legacy")

def ask(interpreter):
    _interpreters.run_string(interpreter, """
try:
    import psutil_name as psutil
    try:
        psutil.Process(2**22 + 1)
    except psutil.NoSuchProcess as error:
        print("works", error.pid, flush=True)
except ImportError as error:
    print(error, flush=True)
""")
'''
WORKS = f"works {2**22 + 1}"
IN_USE = "psight is in use by another interpreter of this process"
OWN_LOCK = "does not support loading in subinterpreters"


def run(script):
    """The lines that the script prints in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", PREPARE.replace("psutil_name", subject.NAME) + script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=subject.HANG_S,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_after_the_main_interpreter():
    first, second, third = run(
        f"""
import {subject.NAME} as psutil
other = create(own_lock=False)
ask(other)
_interpreters.destroy(other)
ask(create(own_lock=False))
try:
    psutil.Process(2**22 + 1)
except psutil.NoSuchProcess as error:
    print("works", error.pid)
"""
    )
    assert first.startswith(IN_USE)
    assert second == first
    assert third == WORKS


def test_before_the_main_interpreter():
    one, again, main = run(
        f"""
other = create(own_lock=False)
ask(other)
ask(other)
_interpreters.destroy(other)
try:
    import {subject.NAME}
except ImportError as error:
    print(error)
"""
    )
    assert (one, again) == (WORKS, WORKS)
    assert main.startswith(IN_USE)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="all interpreters share one lock")
def test_with_a_lock_of_its_own():
    (answer,) = run("ask(create(own_lock=True))")
    assert OWN_LOCK in answer


def test_imported_again_in_the_same_interpreter():
    script = f"""
import {subject.NAME} as psutil
for name in [name for name in sys.modules if name.partition(".")[0] == "{subject.NAME}"]:
    del sys.modules[name]
import {subject.NAME} as again
assert again is not psutil
print(again.Process().pid == psutil.Process().pid)
"""
    assert run(script) == ["True"]
