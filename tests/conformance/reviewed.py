"""The reviewed list: which tests of psutil are left out, and why."""

import fnmatch
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line: a test or a pattern of tests, its section, and its reason."""

    pattern: str
    section: str
    reason: str


class Refused(Exception):
    """The list is wrong: a sentence for each fault."""


def read(path):
    """The entries of a list."""
    entries, section, faults = [], None, []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("[") and line.endswith("]"):
                section = line[1:-1]
                continue
            pattern, _, reason = line.partition(" ")
            if section is None or not reason:
                faults.append(f"{path}:{number}: no section or no reason: {line}")
            entries.append(Entry(pattern, section, reason.strip()))
    if faults:
        raise Refused("\n".join(faults))
    return entries


def assign(entries, tests):
    """The entry of each test that has one. Every entry has a test, and no test has two."""
    assigned, faults = {}, []
    for entry in entries:
        matched = [test for test in tests if fnmatch.fnmatchcase(test, entry.pattern)]
        if not matched:
            faults.append(f"{entry.pattern}: no test has this name")
        for test in matched:
            if test in assigned:
                both = f"{assigned[test].pattern} and {entry.pattern}"
                faults.append(f"{test}: is left out twice, by {both}")
            assigned[test] = entry
    if faults:
        raise Refused("\n".join(faults))
    return assigned
