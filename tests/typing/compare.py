"""Nothing that type-checks against types-psutil may fail against this package.

Writes programs that use all of types-psutil (see usage.py), has mypy and pyright check them, and
idioms.py, once with types-psutil and once with this package under psutil's name, on three systems,
and fails for every complaint of the second kind that the list of exceptions does not foresee. An
exception that no complaint needs any more fails too.
"""

import argparse
import fnmatch
import shutil
import sys
from pathlib import Path

import checkers
import usage

# Uses that types-psutil itself refuses, in its overlapping overloads. More would mean that the
# programs are wrong.
_MOST_REFUSED = 3


def read_exceptions(path):
    """Return the patterns in the list of exceptions."""
    patterns = []
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        names, colon, reason = line.partition(": ")
        if not colon or not reason.strip():
            raise SystemExit(f"{path}:{number}: an exception needs a reason")
        patterns += names.split()
    return patterns


def write(stubs, platform, directory):
    """Write the programs of a platform; return {file name: program}."""
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("*.py"):
        old.unlink()
    written = {}
    for module, program in usage.programs(stubs, "psutil", platform, sys.version_info[:2]):
        name = f"use_{module.replace('.', '_')}.py"
        (directory / name).write_text(program.text())
        written[name] = program
    shutil.copy(Path(__file__).with_name("idioms.py"), directory)
    return written


def check(arguments, python, platform, directory, label):
    """Return what both checkers say about the programs with the packages of an interpreter."""
    files = sorted(directory.glob("*.py"))
    cache = arguments.build / f"mypy-{label}-{platform}"
    found = checkers.mypy(arguments.tools, python, platform, files, cache)
    return found + checkers.pyright(arguments.tools, python, platform, files)


def main():
    """Compare on every platform; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tools", type=Path, required=True, help="where mypy and pyright are")
    parser.add_argument("--ours", type=Path, required=True, help="a Python with this package")
    parser.add_argument("--theirs", type=Path, required=True, help="a Python with types-psutil")
    parser.add_argument("--stubs", type=Path, required=True, help="the directory psutil-stubs")
    parser.add_argument("--build", type=Path, required=True, help="where to write the programs")
    parser.add_argument("--exceptions", type=Path, required=True)
    arguments = parser.parse_args()

    exceptions = read_exceptions(arguments.exceptions)
    needed = set()
    failures = []
    for platform in checkers.PLATFORMS:
        directory = arguments.build / "programs" / platform
        written = write(arguments.stubs, platform, directory)
        theirs = check(arguments, arguments.theirs, platform, directory, "theirs")
        refused = {(one.file, one.line) for one in theirs}
        if len(refused) > _MOST_REFUSED or any(one.file not in written for one in theirs):
            failures += [f"{platform}: types-psutil refuses: {one}" for one in theirs]
        excused = 0
        for one in check(arguments, arguments.ours, platform, directory, "ours"):
            program = written.get(one.file)
            use = program.uses.get(one.line) if program else f"{one.file}:{one.line}"
            if (one.file, one.line) in refused:
                continue
            patterns = [at for at in exceptions if use and fnmatch.fnmatchcase(use, at)]
            if patterns:
                needed.update(patterns)
                excused += 1
            else:
                failures.append(f"{platform}: {use}: {one.checker}: {one.message}")
        functions = sum(program.functions for program in written.values())
        print(
            f"{platform}: {functions} uses of {len(written)} modules,"
            f" {len(refused)} refused by types-psutil itself, {excused} complaints excused"
        )
    failures += [f"{pattern}: needs no exception" for pattern in set(exceptions) - needed]
    for failure in sorted(set(failures)):
        print(failure)
    print(f"{len(exceptions)} exceptions, {len(set(failures))} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
