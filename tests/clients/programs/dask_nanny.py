"""A cluster of one process under a nanny: its memory is watched, it is restarted, and killed."""

import contextlib
import faulthandler
import json
import os
import signal
import sys
import time

import dask
from distributed import Client, KilledWorker, LocalCluster

MIB = 1 << 20
LIMIT = 400 * MIB
PATIENCE_S = 100.0


def hog():
    """Takes more memory than the nanny allows, until it is killed."""
    kept = []
    for _ in range(60):
        kept.append(bytearray(b"x") * (10 * MIB))
        time.sleep(0.05)
    time.sleep(20)
    return len(kept)


def where():
    """The pid of the process, and of the one above it."""
    return os.getpid(), os.getppid()


def ask_where(client):
    """The answer of the worker, or of the next one if the scheduler asked one that is dead."""
    for _ in range(20):
        try:
            return client.submit(where, pure=False).result(60)
        except KilledWorker:
            time.sleep(0.2)
    raise SystemExit("no worker came back")


def told_by_scheduler(client):
    """What the worker's heartbeat says of its process."""
    deadline = time.monotonic() + 30
    while True:
        (worker,) = client.scheduler_info()["workers"].values()
        found = worker["metrics"]
        if found.get("memory") or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    return {
        "limit": worker["memory_limit"],
        "threads": worker["nthreads"],
        "memory": found["memory"],
        "cpu": found["cpu"],
        "num_fds": found["num_fds"],
        "host": sorted(found["host_net_io"]) + sorted(found["host_disk_io"]),
        "managed": sorted(found["spilled_bytes"]),
    }


def story(client, cluster):
    """One thing after the other."""
    told = {"scheduler": told_by_scheduler(client)}
    first, above = ask_where(client)
    told["under us"] = above == os.getpid()
    told["memory read by the nanny"] = cluster.workers[0].process.process.pid == first
    client.restart(timeout=60)
    second, _ = ask_where(client)
    told["restarted"] = second != first
    os.kill(second, signal.SIGKILL)
    third, _ = ask_where(client)
    told["came back"] = third not in (first, second)
    try:
        client.submit(hog, pure=False).result(90)
        told["hog"] = "was not killed"
    except KilledWorker as error:
        told["hog"] = type(error).__name__, error.allowed_failures
    fourth, _ = ask_where(client)
    told["came back again"] = fourth != third
    return told


def main():
    """Prints the story as JSON; where it is stuck, if it takes too long."""
    faulthandler.dump_traceback_later(PATIENCE_S, exit=True)
    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": 0,
            "distributed.worker.memory.terminate": 0.9,
            "distributed.worker.memory.spill": False,
            "distributed.worker.memory.target": False,
            "distributed.worker.memory.pause": False,
            "distributed.admin.system-monitor.interval": "100ms",
        }
    )
    cluster = LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=True,
        memory_limit=LIMIT,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
        local_directory=os.getcwd(),
    )
    with Client(cluster) as client:
        told = story(client, cluster)
    print(json.dumps(told), file=sys.__stdout__, flush=True)
    # Closing hangs now and then after so many deaths, whichever psutil there is. What is left is
    # ended by who started this.
    with contextlib.suppress(TimeoutError):
        cluster.close(timeout=10)
    os._exit(0)


if __name__ == "__main__":
    main()
