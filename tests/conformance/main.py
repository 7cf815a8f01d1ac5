"""Runs psutil's tests on psight, and those that did not pass on psutil; tells the difference.

A test counts as failed when psight fails it and psutil passes it, and also when psight skips what
psutil runs or lacks a test that psutil has.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile

import reviewed

HERE = os.path.dirname(os.path.abspath(__file__))
SUITE_S = 1200
# Sections of the list whose tests would say something about psight, but may not run here.
COUNTED_AS_SKIPPED = ("clock",)


class Suite:
    """psutil's tests, where a folder's psutil is psutil."""

    def __init__(self, site, folder, log):
        self.folder = folder
        self.log = log
        # Tests start the interpreter outside the environment too.
        path = os.pathsep.join((site, sysconfig.get_path("purelib")))
        # The tests for leaks want each allocation to be one of malloc's.
        self.environment = {**os.environ, "PYTHONPATH": path, "PYTHONMALLOC": "malloc"}

    def run(self, tests):
        """How each of the tests (None: all, only listed) ended: name -> [outcome, why]."""
        if tests is not None and not tests:
            return {}
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            suite = subprocess.Popen(
                [sys.executable, "-B", os.path.join(HERE, "suite.py"), out.name],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=self.log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                wanted = None if tests is None else sorted(tests)
                suite.communicate(json.dumps(wanted).encode(), SUITE_S)
            except subprocess.TimeoutExpired:
                os.killpg(suite.pid, signal.SIGKILL)
                suite.wait()
            ended = json.loads(out.read() or b"{}")
        if suite.returncode:
            self.give_up(f"the tests ended with {suite.returncode}")
        return ended

    def give_up(self, why):
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            sys.exit(f"{file.read()[-4000:]}\n{why}; all they printed is in {self.log.name}")


def of(ended, outcome):
    return {test for test, end in ended.items() if end[0] == outcome}


def options():
    parser = argparse.ArgumentParser(prog="tests/conformance/run", description=__doc__)
    for name in ("psight-site", "psutil-site", "tests", "reviewed"):
        parser.add_argument(f"--{name}", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--psutil", action="store_true", help="run psutil itself")
    parser.add_argument("words", nargs="*", metavar="WORD", help="tests with it in the name")
    return parser.parse_args()


def main():
    asked = options()
    log = open(os.path.join(asked.tests, "..", "log"), "w+b")  # noqa: SIM115
    theirs = Suite(asked.psutil_site, asked.tests, log)
    ours = theirs if asked.psutil else Suite(asked.psight_site, asked.tests, log)

    every = set(theirs.run(None))
    lacking = every ^ set(ours.run(None))
    try:
        left_out = reviewed.assign(reviewed.read(asked.reviewed), sorted(every))
    except reviewed.Refused as refused:
        sys.exit(str(refused))
    postponed = {test for test, entry in left_out.items() if entry.section in COUNTED_AS_SKIPPED}
    applicable = every - set(left_out)
    if asked.words:
        applicable = {test for test in applicable if any(word in test for word in asked.words)}
        postponed = set()
        if not applicable:
            sys.exit(f"no applicable test has {' or '.join(asked.words)} in its name")

    ended = ours.run(applicable - lacking)
    # Some measure what other programs change meanwhile. Those get a second chance, and are named.
    again = ours.run(of(ended, "failed"))
    for test in sorted(of(again, "passed")):
        print(f"passed at the second try: {test}")
    ended.update(again)

    failed, skipped = of(ended, "failed"), of(ended, "skipped")
    baseline = {} if asked.psutil else theirs.run(failed | skipped)
    failed_there = failed & of(baseline, "failed")
    not_there = skipped - of(baseline, "skipped") if not asked.psutil else set()
    for test in sorted(failed_there):
        print(f"fails with psutil too: {test}")
    wrong = {test: ended[test][1] for test in failed - failed_there}
    wrong.update((test, f"skipped, but psutil runs it: {ended[test][1]}") for test in not_there)
    wrong.update((test, "either psight or psutil has no such test") for test in lacking)
    never_ended = applicable - lacking - set(ended)
    wrong.update((test, "did not end") for test in never_ended)
    for test, why in sorted(wrong.items()):
        print(f"== {test}\n{why}")

    passed = of(ended, "passed")
    skips = len(skipped - not_there) + len(postponed)
    print(
        f"applicable {len(applicable | postponed)} passed {len(passed)} failed {len(wrong)}"
        f" skipped {skips}" + (f" fail-with-psutil {len(failed_there)}" if failed_there else "")
    )
    sys.exit(bool(wrong) or not passed)


main()
