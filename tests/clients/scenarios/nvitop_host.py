"""nvitop's HostProcess, a subclass of psutil.Process that reaches into it."""

import json

from compare import EXACT, KIND, SKIP, Near

MIB = 1 << 20
RULES = [
    ("shared.rss", Near(0.2, MIB)),
    ("snapshot.memory_maps.*.path", EXACT),
    ("snapshot.memory_*info.*", Near(0.2, MIB)),
    ("snapshot.memory_percent", Near(0.2, 0.1)),
    ("snapshot.memory_maps.*.size", Near(0)),
    ("snapshot.memory_maps.*", Near(0.3, MIB)),
    ("snapshot.running_time*", SKIP),
    ("snapshot.create_time", Near(0, 0.011)),
    ("snapshot.cpu_affinity.*", Near(0)),
    ("snapshot.cpu_num", KIND),
    ("snapshot.cpu_percent", KIND),
    ("snapshot.cpu_times.*", Near(0, 0.5)),
    ("snapshot.threads.*.id", Near(0)),
    ("snapshot.num_ctx_switches.*", Near(0.5, 500)),
    ("snapshot.open_files.*", Near(0)),
    ("snapshot.[ugpin]*", Near(0)),
    ("gone.code", Near(0)),
    ("machine.memory percent", Near(0, 4.0)),
    ("machine.swap percent", Near(0, 1.0)),
    ("machine.uptime", Near(0, 10)),
    ("machine.load.*", Near(0.3, 1.0)),
    ("machine.virtual memory.total", Near(0)),
    ("machine.virtual memory.percent", Near(0, 4.0)),
    ("machine.virtual memory.*", Near(0.1, 192 * MIB)),
]
# What psight has besides the names of psutil 7.2.2.
ADDED = {"STATUS_SUSPENDED", "STATUS_WAKE_KILL"}
MUTATION = """
_real_repr = Process.__repr__
Process.__repr__ = lambda self: _real_repr(self).upper()
"""


def observe(side, stage):
    """What the program makes of the subject."""
    result = side.python("nvitop_host.py", stage.subject["pid"])
    told = json.loads(result.out)
    # psutil has some names twice in __all__.
    told["machine"]["names"] = sorted(set(told["machine"]["names"]) - ADDED)
    # What psutil.Process is made of in turn is its own affair.
    bases = told["shared"]["bases"]
    told["shared"]["bases"] = [it for it in bases if not it.startswith(("psight.", "psutil._"))]
    told["err"] = result.err
    return told
