"""No function or method leaves anything behind: descriptors, threads, Python objects, heap. Also
not when it fails. tests/python/leaks.py does the same with many more calls, and prints a table."""

import contextlib
import os
import resource

import pytest

import calls
import family
import growth
import psight as psutil

COUNT = 300
SLOW_COUNT = 50
ROUNDS = 5
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def every():
    """All calls, by name."""
    with calls.every(psutil) as found:
        yield found


def names():
    """The names, which need no processes."""
    own = psutil.Process()
    found = {
        **calls.machine(psutil),
        **calls.process(psutil, own),
        **calls.failures(psutil, own, own),
        **calls.others(psutil, own.pid),
    }
    return sorted(found)


@pytest.mark.parametrize("name", names())
def test_nothing_is_left_behind(name, every):
    count = SLOW_COUNT if name in calls.SLOW else COUNT
    call = every[name]
    for _ in range(count // 10):
        call()
    left = growth.growth(psutil, call, count, ROUNDS)
    assert left.descriptors <= 0
    assert left.threads <= 0
    # Fewer than one object for ten calls, or for two where there are few, because Python keeps some
    # for later; fewer than eight bytes a call.
    assert left.blocks < max(count / 10, 25)
    assert left.heap < max(count * 8, 4096)


def test_every_function_is_among_them():
    asked = {name.partition("(")[0].rpartition(".")[2] for name in names()}
    functions = {name for name in psutil.__all__ if name[0].islower()}
    assert functions - asked <= {"sensors_battery", "bytes2human", "version_info"}
    assert psutil._as_dict_attrnames - asked == {"pid"}


def test_processes_that_are_gone_are_forgotten(fresh_state):
    """The table of `process_iter` holds living processes only."""
    for _ in range(3):
        with family.sleeper() as child:
            list(psutil.process_iter())
            assert child.pid in psutil._pmap
        list(psutil.process_iter())
        assert child.pid not in psutil._pmap
    assert psutil._pmap.keys() <= set(psutil.pids())


def test_no_descriptors_left_is_an_error_and_not_a_leak():
    """With every descriptor taken, calls fail as files do, and work again afterwards."""
    before = len(os.listdir("/proc/self/fd"))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    own = psutil.Process()
    taken = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (before + 20, hard))
    try:
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.open("/dev/null", os.O_RDONLY))
        for call in (psutil.virtual_memory, psutil.pids, own.cmdline, own.memory_info):
            with pytest.raises(OSError, match="Too many open files"):
                call()
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert psutil.virtual_memory().total > 0
    assert own.cmdline()
    assert len(os.listdir("/proc/self/fd")) == before
