"""From printed text to what can be compared: masked numbers, columns, steady processes."""

import os
import re

from compare import Shared
from side import Failed

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?:[BKMGTP]i?B?|s|%)?(?![\w.])")
ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])")
UNITS = {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def mask(line):
    """The line with every number (and its unit) as `#`, and runs of blanks as one."""
    return " ".join(NUMBER.sub("#", line).split())


def masked(text):
    """The masked lines of a text that are not empty."""
    return [mask(line) for line in text.splitlines() if line.strip()]


def bytes_of(text):
    """`1.5G` as a number of bytes; plain digits stay."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([BKMGT]?)", text.strip())
    if not found:
        raise ValueError(f"not a size: {text!r}")
    return float(found[1]) * UNITS[found[2] or "B"]


def fields(text, separator=":"):
    """`name : value` lines as a dict; the rest is left out."""
    pairs = (line.split(separator, 1) for line in text.splitlines() if separator in line)
    return {name.strip(): value.strip() for name, value in pairs}


def without_ansi(text):
    """The text without what moves the cursor or changes its color."""
    return ANSI.sub("", text)


def without_work(text):
    """Kernel workers say in their names what they are working on; the text without that."""
    return re.sub(r"(kworker/[^\s+-]+)[+-][^\s)]*", r"\1", text)


def processes():
    """Every process here: {pid: (time of start in ticks, name)}."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="surrogateescape") as file:
                head, _, tail = file.read().rpartition(")")
        except OSError:
            continue
        found[int(name)] = (tail.split()[19], without_work(head.partition("(")[2]))
    return found


def only_steady(told, before, needed=None):
    """Of what a program told, by pid, that about processes which were there, and the same, before
    it began and after it ended. None of those may be missing, or none of the `needed` ones: a
    program may leave out what it is not allowed to see."""
    after = processes()
    steady = {pid for pid, it in before.items() if after.get(pid) == it}
    missing = sorted(steady.intersection(before if needed is None else needed) - set(told))
    if missing:
        raise Failed(f"not listed: {[(pid, before[pid]) for pid in missing]}")
    return Shared({str(pid): told[pid] for pid in sorted(steady & set(told))})
