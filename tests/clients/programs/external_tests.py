"""Tests that need another process, for pytest-xprocess: run by the scenario of that name."""

import os
import signal
import sys
import time

import psutil
import pytest
from xprocess import ProcessStarter

SERVER = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(120)"])
print("child", child.pid, flush=True)
print("ready to serve", flush=True)
time.sleep(120)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SERVER


class Starter(ProcessStarter):
    """Starts the server and waits for its word."""

    pattern = "ready to serve"
    timeout = 30
    args = [sys.executable, "-u", "-c", SERVER]


@pytest.fixture
def server(xprocess):
    """A server, which is ended afterwards."""
    pid, log = xprocess.ensure("server", Starter)
    yield pid, log
    xprocess.getinfo("server").terminate()


def child_of(log):
    """The pid that the server wrote down last; the log goes on from test to test."""
    with open(log, encoding="utf-8") as file:
        return [int(line.split()[1]) for line in file if line.startswith("child")][-1]


def test_it_runs_and_has_a_child(xprocess, server):
    pid, log = server
    info = xprocess.getinfo("server")
    assert info.pid == pid
    assert info.isrunning()
    assert [it.pid for it in psutil.Process(pid).children()] == [child_of(log)]


def test_it_is_not_started_twice(xprocess, server):
    assert xprocess.ensure("server", Starter)[0] == server[0]


def test_terminate_ends_the_whole_tree(xprocess, server):
    child = psutil.Process(child_of(server[1]))
    assert xprocess.getinfo("server").terminate() == 1
    child.wait(20)
    assert not child.is_running()
    assert not xprocess.getinfo("server").isrunning()


def test_what_ended_by_itself_does_not_run(xprocess, server):
    os.kill(server[0], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while xprocess.getinfo("server").isrunning() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not xprocess.getinfo("server").isrunning()
    psutil.Process(child_of(server[1])).kill()


def test_a_deaf_one_is_killed(xprocess):
    class Deaf(Starter):
        args = [sys.executable, "-u", "-c", DEAF]

    pid, _ = xprocess.ensure("deaf", Deaf)
    process = psutil.Process(pid)
    assert xprocess.getinfo("deaf").terminate(timeout=1) == 1
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_one_stays_for_xshow_and_xkill(xprocess):
    xprocess.ensure("stays", Starter)
