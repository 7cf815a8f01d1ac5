"""What the comparison found, and how it is told."""

from collections import Counter

import sanctioned

SHOWN = 300


class Report:
    """What was found so far."""

    def __init__(self, nursery, verbose):
        self.nursery, self.verbose = nursery, verbose
        self.equal = self.near = self.unjudged = 0
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

    def merge(self, other):
        """Adds what another report has."""
        self.equal += other.equal
        self.near += other.near
        self.unjudged += other.unjudged
        self.processes |= other.processes
        self.sanctioned += other.sanctioned
        self.differences += other.differences

    def print(self):
        """The summary; the status to exit with."""
        if self.verbose:
            for pid, child in self.nursery.children.items():
                print(f"child {pid}: {child.label}")
        for label, reason in self.nursery.skipped:
            print(f"skipped: {label}: {reason}")
        for key, count in sorted(self.sanctioned.items()):
            print(f"sanctioned: {key} {count} times: {sanctioned.REASONS[key]}")
        if self.unjudged:
            print(f"not judged: {self.unjudged} values of others that moved at every look")
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
