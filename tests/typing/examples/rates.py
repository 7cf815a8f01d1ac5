"""Print what the machine does, a line for each interval: processor, disks, network."""

import sys
import time
from typing import NamedTuple

import psight as psutil


class Totals(NamedTuple):
    """What the counters say, in bytes since the system started."""

    read: int
    written: int
    received: int
    sent: int


def totals() -> Totals:
    """Read the counters; a machine without disks or interfaces has zeros."""
    disks = psutil.disk_io_counters()
    network = psutil.net_io_counters()
    read, written = (disks.read_bytes, disks.write_bytes) if disks is not None else (0, 0)
    if network is None:
        return Totals(read, written, 0, 0)
    return Totals(read, written, network.bytes_recv, network.bytes_sent)


def hottest() -> str:
    """Return the highest temperature as text; empty without a sensor that tells one."""
    if not hasattr(psutil, "sensors_temperatures"):
        return ""
    readings = [
        (entry.current, entry.label or chip)
        for chip, entries in psutil.sensors_temperatures().items()
        for entry in entries
    ]
    return "  {:.0f} C {}".format(*max(readings)) if readings else ""


def main() -> int:
    """Print lines: the arguments are how many, 3, and the seconds between them, 0.2."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    interval = float(sys.argv[2]) if len(sys.argv) > 2 else 0.2
    load = psutil.getloadavg()
    print(f"{psutil.cpu_count()} processors, load {load[0]:.2f} {load[1]:.2f} {load[2]:.2f}")
    psutil.cpu_percent(percpu=True)
    before = totals()
    for _ in range(lines):
        time.sleep(interval)
        now = totals()
        per_second = [int((new - old) / interval) for new, old in zip(now, before)]
        read, written, received, sent = map(psutil.bytes2human, per_second)
        busiest = max(psutil.cpu_percent(percpu=True))
        idle = psutil.cpu_times_percent().idle
        print(
            f"idle {idle:5.1f} %  busiest {busiest:5.1f} %  disk {read}/s {written}/s"
            f"  net {received}/s {sent}/s{hottest()}"
        )
        before = now
    return 0


if __name__ == "__main__":
    sys.exit(main())
