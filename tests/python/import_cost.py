#!/usr/bin/env python3
"""What `import psight` costs beside `import psutil`: time and resident memory.

    import_cost.py PSIGHT_PYTHON PSUTIL_PYTHON [ROUNDS]

The arguments are interpreters of the same version, one of which has psight and the other psutil.
Both are started in turn, so that what else the machine does falls on both. The median counts.
"""

import os
import statistics
import subprocess
import sys

ROUNDS = 25
BUDGET_MIB = 2.0
# Run before anything else is imported: the module, then what it took.
SCRIPT = """
import sys, time
def resident():
    with open("/proc/self/statm", "rb", 0) as file:
        return int(file.read().split()[1])
before, modules = resident(), len(sys.modules)
start = time.perf_counter()
import {}
end = time.perf_counter()
print(end - start, resident() - before, len(sys.modules) - modules)
"""


def measure(python, module):
    """Seconds, bytes and modules of one import in a fresh interpreter."""
    command = [python, "-I", "-c", SCRIPT.format(module)]
    if "PYTHONPATH" in os.environ:
        command.remove("-I")
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd="/").stdout
    seconds, pages, modules = out.split()
    return float(seconds), int(pages) * os.sysconf("SC_PAGE_SIZE"), int(modules)


def main(ours, theirs, rounds=ROUNDS):
    # Warms the disk cache and writes what is compiled.
    measured = {"psight": [], "psutil": []}
    for turn in range(int(rounds) + 2):
        for module, python in (("psight", ours), ("psutil", theirs)):
            one = measure(python, module)
            if turn > 1:
                measured[module].append(one)
    medians = {name: [statistics.median(c) for c in zip(*m)] for name, m in measured.items()}
    print("import      ms      MiB  modules")
    for name, (seconds, memory, modules) in medians.items():
        print(f"{name:8}{seconds * 1e3:7.2f}{memory / 2**20:9.2f}{modules:9.0f}")
    ratios = [mine / other for mine, other in zip(medians["psight"], medians["psutil"])]
    print(f"{'ratio':8}{ratios[0]:7.2f}{ratios[1]:9.2f}{ratios[2]:9.2f}")
    excess = (medians["psight"][1] - medians["psutil"][1]) / 2**20
    if excess > BUDGET_MIB:
        print(f"psight takes {excess:.2f} MiB more than psutil; {BUDGET_MIB} are allowed")
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
