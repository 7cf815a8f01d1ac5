"""`PROCFS_PATH` at run time, recorded machines behind it, and independent state."""

import importlib.util
import os
import shutil
import sys
import warnings

import pytest

import psight as psutil
import recorded
import subject

TREES = [
    "generic-6.18-x86_64-recorded",
    "container-cgroup2-6.1-x86_64",
    "laptop-6.9-x86_64",
    "container-lxcfs-5.15-x86_64",
    "storage-6.5-x86_64",
]
ODD = {
    "container-lxcfs-5.15-x86_64": "D22",
    "storage-6.5-x86_64": "a number sign in a mount point, which kernels write as \\043",
}
ODD_THREADS = {"container-cgroup2-6.1-x86_64": "D18"}


def trees(odd):
    """All of them, those marked that psutil misreads."""
    return [
        pytest.param(name, marks=[pytest.mark.beyond(odd[name])] if name in odd else [])
        for name in TREES
    ]


# Methods that answer from the files of /proc alone.
METHODS = (
    "name status ppid cmdline create_time cpu_times cpu_num num_threads uids gids "
    "num_ctx_switches memory_info io_counters threads exe environ num_fds"
).split()
pytestmark = pytest.mark.usefixtures("fresh_state")


@pytest.fixture
def machine(request, tmp_path):
    """A recorded machine, and what its files mean."""
    return str(tmp_path / "proc"), recorded.unpack(request.param, tmp_path)


def as_json(value):
    """Namedtuples as objects."""
    if hasattr(value, "_asdict"):
        return {name: as_json(one) for name, one in value._asdict().items()}
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list) else value


def counters(table):
    """What the kernel did not count is 0 in Python."""
    return {name: {key: value or 0 for key, value in row.items()} for name, row in table.items()}


def resolved(row):
    """A partition, but for the device of `/`, which can be asked of the running machine only."""
    return {**row, "device": "root"} if row["mountpoint"] == "/" else row


@pytest.mark.parametrize("machine", trees(ODD), indirect=True)
def test_functions_read_a_recorded_machine(machine):
    psutil.PROCFS_PATH, expected = machine
    assert psutil.boot_time() == expected["boot_time"]
    assert psutil.pids() == expected["pids"]
    assert as_json(psutil.virtual_memory()) == expected["virtual_memory"]
    with warnings.catch_warnings():
        # A container's kernel may not tell of swapping; psutil warns and gives 0.
        warnings.simplefilter("ignore", RuntimeWarning)
        swap = as_json(psutil.swap_memory())
    assert swap == {key: value or 0 for key, value in expected["swap_memory"].items()}
    assert as_json(psutil.cpu_times()) == expected["cpu_times"]
    assert as_json(psutil.cpu_times(percpu=True)[-1]) == expected["cpu_times_percpu_last"]
    assert as_json(psutil.cpu_stats()) == {**expected["cpu_stats"], "syscalls": 0}
    interfaces = psutil.net_io_counters(pernic=True, nowrap=False)
    assert as_json(interfaces) == counters(expected["net_io_counters_pernic"])
    disks = psutil.disk_io_counters(perdisk=True, nowrap=False)
    assert as_json(disks) == counters(expected["disk_io_counters_perdisk"])
    partitions = as_json(psutil.disk_partitions(all=True))
    assert list(map(resolved, partitions)) == list(map(resolved, expected["disk_partitions_all"]))


@pytest.mark.parametrize("machine", trees(ODD_THREADS), indirect=True)
def test_processes_of_a_recorded_machine(machine):
    psutil.PROCFS_PATH, expected = machine
    seen = 0
    for process in psutil.process_iter():
        facts = expected["processes"].get(str(process.pid), {})
        for name in METHODS:
            wanted = facts.get(name)
            # Null where psutil has '' or a sentinel. Errors and the environments of kernel threads
            # (D08) are in tests of their own.
            if wanted is None or wanted == {} or (isinstance(wanted, dict) and "error" in wanted):
                continue
            found = as_json(getattr(process, name)())
            if name == "threads":
                found.sort(key=lambda row: row["id"])
            assert found == wanted, (process.pid, name)
            seen += 1
    assert seen > 10


