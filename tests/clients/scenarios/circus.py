"""circus: a daemon that keeps workers, tells of them, signals them and their children."""

import json
import os
import re
import sys

from compare import KIND, Near
from side import PROGRAMS, free_port, wait_for
from text import bytes_of, mask

INI = """
[circus]
endpoint = {endpoint}
pubsub_endpoint = {pubsub}
check_delay = 0.3
umask = 022

[watcher:pair]
copy_env = True
cmd = {python} -S {worker}
numprocesses = 2
stop_children = True
graceful_timeout = 5

[watcher:deaf]
copy_env = True
cmd = {python} -S {worker} deaf
graceful_timeout = 1
"""
RULES = [
    ("told.one.mem", Near(0.3, 0.05)),
    ("told.one.mem_info*", Near(0.3, 2 << 20)),
    ("told.one.children.*.mem_info*", Near(0.3, 2 << 20)),
    ("told.one.nice", Near(0)),
    ("told.one.ctime", KIND),
    ("told.one.children.*.ctime", KIND),
    ("told.all.*", Near(0)),
    ("told.came back.*", Near(0)),
    ("told.more", Near(0)),
    ("told.fewer", Near(0)),
    ("code", Near(0)),
]
MUTATION = "Process.children = lambda self, recursive=False: []"


def observe(side, stage):
    """What the daemon answers, what circusctl prints, what the daemon logs, and how it ends."""
    ports = [free_port() for _ in range(2)]
    endpoint, pubsub = (f"tcp://127.0.0.1:{port}" for port in ports)
    worker = os.path.join(PROGRAMS, "circus_worker.py")
    text = INI.format(endpoint=endpoint, pubsub=pubsub, python=sys.executable, worker=worker)
    ini = side.write("circus.ini", text)
    with side.serve("circusd", ini) as daemon:
        wait_for(lambda: "Arbiter now waiting" in side.read(daemon.log), "circusd")
        printed = side.run("circusctl", "--endpoint", endpoint, "stats", "pair")
        told = json.loads(side.python("circus_talk.py", endpoint).out)
        daemon.wait(30)
    sizes(told["one"])
    return {
        "told": told,
        "printed": without_children(printed.out),
        "err": printed.err,
        "log": said(side.read(daemon.log)),
        "code": daemon.returncode,
    }


def sizes(info):
    """circus rounds memory to a word like 9M; as numbers they can be near each other."""
    for it in (info, *info["children"]):
        for field in ("mem_info1", "mem_info2"):
            it[field] = bytes_of(it[field])


def without_children(text):
    """The lines of the workers; their children may not have been there yet."""
    return [mask(line) for line in text.splitlines() if not line.startswith(" ")]


def said(log):
    """What the daemon logged, each thing once. That it is busy with a command when it next looks
    at its workers, it logs as an error or not, as it happens."""
    lines = re.findall(r"circus\[\d+\] (.*)", log)
    return sorted(set(map(mask, lines)))
