"""Upstream's scripts about processes: ps, pstree, pidof, procinfo, pmap, procsmem, netstat, ..."""

import os
import re
import signal
import subprocess
import sys

from compare import Near
from text import bytes_of, masked, only_steady, processes, without_work

ROW_OF_PS = re.compile(
    r"(?P<user>\S+) +(?P<pid>\d+) +(?P<mem>[\d.]+|) +(?P<vsz>\S+) +(?P<rss>\S+) +(?P<nice>-?\d+|) +"
    r"(?P<status>[a-z-]+) +(?P<start>\w+:?\w+) +(?P<time>\d+:\d\d) +(?P<cmdline>.*)"
)
RULES = [
    ("procsmem.*.numbers.*", Near(0.2, 512 << 10)),
    ("pmap.regions.*.rss", Near(0.2, 64 << 10)),
    ("procinfo.memory.*", Near(0.2, 512 << 10)),
]
MUTATION = "Process.children = lambda self, recursive=False: []"


def observe(side, stage):
    """All of them, by name; about the subject and about every process that stays."""
    subject = stage.subject

    def script(name, *args, **how):
        return side.python(os.path.join(stage.scripts, f"{name}.py"), *args, **how)

    before = processes()
    seen = {"ps": only_steady(ps(script("ps")), before)}
    before = processes()
    seen["pstree"] = only_steady(pstree(script("pstree")), before)
    seen["pidof"] = script("pidof", subject["name"]).out
    seen["pidof nothing"] = script("pidof", "no such program").out
    seen["procinfo"] = procinfo(script("procinfo", "-v", subject["pid"]))
    seen["procinfo itself"] = masked(script("procinfo").out)[:3]
    seen["procinfo nothing"] = script("procinfo", 1 << 22, code=1).err
    seen["pmap"] = pmap(script("pmap", subject["pid"]))
    seen["procsmem"] = procsmem(script("procsmem"), [subject["pid"], *subject["children"]])
    seen["netstat"] = netstat(script("netstat"), subject)
    seen["killed"] = killall(side, script)
    seen["killall nothing"] = script("killall", "no such program", code=1).err
    return seen


def ps(result):
    """What does not vary of each row of ps.py, by pid."""
    head, *rows = result.out.splitlines()
    if head.split()[:3] != ["USER", "PID", "%MEM"]:
        raise ValueError(head)
    told = {}
    for row in rows:
        fields = ROW_OF_PS.fullmatch(row)
        if fields:
            kept = {name: fields[name] for name in ("user", "nice", "start")}
            told[int(fields["pid"])] = {**kept, "cmdline": without_work(fields["cmdline"])}
    return told


def pstree(result):
    """{pid: what is above it, with its own name at the end} of the printed tree."""
    told, above = {}, []
    for line in result.out.splitlines():
        row = re.fullmatch(r"((?:[|`][-_ ] |\| |  )*)(\d+) ?(.*)", line)
        if not row:
            continue
        marks, pid, name = row.groups()
        depth = len(marks) // 2
        above[depth:] = [f"{pid} {without_work(name)}"]
        told[int(pid)] = above[-2:]
    return told


def procinfo(result):
    """The report of procinfo.py as {title: its lines}, with what moves masked or apart."""
    seen, title = {"err": masked(result.err)}, None
    for line in result.out.splitlines():
        if line[:1].strip():
            title, _, rest = line.partition(" ")
            if title == "memory" and rest.strip().startswith("%"):
                title, rest = "memory share", rest.strip(" %")
        else:
            rest = line
        seen.setdefault(title, []).append(rest.strip())
    pairs = (pair.split("=") for pair in seen.pop("memory")[0].split(", "))
    seen["memory"] = {name: bytes_of(value) for name, value in pairs}
    for moving in ("cpu-tspent", "cpu-times", "memory share", "I/O", "ctx-switches", "cpu-num"):
        seen[moving] = masked("\n".join(seen[moving]))
    seen["connections"].sort()
    seen["threads"] = [line.split()[0] for line in seen["threads"]]
    seen["mem-maps"] = sorted(line.split(maxsplit=1)[-1] for line in seen["mem-maps"])
    return seen


def pmap(result):
    """The regions of pmap.py and its total."""
    head, *rows = result.out.splitlines()
    end = next(index for index, row in enumerate(rows) if row.startswith("-"))
    regions = {}
    for row in rows[:end]:
        address, rss, mode, *path = row.split(maxsplit=3)
        regions[address] = {"rss": bytes_of(rss), "mode": mode, "path": path}
    return {"head": head, "regions": regions, "end": masked("\n".join(rows[end:]))}


def procsmem(result, pids):
    """The rows of procsmem.py about these pids; it lists the 86 smallest only. A command line with
    a line break in it, of whatever else runs here, makes rows of any shape."""
    head, _, *rows = result.out.splitlines()
    seen = {"head": head.split()}
    for row in rows:
        fields = row.split(maxsplit=2)
        if fields and fields[0].isdigit() and int(fields[0]) in pids:
            numbers = re.findall(r"(?<= )\d[\d.]*[BKMG]?(?= )", f" {row}")[1:]
            seen[fields[0]] = {
                "user": fields[1],
                "numbers": [bytes_of(number) for number in numbers],
                "cmdline": row.split("  ")[-1].split(maxsplit=1)[-1],
            }
    return seen


def netstat(result, subject):
    """The rows of netstat.py about the subject, and what else was listening."""
    head, *rows = result.out.splitlines()
    rows = [row.split() for row in rows]
    return {
        "head": head.split(),
        "subject": sorted(row for row in rows if str(subject["pid"]) in row[4:5]),
    }


def killall(side, script):
    """Kills a process of our own by a name that only it has: how it ended."""
    name = f"die{os.getpid()}{side.name}"[:15]
    program = (
        "import ctypes, sys, time; "
        f"ctypes.CDLL(None).prctl(15, {name.encode()!r}); print(flush=True); time.sleep(60)"
    )
    victim = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    victim.stdout.readline()
    try:
        script("killall", name)
        return victim.wait(10) == -signal.SIGKILL
    finally:
        victim.kill()
        victim.wait()
        victim.stdout.close()
