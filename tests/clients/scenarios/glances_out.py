"""Glances without a screen: --stdout, --stdout-csv, --stdout-json, --export csv,json."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor

from compare import KIND, SKIP, Near
from text import mask

# Nothing that asks the network or looks at the user's files.
OPTIONS = ("-C", "/dev/null", "--disable-check-update", "--disable-plugin", "cloud,ip,ports")
PLUGINS = "cpu,mem,memswap,load,fs,network,diskio,processcount,core,system,percpu,connections,irq"
MIB = 1 << 20

# Of the plugins' values, by plugin and field, however they are printed.
MACHINE_RULES = [
    ("*time_since_update", SKIP),
    ("*rate_per_sec", SKIP),
    ("*mem.total", Near(0)),
    ("*mem.percent*", Near(0, 4.0)),
    ("*mem.[uafibcs]*", Near(0.1, 192 * MIB)),
    ("*memswap.total", Near(0)),
    ("*load.min*", Near(0.3, 1.0)),
    ("*cpucore", Near(0)),
    ("*core.phys", Near(0)),
    ("*core.log", Near(0)),
    ("*fs.*.size", Near(0)),
    ("*fs.*.percent", Near(0, 1.0)),
    ("*fs.*.used", Near(0.02, 512 * MIB)),
    ("*fs.*.free", Near(0.02, 512 * MIB)),
    ("*network.*.speed", Near(0)),
    ("*network.*_gauge", Near(0.05, 4 * MIB)),
    ("*diskio.*_gauge", Near(0.1, 64 * MIB)),
    ("*processcount.pid_max", Near(0)),
    ("*processcount.total", Near(0.2, 20)),
    ("*processcount.thread", Near(0.3, 60)),
    ("*connections.nf_conntrack_max", Near(0)),
    ("*connections.LISTEN", Near(0.2, 6)),
    ("*.cpu_number", Near(0)),
    # The busiest lines only, and which those are changes.
    ("*irq", SKIP),
    ("*irq.*", SKIP),
    # Which of the two types depends on whether there was anything to count.
    ("*network.*.bytes_*", SKIP),
    ("*now.*", KIND),
]
RULES = [
    ("export json.*_percent", KIND),
    *MACHINE_RULES,
]
MUTATION = """
_real_memory = virtual_memory
def virtual_memory():
    memory = _real_memory()
    return memory._replace(total=memory.total + 4096)
"""


def observe(side, stage):
    """The same plugins in every form."""

    files = ("--export-csv-file", side.path("e.csv"), "--export-json-file", side.path("e.json"))
    ways = [
        ("--stdout", "cpu.user,mem.total,load,fs,core", "--stop-after", "1"),
        ("--stdout-csv", "mem,core,memswap", "--stop-after", "2"),
        ("--stdout-json", PLUGINS, "--stop-after", "1"),
        ("-q", "--export", "csv,json", *files, "--stop-after", "2"),
    ]

    def run(way):
        # Its end closes the file while the thread that writes to it may still be at it.
        closed = "ValueError: write to closed file"
        return side.run("glances", *OPTIONS, *way, own_fault=closed)

    # Each mostly sleeps.
    with ThreadPoolExecutor(len(ways)) as pool:
        ended = list(pool.map(run, ways))
    stdout, comma, brace, _ = ended
    return {
        "stdout": [line.partition(": ")[0] for line in stdout.out.splitlines()],
        "stdout values": [mask(line) for line in stdout.out.splitlines() if "load" not in line],
        "csv": table(comma.out),
        "json": by_name(json.loads(brace.out.splitlines()[-1])),
        "export csv": table(side.read("e.csv")),
        "export json": json.loads(side.read("e.json").splitlines()[-1]),
        "err": [it.err for it in ended],
    }


def table(text):
    """The last row of a table with titles, numbers as numbers; without single processes."""
    rows = list(csv.reader(io.StringIO(text)))
    return {
        title: number(value)
        for title, value in zip(rows[0], rows[-1])
        if not title.startswith(("timestamp", "now", "processlist", "programlist", "alert"))
    }


def number(text):
    """A float where the text is one. A table does not show whether it was an int."""
    try:
        return float(text)
    except ValueError:
        return text


def by_name(told):
    """Lists of things with names as dicts; each says itself which of its fields is the name."""
    if isinstance(told, dict):
        return {key: by_name(value) for key, value in told.items()}
    if isinstance(told, list) and told and all(isinstance(it, dict) and "key" in it for it in told):
        return {str(it[it["key"]]): by_name(it) for it in told}
    return told
