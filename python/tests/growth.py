"""What a process holds, counted, and how much more it holds after many calls."""

import gc
import os
import sys
from dataclasses import dataclass

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Holdings:
    """What this process holds. Blocks are Python's small objects; heap is what the C library has
    given out, to native code and for larger objects."""

    descriptors: int
    threads: int
    blocks: int
    heap: int
    resident: int

    def minus(self, other):
        """The growth since."""
        return Holdings(*(getattr(self, name) - getattr(other, name) for name in FIELDS))


FIELDS = list(Holdings.__dataclass_fields__)


def holdings(psutil):
    """What this process holds now."""
    gc.collect()
    heap = psutil.heap_info() if hasattr(psutil, "heap_info") else (0, 0)
    with open("/proc/self/statm", "rb") as file:
        resident = int(file.read().split()[1]) * PAGE
    return Holdings(
        len(os.listdir("/proc/self/fd")),
        len(os.listdir("/proc/self/task")),
        sys.getallocatedblocks(),
        sum(heap),
        resident,
    )


def growth(psutil, call, count, rounds):
    """The least growth of `rounds` rounds of `count` calls: a leak grows in each of them, and what
    is made once does not."""
    least = None
    before = holdings(psutil)
    for _ in range(rounds):
        for _ in range(count):
            call()
        after = holdings(psutil)
        grown = after.minus(before)
        before = after
        if least is None:
            least = grown
        least = Holdings(*(min(getattr(least, name), getattr(grown, name)) for name in FIELDS))
    return least
