"""Checks what is in the wheels of a folder: `wheel_contents.py ROOT FOLDER`.

Their names and tags, their files, and of the native module: the machine it is for, the libraries it
needs, the version of glibc it needs. That it keeps to Python's stable ABI is abi3audit's to say.
"""

import os
import re
import struct
import subprocess
import sys
import tempfile
import zipfile

# e_machine of the ELF header.
MACHINES = {"x86_64": 62, "aarch64": 183}
GLIBC = (2, 17)
LIBRARIES = {
    "manylinux": {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"},
    "musllinux": {"libc.so"},
}
NAME = re.compile(
    r"psight-(?P<version>[^-]+)-(?P<python>cp\d+)-(?P<abi>[a-z0-9]+)-(?P<platform>.+)\.whl"
)


def of_the_package(root):
    """The files of the package, as they are in a wheel."""
    folder = os.path.join(root, "python", "psight")
    return {
        f"psight/{name}"
        for name in os.listdir(folder)
        if name.endswith((".py", ".pyi")) or name == "py.typed"
    }


def faults(path, root):
    """What is wrong with a wheel of psight, as sentences."""
    match = NAME.fullmatch(os.path.basename(path))
    if match is None:
        yield "has a name that no wheel of psight has"
        return
    stable = match["abi"] == "abi3"
    if stable and match["python"] != "cp39":
        yield f"is for {match['python']}, not for Python 3.9"
    if not stable and not match["abi"].endswith("t"):
        yield f"is for one Python only ({match['abi']}), which is not free-threaded"
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        yield from faults_of_files(wheel, names, match, root)
        native = {name for name in names if name.endswith(".so")}
        expected = "psight/_psight.abi3.so" if stable else None
        if len(native) != 1 or (expected and native != {expected}):
            yield f"has the native modules {sorted(native)}"
            return
        with tempfile.TemporaryDirectory() as folder:
            yield from faults_of_native(wheel.extract(native.pop(), folder), match["platform"])


def faults_of_files(wheel, names, match, root):
    about = f"psight-{match['version']}.dist-info"
    wanted = of_the_package(root) | {
        f"{about}/{name}"
        for name in (
            "METADATA",
            "RECORD",
            "WHEEL",
            "entry_points.txt",
            "licenses/LICENSE-APACHE",
            "licenses/LICENSE-MIT",
        )
    }
    there = {name for name in names if not name.endswith(".so")}
    if there != wanted:
        yield f"lacks {sorted(wanted - there)} and has {sorted(there - wanted)}"
        return
    tags = re.findall(r"^Tag: (.*)$", wheel.read(f"{about}/WHEEL").decode(), re.MULTILINE)
    named = {f"{match['python']}-{match['abi']}-{part}" for part in match["platform"].split(".")}
    if set(tags) != named:
        yield f"has the tags {tags}"
    if b"psight=psight.__main__:main" not in wheel.read(f"{about}/entry_points.txt"):
        yield "has no command psight"
    if f"\nVersion: {match['version']}\n" not in wheel.read(f"{about}/METADATA").decode():
        yield "is of another version than its name says"


def faults_of_native(path, platform):
    family = re.match("manylinux|musllinux", platform)
    machine = next((name for name in MACHINES if platform.endswith(name)), None)
    if family is None or machine is None:
        yield f"is for {platform}"
        return
    with open(path, "rb") as file:
        header = file.read(20)
    found = struct.unpack_from("<H", header, 18)[0]
    if header[:4] != b"\x7fELF" or found != MACHINES[machine]:
        yield f"has a native module for machine {found}, not {machine}"
    told = subprocess.run(
        ["readelf", "--wide", "--dynamic", "--version-info", path],
        env={**os.environ, "LC_ALL": "C"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", told))
    loaders = {name for name in needed if name.startswith("ld-linux")}
    foreign = needed - loaders - LIBRARIES[family[0]]
    if not needed or foreign:
        yield f"needs the libraries {sorted(needed)}"
    if re.search(r"\((RPATH|RUNPATH)\)", told):
        yield "has a search path for libraries"
    versions = {tuple(map(int, text.split("."))) for text in re.findall(r"GLIBC_([\d.]+)", told)}
    if family[0] == "manylinux" and not versions:
        yield "tells no version of glibc"
    if max(versions, default=(0,)) > GLIBC:
        yield f"needs glibc {'.'.join(map(str, max(versions)))}"
    with open(path, "rb") as file:
        if os.path.expanduser("~").encode() + b"/" in file.read():
            yield "names a folder of the machine that built it"


def main():
    root, folder = sys.argv[1:]
    wheels = [name for name in sorted(os.listdir(folder)) if name.startswith("psight-")]
    wheels = [os.path.join(folder, name) for name in wheels if name.endswith(".whl")]
    wrong = [(path, fault) for path in wheels for fault in faults(path, root)]
    for path, fault in wrong:
        print(f"{os.path.basename(path)} {fault}", file=sys.stderr)
    stable = [path for path in wheels if "-abi3-" in path]
    audit = [sys.executable, "-m", "abi3audit", "--strict", "--assume-minimum-abi3", "3.9", *stable]
    sys.exit(bool(wrong) or not stable or subprocess.run(audit, check=False).returncode)


main()
