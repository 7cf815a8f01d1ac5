"""Runs tests of psutil in this interpreter, and writes how each ended: `suite.py OUT`, in the
folder that has tests/. Standard input says which, as JSON: an array of node ids, or null to list
all.
"""

import json
import os
import sys

import pytest

# A test that hangs this long tells where; the caller ends it.
HANG_S = 120

LIST_ONLY = "listed"
# Whatever the tests say; anything else is pytest's own trouble.
EXPECTED = [
    pytest.ExitCode.OK,
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.NO_TESTS_COLLECTED,
]


class Recorder:
    """The outcome of every test, and why it is not `passed`."""

    def __init__(self, only):
        self.only = only
        self.ended = {}

    def pytest_collection_modifyitems(self, items):
        if self.only is None:
            self.ended = {item.nodeid: (LIST_ONLY, "") for item in items}
            items.clear()
        else:
            items[:] = [item for item in items if item.nodeid in self.only]

    def pytest_runtest_logreport(self, report):
        before = self.ended.get(report.nodeid, ("passed", ""))[0]
        if before != "failed" and (report.outcome != "passed" or report.when == "call"):
            self.ended[report.nodeid] = (report.outcome, reason(report))


def reason(report):
    if report.skipped:
        return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return report.longreprtext


def main():
    recorder = Recorder(json.load(sys.stdin))
    # The tests print; what is told of them comes from the file.
    arguments = ["-q", "-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider"]
    arguments += ["--tb=short", "-o", f"faulthandler_timeout={HANG_S}", "tests"]
    status = pytest.main(arguments, plugins=[recorder])
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump(recorder.ended, out)
    if status not in EXPECTED:
        sys.exit(int(status))


main()
