"""Differences that are meant. Each has the id of the decision it follows, the reason, and a test
that accepts exactly that difference and no other.
"""

import os

from rules import MISSING
from shapes import Raised

# id: (what psutil does, what psight does). D15 (order of sockets) needs no test: rows are compared
# as sets. Those named bytes-* follow the rule that text is bytes until the edge. D25 (unlimited on Python 3.15) is undone in shapes.py.
REASONS = {
    "D08": "environ() of a kernel thread: psutil says the thread is gone, psight says {}",
    "D14": "a socket of several processes: psutil names one owner, psight may name another, or all",
    "D16": "a local socket's path with a blank: psutil says '', psight the path",
    "D18": "threads() of a name with ')': psutil reads the wrong columns",
    "D19": "no /sys/class/power_supply: psutil raises, psight says null",
    "D21": "cpu_freq per CPU: psutil has one per policy, psight one per online CPU",
    "D23": "an interface whose driver fails: psutil raises, psight has the others",
    "bytes-cr": "a carriage return in arguments or environment: psutil reads it as a newline",
    "bytes-blank": "a mapped file's name that ends in a blank: psutil loses the blank",
    "bytes-name": "a name cut inside a character: psutil does not complete it, psight does",
}


def decision(difference, before, ours):
    """The id of the decision that a difference follows, if any. `before` and `ours` are all facts
    of the process, or of the machine, that psutil and psight told."""
    path, psutil, psight, _ = difference
    key = path[2]
    if key not in before or ours is None or key not in ours:
        return None
    if key == "environ" and psutil == Raised("NoSuchProcess") and psight == {}:
        return "D08"
    if key in ("cmdline", "environ") and isinstance(psight, str) and "\r" in psight:
        newlines = psight.replace("\r\n", "\n").replace("\r", "\n")
        return "bytes-cr" if newlines == psutil else None
    if key == "memory_maps" and MISSING in (psutil, psight):
        paths = [row["path"] for row in [*before[key], *ours[key]]]
        name = path[-1][0]
        blank = [other for other in paths if other != other.rstrip(" ")]
        return "bytes-blank" if name in blank or name in [b.rstrip(" ") for b in blank] else None
    if key == "name" and isinstance(psutil, str):
        cut, full = os.fsencode(psutil), os.fsencode(psight)
        return "bytes-name" if len(psutil) < 15 <= len(cut) and full.startswith(cut) else None
    if key == "net_connections" and path[1] == "system":
        return socket_row(psutil, psight, before[key], ours[key])
    if key == "threads" and ")" in str(before["name"]):
        return "D18" if isinstance(psutil, Raised) or path[-1] in TIMES else None
    if key == "sensors_battery" and told(psutil, "FileNotFoundError") and psight is None:
        return "D19"
    if key in ("cpu_freq", "cpu_freq_percpu"):
        return per_cpu(before["cpu_freq_percpu"], ours["cpu_freq_percpu"])
    if key == "net_if_stats" and told(psutil, "OSError") and isinstance(psight, dict):
        return "D23"
    return None


TIMES = ("user_time", "system_time")


def told(value, name):
    """Whether psutil raised this."""
    return isinstance(value, Raised) and value.startswith(f"{name}:")


def per_cpu(before, ours):
    """D21, when their numbers differ and psight's is that of online CPUs."""
    if len(before) != len(ours) and len(ours) == os.sysconf("SC_NPROCESSORS_ONLN"):
        return "D21"
    return None


def socket_row(psutil, psight, before, ours):
    """D14 and D16: a row that the other side has under another owner, or without its path."""
    if psight == MISSING:
        others = ours
        row = psutil
    elif psutil == MISSING:
        others = before
        row = psight
    else:
        return None
    for other in others:
        if not isinstance(row, dict) or not isinstance(other, dict):
            continue
        if alike(row, other, ("fd", "pid")) and same_socket(row, other):
            return "D14"
        paths = row.get("laddr"), other.get("laddr")
        if row.get("family") == "AF_UNIX" and alike(row, other, ("laddr",)):
            path = paths[0] or paths[1]
            if "" in paths and path.split() != [path]:
                return "D16"
    return None


def alike(row, other, but):
    """Whether two rows are equal in all fields but these."""
    return all(row[name] == other.get(name) for name in row if name not in but)


def same_socket(row, other):
    """Whether two descriptors are the same socket."""
    return link(row) is not None and link(row) == link(other)


def link(row):
    """What a descriptor refers to."""
    try:
        return os.readlink(f"/proc/{row.get('pid')}/fd/{row.get('fd')}")
    except OSError:
        return None
