"""How two values are compared. A rule gets psutil's value from before psight was asked, psight's,
and psutil's from after, and tells a tally what it found.
"""

import re
from dataclasses import dataclass, field

from shapes import Raised

MISSING = "(missing)"


@dataclass
class Tally:
    """What was found under one path, and below."""

    equal: int = 0
    near: int = 0
    differences: list = field(default_factory=list)

    def differ(self, path, psutil, psight, why=""):
        """Notes one difference."""
        self.differences.append((path, psutil, psight, why))

    def take(self, other):
        """Adds what another tally has."""
        self.equal += other.equal
        self.near += other.near
        self.differences += other.differences


def numeric(*values):
    """Whether all are numbers."""
    return all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)


class Rule:
    """Compares leaves; containers of leaves are walked."""

    def compare(self, path, before, ours, after):
        """The tally of this value."""
        tally = Tally()
        self.walk(tally, path, before, ours, after)
        return tally

    def walk(self, tally, path, before, ours, after):
        """Down to the leaves, as long as all three have the same shape."""
        if isinstance(ours, dict) and isinstance(before, dict):
            after = after if isinstance(after, dict) else before
            for key in before | ours:
                theirs = before.get(key, MISSING)
                later = after.get(key, theirs)
                self.inner(key).walk(tally, (*path, key), theirs, ours.get(key, MISSING), later)
        elif isinstance(ours, list) and isinstance(before, list):
            later = after if isinstance(after, list) and len(after) == len(before) else before
            if len(ours) != len(before):
                tally.differ(path, before, ours, f"{len(before)} and {len(ours)} items")
                return
            for place, triple in enumerate(zip(before, ours, later)):
                self.inner(place).walk(tally, (*path, place), *triple)
        else:
            self.leaf(tally, path, before, ours, after)

    def inner(self, key):
        """The rule of a field."""
        return self

    def leaf(self, tally, path, before, ours, after):
        """One value."""
        if type(ours) is type(before) and ours == before:
            tally.equal += 1
        elif not isinstance(before, Raised) and numeric(before, ours) and self.holds(
            before, ours, after if numeric(after) else before
        ):
            tally.near += 1
        else:
            tally.differ(path, before, ours)

    def holds(self, before, ours, after):
        """Whether a number that differs is still right."""
        return False


class Exact(Rule):
    """Equal to psutil's value before, or, if that moved meanwhile, after."""

    def compare(self, path, before, ours, after):
        first = super().compare(path, before, ours, before)
        if not first.differences or before == after:
            return first
        second = super().compare(path, after, ours, after)
        if second.differences:
            return first
        return Tally(near=second.equal + second.near)


class ThreadName(Exact):
    """A worker of the kernel is named for the work it had last, behind `-` or `+`: not compared."""

    def compare(self, path, before, ours, after):
        return super().compare(path, *map(self.lasting, (before, ours, after)))

    @staticmethod
    def lasting(name):
        """The part that stays."""
        # `kworker/R-` are rescuers, which keep their names.
        worker = isinstance(name, str) and re.match("kworker/(?!R-)", name)
        return re.split("[-+]", name, maxsplit=1)[0] if worker else name


@dataclass
class Within(Exact):
    """Exact, but numbers may be this far off."""

    slack: float

    def holds(self, before, ours, after):
        return abs(ours - before) <= self.slack


@dataclass
class Rising(Rule):
    """A counter: not below the earlier value, not above the later. `slack` for those that the
    kernel lets fall."""

    slack: float = 0

    def holds(self, before, ours, after):
        return before - self.slack <= ours <= after + self.slack


@dataclass
class Between(Rule):
    """A gauge: between the earlier and the later value, give or take."""

    slack: float = 0
    share: float = 0.0

    def holds(self, before, ours, after):
        low, high = sorted((before, after))
        slack = self.slack + self.share * abs(high)
        return low - slack <= ours <= high + slack


@dataclass
class Range(Rule):
    """Only its bounds are known."""

    low: float
    high: float

    def holds(self, before, ours, after):
        return self.low <= ours <= self.high


class Fields(Rule):
    """A rule per field; `default` for the rest."""

    def __init__(self, default, **rules):
        self.default, self.rules = default, rules

    def inner(self, key):
        return self.rules.get(key, self.default)


class Keyed(Rule):
    """Rows that are found by some of their fields. `ordered`: in psutil's order, or in the order of
    the key."""

    def __init__(self, *keys, rule, ordered):
        self.keys, self.rule, self.ordered = keys, rule, ordered

    def walk(self, tally, path, before, ours, after):
        if not self.complete(before) or not self.complete(ours):
            self.leaf(tally, path, before, ours, after)
            return
        rows = [self.table(value) for value in (before, ours, after or [])]
        self.rule.walk(tally, path, *rows)
        order = list(rows[0]) if self.ordered == "psutil" else sorted(rows[1])
        if set(rows[0]) == set(rows[1]) and list(rows[1]) != order:
            tally.differ(path, order, list(rows[1]), "in another order")
        if len(rows[1]) != len(ours):
            tally.differ(path, len(rows[1]), len(ours), "rows twice")

    def complete(self, rows):
        """Whether these are rows that have the keys."""
        return isinstance(rows, list) and all(
            isinstance(row, dict) and row.keys() >= set(self.keys) for row in rows
        )

    def table(self, rows):
        """The rows by key."""
        return {tuple(row[key] for key in self.keys): row for row in rows}


class Unordered(Rule):
    """A set of rows: those that psutil has both before and after must be there, and no others than
    it has before or after. Order is free (D15)."""

    def walk(self, tally, path, before, ours, after):
        if not isinstance(before, list) or not isinstance(ours, list):
            self.leaf(tally, path, before, ours, after)
            return
        first, mine, last = map(self.frozen, (before, ours, after))
        tally.equal += len(mine.keys() & first.keys() & last.keys())
        tally.near += len(mine.keys() & (first.keys() ^ last.keys()))
        for row in (first.keys() & last.keys()) - mine.keys():
            tally.differ(path, first[row], MISSING)
        for row in mine.keys() - first.keys() - last.keys():
            tally.differ(path, MISSING, mine[row])
        if len(mine) != len(ours):
            tally.differ(path, len(mine), len(ours), "rows twice")

    @staticmethod
    def frozen(rows):
        """Rows by a text that is equal for equal rows."""
        return {repr(sorted(row.items()) if isinstance(row, dict) else row): row for row in rows}
