"""Measures psight beside psutil in this interpreter, taking turns: `bench.py [--quick] [WORD]`.

Prints Markdown tables. A ratio is of neighbors in one run, psutil's time to psight's; the median
counts, with its quartiles. WORD: workloads with it in the name only.
"""

import gc
import statistics
import sys
import time

import loads
import psutil
import workloads

import psight

FULL = (15, 0.02)
QUICK = (9, 0.004)


def seconds(function, times):
    start = time.perf_counter()
    for _ in range(times):
        function()
    return (time.perf_counter() - start) / times


def measure(theirs, ours, rounds, turn):
    """Median seconds of a call of each, and the quartiles of their ratios."""
    times = max(1, int(turn / max(seconds(theirs, 1), seconds(theirs, 1))))
    ours_times = max(1, int(turn / max(seconds(ours, 1), seconds(ours, 1))))
    one, two = [], []
    for _ in range(rounds):
        one.append(seconds(theirs, times))
        two.append(seconds(ours, ours_times))
    ratios = statistics.quantiles([a / b for a, b in zip(one, two)], n=4)
    return statistics.median(one), statistics.median(two), ratios


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    rounds, turn = QUICK if "--quick" in sys.argv else FULL
    if hasattr(psutil, "__psight_version__"):
        sys.exit("psutil is psight here: there is nothing to compare with")
    gc.disable()
    for title, load, group in workloads.GROUPS:
        chosen = [
            (name, make) for name, make in group if not words or any(w in name for w in words)
        ]
        if not chosen:
            continue
        print(f"\n### {title}\n")
        print("| workload | psight, µs | psutil, µs | psutil / psight (quartiles) |")
        print("|---|---:|---:|---:|")
        with loads.load(*load) as pids:
            for name, make in chosen:
                theirs, ours, ratios = measure(make(psutil, pids), make(psight, pids), rounds, turn)
                low, middle, high = ratios
                print(
                    f"| {name} | {ours * 1e6:,.1f} | {theirs * 1e6:,.1f}"
                    f" | **{middle:.2f}** ({low:.2f}-{high:.2f}) |",
                    flush=True,
                )


main()
