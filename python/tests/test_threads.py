"""Many threads at once, and processes that fork in the middle."""

import contextlib
import multiprocessing
import os
import threading

import pytest

import family
import psight as psutil
import subject

THREADS = 16
ROUNDS = 20
MODULE = (
    "boot_time cpu_count cpu_freq cpu_percent cpu_stats cpu_times cpu_times_percent "
    "disk_io_counters disk_partitions net_connections net_if_addrs net_if_stats net_io_counters "
    "pids sensors_temperatures swap_memory users virtual_memory"
).split()


def at_once(work):
    """Runs `work(number)` in all threads, all beginning together. What they raised is raised."""
    barrier, failures, results = threading.Barrier(THREADS), [], [None] * THREADS

    def run(number):
        try:
            barrier.wait()
            results[number] = work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results


def test_all_threads_ask_one_object(sleeper):
    process = psutil.Process(sleeper.pid)
    still = {"pid", "name", "exe", "cmdline", "environ", "cwd", "ppid", "uids", "create_time"}
    wanted = process.as_dict(still)
    names = sorted(psutil._as_dict_attrnames - {"pid"})

    def ask(number):
        for turn in range(ROUNDS):
            assert process.as_dict(still) == wanted
            # Each thread begins elsewhere.
            for name in names[(number + turn) % 4 :: 4]:
                getattr(process, name)()
            assert process.is_running()
            assert "sleep" in repr(process)

    at_once(ask)


def test_all_threads_enter_oneshot_of_one_object(sleeper):
    process = psutil.Process(sleeper.pid)

    def ask(number):
        for _ in range(ROUNDS):
            with process.oneshot():
                first = process.num_ctx_switches(), process.name(), process.uids()
                assert (process.num_ctx_switches(), process.name(), process.uids()) == first

    at_once(ask)


def test_all_threads_ask_the_module():
    def ask(number):
        for turn in range(ROUNDS // 4):
            for name in MODULE[number % 3 :: 3] if turn else MODULE:
                getattr(psutil, name)()
            psutil.cpu_percent(percpu=True)
            psutil.disk_io_counters(perdisk=bool(number % 2))

    at_once(ask)


def test_all_threads_iterate(fresh_state):
    own = psutil.Process()

    def iterate(number):
        for _ in range(ROUNDS // 4):
            found = {p.pid: p for p in psutil.process_iter(["name", "status"])}
            assert found[own.pid] == own
            assert found[own.pid].info["name"] == own.name()
            if number == 0:
                psutil.process_iter.cache_clear()
        return len(found)

    assert min(at_once(iterate)) > 1


def test_children_that_end_while_all_threads_look(fresh_state):
    """Getters of processes that vanish raise psutil's exceptions and nothing else."""
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            with family.sleeper("/bin/true"):
                pass

    def look(number):
        for _ in range(ROUNDS // 5):
            for child in psutil.Process().children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.as_dict(["name", "cmdline", "memory_info", "num_fds"])
            list(psutil.process_iter(["pid", "name"]))

    churner = threading.Thread(target=churn)
    churner.start()
    try:
        at_once(look)
    finally:
        stop.set()
        churner.join()


def test_each_thread_has_its_own_baseline():
    """The first call of a thread compares two readings of its own."""
    psutil.cpu_percent()

    def first(number):
        return psutil.cpu_percent(), psutil.cpu_times_percent()

    for share, times in at_once(first):
        assert 0.0 <= share <= 100.0
        assert all(0.0 <= value <= 100.0 for value in times)


def everything():
    """Uses the library in all its parts, in a process just forked; its process id."""
    own = psutil.Process()
    assert own.pid == os.getpid()
    assert set(own.as_dict()) == psutil._as_dict_attrnames
    for name in MODULE:
        getattr(psutil, name)()
    found = {p.pid: p for p in psutil.process_iter(["name"])}
    assert found[own.pid].info["name"] == own.name()
    assert own.parent().pid == os.getppid()
    return own.pid


def test_a_forked_child_uses_the_library_at_once(fresh_state):
    list(psutil.process_iter(["name"]))
    process = psutil.Process()
    with process.oneshot():
        process.name()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                everything()
                # The object made before is still the parent, which runs on.
                assert process.pid == os.getppid()
                assert process.is_running()
                status = 0
            finally:
                os._exit(status)
        assert psutil.Process(pid).wait() == 0


@pytest.mark.beyond("deadlocks: a lock of a process is inherited held")
def test_forks_while_other_threads_work():
    """A lock that another thread held at the fork must not be waited for in the child. In an
    interpreter of its own, where nothing else holds any."""
    script = """
        import faulthandler, os, threading, warnings
        warnings.simplefilter("ignore")
        shared = psutil.Process()
        def look(names):
            psutil.Process().as_dict(names)
            shared.as_dict(names)
            assert shared.name() and shared.status()
            list(psutil.process_iter(["name"]))
            psutil.cpu_percent(); psutil.net_io_counters(); psutil.virtual_memory()
        def work():
            while True:
                look(None)
        # What is imported late is imported now: a child forked while another thread is inside an
        # import waits for ever, which no module can help. Nor can it help the C library's users.
        look(None)
        names = psutil._as_dict_attrnames - {"username"}
        for _ in range(4):
            threading.Thread(target=work, daemon=True).start()
        for _ in range(50):
            pid = os.fork()
            if pid == 0:
                # A child that hangs tells where, and fails.
                faulthandler.dump_traceback_later(30, exit=True)
                look(names)
                os._exit(0)
            assert os.waitpid(pid, 0)[1] == 0
        print("done")
    """
    assert subject.run(script) == "done"


def test_a_pool_of_forked_processes():
    """Those that start afresh import the library as any program does."""
    psutil.cpu_percent()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pids = pool.starmap(everything, [()] * 8)
        pool.close()
        pool.join()
    assert os.getpid() not in pids
