"""Every function and method of the library as a call without arguments, failures included: what
the search for leaks repeats."""

import contextlib
import warnings

import family

# What is as slow as there are processes, files or sockets.
SLOW = {
    "process_iter",
    "process_iter(attrs)",
    "Process.children",
    "Process.children(recursive)",
    "net_connections",
    "net_connections(all)",
    "Popen",
    "wait_procs",
}


def refused(call, *errors):
    """A call that must fail."""

    def attempt():
        try:
            call()
        except errors:
            return
        raise AssertionError(f"{call} did not fail")

    return attempt


@contextlib.contextmanager
def every(psutil):
    """All calls by name. They ask a child, a zombie, a process that is gone, and this one."""
    with family.sleeper() as child, family.zombie() as zombie, family.sleeper() as brief:
        gone = psutil.Process(brief.pid)
        brief.kill()
        brief.wait()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield {
                **machine(psutil),
                **process(psutil, psutil.Process(child.pid)),
                **failures(psutil, psutil.Process(zombie), gone),
                **others(psutil, child.pid),
            }


def machine(psutil):
    """Functions of the module."""
    names = (
        "boot_time cpu_count cpu_freq cpu_percent cpu_stats cpu_times cpu_times_percent "
        "disk_io_counters disk_partitions getloadavg net_connections net_if_addrs net_if_stats "
        "net_io_counters pids sensors_fans sensors_temperatures swap_memory users virtual_memory"
    ).split()
    # Absent where the C library is not glibc.
    names += [name for name in ("heap_info", "heap_trim") if hasattr(psutil, name)]
    calls = {name: getattr(psutil, name) for name in names}
    calls["cpu_count(cores)"] = lambda: psutil.cpu_count(logical=False)
    calls["cpu_freq(percpu)"] = lambda: psutil.cpu_freq(percpu=True)
    calls["cpu_percent(percpu)"] = lambda: psutil.cpu_percent(percpu=True)
    calls["cpu_times(percpu)"] = lambda: psutil.cpu_times(percpu=True)
    calls["disk_partitions(all)"] = lambda: psutil.disk_partitions(all=True)
    calls["disk_io_counters(perdisk)"] = lambda: psutil.disk_io_counters(perdisk=True)
    calls["disk_usage"] = lambda: psutil.disk_usage("/")
    calls["net_connections(all)"] = lambda: psutil.net_connections("all")
    calls["net_io_counters(pernic)"] = lambda: psutil.net_io_counters(pernic=True)
    return calls


def process(psutil, child):
    """Methods of a process, setters and signals among them."""
    names = sorted(psutil._as_dict_attrnames - {"pid"})
    names += ["children", "parent", "parents", "is_running", "as_dict", "connections"]
    names += ["suspend", "resume"]
    # psutil 7.2.2 lacks these.
    more = ("memory_footprint", "memory_info_ex", "page_faults")
    names += [name for name in more if hasattr(child, name)]
    calls = {f"Process.{name}": getattr(child, name) for name in names}
    calls["Process"] = lambda: psutil.Process(child.pid)
    calls["Process.children(recursive)"] = lambda: child.children(recursive=True)
    calls["Process.memory_maps(ungrouped)"] = lambda: child.memory_maps(grouped=False)
    calls["Process.memory_percent(uss)"] = lambda: child.memory_percent("uss")
    calls["Process.net_connections(all)"] = lambda: child.net_connections("all")
    calls["Process.nice(set)"] = lambda: child.nice(5)
    calls["Process.ionice(set)"] = lambda: child.ionice(psutil.IOPRIO_CLASS_BE, 3)
    calls["Process.rlimit"] = lambda: child.rlimit(psutil.RLIMIT_NOFILE)
    calls["Process.rlimit(set)"] = lambda: child.rlimit(psutil.RLIMIT_CORE, (0, 0))
    calls["Process.cpu_affinity(set)"] = lambda: child.cpu_affinity([])
    calls["Process.send_signal"] = lambda: child.send_signal(0)
    calls["Process.wait(0)"] = refused(lambda: child.wait(0), psutil.TimeoutExpired)
    calls["repr"] = lambda: repr(child)
    calls["hash, =="] = lambda: hash(child) == hash(psutil.Process(child.pid))
    return calls


def failures(psutil, zombie, gone):
    """Calls that raise."""
    calls = {}
    for name in sorted(psutil._as_dict_attrnames - {"pid", "create_time"}):
        method = getattr(gone, name)
        calls[f"gone.{name}"] = refused(method, psutil.NoSuchProcess)
    for name in ("exe", "cmdline", "cwd", "environ", "memory_maps"):
        calls[f"zombie.{name}"] = refused(getattr(zombie, name), psutil.Error)
    for name in ("kill", "terminate", "suspend", "children", "parent"):
        calls[f"gone.{name}"] = refused(getattr(gone, name), psutil.NoSuchProcess)
    calls["zombie.as_dict"] = zombie.as_dict
    calls["gone.is_running"] = lambda: psutil.Process(zombie.pid).is_running()
    calls["Process(none)"] = refused(lambda: psutil.Process(2**31 - 1), psutil.NoSuchProcess)
    calls["Process(huge)"] = refused(lambda: psutil.Process(2**70), psutil.NoSuchProcess)
    calls["Process(text)"] = refused(lambda: psutil.Process("1"), TypeError)
    calls["disk_usage(none)"] = refused(lambda: psutil.disk_usage("/none/such"), OSError)
    calls["net_connections(bad)"] = refused(lambda: psutil.net_connections("?"), ValueError)
    calls["as_dict(bad)"] = refused(lambda: zombie.as_dict(["?"]), ValueError)
    calls["cpu_affinity(bad)"] = refused(lambda: zombie.cpu_affinity([9999]), ValueError)
    calls["ionice(bad)"] = refused(lambda: zombie.ionice(value=1), ValueError)
    calls["memory_percent(bad)"] = refused(lambda: zombie.memory_percent("?"), ValueError)
    return calls


def others(psutil, pid):
    """Iteration, oneshot, waiting, objects."""

    def oneshot():
        process = psutil.Process(pid)
        with process.oneshot():
            process.name(), process.uids(), process.cpu_times(), process.memory_maps()

    def popen():
        with psutil.Popen(["/bin/true"]) as child:
            child.wait()

    def fresh_iteration():
        psutil.process_iter.cache_clear()
        list(psutil.process_iter(["name", "cmdline", "memory_info"]))

    return {
        "pid_exists": lambda: psutil.pid_exists(pid),
        "pid_exists(none)": lambda: psutil.pid_exists(2**31 - 1),
        "oneshot": oneshot,
        "process_iter": lambda: list(psutil.process_iter()),
        "process_iter(attrs)": fresh_iteration,
        "Popen": popen,
        "wait_procs": lambda: psutil.wait_procs([psutil.Process(pid)], timeout=0),
        "NoSuchProcess": lambda: str(psutil.NoSuchProcess(1, "x", "y")),
    }
