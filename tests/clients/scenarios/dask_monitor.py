"""dask.distributed's system monitor and the other places where dask asks psutil."""

import json

from compare import Near

MIB = 1 << 20
RULES = [
    ("monitor.recent.memory", Near(0.1, 8 * MIB)),
    ("monitor.recent.time", Near(0, 60.0)),
    ("monitor.recent.num_fds", Near(0)),
    ("monitor.rise", Near(0.1, 3 * MIB)),
    ("monitor.range.*", Near(0)),
    ("monitor.count", Near(0)),
    ("memory limit", Near(0)),
    ("cpus", Near(0)),
    ("profiled.result", Near(0)),
    ("profiled.memory", Near(0.15, 10.0)),
]
MUTATION = """
_real_addrs = net_if_addrs
def net_if_addrs():
    return {nic: list(map(tuple, found))[1:] for nic, found in _real_addrs().items()}
"""


def observe(side, stage):
    """What the program prints, and that it warns of nothing."""
    result = side.python("dask_monitor.py")
    return {**json.loads(result.out), "err": result.err}
