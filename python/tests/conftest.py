"""What all tests share.

`PSIGHT_UNDER_TEST=psutil` runs the suite against real psutil, to try the tests themselves: then
`psight` is psutil, and the tests of what only psight has must fail.
"""

import faulthandler
import os
import shutil
import signal
import sys
import tempfile

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

if os.environ.get("PSIGHT_UNDER_TEST") == "psutil":
    import psutil

    sys.modules["psight"] = psutil

import family
import psight
import sides
import subject

STDERR = pytest.StashKey[int]()


def pytest_configure(config):
    config.addinivalue_line(
        "markers",
        "beyond(why): what psight has or does beyond psutil 7.2.2, by its D-number or name",
    )
    # The watch of `no_hang` is a thread, of which children have nothing.
    config.addinivalue_line("filterwarnings", "ignore:.*multi-threaded.*:DeprecationWarning")
    # Capturing begins later: what is told of a test that hangs must be seen.
    config.stash[STDERR] = os.dup(2)
    set_hypothesis_home_dir(os.path.join(subject.ROOT, "build", "hypothesis"))


@pytest.fixture(autouse=True)
def no_hang(request):
    """A test that hangs ends the run, with the stacks of all threads. Not an expectation of
    speed."""
    limit = 4 * subject.HANG_S
    faulthandler.dump_traceback_later(limit, exit=True, file=request.config.stash[STDERR])
    yield
    faulthandler.cancel_dump_traceback_later()


def pytest_report_header():
    return f"under test: {psight.__name__} from {os.path.dirname(psight.__file__)}"


def pytest_collection_modifyitems(items):
    if subject.NAME != "psutil":
        return
    for item in items:
        for mark in item.iter_markers("beyond"):
            reason = f"psutil: {mark.args[0]}"
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True, **mark.kwargs))


@pytest.fixture
def folder():
    """A folder that every user can enter, unlike pytest's own."""
    path = tempfile.mkdtemp(prefix="psight-tests-")
    os.chmod(path, 0o755)
    yield path
    shutil.rmtree(os.fsencode(path), ignore_errors=True)


@pytest.fixture
def sleeper():
    """A child that sleeps."""
    with family.sleeper() as child:
        yield child


@pytest.fixture
def zombie():
    """The id of a child that has ended and that nobody has waited for."""
    with family.zombie() as pid:
        yield pid


@pytest.fixture
def fresh_state():
    """No process remembered from before, and `PROCFS_PATH` as it was."""
    procfs = psight.PROCFS_PATH
    psight.process_iter.cache_clear()
    yield
    psight.PROCFS_PATH = procfs
    psight.process_iter.cache_clear()


@pytest.fixture(scope="module")
def both():
    """psutil and the module under test, each in its own process."""
    with sides.Side.psutil() as theirs, sides.Side.subject() as ours:
        yield theirs, ours


@pytest.fixture(autouse=True)
def nothing_left():
    """Every test reaps what it started, and leaves Ctrl-C as it was."""
    before = family.zombies()
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert family.zombies() <= before
