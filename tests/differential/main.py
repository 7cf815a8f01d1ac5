"""The comparison: makes the children, asks both sides, reports. See `run`."""

import argparse
import os
import pickle
import shutil
import signal
import sys

import children_files
import children_names
import children_sockets
import children_state
import collect
import compare
import psutil
import sanctioned
from children import NOBODY, Nursery, become
from report import Report

# Strangers move. A difference of theirs counts when it is there each time.
ROUNDS = 5


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
        children_state.start_flicker(nursery)
        processes(report, command, "")
        if options.mirror:
            nursery.skip("the same as an ordinary user", "the mirror may be out of reach")
        elif nursery.root:
            as_nobody(report, command)
        else:
            nursery.skip("the same as root", "needs root")
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


def machine(report, command):
    """Everything about the machine."""
    for again in reversed(range(ROUNDS)):
        before = collect.system()
        ours = collect.psight_system(command)
        after = collect.system()
        errors = ours.pop("errors", {})
        tally = compare.compare(compare.SYSTEM, ("system", "system"), before, ours, after)
        if not again or not unmeant(tally, before, ours):
            break
    for key, why in errors.items():
        if before[key] is not None:
            tally.differ(("system", "system", "errors", key), before[key], why)
    report.count(tally, before, ours)


def processes(report, command, who):
    """Everything about every process, asked by pid and in a sweep."""
    pids = sorted(set(psutil.pids()) - {os.getpid()})
    settle(report, f"ps --pid{who}", lambda some: collect.psight_pids(command, some), pids)
    settle(report, f"ps{who}", lambda some: collect.psight_sweep(command), pids)


def settle(report, via, ask, pids):
    """Compares processes; asks again about strangers that differ, for they may have moved."""
    history = {pid: [] for pid in pids}
    for again in reversed(range(ROUNDS)):
        before = collect.processes(pids)
        ours = ask(pids)
        after = collect.processes(pids)
        strange = []
        for pid in sorted(before.keys() & after.keys()):
            child = report.nursery.children.get(pid)
            tally = one_process((via, pid), before[pid], ours.get(pid), after[pid])
            if not (child and child.still):
                history[pid] += [before[pid], after[pid]]
                forgive(tally, history[pid])
                if again and unmeant(tally, before[pid], ours.get(pid)):
                    strange.append(pid)
                    continue
                report.unjudged += set_aside(tally, before[pid], after[pid])
            report.processes.add(pid)
            report.count(tally, before[pid], ours.get(pid))
        pids = strange
        if not pids:
            break


def one_process(where, before, ours, after):
    """The tally of one process."""
    if ours is None:
        tally = compare.Tally()
        tally.differ((*where, "(process)"), "there", "not there")
        return tally
    return compare.compare(compare.PROCESS, where, before, ours, after)


def unmeant(tally, before, ours):
    """The differences that no decision explains."""
    return [one for one in tally.differences if not sanctioned.decision(one, before, ours)]


def forgive(tally, history):
    """Takes out values that a stranger has had at another time, psutil says, and states that come
    and go: asking wakes threads of the kernel."""
    moved = [one for one in tally.differences if was(one, history) or comes_and_goes(one)]
    tally.differences = [one for one in tally.differences if one not in moved]
    tally.near += len(moved)


def set_aside(tally, before, after):
    """Takes out facts of a stranger that moved whenever they were looked at; how many."""
    still = [one for one in tally.differences if before.get(one[0][2]) == after.get(one[0][2])]
    aside = len(tally.differences) - len(still)
    tally.differences = still
    return aside


def comes_and_goes(difference):
    """Whether both say that the process is alive and well."""
    path, psutil_value, psight_value, _ = difference
    passing = {"running", "sleeping", "idle", "disk-sleep"}
    return path[2] == "status" and {psutil_value, psight_value} <= passing


def was(difference, history):
    """Whether psutil told psight's value at any time."""
    path, _, psight, _ = difference

    def at(facts):
        for key in path[2:]:
            try:
                facts = facts[key]
            except (KeyError, IndexError, TypeError):
                return None
        return facts

    return psight is not None and any(at(facts) == psight for facts in history)


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
    report.merge(pickle.loads(told))


if __name__ == "__main__":
    sys.exit(main())
