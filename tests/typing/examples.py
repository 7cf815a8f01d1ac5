"""The programs in examples/ type-check as strictly as mypy and pyright can, and run."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import checkers

# Seconds; the longest takes about two.
_TIMEOUT = 60


def run(python, program):
    """Return what is wrong with a run of a program, or None."""
    ran = subprocess.run(
        [str(python), str(program)], capture_output=True, text=True, timeout=_TIMEOUT
    )
    if ran.returncode or ran.stderr or not ran.stdout:
        return f"{program.name}: status {ran.returncode}\n{ran.stdout}{ran.stderr}"
    return None


def main():
    """Check and run every example; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="where mypy and pyright are")
    parser.add_argument("--ours", type=Path, required=True, help="a Python with this package")
    parser.add_argument("--build", type=Path, required=True, help="where to copy the programs")
    arguments = parser.parse_args()

    source = Path(__file__).with_name("examples")
    directory = arguments.build / "examples"
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(source, directory, ignore=shutil.ignore_patterns("__pycache__"))
    programs = sorted(directory.glob("*.py"))

    cache = arguments.build / "mypy-examples"
    found = checkers.mypy(arguments.tools, arguments.ours, "linux", programs, cache, strict=True)
    settings = {"typeCheckingMode": "strict"}
    found += checkers.pyright(arguments.tools, arguments.ours, "linux", programs, settings)
    for one in found:
        print(f"{one.file}:{one.line}: {one.checker}: {one.message}")

    failed = [failure for program in programs if (failure := run(arguments.ours, program))]
    for failure in failed:
        print(failure)
    print(f"{len(programs)} examples: {len(found)} complaints, {len(failed)} failed to run")
    return 1 if found or failed or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
