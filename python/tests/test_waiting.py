"""`wait`, `wait_procs` and `Popen`."""

import contextlib
import os
import signal
import subprocess
import threading

import pytest

import family
import psight as psutil


@contextlib.contextmanager
def grandchild():
    """The id of a process that is no child of this one, and a way to end it."""
    script = "sleep 600 & echo $!; read line; kill -9 $!; wait; echo reaped; read line"
    pipe = subprocess.PIPE
    options = dict(stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, bufsize=0)
    with family.sleeper("/bin/sh", "-c", script, **options) as shell:
        pid = int(shell.stdout.readline())
        ended = []

        def end():
            if not ended:
                ended.append(pid)
                shell.stdin.write(b"\n")
                assert shell.stdout.readline() == b"reaped\n"

        try:
            yield pid, end
        finally:
            end()


def test_the_exit_code_of_a_child():
    with family.sleeper("/bin/sh", "-c", "exit 5") as child:
        process = psutil.Process(child.pid)
        assert process.wait() == 5
        assert process.wait(timeout=0) == 5
        assert process.wait() == 5
        assert not process.is_running()
        assert repr(process).endswith("exitcode=5)")


@pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV])
def test_the_signal_that_ended_a_child(sig, sleeper):
    process = psutil.Process(sleeper.pid)
    process.send_signal(sig)
    code = process.wait()
    assert code == -sig
    assert repr(code) == f"<Negsignal.{sig.name}: {-sig}>"
    assert type(code) is psutil._psposix.Negsignal


def test_a_signal_without_a_name_is_a_number(sleeper):
    process = psutil.Process(sleeper.pid)
    process.send_signal(signal.SIGRTMIN + 3)
    assert process.wait() == -(signal.SIGRTMIN + 3)
    assert type(process.wait()) is int


@pytest.mark.parametrize("timeout", [0, 0.001, 0.05])
def test_a_child_that_lives_on(timeout, sleeper):
    process = psutil.Process(sleeper.pid)
    with pytest.raises(psutil.TimeoutExpired) as caught:
        process.wait(timeout)
    assert caught.value.seconds == timeout
    assert process.is_running()


def test_a_stopped_child_is_alive(sleeper):
    process = psutil.Process(sleeper.pid)
    process.suspend()
    with pytest.raises(psutil.TimeoutExpired):
        process.wait(0.01)
    process.kill()
    assert process.wait() == -9


def test_polling_with_no_timeout_ends_with_the_code(sleeper):
    process = psutil.Process(sleeper.pid)
    process.kill()

    def code():
        with contextlib.suppress(psutil.TimeoutExpired):
            return process.wait(0)

    assert family.wait_for(code, "the end") == -9


def test_a_process_that_is_no_child():
    with grandchild() as (pid, end):
        process = psutil.Process(pid)
        for timeout in (0, 0.01):
            with pytest.raises(psutil.TimeoutExpired):
                process.wait(timeout)
        waiter = threading.Timer(0.05, end)
        waiter.start()
        assert process.wait() is None
        waiter.join()
        assert process.wait() is None
        assert process.wait(timeout=0) is None


def test_a_process_that_is_gone_already(sleeper):
    process = psutil.Process(sleeper.pid)
    sleeper.kill()
    sleeper.wait()
    assert process.wait() is None
    assert process.wait(0) is None


@pytest.mark.parametrize(
    "timeout, error, text",
    [
        (-1, ValueError, r"^timeout must be positive or zero \(got -1\)$"),
        ("x", TypeError, r"^timeout must be an int or float \(got <class 'str'>\)$"),
        (b"1", TypeError, r"^timeout must be an int or float \(got <class 'bytes'>\)$"),
    ],
)
def test_bad_timeouts(timeout, error, text, sleeper):
    with pytest.raises(error, match=text):
        psutil.Process(sleeper.pid).wait(timeout)


