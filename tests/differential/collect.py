"""Asks psutil, and asks psight the same."""

import json
import subprocess

import psutil
import shapes
from shapes import DENIED, Raised

FIELDS = sorted(psutil._as_dict_attrnames)
EVERY = [*FIELDS, "rlimits"]
RLIMITS = sorted(name for name in dir(psutil) if name.startswith("RLIMIT_"))
TIMEOUT_S = 120


def processes(pids):
    """What psutil tells of these processes, in psight's shapes. Those that end meanwhile are left
    out."""
    # Devices made since the first call would be unknown (D20).
    psutil._psposix.get_terminal_map.cache_clear()
    told = {}
    for pid in pids:
        try:
            told[pid] = process(psutil.Process(pid))
        except psutil.NoSuchProcess:
            continue
    return told


def process(one):
    """All facts of one process; those psutil does not have are left out."""
    told = {}
    with one.oneshot():
        for field in FIELDS:
            ask = (lambda: one.pid) if field == "pid" else getattr(one, field)
            value = answer(ask, one)
            if value is not NotImplemented:
                told[field] = shapes.process_fact(field, value, one.pid)
        told["rlimits"] = answer(lambda: rlimits(one), one)
    return told


def answer(ask, one):
    """The value, `DENIED`, or the exception of a process that is still there."""
    try:
        return ask()
    except (psutil.AccessDenied, psutil.ZombieProcess):
        return DENIED
    except NotImplementedError:
        return NotImplemented
    except psutil.NoSuchProcess:
        if not one.is_running():
            raise
        return Raised("NoSuchProcess")
    except (ValueError, IndexError) as error:
        return Raised(type(error).__name__)


def rlimits(one):
    """Every limit."""
    limits = {name: one.rlimit(getattr(psutil, name)) for name in RLIMITS}
    return shapes.rlimits(limits)


SYSTEM = {
    "cpu_times": psutil.cpu_times,
    "cpu_times_percpu": lambda: psutil.cpu_times(percpu=True),
    "cpu_percent": psutil.cpu_percent,
    "cpu_percent_percpu": lambda: psutil.cpu_percent(percpu=True),
    "cpu_times_percent": psutil.cpu_times_percent,
    "cpu_count": lambda: {
        "logical": psutil.cpu_count(),
        "physical": psutil.cpu_count(logical=False),
    },
    "cpu_stats": psutil.cpu_stats,
    "cpu_freq": psutil.cpu_freq,
    "cpu_freq_percpu": lambda: psutil.cpu_freq(percpu=True),
    "getloadavg": psutil.getloadavg,
    "virtual_memory": psutil.virtual_memory,
    "swap_memory": psutil.swap_memory,
    "disk_partitions": psutil.disk_partitions,
    "disk_partitions_all": lambda: psutil.disk_partitions(all=True),
    "disk_usage": lambda: {
        row.mountpoint: psutil.disk_usage(row.mountpoint) for row in psutil.disk_partitions()
    },
    # nowrap keeps state between calls; one call of psight has none.
    "disk_io_counters": lambda: psutil.disk_io_counters(nowrap=False),
    "disk_io_counters_perdisk": lambda: psutil.disk_io_counters(perdisk=True, nowrap=False),
    "net_io_counters": lambda: psutil.net_io_counters(nowrap=False),
    "net_io_counters_pernic": lambda: psutil.net_io_counters(pernic=True, nowrap=False),
    "net_connections": lambda: psutil.net_connections("all"),
    "net_if_addrs": psutil.net_if_addrs,
    "net_if_stats": psutil.net_if_stats,
    "sensors_temperatures": psutil.sensors_temperatures,
    "sensors_fans": psutil.sensors_fans,
    "sensors_battery": psutil.sensors_battery,
    "users": psutil.users,
    "boot_time": psutil.boot_time,
    "pids": psutil.pids,
}


def system():
    """What psutil tells of the machine, in psight's shapes."""
    told = {}
    for key, ask in SYSTEM.items():
        try:
            value = ask()
        except (OSError, ValueError, RuntimeError) as error:
            value = Raised(f"{type(error).__name__}: {error}")
        told[key] = shapes.system_fact(key, value)
    return told


def psight(command, *arguments):
    """One answer of psight, and its own pid. Status 1 is: some process asked for is gone."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, *arguments], stdout=pipe, stderr=pipe) as run:
        answer, complaint = run.communicate(timeout=TIMEOUT_S)
    if run.returncode not in (0, 1):
        complaint = complaint.decode(errors="replace").strip()
        raise SystemExit(f"psight {arguments[0]} ended with {run.returncode}: {complaint}")
    return json.loads(answer), run.pid


def psight_pids(command, pids):
    """psight's answer when asked for these pids."""
    arguments = [text for pid in pids for text in ("--pid", str(pid))]
    rows, _ = psight(command, "ps", "--json", *arguments)
    return {row["pid"]: row for row in rows}


def psight_sweep(command):
    """psight's answer when asked for all processes."""
    rows, _ = psight(command, "ps", "--json", "--fields", ",".join(EVERY))
    return {row["pid"]: row for row in rows}


def psight_system(command):
    """psight's answer about the machine, without itself."""
    told, own = psight(command, "system", "--json")
    return told | {"pids": [pid for pid in told["pids"] if pid != own]}
