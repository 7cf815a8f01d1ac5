"""Zombies, kernel threads, threads asked by id, processes of others, odd ids and names."""

import json
import os
import shutil
import threading

import pytest

import family
import psight as psutil

ZOMBIE_FAILS = ["exe", "cmdline", "environ", "cwd", "memory_maps"]
DENIED = (
    "environ cwd io_counters num_fds memory_full_info memory_maps open_files net_connections"
).split()
needs_root = pytest.mark.skipif(not family.ROOT, reason="needs root to become another user")


def outcome(ask):
    """`"answer"`, or the name of the exception class."""
    try:
        ask()
    except Exception as error:
        return type(error).__name__
    return "answer"


def outcomes(process):
    """What every getter gives, by name."""
    names = sorted(psutil._as_dict_attrnames - {"pid"})
    return {name: outcome(getattr(process, name)) for name in names}


def test_a_zombie_is_alive(zombie, fresh_state):
    process = psutil.Process(zombie)
    assert process.status() == psutil.STATUS_ZOMBIE
    assert process.is_running()
    assert psutil.pid_exists(zombie)
    assert zombie in psutil.pids()
    assert process in psutil.process_iter()
    assert process.parent() == psutil.Process()
    assert process in psutil.Process().children()
    assert process.children() == []
    assert "status='zombie'" in str(process)
    assert set(process.as_dict()) == psutil._as_dict_attrnames
    assert process.as_dict(["exe", "name"], ad_value="?")["exe"] == "?"


@pytest.mark.skipif(not family.ROOT, reason="files of a zombie belong to root")
def test_what_a_zombie_answers_to_root(zombie):
    process = psutil.Process(zombie)
    found = outcomes(process)
    assert {name for name, what in found.items() if what != "answer"} == set(ZOMBIE_FAILS)
    assert {found[name] for name in ZOMBIE_FAILS} == {"ZombieProcess"}
    assert set(process.memory_info()) == {0}
    assert set(process.memory_full_info()) == {0}
    assert process.memory_percent() == 0.0
    assert process.num_fds() == 0
    assert process.open_files() == []
    assert process.net_connections() == []
    assert process.uids().real == os.getuid()
    assert len(process.io_counters()) == 6


@needs_root
def test_what_a_zombie_answers_to_its_owner():
    def ask():
        # The other user's own child.
        with family.zombie() as pid:
            return json.dumps(outcomes(psutil.Process(pid)))

    found = json.loads(family.as_other_user(ask))
    zombie = {"exe", "cmdline", "memory_maps"}
    denied = {"environ", "io_counters", "num_fds", "open_files", "net_connections"}
    assert {name for name, what in found.items() if what == "ZombieProcess"} >= zombie
    assert {name for name, what in found.items() if what == "AccessDenied"} >= denied
    # Its uid changed without an exec, so its working directory belongs to root.
    assert found["cwd"] in ("ZombieProcess", "AccessDenied")
    rest = found.keys() - zombie - denied - {"cwd"}
    assert {found[name] for name in rest} == {"answer"}


def test_setters_and_signals_of_a_zombie_do_nothing(zombie):
    process = psutil.Process(zombie)
    process.nice(process.nice())
    process.ionice(psutil.IOPRIO_CLASS_BE, 1)
    process.cpu_affinity(process.cpu_affinity())
    for name in ("suspend", "resume", "terminate", "kill"):
        assert getattr(process, name)() is None
    assert process.is_running()
    assert process.wait() == 7
    assert not process.is_running()
    assert not psutil.pid_exists(zombie)


def test_an_object_made_in_life_is_equal_to_the_zombies(sleeper):
    alive = psutil.Process(sleeper.pid)
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    dead = psutil.Process(sleeper.pid)
    assert dead.status() == psutil.STATUS_ZOMBIE
    assert alive == dead
    assert hash(alive) == hash(dead)


@needs_root
def test_what_is_denied_to_another_user(sleeper):
    def ask():
        process = psutil.Process(sleeper.pid)
        own = dict(
            rlimit=outcome(lambda: process.rlimit(psutil.RLIMIT_NOFILE)),
            set_nice=outcome(lambda: process.nice(5)),
            set_ionice=outcome(lambda: process.ionice(psutil.IOPRIO_CLASS_BE, 3)),
            set_affinity=outcome(lambda: process.cpu_affinity([0])),
            suspend=outcome(process.suspend),
            kill=outcome(process.kill),
            wait=outcome(lambda: process.wait(0)),
            running=process.is_running(),
            all=sorted(process.as_dict(ad_value="no")),
        )
        return json.dumps({**outcomes(process), **own})

    found = json.loads(family.as_other_user(ask))
    assert found.pop("running") is True
    assert set(found.pop("all")) == psutil._as_dict_attrnames
    assert found.pop("wait") == "TimeoutExpired"
    # Guessed from the first argument, which is a path.
    assert found["exe"] == "answer"
    setters = {"rlimit", "set_nice", "set_ionice", "set_affinity", "suspend", "kill"}
    denied = {name for name, what in found.items() if what == "AccessDenied"}
    assert denied == {*DENIED, *setters}
    assert {found[name] for name in found.keys() - denied} == {"answer"}
    assert family.state(sleeper.pid) == "S"