def test_waiting_for_some_of_several():
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(family.sleeper()) for _ in range(4)]
        processes = [psutil.Process(child.pid) for child in children]
        processes[1].kill()
        processes[3].terminate()
        called = []
        # Two of them live on, so this ends by its timeout.
        gone, alive = psutil.wait_procs([*processes, processes[0]], 0.2, called.append)
        assert set(gone) == {processes[1], processes[3]} == set(called)
        assert len(called) == len(gone) == len(alive) == 2
        assert set(alive) == {processes[0], processes[2]}
        assert {p.pid: p.returncode for p in gone} == {children[1].pid: -9, children[3].pid: -15}
        assert not any(hasattr(p, "returncode") for p in alive)
        assert psutil.wait_procs(gone) == (gone, [])
        for process in alive:
            process.kill()
        gone, rest = psutil.wait_procs(iter(alive))
        assert (len(gone), rest) == (2, [])


def test_waiting_for_nothing_and_for_no_time(sleeper):
    assert psutil.wait_procs([]) == ([], [])
    process = psutil.Process(sleeper.pid)
    assert psutil.wait_procs([process], timeout=0) == ([], [process])
    assert psutil.wait_procs([process], timeout=0.01) == ([], [process])


def test_waiting_for_what_nobody_knows_the_code_of():
    with grandchild() as (pid, end):
        process = psutil.Process(pid)
        end()
        called = []
        gone, alive = psutil.wait_procs([process], timeout=10, callback=called.append)
        assert (gone, alive, called) == ([process], [], [process])
        assert process.returncode is None


def test_bad_arguments_of_wait_procs():
    with pytest.raises(ValueError, match="^timeout must be a positive integer, got -1$"):
        psutil.wait_procs([], timeout=-1)
    with pytest.raises(TypeError, match="^callback 1 is not a callable$"):
        psutil.wait_procs([], callback=1)


def test_an_exception_of_the_callback_escapes(sleeper):
    process = psutil.Process(sleeper.pid)
    process.kill()

    def fail(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        psutil.wait_procs([process], callback=fail)
    process.wait()


def test_popen_is_a_process_and_has_what_subprocess_has():
    pipe = subprocess.PIPE
    with psutil.Popen(["/bin/cat"], stdin=pipe, stdout=pipe) as child:
        assert isinstance(child, psutil.Process)
        assert not isinstance(child, subprocess.Popen)
        assert child == psutil.Process(child.pid)
        assert child.ppid() == os.getpid()
        assert child.args == ["/bin/cat"]
        assert child.returncode is None
        assert child.poll() is None
        assert {"name", "wait", "communicate", "poll"} <= set(dir(child))
        assert dir(child) == sorted(dir(child))
        assert repr(child).startswith(f"{psutil.Popen.__module__}.Popen(pid={child.pid}")
        with pytest.raises(AttributeError, match=r"Popen'> has no attribute 'nothing'$"):
            child.nothing  # noqa: B018
        assert child.communicate(b"text") == (b"text", None)
        assert child.returncode == 0
        assert child.wait() == 0
    assert child.stdin.closed
    assert child.stdout.closed


def test_popen_ended_from_outside():
    child = psutil.Popen(["/bin/sleep", "600"])
    with pytest.raises(psutil.TimeoutExpired):
        child.wait(timeout=0.01)
    os.kill(child.pid, signal.SIGTERM)
    assert child.wait() == -signal.SIGTERM
    assert child.returncode == -signal.SIGTERM
    for call in (child.kill, child.terminate, child.name, lambda: child.send_signal(0)):
        for _ in range(2):
            with pytest.raises(psutil.NoSuchProcess):
                call()
    assert psutil.wait_procs([child]) == ([child], [])


def test_popen_of_a_program_that_ends_at_once_or_does_not_exist():
    with pytest.raises(FileNotFoundError):
        psutil.Popen(["/nonexistent"])
    for _ in range(20):
        child = psutil.Popen(["/bin/true"])
        assert child.wait() == 0
        assert not child.is_running()


def test_popen_can_be_subclassed():
    class Mine(psutil.Popen):
        """A subclass."""

        def describe(self):
            return f"{self.name()} {self.poll()}"

    with Mine(["/bin/sleep", "600"]) as child:
        family.wait_for(lambda: child.describe() == "sleep None", "the program")
        child.kill()
    assert child.returncode == -9
