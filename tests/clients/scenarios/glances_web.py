"""Glances as a web server: every plugin and every process through its API."""

import json

from compare import KIND, SKIP, Near
from scenarios.glances_out import MACHINE_RULES, MIB, OPTIONS, by_name
from side import fetch, free_port
from text import only_steady, processes, without_work

RULES = [
    ("all.uptime", SKIP),
    ("uptime", KIND),
    ("all.quicklook.mem", Near(0, 4.0)),
    ("all.quicklook.percpu.*.cpu_number", Near(0)),
    ("all.quicklook.cpu_hz*", KIND),
    ("all.programlist", SKIP),
    ("all.alert", SKIP),
    *MACHINE_RULES,
    ("subject*.memory_info.*", Near(0.2, MIB)),
    ("subject*.memory_percent", Near(0.2, 0.05)),
    ("subject*.gids.*", Near(0)),
    ("subject*.num_threads", Near(0)),
    ("subject*.nice", Near(0)),
    ("subject*.pid", Near(0)),
    ("subject*.io_counters.*", Near(0, 16384)),
    ("subject*.cpu_times.*", Near(0, 1.0)),
    ("processes.*.nice", Near(0)),
    ("processes.*.gids.*", Near(0)),
]
MUTATION = "Process.username = lambda self: 'somebody'"
KEPT = ("name", "cmdline", "username", "nice", "gids")


def observe(side, stage):
    """What the server has to say of this machine."""
    port = free_port()
    where = ("-B", "127.0.0.1", "-p", str(port), "--disable-webui", "--disable-autodiscover")

    def ask(path):
        return json.loads(fetch(f"http://127.0.0.1:{port}/api/4/{path}"))

    before = processes()
    with side.serve("glances", *OPTIONS, "-w", *where, "-t", "1") as server:
        everything = ask("all")
        listed = {it["pid"]: it for it in everything.pop("processlist")}
        subject = stage.subject
        seen = {
            "plugins": sorted(ask("pluginslist")),
            "all": by_name(everything),
            "processes": only_steady(kept(listed), before),
            "subject listed": listed[subject["pid"]],
            "subject": ask(f"processes/{subject['pid']}"),
            "child": ask(f"processes/{subject['children'][0]}"),
            "memory item": ask("mem/total"),
            "one mount": ask("fs/mnt_point"),
            "uptime": ask("uptime"),
            "version": ask("psutilversion"),
        }
    log = side.read(server.log)
    seen["log"] = [line for line in log.splitlines() if "rror" in line or "psutil" in line]
    return seen


def kept(listed):
    """What stays the same of each process."""
    told = {}
    for pid, process in listed.items():
        told[pid] = {field: process[field] for field in KEPT}
        told[pid]["name"] = without_work(process["name"])
        # Not a set of fields that all processes have: what may not be read is left out.
        told[pid]["fields"] = sorted(process)
    return told
