"""Upstream's full-screen scripts, in a terminal: top, iotop, nettop."""

import os
import re
import sys

import screen
from compare import Near
from text import bytes_of, mask, only_steady, processes, without_work

RULES = [
    ("top.memory.total", Near(0)),
    ("top.memory.used", Near(0.05, 64 << 20)),
    ("nettop.cards.*.bytes-*", Near(0.05, 4 << 20)),
    ("nettop.cards.*.pkts-*", Near(0.05, 20000)),
]
MUTATION = "Process.nice = lambda self, value=None: 11"


def observe(side, stage):
    """The three screens."""

    def show(name, ready):
        path = os.path.join(stage.scripts, f"{name}.py")
        # A line for every process, or the scripts leave some out.
        return screen.look(side, [sys.executable, path], ready, lines=len(processes()) + 100)

    pid = str(stage.subject["pid"])
    before = processes()
    seen = {"top": top(show("top", lambda lines: listed(lines, pid)), before)}
    shown = show("iotop", lambda lines: listed(lines, pid))
    seen["iotop"] = iotop(shown, [stage.subject["pid"], *stage.subject["children"]])
    seen["nettop"] = nettop(show("nettop", lambda lines: any("pkts-recv" in it for it in lines)))
    return seen


def listed(lines, pid):
    """Whether the process has a row."""
    return any(line.split()[:1] == [pid] for line in lines)


def rows(lines, title):
    """The rows below the line that begins with this word, and that line."""
    start = next(index for index, line in enumerate(lines) if line.startswith(title))
    return lines[start].split(), [line for line in lines[start + 1 :] if line[:1].isdigit()]


def top(lines, before):
    """The head of top.py and its rows."""
    head = [line for line in lines[:20] if line.startswith(" ")]
    memory = next(line for line in head if line.startswith(" Mem"))
    used, total = re.search(r"(\S+) / (\S+)", memory).groups()
    titles, found = rows(lines, "PID")
    told = {}
    for row in found:
        pid, user, nice, *_, name = row.split(maxsplit=8)
        told[int(pid)] = {"user": user, "nice": nice, "name": without_work(name)}
    return {
        "cpus": sum(line.startswith(" CPU") for line in head),
        "titles": titles,
        "memory": {"used": bytes_of(used), "total": bytes_of(total)},
        "load": mask(next(line for line in head if "Load" in line)).partition("Uptime")[0],
        "processes": only_steady(told, before),
    }


def iotop(lines, pids):
    """The head of iotop.py and its rows about these processes.

    Long commands of others spill into the rows below, so of a command only the beginning is sure.
    """
    titles, found = rows(lines, "PID")
    told = {}
    for row in found:
        pid, user, _, _, command = (*row.split(maxsplit=4), "")[:5]
        if int(pid) in pids:
            told[pid] = {"user": user, "command": command[:8]}
    total = next(line for line in lines if line.startswith("Total"))
    return {"total": mask(total), "titles": titles, "processes": told}


def nettop(lines):
    """The cards of nettop.py with their totals; which have traffic varies, and so their order."""
    cards, card = {}, None
    for line in lines[2:]:
        words = line.split()
        if words[1:] == ["TOTAL", "PER-SEC"]:
            card = cards.setdefault(words[0], {})
        elif words:
            card[words[0]] = bytes_of(words[1])
    return {"total": mask(lines[0]), "cards": cards}
