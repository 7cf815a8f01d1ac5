"""What distributed and dask learn of the machine and of their own process through psutil."""

import json
import time

import dask
from dask.diagnostics import ResourceProfiler
from dask.system import CPU_COUNT
from distributed import metrics
from distributed.gc import GCDiagnosis
from distributed.system import MEMORY_LIMIT
from distributed.system_monitor import SystemMonitor
from distributed.utils import get_ip_interface

MIB = 1 << 20


def monitor():
    """A few rounds of the system monitor, with everything on, and what it remembers."""
    watching = SystemMonitor(maxlen=5, monitor_disk_io=True, monitor_host_cpu=True)
    kept = bytearray(b"x") * (40 * MIB)
    for _ in range(4):
        time.sleep(0.1)
        recent = watching.update()
    return {
        "recent": recent,
        "fields": list(recent),
        "rise": max(watching.quantities["memory"]) - min(watching.quantities["memory"]),
        "range": {name: len(values) for name, values in watching.range_query(start=0).items()},
        "count": watching.count,
        "text": type(watching).__name__ in repr(watching),
        "kept": len(kept),
    }


def profiled():
    """A graph under dask's profiler of resources, which asks psutil from a process of its own."""
    with ResourceProfiler(dt=0.05) as profiler:
        total = dask.delayed(sum)([dask.delayed(slow)(it) for it in range(4)])
        result = total.compute(scheduler="threads", num_workers=2)
    last = profiler.results[-1]
    profiler.close()
    return {"result": result, "fields": list(last._fields), "memory": last.mem, "cpu": last.cpu}


def slow(number):
    """A number, after a while."""
    time.sleep(0.15)
    return number


def collected():
    """The diagnosis of garbage collections, which reads the process's memory around them."""
    diagnosis = GCDiagnosis(info_over_rss_win=1)
    with diagnosis:
        [[] for _ in range(200_000)]
    return type(diagnosis._proc).__name__


def main():
    """Prints it all as JSON."""
    told = {
        "monitor": monitor(),
        "memory limit": MEMORY_LIMIT,
        "cpus": CPU_COUNT,
        "loopback": get_ip_interface("lo"),
        "disk": list(getattr(metrics.disk_io_counters(), "_fields", ())),
        "net": list(metrics.net_io_counters()._fields),
        "profiled": profiled(),
        "collected": collected(),
    }
    try:
        get_ip_interface("no-such-card")
    except ValueError as error:
        told["no card"] = str(error)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
