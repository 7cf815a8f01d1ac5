"""Upstream's scripts about the machine: free, meminfo, disk_usage, ifconfig, who, sensors, ..."""

import os
import re
import sys

from compare import Near
from text import bytes_of, fields, mask, masked

# No battery, fan or thermometer: the scripts say so and end with 1, on both sides.
MAY_FAIL = ("battery", "fans", "sensors", "temperatures")
WHOLE = (*MAY_FAIL, "who")
MIB = 1 << 20

RULES = [
    ("free.Mem.total", Near(0)),
    ("free.Mem.*", Near(0.05, 64 << 10)),
    ("free.Swap.total", Near(0)),
    ("free.Swap.*", Near(0.02, 4096)),
    ("meminfo.*.Total", Near(0)),
    ("meminfo.*.Percent", Near(0, 3.0)),
    ("meminfo.*", Near(0.05, 64 * MIB)),
    ("disk_usage.*.Use %", Near(0, 1.0)),
    ("disk_usage.*.Total", Near(0)),
    ("disk_usage.*.Used", Near(0.02, 512 * MIB)),
    ("disk_usage.*.Free", Near(0.02, 512 * MIB)),
    ("ifconfig.*.traffic.*", Near(0.05, 4 * MIB)),
    ("cpu_distribution.cpus", Near(0)),
]
MUTATION = """
_real_stats = net_if_stats
def net_if_stats():
    return {nic: stats._replace(mtu=stats.mtu + 1) for nic, stats in _real_stats().items()}
"""


def observe(side, stage):
    """All of them, by name."""

    def script(name, **how):
        return side.python(os.path.join(stage.scripts, f"{name}.py"), **how)

    seen = {name: whole(script(name, code=None)) for name in WHOLE}
    seen["free"] = free(script("free"))
    seen["meminfo"] = {
        name: bytes_of(text) for name, text in sections(script("meminfo").out).items()
    }
    seen["disk_usage"] = disk_usage(script("disk_usage"))
    seen["ifconfig"] = ifconfig(script("ifconfig"))
    seen["cpu_distribution"] = cpu_distribution(side, stage)
    return seen


def whole(result):
    """Everything a script says, numbers apart."""
    return {"code": result.code, "out": masked(result.out), "err": masked(result.err)}


def free(result):
    """The table of free.py, in KiB: {row: {column: number}}."""
    head, *rows = result.out.splitlines()
    columns = head.split()
    return {
        row.split()[0].rstrip(":"): dict(zip(columns, map(int, row.split()[1:]))) for row in rows
    }


def sections(text):
    """`name : value` lines below underlined titles, as `title.name`."""
    found, title = {}, ""
    for line in text.splitlines():
        if re.fullmatch(r"[A-Z]+", line):
            title = line
        found.update({f"{title}.{name}": value for name, value in fields(line).items()})
    return found


def disk_usage(result):
    """The table of disk_usage.py, one entry for each mount."""
    head, *rows = result.out.splitlines()
    seen = {"head": mask(head)}
    for row in rows:
        device, total, used, free_, percent, kind, mount = row.split(maxsplit=6)
        seen[mount] = {
            "device": device,
            "type": kind,
            "Total": bytes_of(total),
            "Used": bytes_of(used),
            "Free": bytes_of(free_),
            "Use %": int(percent.rstrip("%")),
        }
    return seen


def ifconfig(result):
    """What ifconfig.py says of each card; addresses and the rest word for word, traffic apart."""
    seen, card = {}, None
    for line in result.out.splitlines():
        if line and not line.startswith(" "):
            card = seen.setdefault(line.rstrip(":"), {"lines": [], "traffic": {}})
        elif "bytes=" in line:
            way, rest = (part.strip() for part in line.split(":", 1))
            card["lines"].append(mask(line))
            for name, number in re.findall(r"(\w+)=([\d.]+[BKMGT]?)", rest):
                card["traffic"][f"{way}-{name}"] = bytes_of(number)
        elif line.strip():
            card["lines"].append(line)
    return seen


def cpu_distribution(side, stage):
    """The head of cpu_distribution.py, which goes on until it is stopped."""
    path = os.path.join(stage.scripts, "cpu_distribution.py")
    bounded = (
        "import itertools, runpy, sys, time\n"
        "calls = itertools.count()\n"
        "time.sleep = lambda seconds: sys.exit(0) if next(calls) else None\n"
        f"runpy.run_path({path!r}, run_name='__main__')\n"
    )
    result = side.run(sys.executable, "-c", bounded, code=None)
    heads = [line.split() for line in result.out.splitlines() if "CPU 0" in line]
    return {"cpus": heads[0].count("CPU"), "names": heads[0], "err": masked(result.err)}
