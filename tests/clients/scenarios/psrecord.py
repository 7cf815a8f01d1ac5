"""psrecord: a running process and a started one, with children and transfers, both formats."""

import csv
import os
import sys

from compare import Near
from side import PROGRAMS
from text import mask

RULES = [
    ("attached.rows", Near(0.5, 3)),
    ("attached.last.0", Near(0.5, 0.5)),
    ("attached.last.1", Near(0, 50.0)),
    ("attached.last.2", Near(0.1, 0.5)),
    ("attached.last.3", Near(0.05, 0.5)),
    ("attached.last.*", Near(0)),
    ("started.nproc", Near(0)),
    ("started.largest mem_*", Near(0.15, 4.0)),
    ("started.largest *_bytes", Near(0, 1 << 20)),
    ("started.largest *_count", Near(0.2, 50)),
]
MUTATION = """
_real_io = Process.io_counters
Process.io_counters = lambda self: _real_io(self)._replace(read_count=-1)
"""


def observe(side, stage):
    """Both ways of use."""
    return {"attached": attached(side, stage.subject["pid"]), "started": started(side)}


def attached(side, pid):
    """The table about the subject and its children."""
    how = ("--interval", "0.1", "--duration", "0.5", "--include-children", "--include-io")
    result = side.run("psrecord", str(pid), *how)
    rows = [line.split() for line in result.out.splitlines() if line.startswith(" ")]
    return {
        "head": [line for line in result.out.splitlines() if not line.startswith(" ")],
        "rows": len(rows),
        "last": [float(word) if "." in word else int(word) for word in rows[-1]],
        "err": result.err,
    }


def started(side):
    """The record of a program that has a child and comes to its end."""
    log = side.path("record.csv")
    command = f"{sys.executable} -B {os.path.join(PROGRAMS, 'taker.py')}"
    how = ("--log", log, "--log-format", "csv", "--interval", "0.05")
    result = side.run("psrecord", command, *how, "--include-children", "--include-io")
    with open(log, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    largest = {
        f"largest {name}": max(float(row[name]) for row in rows)
        for name in rows[0]
        if name not in ("elapsed_time", "nproc", "cpu")
    }
    return {
        "columns": list(rows[0]),
        "nproc": max(int(row["nproc"]) for row in rows),
        **largest,
        "out": mask(result.out),
        "err": result.err,
    }