@needs_root
def test_a_child_of_another_user_is_seen_as_its_own():
    with family.forked(family.other_user) as pid:
        process = psutil.Process(pid)
        assert process.uids() == process.gids() == (family.NOBODY,) * 3
        assert process.username() in ("nobody", str(family.NOBODY))
        assert process.environ() == psutil.Process().environ()
        assert process.exe() == psutil.Process().exe()


KERNEL_THREADS = family.KERNEL_THREADS
kernel_thread = pytest.mark.skipif(not KERNEL_THREADS, reason="no kernel threads can be seen")


@kernel_thread
@pytest.mark.beyond("D08")
@pytest.mark.skipif(not family.ROOT, reason="files of kernel threads belong to root")
def test_kernel_threads_raise_nothing():
    process = psutil.Process(KERNEL_THREADS[0])
    assert set(outcomes(process).values()) == {"answer"}
    assert process.environ() == {}
    assert set(process.as_dict(["environ", "name"])) == {"environ", "name"}
    assert KERNEL_THREADS[0] in {p.pid for p in psutil.process_iter(["environ"])}


@kernel_thread
def test_what_kernel_threads_answer():
    process = psutil.Process(KERNEL_THREADS[0])
    assert process.cmdline() == []
    if family.ROOT:
        assert process.exe() == ""
    else:
        with pytest.raises(psutil.AccessDenied):
            process.exe()
    assert set(process.memory_info()) == {0}
    assert process.ppid() == 2
    assert process.terminal() is None
    assert process.is_running()


def test_a_thread_can_be_asked_by_its_id():
    stop, ids = threading.Event(), []
    thread = threading.Thread(target=lambda: (ids.append(threading.get_native_id()), stop.wait()))
    thread.start()
    try:
        (tid,) = family.wait_for(lambda: ids, "the thread")
        process = psutil.Process(tid)
        assert process.pid == tid
        assert process != psutil.Process()
        assert process.is_running()
        assert process.exe() == psutil.Process().exe()
        assert process.num_threads() == psutil.Process().num_threads()
        assert tid in [row.id for row in psutil.Process().threads()]
        assert not psutil.pid_exists(tid)
        assert tid not in psutil.pids()
        assert tid not in [p.pid for p in psutil.process_iter()]
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("pid", [2**31, 2**32 + 1, 2**63, 2**64, 2**128])
def test_ids_out_of_range_are_no_process(pid):
    with pytest.raises(psutil.NoSuchProcess, match="^process PID out of range"):
        psutil.Process(pid)


@pytest.mark.parametrize("pid", [2**31 - 1, 0])
def test_ids_in_range_that_nobody_has(pid):
    with pytest.raises(psutil.NoSuchProcess, match="^process PID not found"):
        psutil.Process(pid)
    assert psutil.pid_exists(pid) is False


@pytest.mark.beyond("D07")
@pytest.mark.parametrize("pid", [2**64, 2**128])
def test_huge_ids_do_not_exist(pid):
    assert psutil.pid_exists(pid) is False


def test_other_things_are_no_ids():
    assert psutil.pid_exists(-1) is False
    assert psutil.pid_exists(-(2**64)) is False
    assert psutil.pid_exists(True) is True
    for wrong in ("1", None, [1]):
        with pytest.raises(TypeError):
            psutil.pid_exists(wrong)
    for wrong in ("1", 1.0, [1]):
        with pytest.raises(TypeError):
            psutil.Process(wrong)
    with pytest.raises(ValueError, match=r"^pid must be a positive integer \(got -1\)$"):
        psutil.Process(-1)


def test_names_that_are_not_text(folder):
    """Bytes that are no UTF-8 come back as they were, through surrogates."""
    odd = os.fsencode(folder) + b"/f\xc0\x80 \xff"
    text = os.fsdecode(odd)
    os.mkdir(odd)
    program = odd + b"/prog\xff"
    shutil.copy("/bin/sleep", program)
    with open(odd + b"/file\xfe", "wb") as file:
        environment = {b"K\xff": b"v\xfe"}
        command = [program, b"600"]
        with family.sleeper(*command, cwd=odd, env=environment, stdin=file, bufsize=0) as child:
            process = psutil.Process(child.pid)
            family.wait_for(lambda: family.state(child.pid) == "S", "the child to sleep")
            assert process.name() == os.fsdecode(b"prog\xff")
            assert process.exe() == os.fsdecode(program)
            assert process.cmdline() == [os.fsdecode(program), "600"]
            assert process.cwd() == text
            assert process.environ() == {"K\udcff": "v\udcfe"}
            assert [row.path for row in process.open_files()] == [os.fsdecode(file.name)]
            assert os.fsdecode(program) in [row.path for row in process.memory_maps()]
            assert psutil.disk_usage(odd) == psutil.disk_usage(text)
            assert "prog\\udcff" in repr(process)


def test_a_suspended_child_is_stopped_and_goes_on(sleeper):
    process = psutil.Process(sleeper.pid)
    process.suspend()
    family.wait_for(lambda: process.status() == psutil.STATUS_STOPPED, "the stop")
    assert process.is_running()
    process.resume()
    family.wait_for(lambda: process.status() == psutil.STATUS_SLEEPING, "the sleep")
    process.terminate()
    assert sleeper.wait() == -15
