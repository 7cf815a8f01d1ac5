"""The README's Python examples, as somebody pastes them."""

import os
import re
import subprocess
import sys

import pytest
import subject

README = os.path.join(os.path.dirname(__file__), "..", "..", "README.md")


def examples():
    with open(README, encoding="utf-8") as file:
        return re.findall(r"^```python\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)


def test_there_are_examples():
    assert len(examples()) >= 3


@pytest.mark.parametrize("example", examples(), ids=range(len(examples())))
def test_examples_run_and_print(example):
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", example],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=subject.HANG_S,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
