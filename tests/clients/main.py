"""Runs every client on psutil and on psight, at the same time, and compares what they print."""

import argparse
import contextlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from compare import differences
from side import Failed, Side

HERE = os.path.dirname(os.path.abspath(__file__))
SCENARIOS = sorted(
    name[:-3] for name in os.listdir(os.path.join(HERE, "scenarios")) if name.endswith(".py")
)
ATTEMPTS = 3
SHOWN = 12
WHO = """
import importlib.metadata, json, os, psutil
print(json.dumps({"file": os.path.realpath(psutil.__file__), "version": psutil.__version__,
    "distribution": importlib.metadata.version("psutil"),
    "ours": getattr(psutil, "__psight_version__", None)}))
"""


@dataclass
class Stage:
    """What both sides look at: the subject's own words about itself, and upstream's scripts."""

    scripts: str
    subject: dict = field(default_factory=dict)

    @contextlib.contextmanager
    def with_subject(self):
        """Starts the subject, and ends it afterwards."""
        folder = tempfile.mkdtemp(prefix="clients-subject-")
        # A name of fewer than 15 bytes is whole in the kernel's table.
        argv = [sys.executable, os.path.join(HERE, "subject.py"), folder, f"held{os.getpid()}"]
        held = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            self.subject = json.loads(held.stdout.readline())
            yield
        finally:
            held.stdin.close()
            held.wait()
            shutil.rmtree(folder, ignore_errors=True)


def check_side(side, ours):
    """Stops if the side is not what it should be: psutil 7.2.2 itself, or psight and its shim."""
    found = json.loads(side.run(sys.executable, "-c", WHO).out)
    wrong = [
        not found["file"].startswith(os.path.realpath(side.site) + os.sep),
        found["version"] != "7.2.2",
        not found["distribution"].startswith("7.2.2"),
        bool(found["ours"]) != ours,
    ]
    if any(wrong):
        raise SystemExit(f"{side.name}: not what it should be: {found}")


def try_once(scenario, sides, stage):
    """The differences between the two sides in one run of a scenario; a failure is one too."""
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(scenario.observe, side, stage) for side in sides]
        seen, failures = [], []
        for side, future in zip(sides, running):
            try:
                seen.append(future.result())
            except Failed as failure:
                failures.append(f"{side.name}: {failure}")
            except Exception:
                failures.append(f"{side.name}: {traceback.format_exc(limit=-3)}")
    return failures or differences(*seen, scenario.RULES)


def try_scenario(name, sites, stage):
    """The differences that stay when a scenario is run again; the machine is not ours alone. What
    differed the first time only is printed, for those who mind."""
    scenario = importlib.import_module(f"scenarios.{name}")
    for attempt in range(ATTEMPTS):
        sides = [Side(label, site) for label, site in sites]
        try:
            found = try_once(scenario, sides, stage)
        finally:
            for side in sides:
                side.close()
        if not found:
            break
        if attempt + 1 < ATTEMPTS:
            print(f"{name}: once more, {len(found)} differences, for example {found[0]}")
    return found


def mutated(psutil_site, mutation):
    """A copy of psutil with a few lines of Python at its end."""
    site = tempfile.mkdtemp(prefix="clients-mutated-")
    shutil.copytree(psutil_site, site, dirs_exist_ok=True)
    with open(os.path.join(site, "psutil", "__init__.py"), "a", encoding="utf-8") as file:
        file.write(f"\n{mutation}\n")
    return site


def expect_notice(name, psutil_site, stage):
    """Nothing if the scenario notices its MUTATION of psutil, else a complaint."""
    scenario = importlib.import_module(f"scenarios.{name}")
    site = mutated(psutil_site, scenario.MUTATION)
    sides = [Side("psutil", psutil_site), Side("mutated", site)]
    try:
        noticed = try_once(scenario, sides, stage)
    finally:
        for side in sides:
            side.close()
        shutil.rmtree(site)
    broken = [line for line in noticed if line.startswith("psutil: ")]
    return broken or ([] if noticed else [f"did not notice: {scenario.MUTATION}"])


def options():
    """The command line."""
    parser = argparse.ArgumentParser(prog="tests/clients/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="only these; a prefix will do")
    parser.add_argument("--list", action="store_true", help="name them and end")
    parser.add_argument(
        "--self", action="store_true", help="psutil against psutil: nothing may differ"
    )
    parser.add_argument(
        "--mutations", action="store_true", help="psutil against a changed psutil: all must differ"
    )
    for needed in ("psutil", "psight", "scripts"):
        parser.add_argument(f"--{needed}", help=argparse.SUPPRESS)
    return parser.parse_args()


def chosen(options):
    """The names of the scenarios to run."""
    unknown = [it for it in options.names if not any(n.startswith(it) for n in SCENARIOS)]
    if unknown:
        raise SystemExit(f"no such client: {', '.join(unknown)}")
    return [n for n in SCENARIOS if n.startswith(tuple(options.names or [""]))]


def main():
    """Runs what was asked for; the exit status is 1 if anything differed."""
    given = options()
    names = chosen(given)
    if given.list:
        for name in names:
            about = importlib.import_module(f"scenarios.{name}").__doc__.splitlines()[0]
            print(f"{name:16} {about}")
        return 0
    right = given.psutil if given.self else given.psight
    sites = [("psutil", given.psutil), ("again" if given.self else "psight", right)]
    for (label, site), ours in zip(sites, (False, not given.self)):
        if given.mutations and label != "psutil":
            continue
        side = Side(label, site)
        try:
            check_side(side, ours)
        finally:
            side.close()
    words = ("noticed", "not noticed") if given.mutations else ("same", "differs")
    failed = []
    stage = Stage(scripts=given.scripts)
    with stage.with_subject():
        for name in names:
            began = time.monotonic()
            if given.mutations:
                found = expect_notice(name, given.psutil, stage)
            else:
                found = try_scenario(name, sites, stage)
            took = time.monotonic() - began
            print(f"{name:16} {words[bool(found)]:12} {took:6.1f} s", flush=True)
            for line in found[:SHOWN]:
                print("  " + line.replace("\n", "\n  "))
            if len(found) > SHOWN:
                print(f"  and {len(found) - SHOWN} more")
            if found:
                failed.append(name)
    print(f"{len(names)} clients, {len(names) - len(failed)} as expected, {len(failed)} not")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
