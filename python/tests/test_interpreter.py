"""Ctrl-C, the end of the interpreter, and other interpreters in one process.

Each runs in an interpreter of its own, whose exit status and complaints are looked at.
"""

import contextlib
import os
import signal
import subprocess

import pytest

import family
import psight as psutil
import subject

BLOCKING = {
    "wait for a child": "child.wait()",
    "wait for a child, with a timeout": "child.wait(600)",
    "wait for another": "psutil.Process(os.getppid()).wait()",
    "wait for another, with a timeout": "psutil.Process(os.getppid()).wait(timeout=600)",
    "wait_procs": "psutil.wait_procs([child, psutil.Process(os.getppid())])",
    "wait_procs, with a timeout": "psutil.wait_procs([child], timeout=600)",
    "Popen.wait": "child.wait()",
    "cpu_percent": "psutil.cpu_percent(interval=600)",
    "cpu_percent per CPU": "psutil.cpu_percent(interval=600, percpu=True)",
    "cpu_times_percent": "psutil.cpu_times_percent(interval=600)",
    "cpu_percent of a process": "psutil.Process().cpu_percent(interval=600)",
}


@contextlib.contextmanager
def interpreter(script, *arguments):
    """An interpreter that runs the script, with pipes."""
    child = subprocess.Popen(
        subject.command(script, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


@pytest.mark.parametrize("blocking", [pytest.param(v, id=k) for k, v in BLOCKING.items()])
def test_ctrl_c_interrupts_at_once(blocking):
    script = f"""
        import os, signal, time
        signal.signal(signal.SIGINT, signal.default_int_handler)
        child = psutil.Popen(["/bin/sleep", "600"], start_new_session=True)
        try:
            print(child.pid, flush=True)
            {blocking}
        except KeyboardInterrupt:
            print("interrupted", child.is_running(), flush=True)
        finally:
            child.kill()
            child.wait()
    """
    with interpreter(script) as child:
        assert child.stdout.readline()
        # Blocking means asleep, if not for the first time then for the last.
        family.wait_for(lambda: sleeps(child.pid), "the interpreter to block")
        child.send_signal(signal.SIGINT)
        out, complaint = child.communicate(timeout=subject.HANG_S)
        assert (out, complaint, child.returncode) == (b"interrupted True\n", b"", 0)


def sleeps(pid):
    """Whether the process sleeps at twenty looks in a row."""
    return all(family.state(pid) == "S" and not os.sched_yield() for _ in range(20))


def test_a_signal_handler_runs_during_a_wait_which_goes_on(sleeper):
    script = """
        import os, signal, sys
        child = psutil.Popen(["/bin/sleep", "600"])
        handled = []
        def handle(*_):
            handled.append(1)
            if len(handled) == 3:
                child.kill()
        signal.signal(signal.SIGUSR1, handle)
        print(child.pid, flush=True)
        print(int(child.wait()), len(handled), flush=True)
    """
    with interpreter(script) as child:
        child.stdout.readline()
        for number in range(3):
            family.wait_for(lambda: sleeps(child.pid), f"the wait before signal {number}")
            child.send_signal(signal.SIGUSR1)
        out, complaint = child.communicate(timeout=subject.HANG_S)
        assert (out, complaint, child.returncode) == (b"-9 3\n", b"", 0)


def test_use_at_exit():
    script = """
        import atexit
        def last():
            own = psutil.Process()
            own.as_dict(); list(psutil.process_iter(["name"])); psutil.cpu_percent()
            print("last", own.name() != "")
        atexit.register(last)
    """
    assert subject.run(script) == "last True"


def test_use_from_a_finalizer():
    script = """
        class Last:
            def __init__(self):
                self.process, self.psutil = psutil.Process(), psutil
            def __del__(self):
                try:
                    self.psutil.cpu_times(); self.process.memory_info()
                except (KeyError, ImportError, AttributeError, TypeError):
                    pass  # Modules may have been taken apart; that must not be fatal.
                print("finalized", flush=True)
        kept = Last()
        kept.itself = kept
    """
    assert subject.run(script) == "finalized"


@pytest.mark.parametrize("round_", range(5))
def test_daemon_threads_use_the_library_while_the_interpreter_ends(round_):
    script = """
        import threading
        ready = threading.Barrier(7)
        def work(call):
            call()
            ready.wait()
            while True:
                call()
        own = psutil.Process()
        calls = [
            own.as_dict, lambda: list(psutil.process_iter(["name", "memory_info"])),
            lambda: psutil.cpu_percent(0.001), lambda: psutil.net_connections("all"),
            psutil.virtual_memory, lambda: psutil.Process(1).memory_info(),
        ]
        for call in calls:
            threading.Thread(target=work, args=(call,), daemon=True).start()
        ready.wait()
        print("ends")
    """
    assert subject.run(script) == "ends"


def test_a_daemon_thread_in_a_blocking_call_does_not_hold_the_end(sleeper):
    script = """
        import sys, threading
        target = psutil.Process(int(sys.argv[1]))
        calls = [target.wait, lambda: psutil.cpu_percent(600), lambda: psutil.wait_procs([target])]
        for call in calls:
            threading.Thread(target=call, daemon=True).start()
        print("ends")
    """
    assert subject.run(script, sleeper.pid) == "ends"


def test_other_interpreters_work_or_refuse_clearly():
    """A second interpreter imports the library, or is told by an ImportError that it cannot."""
    script = f"""
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        psutil.Process().name()
        code = '''if True:
            try:
                import {subject.NAME} as psutil
            except ImportError as error:
                assert "interpreter" in str(error), error
            else:
                own = psutil.Process()
                assert own.as_dict()["pid"] == own.pid
                assert list(psutil.process_iter(["name"]))
                psutil.cpu_percent(); psutil.virtual_memory()
                try:
                    psutil.Process(2**40)
                except psutil.NoSuchProcess:
                    pass
        '''
        for _ in range(3):
            other = interpreters.create()
            failure = interpreters.run_string(other, code)
            assert failure is None, failure
            interpreters.destroy(other)
        assert psutil.Process().is_running()
        print("done")
    """
    assert subject.run(script) == "done"


def test_nothing_is_printed_or_started_by_the_import():
    script = """
        import os, sys
        print(os.listdir("/proc/self/task") == [str(os.getpid())], psutil.Process().children())
    """
    assert subject.run(script) == "True []"


def test_the_import_can_be_repeated():
    script = """
        import importlib
        before = psutil.Process
        again = importlib.reload(psutil)
        assert again is psutil
        assert psutil.Process is not before
        assert psutil.Process().name() == before().name()
        for _ in range(3):
            importlib.reload(psutil)
        print(psutil.Process().is_running())
    """
    assert subject.run(script) == "True"


def test_debug_text_is_printed_when_asked_for(capfd):
    psutil._set_debug(True)
    try:
        psutil._common.debug("something odd")
    finally:
        psutil._set_debug(False)
    psutil._common.debug("nothing")
    text = capfd.readouterr().err
    assert text.startswith("psutil-debug [")
    assert text.endswith("]> something odd\n")
    assert text.count("\n") == 1
