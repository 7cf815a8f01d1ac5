"""Asks memory_profiler for the memory of processes in every way that goes through psutil."""

import json
import os
import sys
import time

from memory_profiler import LineProfiler, memory_usage


def take():
    """Takes 30 MiB for a while."""
    kept = bytearray(b"x") * (30 << 20)
    time.sleep(0.4)
    return len(kept)


def usage(process, backend, **how):
    """One sample, in MiB."""
    return memory_usage(process, interval=0.05, timeout=0.2, backend=backend, **how)[0]


def main():
    """Prints them as JSON."""
    pid = int(sys.argv[1])
    backends = ("psutil", "psutil_pss", "psutil_uss")
    rising = {}
    for backend in backends:
        samples = memory_usage((take,), interval=0.05, backend=backend)
        rising[backend] = max(samples) - min(samples)
    children = memory_usage(
        pid, interval=0.1, timeout=0.2, include_children=True, multiprocess=True
    )
    told = {
        "of": {backend: usage(pid, backend) for backend in backends},
        "with children": {
            backend: usage(pid, backend, include_children=True) for backend in backends
        },
        "children apart": children[0],
        "rising": rising,
        "largest": memory_usage((take,), max_usage=True, retval=True)[1],
        "itself": usage(os.getpid(), "psutil") > 5,
        "profiler": type(LineProfiler(backend="psutil_uss")).__name__,
    }
    print(json.dumps(told, default=str))


if __name__ == "__main__":
    main()
