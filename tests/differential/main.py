"""The comparison: makes the children, asks both sides, reports. See `run`."""

import argparse
import os
import pickle
import shutil
import signal
import sys
from collections import Counter

import children_files
import children_names
import children_sockets
import children_state
import collect
import compare
import psutil
import sanctioned
from children import NOBODY, Nursery, become

# Strangers move. A difference of theirs counts when it is there each time.
ROUNDS = 5
SHOWN = 300


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    nursery = Nursery()
    try:
        for family in (children_names, children_state, children_files, children_sockets):
            family.start(nursery)
        command = binary(nursery, options)
        report = Report(nursery, options.verbose)
        machine(report, command)
        processes(report, command, "")
        if nursery.root:
            as_nobody(report, command)
        else:
            nursery.skip("all processes, asked by an ordinary user", "that is who asked")
        return report.print()
    finally:
        nursery.close()


def arguments():
    parser = argparse.ArgumentParser(prog="run", description="Compares psight with psutil.")
    parser.add_argument(
        "--mirror", action="store_true", help="compare psutil with itself, to try the comparison"
    )
    parser.add_argument(
        "--verbose", action="store_true", help="name the children, and each sanctioned difference"
    )
    return parser.parse_args()


def binary(nursery, options):
    """The command to ask; a copy, where an ordinary user can execute it."""
    if options.mirror:
        here = os.path.dirname(os.path.abspath(__file__))
        return [sys.executable, "-B", os.path.join(here, "mirror.py")]
    copy = os.path.join(nursery.folder, "psight")
    shutil.copy(os.environ["PSIGHT_BIN"], copy)
    return [copy]


class Report:
    """What was found so far."""

    def __init__(self, nursery, verbose):
        self.nursery, self.verbose = nursery, verbose
        self.equal = self.near = 0
        self.processes = set()
        self.sanctioned = Counter()
        self.differences = []

    def count(self, tally, before, ours):
        """Adds a tally; sorts its differences into meant and not."""
        self.equal += tally.equal
        self.near += tally.near
        for difference in tally.differences:
            self.judge(difference, sanctioned.decision(difference, before, ours))

    def judge(self, difference, decision):
        """Adds one difference."""
        if decision is None:
            self.differences.append(difference)
            return
        self.sanctioned[decision] += 1
        if self.verbose:
            print(decision, self.sentence(difference))

    def sentence(self, difference):
        """One difference, for people."""
        path, psutil_value, psight_value, why = difference
        child = self.nursery.children.get(path[1])
        whose = f" ({child.label})" if child else ""
        where = ".".join(map(str, path[2:]))
        why = f" ({why})" if why else ""
        both = f"psutil {short(psutil_value)}, psight {short(psight_value)}"
        return f"{path[0]}: {path[1]}{whose}: {where}: {both}{why}"

    def print(self):
        """The summary; the status to exit with."""
        if self.verbose:
            for pid, child in self.nursery.children.items():
                print(f"child {pid}: {child.label}")
        for label, reason in self.nursery.skipped:
            print(f"skipped: {label}: {reason}")
        for key, count in sorted(self.sanctioned.items()):
            print(f"sanctioned: {key} {count} times: {sanctioned.REASONS[key]}")
        for difference in self.differences[:SHOWN]:
            print(f"DIFFERS: {self.sentence(difference)}")
        if len(self.differences) > SHOWN:
            print(f"DIFFERS: and {len(self.differences) - SHOWN} more")
        values = self.equal + self.near + len(self.differences) + self.sanctioned.total()
        print(
            f"compared {values} values over {len(self.processes)} processes: "
            f"{self.equal} equal, {self.near} within tolerance, {len(self.differences)} differ"
        )
        return 1 if self.differences else 0


def short(value):
    """A value on one line, long ones cut in the middle."""
    text = ascii(value)
    return text if len(text) <= 240 else f"{text[:160]} ... {text[-60:]}"


def machine(report, command):
    """Everything about the machine."""
    for again in reversed(range(ROUNDS)):
        before = collect.system()
        ours = collect.psight_system(command)
        after = collect.system()
        errors = ours.pop("errors", {})
        tally = compare.compare(compare.SYSTEM, ("system", "system"), before, ours, after)
        unmeant = [d for d in tally.differences if not sanctioned.decision(d, before, ours)]
        if not unmeant or not again:
            break
    for key, why in errors.items():
        if before[key] is not None:
            tally.differ(("system", "system", "errors", key), before[key], why)
    report.count(tally, before, ours)


def processes(report, command, who):
    """Everything about every process, asked by pid and in a sweep."""
    pids = sorted(set(psutil.pids()) - {os.getpid(), os.getppid()})
    settle(report, f"ps --pid{who}", lambda some: collect.psight_pids(command, some), pids)
    settle(report, f"ps{who}", lambda some: collect.psight_sweep(command), pids)


def settle(report, via, ask, pids):
    """Compares processes; asks again about strangers that differ, for they may have moved."""
    children = report.nursery.children
    for again in reversed(range(ROUNDS)):
        before = collect.processes(pids)
        ours = ask(pids)
        after = collect.processes(pids)
        strange = []
        for pid in sorted(before.keys() & after.keys()):
            tally = compare.compare(
                compare.PROCESS, (via, pid), before[pid], ours.get(pid, {}), after[pid]
            )
            unmeant = [
                d for d in tally.differences if not sanctioned.decision(d, before[pid], ours[pid])
            ] if pid in ours else tally.differences
            still = pid in children and children[pid].still
            if unmeant and not still and again:
                strange.append(pid)
                continue
            if pid not in ours:
                tally.differences = [((via, pid, "(process)"), "there", "(missing)", "")]
            report.processes.add(pid)
            report.count(tally, before[pid], ours.get(pid, {}))
        pids = strange
        if not pids:
            break


def as_nobody(report, command):
    """The same as an ordinary user, in a fork that cannot come back."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        fork = Report(report.nursery, report.verbose)
        try:
            become(NOBODY)
            processes(fork, command, " as an ordinary user")
            fork.nursery = None
            with os.fdopen(write, "wb") as pipe:
                pickle.dump(fork, pipe)
            sys.stdout.flush()
        except BaseException as error:  # must not run the parent's `finally`
            print(f"as an ordinary user: {error!r}", file=sys.stderr)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    if not told:
        report.differences.append((("ps", "ordinary user", "all"), "an answer", "none", ""))
        return
    fork = pickle.loads(told)
    report.equal += fork.equal
    report.near += fork.near
    report.processes |= fork.processes
    report.sanctioned += fork.sanctioned
    report.differences += fork.differences


if __name__ == "__main__":
    sys.exit(main())
