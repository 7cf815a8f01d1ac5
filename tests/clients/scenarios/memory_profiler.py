"""memory_profiler: line by line, mprof with children, and every backend that is psutil's."""

import json
import os
import sys

from compare import Near
from side import PROGRAMS
from text import mask

RULES = [
    ("lines.*.usage", Near(0.1, 3.0)),
    ("lines.*.increment", Near(0.1, 3.0)),
    ("usage.of.*", Near(0.1, 0.5)),
    ("usage.with children.*", Near(0.1, 1.0)),
    ("usage.children apart.*", Near(0.1, 0.5)),
    # The samples are of the whole process of the profiler, which does other things too.
    ("usage.rising.*", Near(0.4, 15.0)),
    ("usage.largest", Near(0)),
    ("mprof.largest", Near(0.1, 4.0)),
    ("mprof.largest child", Near(0.1, 4.0)),
]
MUTATION = """
_real_full = Process.memory_full_info
def _twice(self):
    info = _real_full(self)
    return info._replace(uss=info.uss * 2)
Process.memory_full_info = _twice
"""


def observe(side, stage):
    """All three."""
    profiled = os.path.join(PROGRAMS, "profiled.py")
    by_line = side.run(sys.executable, "-m", "memory_profiler", profiled)
    usage = side.python("memory_usage.py", stage.subject["pid"])
    return {
        "lines": lines(by_line.out),
        "usage": json.loads(usage.out),
        "mprof": mprof(side),
        "err": [by_line.err, usage.err],
    }


def lines(text):
    """The table of a profiled function, with the numbers as numbers."""
    told = {}
    for line in text.splitlines():
        words = line.split()
        if words[2:3] == ["MiB"]:
            told[words[0]] = {
                "usage": float(words[1]),
                "increment": float(words[3]),
                "times": words[5],
                "code": words[6:],
            }
        elif words:
            told[mask(line)] = None
    return told


def mprof(side):
    """A program and its child under `mprof run`, in a file, and what `mprof peak` makes of it."""
    taker = os.path.join(PROGRAMS, "taker.py")
    out = side.path("mprof.dat")
    how = ("--multiprocess", "--interval", "0.1", "--output", out, "--exit-code")
    run = side.run("mprof", "run", *how, sys.executable, taker)
    samples = [line.split() for line in side.read("mprof.dat").splitlines()]
    own = [float(it[1]) for it in samples if it[0] == "MEM"]
    child = [float(it[2]) for it in samples if it[0] == "CHLD"]
    return {
        "out": run.out,
        "err": run.err,
        "kinds": sorted({it[0] for it in samples}),
        "command": samples[0][1:],
        "largest": max(own),
        "largest child": max(child),
        "peak": mask(side.run("mprof", "peak", out).out),
    }
