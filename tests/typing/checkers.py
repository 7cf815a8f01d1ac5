"""Running mypy and pyright over a directory of programs, and reading what they complain about."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

# sys.platform -> pyright's name of it.
PLATFORMS = {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}

_MYPY_LINE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+): error: (?P<message>.*)")


@dataclass(frozen=True)
class Complaint:
    """What a checker said about one line."""

    checker: str
    file: str
    line: int
    message: str


class BrokenChecker(Exception):
    """A checker did not get as far as checking."""


def mypy(tools, python, platform, programs, cache, strict=False):
    """Return mypy's complaints about programs that see the packages of an interpreter."""
    command = [str(tools / "mypy"), "--platform", platform, "--cache-dir", str(cache)]
    command += ["--python-executable", str(python), "--config-file", "", "--no-color-output"]
    command += ["--hide-error-context", "--no-error-summary", *map(str, programs)]
    command += ["--strict"] if strict else []
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode not in (0, 1) or ran.stderr:
        raise BrokenChecker(f"mypy: {ran.stdout}{ran.stderr}")
    complaints = []
    for line in ran.stdout.splitlines():
        match = _MYPY_LINE.match(line)
        if match:
            name = Path(match["file"]).name
            complaints.append(Complaint("mypy", name, int(match["line"]), match["message"]))
        elif ": note: " not in line:
            raise BrokenChecker(f"mypy: {line}")
    return complaints


def pyright(tools, python, platform, programs, settings=None):
    """Return pyright's complaints about the programs, which all lie in one directory."""
    directory = programs[0].parent
    options = {"include": [program.name for program in programs]}
    options["pythonPlatform"] = PLATFORMS[platform]
    options["reportMissingModuleSource"] = False
    options.update(settings or {"typeCheckingMode": "standard", "reportDeprecated": False})
    (directory / "pyrightconfig.json").write_text(json.dumps(options))
    command = [str(tools / "pyright"), "--outputjson", "--pythonpath", str(python)]
    ran = subprocess.run([*command, "-p", str(directory)], capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        raise BrokenChecker(f"pyright: {ran.stdout}{ran.stderr}")
    told = json.loads(ran.stdout)
    if told["summary"]["filesAnalyzed"] < len(programs):
        raise BrokenChecker(f"pyright looked at {told['summary']['filesAnalyzed']} files only")
    return [
        Complaint(
            "pyright",
            Path(one["file"]).name,
            one["range"]["start"]["line"] + 1,
            one["message"].replace("\n", " "),
        )
        for one in told["generalDiagnostics"]
        if one["severity"] == "error"
    ]
