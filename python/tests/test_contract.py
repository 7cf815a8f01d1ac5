"""The names, signatures, shapes and constants of psutil 7.2.2 on Linux, and no others."""

import inspect
import os
import resource
import types

import pytest

import psight as psutil

FUNCTIONS = {
    "boot_time": "()",
    "cpu_count": "(logical=True)",
    "cpu_freq": "(percpu=False)",
    "cpu_percent": "(interval=None, percpu=False)",
    "cpu_stats": "()",
    "cpu_times": "(percpu=False)",
    "cpu_times_percent": "(interval=None, percpu=False)",
    "disk_io_counters": "(perdisk=False, nowrap=True)",
    "disk_partitions": "(all=False)",
    "disk_usage": "(path)",
    "net_connections": "(kind='inet')",
    "net_if_addrs": "()",
    "net_if_stats": "()",
    "net_io_counters": "(pernic=False, nowrap=True)",
    "pid_exists": "(pid)",
    "pids": "()",
    "process_iter": "(attrs=None, ad_value=None)",
    "sensors_battery": "()",
    "sensors_fans": "()",
    "sensors_temperatures": "(fahrenheit=False)",
    "swap_memory": "()",
    "users": "()",
    "virtual_memory": "()",
    "wait_procs": "(procs, timeout=None, callback=None)",
}
METHODS = {
    "as_dict": "(self, attrs=None, ad_value=None)",
    "children": "(self, recursive=False)",
    "connections": "(self, kind='inet')",
    "cpu_affinity": "(self, cpus=None)",
    "cpu_percent": "(self, interval=None)",
    "ionice": "(self, ioclass=None, value=None)",
    "memory_maps": "(self, grouped=True)",
    "memory_percent": "(self, memtype='rss')",
    "net_connections": "(self, kind='inet')",
    "nice": "(self, value=None)",
    "rlimit": "(self, resource, limits=None)",
    "send_signal": "(self, sig)",
    "wait": "(self, timeout=None)",
}
PLAIN_METHODS = set(
    "cmdline cpu_num cpu_times create_time cwd environ exe gids io_counters is_running kill "
    "memory_full_info memory_info name num_ctx_switches num_fds num_threads oneshot open_files "
    "parent parents ppid resume status suspend terminal terminate threads uids username".split()
)
CLASSES = {
    "Process": "(pid=None)",
    "NoSuchProcess": "(pid, name=None, msg=None)",
    "ZombieProcess": "(pid, name=None, ppid=None, msg=None)",
    "AccessDenied": "(pid=None, name=None, msg=None)",
}
STATUSES = dict(
    RUNNING="running",
    SLEEPING="sleeping",
    DISK_SLEEP="disk-sleep",
    STOPPED="stopped",
    TRACING_STOP="tracing-stop",
    ZOMBIE="zombie",
    DEAD="dead",
    WAKING="waking",
    IDLE="idle",
    LOCKED="locked",
    WAITING="waiting",
    PARKED="parked",
)
CONNECTIONS = (
    "ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN "
    "CLOSING NONE"
).split()
CONSTANTS = {
    **{f"STATUS_{name}": value for name, value in STATUSES.items()},
    **{f"CONN_{name}": name for name in CONNECTIONS},
    **dict.fromkeys("WINDOWS MACOS OSX FREEBSD OPENBSD NETBSD BSD SUNOS AIX".split(), False),
    "POSIX": True,
    "LINUX": True,
    "PROCFS_PATH": "/proc",
    "__version__": "7.2.2",
    "version_info": (7, 2, 2),
    "RLIM_INFINITY": -1,
}
RLIMITS = (
    "AS CORE CPU DATA FSIZE MEMLOCK NOFILE NPROC RSS STACK LOCKS MSGQUEUE NICE RTPRIO RTTIME "
    "SIGPENDING"
).split()
ENUMS = {
    "AF_LINK": ("<AddressFamily.AF_LINK: 17>", 17),
    "IOPRIO_CLASS_NONE": ("<IOPriority.IOPRIO_CLASS_NONE: 0>", 0),
    "IOPRIO_CLASS_RT": ("<IOPriority.IOPRIO_CLASS_RT: 1>", 1),
    "IOPRIO_CLASS_BE": ("<IOPriority.IOPRIO_CLASS_BE: 2>", 2),
    "IOPRIO_CLASS_IDLE": ("<IOPriority.IOPRIO_CLASS_IDLE: 3>", 3),
    "NIC_DUPLEX_FULL": ("<NicDuplex.NIC_DUPLEX_FULL: 2>", 2),
    "NIC_DUPLEX_HALF": ("<NicDuplex.NIC_DUPLEX_HALF: 1>", 1),
    "NIC_DUPLEX_UNKNOWN": ("<NicDuplex.NIC_DUPLEX_UNKNOWN: 0>", 0),
    "POWER_TIME_UNKNOWN": ("<BatteryTime.POWER_TIME_UNKNOWN: -1>", -1),
    "POWER_TIME_UNLIMITED": ("<BatteryTime.POWER_TIME_UNLIMITED: -2>", -2),
}
EXCEPTIONS = ["Error", "NoSuchProcess", "ZombieProcess", "AccessDenied", "TimeoutExpired"]
# Names of other systems.
ABSENT = (
    "win_service_iter win_service_get WindowsService CONN_DELETE_TCB CONN_IDLE CONN_BOUND "
    "IOPRIO_VERYLOW IOPRIO_LOW IOPRIO_NORMAL IOPRIO_HIGH IDLE_PRIORITY_CLASS "
    "BELOW_NORMAL_PRIORITY_CLASS NORMAL_PRIORITY_CLASS ABOVE_NORMAL_PRIORITY_CLASS "
    "HIGH_PRIORITY_CLASS REALTIME_PRIORITY_CLASS RLIMIT_SWAP RLIMIT_SBSIZE RLIMIT_NPTS test tests"
).split()
BEYOND = {
    "STATUS_WAKE_KILL": "wake-kill",
    "STATUS_SUSPENDED": "suspended",
}


