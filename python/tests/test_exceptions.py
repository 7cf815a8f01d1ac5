"""The exception classes: texts, attributes, pickling, and what they are raised from."""

import copy
import errno
import pickle
import subprocess

import pytest

import family
import psight as psutil

CASES = [
    # error, str, repr
    (
        psutil.NoSuchProcess(321),
        "process no longer exists (pid=321)",
        "psutil.NoSuchProcess(pid=321, msg='process no longer exists')",
    ),
    (
        psutil.NoSuchProcess(321, name="name", msg="msg"),
        "msg (pid=321, name='name')",
        "psutil.NoSuchProcess(pid=321, name='name', msg='msg')",
    ),
    (
        psutil.NoSuchProcess(0, "", ""),
        "process no longer exists (pid=0)",
        "psutil.NoSuchProcess(pid=0, msg='process no longer exists')",
    ),
    (
        psutil.NoSuchProcess(None),
        "process no longer exists",
        "psutil.NoSuchProcess(msg='process no longer exists')",
    ),
    (
        psutil.ZombieProcess(321),
        "PID still exists but it's a zombie (pid=321)",
        'psutil.ZombieProcess(pid=321, msg="PID still exists but it\'s a zombie")',
    ),
    (
        psutil.ZombieProcess(321, name="name", ppid=320, msg="foo"),
        "foo (pid=321, ppid=320, name='name')",
        "psutil.ZombieProcess(pid=321, ppid=320, name='name', msg='foo')",
    ),
    (psutil.AccessDenied(), "", "psutil.AccessDenied()"),
    (psutil.AccessDenied(321), "(pid=321)", "psutil.AccessDenied(pid=321)"),
    (
        psutil.AccessDenied(321, "name", "msg"),
        "msg (pid=321, name='name')",
        "psutil.AccessDenied(pid=321, name='name', msg='msg')",
    ),
    (
        psutil.TimeoutExpired(5),
        "timeout after 5 seconds",
        "psutil.TimeoutExpired(seconds=5, msg='timeout after 5 seconds')",
    ),
    (
        psutil.TimeoutExpired(5, pid=321, name="name"),
        "timeout after 5 seconds (pid=321, name='name')",
        "psutil.TimeoutExpired(pid=321, name='name', seconds=5, msg='timeout after 5 seconds')",
    ),
    (
        psutil.TimeoutExpired(0),
        "timeout after 0 seconds",
        "psutil.TimeoutExpired(msg='timeout after 0 seconds')",
    ),
    (psutil.Error(), "", "psutil.Error()"),
]
IDS = [repr(error)[:40] for error, _, _ in CASES]


def test_the_tree_of_classes():
    assert psutil.Error.__bases__ == (Exception,)
    assert psutil.NoSuchProcess.__bases__ == (psutil.Error,)
    assert psutil.ZombieProcess.__bases__ == (psutil.NoSuchProcess,)
    assert psutil.AccessDenied.__bases__ == (psutil.Error,)
    assert psutil.TimeoutExpired.__bases__ == (psutil.Error,)
    assert not issubclass(psutil.TimeoutExpired, subprocess.TimeoutExpired)


def test_they_say_they_are_of_the_package():
    names = "Error NoSuchProcess ZombieProcess AccessDenied TimeoutExpired".split()
    assert {getattr(psutil, name).__module__ for name in names} == {psutil.__name__}


@pytest.mark.parametrize("error, text, representation", CASES, ids=IDS)
def test_texts(error, text, representation):
    assert str(error) == text
    assert repr(error) == representation
    assert error.args == ()


@pytest.mark.parametrize("error", [one[0] for one in CASES], ids=IDS)
@pytest.mark.parametrize("remake", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy])
def test_copies_say_the_same(error, remake):
    again = remake(error)
    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert str(again) == str(error)
    assert again != error


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_pickle_protocol(protocol):
    error = psutil.ZombieProcess(1, "a", 2, "m")
    again = pickle.loads(pickle.dumps(error, protocol))
    assert (again.pid, again.name, again.ppid, again.msg) == (1, "a", 2, "m")


def test_subclasses_keep_their_name_and_attributes():
    class Mine(psutil.NoSuchProcess):
        """A subclass."""

        def __init__(self, pid, extra):
            super().__init__(pid, msg="mine")
            self.extra = extra

    error = Mine(5, "more")
    assert repr(error) == "psutil.Mine(pid=5, msg='mine')"
    assert (error.pid, error.msg, error.extra) == (5, "mine", "more")


@pytest.mark.beyond("D09")
def test_a_timeout_takes_a_message():
    error = psutil.TimeoutExpired(5, 1, "x", "too slow")
    assert str(error) == "too slow (pid=1, name='x')"
    assert psutil.TimeoutExpired(5, msg="slow").msg == "slow"
    assert pickle.loads(pickle.dumps(error)).msg == "too slow"


@pytest.mark.beyond("D10")
def test_an_error_made_with_a_text_shows_it():
    assert str(psutil.Error("x")) == "x"


def test_every_failure_of_a_process_that_is_gone(sleeper):
    process = psutil.Process(sleeper.pid)
    name = process.name()
    sleeper.kill()
    sleeper.wait()
    with pytest.raises(psutil.NoSuchProcess) as caught:
        process.cwd()
    error = caught.value
    assert type(error) is psutil.NoSuchProcess
    assert (error.pid, error.name) == (sleeper.pid, name)
    assert str(error) == f"process no longer exists (pid={sleeper.pid}, name='sleep')"
    assert error.__cause__.errno in (errno.ENOENT, errno.ESRCH)


def test_every_failure_of_a_zombie(zombie):
    process = psutil.Process(zombie)
    with pytest.raises(psutil.ZombieProcess) as caught:
        process.exe()
    error = caught.value
    # Neither name nor parent has been asked, so none is known.
    assert (error.pid, error.name, error.ppid) == (zombie, process._name, process._ppid)
    process.name()
    process.ppid()
    with pytest.raises(psutil.ZombieProcess) as caught:
        process.cmdline()
    assert (caught.value.name, caught.value.ppid) == (process._name, process._ppid)


def test_an_id_that_nobody_has():
    pid = family.gone_pid()
    with pytest.raises(psutil.NoSuchProcess) as caught:
        psutil.Process(pid)
    assert caught.value.msg == "process PID not found"
    assert caught.value.name is None


def test_a_timeout_tells_what_was_waited_for(sleeper):
    process = psutil.Process(sleeper.pid)
    with pytest.raises(psutil.TimeoutExpired) as caught:
        process.wait(0.001)
    error = caught.value
    assert (error.seconds, error.pid, error.name) == (0.001, sleeper.pid, process._name)
    assert error.msg == "timeout after 0.001 seconds"
