"""Uses nvitop's subclass of psutil.Process, and its module of psutil's names, on one process.

The pid is the argument; what came out goes to the standard output as JSON.
"""

import copy
import json
import os
import pickle
import signal
import subprocess
import sys

from nvitop import HostProcess, host, take_snapshots
from nvitop.api.process import HostProcess as Same


def plain(value):
    """The value as JSON has it; named tuples as dicts, anything else as its text."""
    if hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return value if isinstance(value, (str, int, float, bool, type(None))) else repr(value)


def shared(pid):
    """The class keeps one instance for each process, and its methods see the base class's."""
    process = HostProcess(pid)
    with process.oneshot():
        once = [process.cmdline(), process.cmdline(), process.name(), process.ppid()]
        running_time_is_kept = process.running_time() == process.running_time()
    return {
        "same class": HostProcess is Same,
        "bases": [base.__module__ + "." + base.__qualname__ for base in HostProcess.__mro__],
        "is a psutil process": isinstance(process, host.Process),
        "one instance": HostProcess(pid) is process,
        "copied": copy.deepcopy(process) is process,
        "pickled": pickle.loads(pickle.dumps(process)) is process,
        "equal to its base": process == host.Process(pid),
        "hash": hash(process) == hash(host.Process(pid)),
        "repr": repr(process),
        "str": str(process),
        "oneshot": once,
        "kept in oneshot": running_time_is_kept,
        "command": process.command(),
        "rss": process.rss_memory(),
        "parent": [type(process.parent()).__name__, process.parent().pid],
        "parents": [type(it).__name__ for it in process.parents()],
        "children": [[type(it).__name__, it.pid, it.name()] for it in process.children(True)],
        "running": process.is_running(),
    }


def snapshot(pid):
    """Everything psutil knows of the process, through nvitop."""
    taken = HostProcess(pid).as_snapshot()
    everything = {name: value for name, value in vars(taken).items() if name != "real"}
    everything.pop("timestamp", None)
    everything["environ"] = sorted(everything["environ"])
    everything["net_connections"] = sorted(map(repr, everything["net_connections"]))
    return {name: plain(value) for name, value in everything.items()}


def gone():
    """A process that ended: the instance notices, and leaves the table of instances."""
    child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
    process = HostProcess(child.pid)
    status = process.status()
    process.send_signal(signal.SIGTERM)
    code = child.wait()
    try:
        name = process.name()
    except host.NoSuchProcess as error:
        name = type(error).__name__, str(error).replace(str(child.pid), "PID")
    return {
        "before": status,
        "code": code,
        "name": name,
        "running": process.is_running(),
        "kept": child.pid in HostProcess.INSTANCES,
        "repr": repr(process).replace(str(child.pid), "PID").partition("started")[0],
    }


def machine():
    """nvitop.host: what it adds and what it passes on."""
    mapped = host.ppid_map()
    return {
        "names": sorted(host.__all__),
        "missing": [name for name in host.__all__ if not hasattr(host, name)],
        "memory percent": host.memory_percent(),
        "swap percent": host.swap_percent(),
        "uptime": host.uptime(),
        "load": list(host.load_average()),
        "own parent": mapped[os.getpid()] == os.getppid(),
        "children of ours": os.getpid() in host.reverse_ppid_map()[os.getppid()],
        "virtual memory": plain(host.virtual_memory()),
        "cpu": host.cpu_percent(),
        "users": plain(host.users()),
    }


def main():
    """Prints all of it."""
    pid = int(sys.argv[1])
    told = {"shared": shared(pid), "snapshot": snapshot(pid), "gone": gone(), "machine": machine()}
    told["snapshots"] = [type(it).__name__ for it in take_snapshots([])]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
