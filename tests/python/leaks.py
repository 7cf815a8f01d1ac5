#!/usr/bin/env python3
"""Calls every function and method very often and prints what the process holds more afterwards.

    leaks.py [--calls N] [NAME...]

Runs with the Python that has psight. Without names: all, 100,000 calls each, which takes some ten
minutes; those that are slow by nature are called a hundredth as often. Ends with 1 when anything
leaks. Columns: descriptors, threads, blocks of Python, bytes of the C library's heap and resident.
"""

import argparse
import os
import sys
import time
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "python", "tests"))

import calls  # noqa: E402
import growth  # noqa: E402
import subject  # noqa: E402

ROUNDS = 4


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--calls", type=int, default=100_000, metavar="N")
    parser.add_argument("names", nargs="*", metavar="NAME")
    return parser.parse_args()


def leaks(left, count):
    """Whether this is a leak: more than one object for a hundred calls, or a byte for each. A few
    objects are nothing: Python keeps some for later."""
    allowed = max(count / 100, 25)
    heap = max(count, 4096)
    return left.descriptors > 0 or left.threads > 0 or left.blocks > allowed or left.heap > heap


def main():
    options = arguments()
    psutil = __import__(subject.NAME)
    leaking = []
    print(f"{'least growth of a round':34}{'calls':>8}{'us':>9}{'fds':>5}{'thr':>5}", end="")
    print(f"{'blocks':>8}{'heap':>10}{'resident':>10}")
    with calls.every(psutil) as every, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in options.names or sorted(every):
            count = options.calls // (100 if name in calls.SLOW else 1)
            each = max(count // ROUNDS, 1)
            for _ in range(min(each, 100)):
                every[name]()
            start = time.perf_counter()
            left = growth.growth(psutil, every[name], each, ROUNDS)
            spent = (time.perf_counter() - start) / (each * ROUNDS) * 1e6
            print(f"{name:34}{each * ROUNDS:8}{spent:9.1f}", end="")
            print(f"{left.descriptors:5}{left.threads:5}{left.blocks:8}", end="")
            print(f"{left.heap:10}{left.resident:10}{'  LEAKS' * leaks(left, each)}", flush=True)
            if leaks(left, each):
                leaking.append(name)
    print(f"{len(leaking)} of {len(options.names or every)} leak: {', '.join(leaking) or 'none'}")
    return bool(leaking)


if __name__ == "__main__":
    sys.exit(main())
