"""psutil's values in the shapes of psight's JSON: what `docs/json.md` promises, written as code.

Namedtuples become objects, enum members their names, and psutil's sentinels null.
"""

import enum

# What a question did instead of answering.
DENIED = None


class Raised(str):
    """The name of an exception that psutil raised where psight may answer."""


def plain(value):
    """Namedtuples, enums and containers as JSON has them."""
    if hasattr(value, "_asdict"):
        return {name: plain(one) for name, one in value._asdict().items()}
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def name_or_number(value):
    """`"AF_INET"`; a number that Python has no name for as text."""
    return value.name if isinstance(value, enum.Enum) else str(value)


def connection(row, pid):
    """A socket; `pid` where psutil's own row has none."""
    return {
        "fd": None if row.fd == -1 else row.fd,
        "family": name_or_number(row.family),
        "type": name_or_number(row.type),
        "laddr": endpoint(row.laddr),
        "raddr": endpoint(row.raddr) or None,
        "status": row.status,
        "pid": getattr(row, "pid", pid),
    }


def endpoint(address):
    """`addr` as an object, `()` as null, a path as it is."""
    return plain(address) if isinstance(address, str) or address else None


PROCESS = {
    "exe": lambda value, pid: value or None,
    "net_connections": lambda value, pid: [connection(row, pid) for row in value],
}


def process_fact(field, value, pid):
    """One attribute of a process."""
    if value is None or isinstance(value, Raised):
        return value
    shape = PROCESS.get(field)
    return shape(value, pid) if shape else plain(value)


def rlimits(limits):
    """psutil asks one by one; psight has a map. Unlimited is -1 (D25)."""
    return {
        name: {"soft": unlimited(soft), "hard": unlimited(hard)}
        for name, (soft, hard) in limits.items()
    }


def unlimited(limit):
    """-1 where Python 3.15 has the largest number."""
    return -1 if limit == 2**64 - 1 else limit


def frequency(value):
    """`scpufreq`; limits of 0.0 are not known."""
    return value and plain(value) | {"min": value.min or None, "max": value.max or None}


def cpu_stats(value):
    """Linux does not count system calls."""
    return plain(value) | {"syscalls": value.syscalls or None}


def interface(value):
    """`snicstats`."""
    duplex = value.duplex.name.removeprefix("NIC_DUPLEX_").lower()
    return plain(value) | {"duplex": duplex, "speed": value.speed or None}


def addresses(value):
    """`net_if_addrs`; families by name."""
    return {
        name: [plain(row) | {"family": name_or_number(row.family)} for row in rows]
        for name, rows in value.items()
    }


SYSTEM = {
    "cpu_stats": cpu_stats,
    "cpu_freq": frequency,
    "cpu_freq_percpu": lambda value: [frequency(one) for one in value],
    "getloadavg": lambda value: dict(zip(("one", "five", "fifteen"), value)),
    "net_connections": lambda value: [connection(row, None) for row in value],
    "net_if_addrs": addresses,
    "net_if_stats": lambda value: {name: interface(one) for name, one in value.items()},
}


def system_fact(key, value):
    """One metric of the machine."""
    if value is None or isinstance(value, Raised):
        return value
    return SYSTEM.get(key, plain)(value)
