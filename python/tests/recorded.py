"""Unpacks the recorded machines of `fixtures/`, whose README tells the form of the archive."""

import json
import os
import re

import subject

FOLDER = os.path.join(subject.ROOT, "fixtures", "linux")
ESCAPE = re.compile(rb"\\(\\|n|x[0-9a-f]{2})")


def unescaped(line):
    """The bytes that a line stands for."""

    def byte(match):
        code = match.group(1)
        return {b"\\": b"\\", b"n": b"\n"}.get(code) or bytes([int(code[1:], 16)])

    return ESCAPE.sub(byte, line)


def unpack(name, target):
    """Unpacks one machine's files into a folder; what psight must make of them."""
    with open(os.path.join(FOLDER, name, "tree.txt"), "rb") as file:
        lines = iter(file.read().split(b"\n"))
    for line in lines:
        if line.startswith(b"Path: "):
            path = os.path.join(os.fsencode(target), unescaped(line[len(b"Path: ") :]))
            entry(path, lines)
    with open(os.path.join(FOLDER, name, "expected.json"), encoding="utf-8") as file:
        return json.load(file)


def entry(path, lines):
    """One entry: its attributes up to the content, then that."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    mode, newline = 0o644, b"\n"
    for line in lines:
        key, _, value = line.partition(b": ")
        if key == b"SymlinkTo":
            os.symlink(unescaped(value), path)
            return
        if key == b"Directory":
            os.makedirs(path, exist_ok=True)
            return
        if key == b"Mode":
            mode = int(value, 8)
        elif key == b"EOF-no-newline":
            newline = b""
        elif key == b"Lines":
            rows = [unescaped(next(lines)) for _ in range(int(value))]
            with open(path, "wb") as file:
                file.write(b"\n".join(rows) + (newline if rows else b""))
            os.chmod(path, mode)
            return
        else:
            raise ValueError(f"{path!r} has an attribute {line!r}")
