"""Which field is compared how. Exact fields first; every other one says how far it may be off, and
why.
"""

from rules import Between, Exact, Fields, Keyed, Range, Rising, Tally, ThreadName, Unordered, Within

MIB = 2**20
EXACT = Exact()

# Shared pages are divided among those that map them, and the C library's users come and go. Pages
# that only one maps become private when the others end.
SHARES = Between(slack=MIB // 4, share=0.05)

MAPS = Keyed(
    "path",
    ordered="psutil",
    rule=Fields(
        Fields(
            EXACT,
            pss=SHARES,
            shared_clean=SHARES,
            shared_dirty=SHARES,
            private_clean=SHARES,
            private_dirty=SHARES,
            # The kernel forgets marks when it looks for pages to free.
            referenced=SHARES,
        )
    ),
)

PROCESS = {
    "cmdline": EXACT,
    "cpu_affinity": EXACT,
    # The CPU it last ran on: a process that runs moves.
    "cpu_num": EXACT,
    # psutil's first answer is 0.0; psight watches a tenth of a second. Ticks of 0.01 s in that
    # time are rough, and every thread may have a CPU.
    "cpu_percent": Range(0.0, 110.0 * 1024),
    "cpu_times": Rising(),
    # One tick.
    "create_time": Within(0.01),
    "cwd": EXACT,
    "environ": EXACT,
    "exe": EXACT,
    "gids": EXACT,
    "io_counters": Rising(),
    "ionice": EXACT,
    "memory_full_info": Fields(EXACT, pss=SHARES, uss=SHARES),
    "memory_info": EXACT,
    "memory_maps": MAPS,
    "memory_percent": EXACT,
    "name": ThreadName(),
    "net_connections": Unordered(),
    "nice": EXACT,
    "num_ctx_switches": Rising(),
    "num_fds": EXACT,
    "num_threads": EXACT,
    "open_files": Keyed("fd", rule=Exact(), ordered="psutil"),
    "pid": EXACT,
    "ppid": EXACT,
    "rlimits": EXACT,
    "status": EXACT,
    "terminal": EXACT,
    "threads": Keyed("id", rule=Rising(), ordered="key"),
    "uids": EXACT,
    "username": EXACT,
}

CPU_TIMES = Fields(
    Rising(),
    # These may fall: the kernel moves them between CPUs and corrects them.
    idle=Rising(slack=0.1),
    iowait=Rising(slack=0.1),
)
# Memory of the machine moves with every process: 64 MiB and 1 %.
MEMORY = Between(slack=64 * MIB, share=0.01)
FREQUENCY = Fields(EXACT, current=Between(share=0.9))

SYSTEM = {
    "cpu_times": CPU_TIMES,
    "cpu_times_percpu": CPU_TIMES,
    # Measured over different spans, so only their range is common.
    "cpu_percent": Range(0.0, 100.0),
    "cpu_percent_percpu": Range(0.0, 100.0),
    "cpu_times_percent": Range(0.0, 100.0),
    "cpu_count": EXACT,
    "cpu_stats": Rising(),
    # A clock may be anything from rest to boost at the next look.
    "cpu_freq": FREQUENCY,
    "cpu_freq_percpu": FREQUENCY,
    # The kernel makes new ones every 5 s; its text has two decimals.
    "getloadavg": Between(slack=0.0101),
    "virtual_memory": Fields(MEMORY, total=EXACT, percent=Between(slack=1.0)),
    "swap_memory": Fields(
        MEMORY, total=EXACT, percent=Between(slack=1.0), sin=Rising(), sout=Rising()
    ),
    "disk_partitions": EXACT,
    "disk_partitions_all": EXACT,
    # Others write while this runs.
    "disk_usage": Fields(
        Fields(
            Between(slack=64 * MIB, share=0.01), total=Between(slack=0), percent=Between(slack=0.2)
        )
    ),
    "disk_io_counters": Rising(),
    "disk_io_counters_perdisk": Rising(),
    "net_io_counters": Rising(),
    "net_io_counters_pernic": Rising(),
    "net_connections": Unordered(),
    "net_if_addrs": EXACT,
    "net_if_stats": EXACT,
    "sensors_temperatures": Fields(Fields(Fields(EXACT, current=Between(slack=5.0)))),
    "sensors_fans": Fields(Fields(Fields(EXACT, current=Between(share=0.2)))),
    "sensors_battery": Fields(
        EXACT, percent=Between(slack=1.0), secsleft=Between(slack=60, share=0.2)
    ),
    "users": EXACT,
    # The kernel derives it from two clocks, one of which is adjusted.
    "boot_time": Within(1.0),
    "pids": Unordered(),
}


def compare(rules, where, before, ours, after):
    """All facts of one process, or of the machine."""
    tally = Tally()
    for key in sorted(before.keys() | ours.keys()):
        rule = rules.get(key)
        if rule is None or key not in before or key not in ours:
            tally.differ((*where, key), before.get(key, "(no key)"), ours.get(key, "(no key)"))
        else:
            path = (*where, key)
            tally.take(rule.compare(path, before[key], ours[key], after.get(key, before[key])))
    return tally
