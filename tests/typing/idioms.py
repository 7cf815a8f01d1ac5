"""What programs do with psutil, as they write it; must type-check whoever declares the types.

Checked with types-psutil and with this package. Read by type checkers only: nothing is called.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Union

import psutil
from psutil import AccessDenied, NoSuchProcess, Process
from psutil._common import bytes2human


def names() -> Dict[int, str]:
    return {p.pid: p.info["name"] for p in psutil.process_iter(["pid", "name"])}


def find(name: str) -> Iterator[psutil.Process]:
    for p in psutil.process_iter():
        try:
            if p.name() == name or os.path.basename(p.exe()) == name:
                yield p
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue


def kill_tree(pid: int, sig: int = signal.SIGTERM, including: bool = True) -> None:
    parent = psutil.Process(pid)
    procs = parent.children(recursive=True)
    if including:
        procs.append(parent)
    for p in procs:
        p.send_signal(sig)
    _, alive = psutil.wait_procs(procs, timeout=3)
    for p in alive:
        p.kill()


def exit_code(p: psutil.Process) -> int:
    return p.wait(timeout=5)


def maybe_exit_code(p: psutil.Process) -> Optional[int]:
    code = p.wait()
    if code is None:
        return None
    return code


def output(command: List[str]) -> str:
    with psutil.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as p:
        for line in p.stdout:
            print(line.rstrip())
        out: str = p.communicate(timeout=10)[0]
        if p.returncode:
            raise subprocess.CalledProcessError(p.returncode, command)
        if p.poll() is None:
            p.stdin.close()
        return out


def remote_ports(pid: int) -> List[int]:
    return [c.raddr.port for c in psutil.Process(pid).net_connections("tcp") if c.raddr]


def local(kind: str = "inet") -> Dict[Tuple[str, int], Optional[int]]:
    found = {}
    for c in psutil.net_connections(kind=kind):
        if c.status == psutil.CONN_LISTEN and c.laddr:
            found[(c.laddr.ip, c.laddr.port)] = c.pid
        elif c.laddr and c.family == socket.AF_INET6 and c.type is socket.SOCK_STREAM:
            ip, port = c.laddr
            found[(ip, port)] = c.pid
    return found


def mac_addresses() -> List[str]:
    result = []
    for nic, addrs in psutil.net_if_addrs().items():
        stats = psutil.net_if_stats().get(nic)
        for a in addrs:
            if a.family == psutil.AF_LINK and stats is not None and stats.isup:
                result.append(a.address.upper() + (a.broadcast or ""))
    return result


def duplex(nic: str) -> str:
    names: Dict[int, str] = {psutil.NIC_DUPLEX_FULL: "full", psutil.NIC_DUPLEX_HALF: "half"}
    number: int = psutil.net_if_stats()[nic].duplex
    return names.get(number, "?")


def traffic() -> Tuple[int, int]:
    counters = psutil.net_io_counters()
    per_nic = psutil.net_io_counters(pernic=True)
    return counters.bytes_sent + sum(n.bytes_sent for n in per_nic.values()), counters.bytes_recv


def disk_traffic() -> int:
    total = psutil.disk_io_counters(perdisk=False, nowrap=True)
    if total is None:
        return 0
    return total.read_bytes + max(d.write_bytes for d in psutil.disk_io_counters(True).values())


def battery() -> str:
    b = psutil.sensors_battery()
    if b is None:
        return "none"
    if b.power_plugged or b.secsleft == psutil.POWER_TIME_UNLIMITED:
        return f"{b.percent:d} % plugged"
    minutes, seconds = divmod(b.secsleft, 60)
    level: int = b.percent
    return f"{level}% {minutes}:{seconds:02}"


def processor() -> Dict[str, float]:
    freq = psutil.cpu_freq()
    load = [x / (psutil.cpu_count() or 1) * 100 for x in psutil.getloadavg()]
    return {
        "mhz": freq.current,
        "most": freq.max,
        "load": load[0],
        "all": psutil.cpu_percent(interval=None),
        "each": max(psutil.cpu_percent(interval=0.1, percpu=True)),
        "idle": psutil.cpu_times_percent(interval=1, percpu=False).idle,
        "user": sum(t.user for t in psutil.cpu_times(percpu=True)),
        "last": psutil.cpu_freq(percpu=True)[-1].min,
    }


def memory(p: psutil.Process) -> Dict[str, int]:
    info = p.memory_info()
    result = dict(info._asdict())
    result["rss"], result["vms"] = info[0], info[1]
    result.update(psutil.virtual_memory()._asdict())
    total, available, percent, used, free = psutil.virtual_memory()[:5]
    print(bytes2human(total), percent, used, free, json.dumps(psutil.swap_memory()))
    return {**result, "uss": p.memory_full_info().uss, "available": available}


def mounts() -> Dict[str, float]:
    parts = [p for p in psutil.disk_partitions(all=False) if "ro" not in p.opts.split(",")]
    return {p.mountpoint: psutil.disk_usage(p.mountpoint).percent for p in parts}


def sessions() -> Dict[str, List[str]]:
    by_user: Dict[str, List[str]] = defaultdict(list)
    for user in psutil.users():
        by_user[user.name].append(user.host or user.terminal or "local")
    return by_user


def zombies() -> List[psutil.Process]:
    return [p for p in psutil.process_iter() if p.status() == psutil.STATUS_ZOMBIE]


def snapshot(p: Process, wanted: Union[List[str], Tuple[str, ...], None] = None) -> Dict[str, Any]:
    with p.oneshot():
        facts = p.as_dict(attrs=wanted, ad_value="")
    try:
        parent = p.parent()
        facts["parent"] = parent.name() if parent else None
        facts["ancestors"] = [one.pid for one in p.parents()]
    except NoSuchProcess as gone:
        facts["gone"] = (gone.pid, gone.name, gone.msg)
    except AccessDenied as denied:
        facts["denied"] = denied.pid
    except psutil.TimeoutExpired as late:
        facts["late"] = late.seconds
    except psutil.Error as other:
        facts["error"] = str(other)
    return facts


def at_end(callback: Callable[[psutil.Process], object], procs: List[psutil.Popen]) -> int:
    gone, _ = psutil.wait_procs(procs, 1, callback)
    return len(gone)


class Watched(psutil.Process):
    def __init__(self, pid: Optional[int] = None) -> None:
        super().__init__(pid)
        self.seen = 0

    def cpu_percent(self, interval: Optional[float] = None) -> float:
        self.seen += 1
        return super().cpu_percent(interval)

    def wait(self, timeout: Optional[float] = None) -> int:
        return super().wait(timeout)

    def parent(self) -> Optional[psutil.Process]:
        return super().parent()


if sys.platform == "linux":

    def limit(p: psutil.Process) -> Tuple[int, int]:
        p.rlimit(psutil.RLIMIT_NOFILE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))
        soft, hard = p.rlimit(psutil.RLIMIT_NOFILE)
        p.ionice(psutil.IOPRIO_CLASS_BE, value=7)
        p.ionice(ioclass=psutil.IOPRIO_CLASS_IDLE)
        p.nice(p.nice() + 1)
        p.cpu_affinity(p.cpu_affinity()[:1])
        return soft + p.ionice().ioclass, hard

    def hottest() -> float:
        temperatures = psutil.sensors_temperatures()
        fans = [fan.current for chip in psutil.sensors_fans().values() for fan in chip]
        return max(temperatures["coretemp"][0].current, *fans)

    def maps(p: psutil.Process) -> int:
        return sum(m.pss for m in p.memory_maps()) + p.memory_maps(grouped=False)[0].rss