def heap_names():
    """Present exactly where the C library is glibc."""
    return ["heap_info", "heap_trim"] if "CS_GNU_LIBC_VERSION" in os.confstr_names else []


def all_of_722():
    """Every public name of 7.2.2 on Linux."""
    rlimits = [f"RLIMIT_{name}" for name in RLIMITS]
    classes = ["Process", "Popen", *EXCEPTIONS]
    return {*FUNCTIONS, *heap_names(), *classes, *CONSTANTS, *ENUMS, *rlimits}


def test_all_has_every_name_once_and_each_exists():
    assert all_of_722() <= set(psutil.__all__)
    for name in psutil.__all__:
        assert hasattr(psutil, name), name


@pytest.mark.beyond("D03, bytes2human; 7.2.2 lists some names twice")
def test_all_has_no_others_but_the_added_names():
    assert set(psutil.__all__) - all_of_722() <= {*BEYOND, "getloadavg"}
    assert len(psutil.__all__) == len(set(psutil.__all__))


@pytest.mark.parametrize("name", ABSENT)
def test_names_of_other_systems_are_absent(name):
    assert not hasattr(psutil, name)
    assert name not in psutil.__all__


def test_every_public_name_of_the_module_is_in_all_or_a_module():
    public = {name for name in dir(psutil) if not name.startswith("_")}
    strange = {
        name
        for name in public - set(psutil.__all__) - {"debug"}
        if not isinstance(getattr(psutil, name), types.ModuleType)
    }
    assert strange == set()


@pytest.mark.parametrize("name, signature", FUNCTIONS.items())
def test_functions_have_these_parameters_and_a_text(name, signature):
    function = getattr(psutil, name)
    assert str(inspect.signature(function)) == signature
    assert function.__name__ == name
    assert function.__doc__


@pytest.mark.parametrize("name", ["process_iter", "disk_io_counters", "net_io_counters"])
def test_caches_can_be_cleared(name):
    clear = getattr(psutil, name).cache_clear
    assert clear() is None
    assert clear.__doc__


def test_getloadavg_is_pythons():
    assert psutil.getloadavg is os.getloadavg


def test_methods_have_these_parameters_and_a_text():
    wanted = {**METHODS, **dict.fromkeys(PLAIN_METHODS, "(self)")}
    found = {
        name: str(inspect.signature(getattr(psutil.Process, name)))
        for name in dir(psutil.Process)
        if not name.startswith("_") and name != "pid"
    }
    assert found == wanted
    assert all(getattr(psutil.Process, name).__doc__ for name in wanted)


def test_pid_is_a_property_that_cannot_be_set():
    assert isinstance(psutil.Process.pid, property)
    with pytest.raises(AttributeError):
        psutil.Process().pid = 1


@pytest.mark.parametrize("name, signature", CLASSES.items())
def test_classes_take_these_parameters(name, signature):
    assert str(inspect.signature(getattr(psutil, name))) == signature


@pytest.mark.parametrize("name, value", CONSTANTS.items())
def test_plain_constants_have_their_values_and_types(name, value):
    found = getattr(psutil, name)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.beyond("D03")
@pytest.mark.parametrize("name, value", BEYOND.items())
def test_documented_statuses_are_exported(name, value):
    assert getattr(psutil, name) == value
    assert name in psutil.__all__


@pytest.mark.parametrize("name", RLIMITS)
def test_limits_have_the_numbers_of_the_resource_module(name):
    limit = getattr(psutil, f"RLIMIT_{name}")
    assert type(limit) is int
    # Python does not name RLIMIT_LOCKS.
    assert limit == getattr(resource, f"RLIMIT_{name}", 10)


@pytest.mark.parametrize("name, shown", ENUMS.items())
def test_enum_members_print_their_names_and_are_numbers(name, shown):
    member = getattr(psutil, name)
    text, number = shown
    assert repr(member) == text
    assert isinstance(member, int)
    assert member == number
    assert hash(member) == hash(number)


def test_names_valid_in_as_dict_are_kept_in_a_set():
    names = (
        "cmdline cpu_affinity cpu_num cpu_percent cpu_times create_time cwd environ exe gids "
        "io_counters ionice memory_full_info memory_info memory_maps memory_percent name "
        "net_connections nice num_ctx_switches num_fds num_threads open_files pid ppid status "
        "terminal threads uids username"
    )
    assert psutil._as_dict_attrnames == set(names.split())
    assert set(psutil.Process().as_dict()) == set(names.split())
