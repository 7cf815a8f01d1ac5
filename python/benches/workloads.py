"""What the benchmarks ask: functions of a module (psutil or psight) and the pids of a load."""

import contextlib

USUAL = (
    "pid name username status cpu_percent memory_info memory_percent num_threads cmdline ppid"
    " create_time"
).split()
NINE = ("name status ppid cpu_times memory_info uids num_threads create_time cmdline").split()


def sweep(*attributes):
    """Going through all processes again."""

    def make(module, _pids):
        return lambda: sum(1 for _ in module.process_iter(attributes or None))

    return make


def first_sweep(*attributes):
    """Going through all processes as if for the first time."""

    def make(module, _pids):
        def ask():
            module.process_iter.cache_clear()
            return sum(1 for _ in module.process_iter(attributes or None))

        return ask

    return make


def everything(module, _pids):
    """as_dict() of all processes. psutil takes kernel threads for gone, for their environ()."""

    def ask():
        for process in module.process_iter():
            with contextlib.suppress(module.NoSuchProcess):
                process.as_dict()

    return ask


def function(name, *arguments, **keywords):
    """A function of the module."""
    return name_of(
        name, arguments, keywords
    ), lambda module, _pids: lambda: getattr(module, name)(*arguments, **keywords)


def method(name, *arguments, which=0, **keywords):
    """A method of one process of the load."""

    def make(module, pids):
        process = module.Process(pids[which])
        return lambda: getattr(process, name)(*arguments, **keywords)

    return name_of(name, arguments, keywords), make


def name_of(name, arguments, keywords):
    told = [repr(one) for one in arguments] + [f"{key}={one!r}" for key, one in keywords.items()]
    return f"{name}({', '.join(told)})"


def oneshot(module, pids):
    """Nine questions in a oneshot()."""
    process = module.Process(pids[-1])

    def ask():
        with process.oneshot():
            for name in NINE:
                getattr(process, name)()

    return ask


def own_sockets(module, _pids):
    return lambda: module.Process().net_connections()


def new(module, pids):
    return lambda: module.Process(pids[-1])


def parent(module, pids):
    process = module.Process(pids[-1])
    return process.parent


def tree(pid=None):
    """All descendants of the load's parent, or of a pid."""

    def make(module, pids):
        process = module.Process(pid or pids[0])
        return lambda: process.children(recursive=True)

    return make


SWEEPS = [
    ("pids()", lambda module, _pids: module.pids),
    ("process_iter(), first", first_sweep()),
    ("process_iter(), again", sweep()),
    ("process_iter(11 attributes), first", first_sweep(*USUAL)),
    ("process_iter(11 attributes), again", sweep(*USUAL)),
    ("process_iter(name)", sweep("name")),
    ("process_iter(username)", sweep("username")),
    ("process_iter(cpu_percent, memory_info)", sweep("cpu_percent", "memory_info")),
    ("process_iter(exe, cwd, environ)", sweep("exe", "cwd", "environ")),
    ("process_iter(open_files)", sweep("open_files")),
    ("as_dict() of all", everything),
]
ONE = [
    ("Process(pid)", new),
    ("parent()", parent),
    ("oneshot of nine", oneshot),
    *[
        method(name, which=-1)
        for name in (
            "is_running name status ppid parents create_time cpu_times cpu_percent cpu_num"
            " memory_info memory_percent memory_full_info memory_maps cmdline exe cwd environ"
            " terminal uids gids username num_threads num_ctx_switches num_fds threads"
            " open_files io_counters nice ionice cpu_affinity net_connections children as_dict"
        ).split()
    ],
]
SYSTEM = [
    function(name)
    for name in (
        "cpu_times cpu_percent cpu_times_percent cpu_count cpu_stats cpu_freq getloadavg boot_time"
        " virtual_memory swap_memory disk_partitions disk_io_counters net_io_counters net_if_addrs"
        " net_if_stats sensors_temperatures sensors_fans sensors_battery users"
    ).split()
]
SYSTEM += [
    function("cpu_times", percpu=True),
    function("cpu_percent", percpu=True),
    function("cpu_freq", percpu=True),
    function("cpu_count", logical=False),
    function("disk_usage", "/"),
    function("disk_partitions", all=True),
    function("net_io_counters", pernic=True),
    function("pid_exists", 1),
]
SOCKETS = [
    function("net_connections", "inet"),
    function("net_connections", "tcp4"),
    function("net_connections", "all"),
    ("this process' own", own_sockets),
]

# Title, load, workloads.
GROUPS = [
    ("One sleeping process", ("idle", 1), ONE),
    ("The machine", ("idle", 0), SYSTEM),
    ("All processes, 0 added", ("idle", 0), SWEEPS),
    ("All processes, 500 added", ("idle", 500), SWEEPS),
    (
        "All processes, 2,000 added",
        ("idle", 2000),
        [
            *SWEEPS,
            ("children(recursive=True) of pid 1", tree(1)),
            ("children(recursive=True), 2,000", tree()),
        ],
    ),
    (
        "A process with 5,000 mappings",
        ("mappings", 5000),
        [method("memory_maps"), method("memory_full_info")],
    ),
    (
        "A process with 10,000 descriptors",
        ("descriptors", 10_000),
        [method("num_fds"), method("open_files")],
    ),
    (
        "A process with 2,000 threads",
        ("threads", 2000),
        [method("threads"), method("num_threads"), method("name")],
    ),
    ("1,000 sockets in one process", ("sockets", 1000, 1), SOCKETS),
    ("10,000 sockets in 20 processes", ("sockets", 10_000, 20), SOCKETS),
    ("50,000 sockets in 50 processes", ("sockets", 50_000, 50), SOCKETS),
]
