"""Print how much memory is in use, and the processes that hold most of it."""

import sys
from typing import NamedTuple

import psight as psutil


class Row(NamedTuple):
    """One process of the report; sizes in bytes."""

    pid: int
    name: str
    rss: int
    percent: float


def largest(count: int) -> list[Row]:
    """Return the processes with the largest resident sets, the largest first."""
    rows: list[Row] = []
    for process in psutil.process_iter(["name", "memory_info", "memory_percent"]):
        memory = process.info["memory_info"]
        if memory is not None:
            rows.append(
                Row(process.pid, process.info["name"], memory.rss, process.info["memory_percent"])
            )
    rows.sort(key=lambda row: row.rss, reverse=True)
    return rows[:count]


def main() -> int:
    """Print the report; the argument is the number of processes, 5 by default."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    memory = psutil.virtual_memory()
    swap = psutil.swap_memory()
    print(f"memory  {psutil.bytes2human(memory.used)} of {psutil.bytes2human(memory.total)}")
    print(f"        {memory.percent} %, {psutil.bytes2human(memory.available)} to be had")
    print(f"swap    {psutil.bytes2human(swap.used)} of {psutil.bytes2human(swap.total)}")
    for row in largest(count):
        size = psutil.bytes2human(row.rss)
        print(f"{row.pid:>7}  {size:>7}  {row.percent:5.1f} %  {row.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
