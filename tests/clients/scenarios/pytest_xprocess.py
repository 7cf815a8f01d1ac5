"""pytest-xprocess: starts, sees, and ends trees of processes; --xshow and --xkill."""

import os
import shutil

from compare import Near
from side import PROGRAMS
from text import mask

RULES = [("*.code", Near(0))]
MUTATION = "Process.children = lambda self, recursive=False: []"
STAYS = "test_one_stays_for_xshow_and_xkill"


def observe(side, stage):
    """The outcome of each test, and what the two options say before and after."""
    shutil.copy(os.path.join(PROGRAMS, "external_tests.py"), side.path("test_external.py"))
    side.write("pytest.ini", "[pytest]\nfilterwarnings = error\n")

    def pytest(*options, code=0):
        result = side.run("pytest", "-v", "--color=no", *options, code=code)
        lines = [mask(line) for line in result.out.splitlines() if "reminder::" not in line]
        return {"code": result.code, "out": lines, "err": result.err}

    return {
        "tests": pytest("--deselect", f"test_external.py::{STAYS}"),
        "stays": pytest("-k", STAYS),
        "shown": pytest("--xshow", code=None),
        # 1 is what it ends with when it killed something.
        "killed": pytest("--xkill", code=1),
        "shown again": pytest("--xshow", code=None),
    }
