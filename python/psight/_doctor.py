"""``python -m psight doctor``: what is in force here, and whether all is well."""

import os
import sys

import psight

from . import _doctor_machine

_SHIM_MARK = "+psight"


def main(program, arguments):
    """Print the report; return 0 when all is well, 1 when something is not, 2 for bad arguments."""
    import argparse

    parser = argparse.ArgumentParser(
        prog=f"{program} doctor",
        description="Tells which psight and which psutil are in force, and what works here.",
        epilog="Exit status: 0 all is well; 1 something is not, and what to do about it is told.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON: one object")
    try:
        choice = parser.parse_args(arguments)
    except SystemExit as end:
        return end.code
    report = look()
    if choice.json:
        import json

        text = json.dumps(report, indent=2)
    else:
        text = _text(report)
    return say(text) or (1 if report["problems"] else 0)


def say(text):
    """Write lines to the process's standard output, as the command does; return its status.

    That nobody reads them is no failure. Not ``print()``, which tries again when Python ends.
    """
    encoding = sys.getfilesystemencoding()
    try:
        with open(1, "w", encoding=encoding, errors="surrogateescape", closefd=False) as out:
            out.write(f"{text}\n")
    except BrokenPipeError:
        pass
    except OSError as error:
        sys.stderr.write(f"psight: cannot write: {error}\n")
        return 1
    return 0


def look():
    """Return the report as a dictionary. ``problems`` are sentences, and so are ``notes``."""
    problems, notes = [], []
    return {
        "psight": _psight_itself(problems),
        "python": _python(notes),
        "psutil": _psutil(problems, notes),
        "machine": _doctor_machine.machine(problems),
        "caller": _doctor_machine.caller(notes),
        "answers": _doctor_machine.answers(problems),
        "kernel": _doctor_machine.kernel(notes),
        "problems": problems,
        "notes": notes,
    }


def _installed(distribution):
    """Return the version that pip and importlib.metadata know, None if they know none."""
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _psight_itself(problems):
    native = psight._psight
    installed = _installed("psight")
    if installed not in (None, native.VERSION):
        problems.append(
            f"The package is psight {installed}, its native part {native.VERSION}:"
            " run `pip install --force-reinstall psight`."
        )
    return {
        "version": native.VERSION,
        "api": psight.__version__,
        "installed": installed,
        "package": os.path.dirname(psight.__file__),
        "native": native.__file__,
        "abi": os.path.basename(native.__file__).split(".")[1],
    }


def _python(notes):
    import platform
    import sysconfig

    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    if free_threaded and gil:
        notes.append("This Python can run without its global lock, but the lock is on.")
    return {
        "version": platform.python_version(),
        "implementation": platform.python_implementation(),
        "executable": sys.executable,
        "free_threaded": free_threaded,
        "gil": gil,
    }


def _psutil(problems, notes):
    """Tell what programs get that import psutil."""
    installed = _installed("psutil")
    told = {"is": "absent", "installed": installed, "version": None, "path": None}
    try:
        import psutil
    except ImportError as error:
        if not (isinstance(error, ModuleNotFoundError) and error.name == "psutil"):
            told["is"] = "broken"
            problems.append(f"`import psutil` fails ({error}): install psutil again, or the shim.")
        elif installed is not None:
            problems.append(
                f"pip knows psutil {installed}, but there is no module: install it again."
            )
        else:
            notes.append("Programs that import psutil find none; the shim would give them psight.")
        return told
    told["version"] = getattr(psutil, "__version__", None)
    if psutil is psight:
        told["is"] = "psight"
        told["path"] = _shim_folder()
        if installed is None or _SHIM_MARK not in installed:
            problems.append(
                f"`import psutil` gives psight, but pip knows {_named(installed)}: programs that"
                " require a version of psutil look there. Install the shim with pip."
            )
        return told
    told["is"] = "psutil"
    told["path"] = getattr(psutil, "__file__", None)
    if installed is not None and _SHIM_MARK in installed:
        problems.append(
            f"The shim is installed, but `import psutil` finds {told['path']} before it:"
            " remove that, or put it later on sys.path."
        )
    elif installed != told["version"]:
        problems.append(
            f"`import psutil` finds {told['version']} in {told['path']}, but pip knows"
            f" {_named(installed)}: remove one of them."
        )
    else:
        notes.append("Programs that import psutil get psutil; the shim would give them psight.")
    return told


def _named(installed):
    return "no psutil" if installed is None else f"psutil {installed}"


def _shim_folder():
    """Return where the shim lies: the first folder named psutil on the path."""
    for place in sys.path:
        folder = os.path.join(os.path.abspath(place), "psutil")
        if os.path.isfile(os.path.join(folder, "__init__.py")):
            return folder
    return None


def _text(report):
    """Return the report for people."""
    own, python, other = report["psight"], report["python"], report["psutil"]
    machine, caller, answers = report["machine"], report["caller"], report["answers"]
    lines = [
        f"psight {own['version']}, with the API of psutil {own['api']}",
        f"  package   {own['package']}",
        f"  native    {own['native']}",
        f"Python {python['version']} ({python['implementation']}), {python['executable']}",
    ]
    if python["free_threaded"]:
        lines.append(f"  free-threaded, its global lock is {'on' if python['gil'] else 'off'}")
    lines.append(f"`import psutil` gives {_given(other)}")
    lines.append(f"{machine['kernel']} {machine['machine']}, {machine['libc'] or 'unknown libc'}")
    readable = "readable" if machine["procfs_readable"] else "NOT READABLE"
    lines.append(
        f"  {machine['procfs_path']} is {readable}, {machine['processes']} processes are seen"
    )
    lines.append(
        f"  user id {caller['uid']}, acting as {caller['euid']};"
        f" {'may' if caller['sys_ptrace'] else 'may not'} look into processes of others"
    )
    lines.append("Questions that are answered:")
    for scope, outcomes in answers.items():
        told = [name for name, outcome in outcomes.items() if outcome == "answers"]
        lines.append(f"  {scope:9} {len(told)} of {len(outcomes)}")
        lines += [f"    {name}: {how}" for name, how in outcomes.items() if how != "answers"]
    lines.append("Of the kernel there is:")
    for name, there in report["kernel"].items():
        lines.append(f"  {name:13} {'yes' if there else 'no'}")
    lines += [f"Note: {note}" for note in report["notes"]]
    lines += [f"PROBLEM: {problem}" for problem in report["problems"]]
    if not report["problems"]:
        lines.append("All is well.")
    return "\n".join(lines)


def _given(other):
    if other["is"] == "psight":
        return f"psight: {_named(other['installed'])} in {other['path']}"
    if other["is"] == "psutil":
        return f"psutil {other['version']} in {other['path']}"
    return "an error" if other["is"] == "broken" else "nothing"