def test_a_copied_tree_answers_for_the_machine_it_was_copied_from(folder):
    """As a container sees its host's files."""
    own = os.getpid()
    copied = os.path.join(folder, "host")
    for name in (
        "stat",
        "meminfo",
        "vmstat",
        "cpuinfo",
        "diskstats",
        f"{own}/stat",
        f"{own}/status",
    ):
        os.makedirs(os.path.dirname(os.path.join(copied, name)), exist_ok=True)
        shutil.copy(f"/proc/{name}", os.path.join(copied, name))
    before = psutil.Process()
    psutil.PROCFS_PATH = copied
    assert psutil.pids() == [own]
    assert psutil.pid_exists(own)
    process = psutil.Process(own)
    assert process == before
    assert process.name() == before.name()
    assert psutil.boot_time() > 0
    # Each object keeps the tree it was made from.
    shutil.rmtree(copied)
    with pytest.raises(psutil.NoSuchProcess):
        process.ppid()
    assert before.ppid() == os.getppid()


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("virtual_memory", {}),
        ("cpu_times", {}),
        ("cpu_times", {"percpu": True}),
        ("boot_time", {}),
        ("net_connections", {}),
        ("net_io_counters", {}),
        ("net_io_counters", {"pernic": True}),
        ("net_if_stats", {}),
        ("disk_partitions", {}),
        ("disk_partitions", {"all": True}),
    ],
)
def test_an_empty_tree_is_an_os_error(name, arguments, folder):
    psutil.PROCFS_PATH = folder
    with pytest.raises(OSError) as caught:
        getattr(psutil, name)(**arguments)
    assert caught.value.filename.startswith(folder)


def test_an_empty_tree_has_no_processes(folder):
    psutil.PROCFS_PATH = folder
    with pytest.raises(psutil.NoSuchProcess):
        psutil.Process()
    psutil.PROCFS_PATH = "/proc"
    assert psutil.Process().is_running()


@pytest.mark.beyond("IndexError")
def test_an_empty_tree_has_no_ids(folder):
    psutil.PROCFS_PATH = folder
    assert psutil.pids() == []
    assert list(psutil.process_iter()) == []


def test_a_folder_that_is_not_there(folder):
    psutil.PROCFS_PATH = os.path.join(folder, "none")
    with pytest.raises(FileNotFoundError):
        psutil.pids()
    with pytest.raises(FileNotFoundError):
        list(psutil.process_iter())


def test_decreasing_steal_is_no_time(folder):
    """Upstream's numbers: one tick of user time is all of a delta below a second."""
    script = """
        import sys
        def write(line):
            with open(sys.argv[1] + "/stat", "w") as file:
                file.write(line + "\\n")
        psutil.PROCFS_PATH = sys.argv[1]
        write("cpu 0 0 0 0 0 0 0 1 0 0")
        psutil.cpu_percent(); psutil.cpu_times_percent()
        write("cpu 1 0 0 0 0 0 0 0 0 0")
        shares = psutil.cpu_times_percent()
        print(psutil.cpu_percent(), shares.steal, shares.user, sum(shares))
    """
    assert subject.run(script, folder) == "100.0 0.0 1.0 1.0"


def test_import_without_a_readable_tree_and_first_calls_after_it():
    """Baselines are made at import; without one the first call makes it."""
    script = """
        psutil._last_cpu_times.clear(); psutil._last_per_cpu_times.clear()
        psutil._last_cpu_times_2.clear(); psutil._last_per_cpu_times_2.clear()
        assert psutil.cpu_percent() == 0.0
        assert set(psutil.cpu_percent(percpu=True)) == {0.0}
        assert sum(psutil.cpu_times_percent()) == 0.0
        assert 0.0 <= psutil.cpu_percent(interval=0.05) <= 100.0
        print("done")
    """
    assert subject.run(script) == "done"


def test_state_is_independent_where_the_package_is_executed_again(fresh_state):
    """How home automation keeps counters of several users apart."""
    spec = importlib.util.find_spec(psutil.__name__)
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    assert sys.modules[psutil.__name__] is psutil
    assert again is not psutil
    assert list(again.process_iter())
    assert again._pmap
    assert not psutil._pmap
    again._TOTAL_PHYMEM = 1000
    assert again.Process().memory_percent() > 1000
    assert psutil.Process().memory_percent() < 100
    assert again._last_cpu_times is not psutil._last_cpu_times
    before = again.cpu_percent(), psutil.cpu_percent()
    assert all(0.0 <= share <= 100.0 for share in before)
    again.process_iter.cache_clear()
    assert not again._pmap
