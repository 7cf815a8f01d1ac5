"""dask.distributed's nanny: a worker's heartbeat, restart, sudden death, and memory limit."""

import json

from compare import Near
from text import mask

RULES = [
    ("scheduler.limit", Near(0)),
    ("scheduler.threads", Near(0)),
    ("scheduler.memory", Near(0.1, 10 << 20)),
    ("scheduler.num_fds", Near(0.2, 3)),
    ("hog.*", Near(0)),
]
MUTATION = """
_real_memory = Process.memory_info
Process.memory_info = lambda self: _real_memory(self)._replace(rss=1)
"""


def observe(side, stage):
    """The story, and the nanny's warnings, apart from addresses."""
    result = side.python("dask_nanny.py")
    said = [
        mask(line).partition("tcp://")[0] for line in result.err.splitlines() if "nanny" in line
    ]
    return {**json.loads(result.out.splitlines()[-1]), "said": sorted(set(said))}
