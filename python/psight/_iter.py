"""Going through all processes, and waiting for some of them.

``home`` is the namespace of the package instance, whose process table is used.
"""

from ._common import debug
from ._control import chosen, native_names
from ._exceptions import NoSuchProcess, TimeoutExpired

# Processes looked at in one native call: enough for a second thread to pay, few enough that
# Ctrl-C and an early end of the loop are noticed soon.
_AT_ONCE = 1024
_AT_ONCE_COSTLY = 64

# Facts that cost more than a file or two.
_COSTLY = frozenset(
    ("memory_full_info", "memory_maps", "net_connections", "open_files", "threads", "environ")
)


def process_iter(home, attrs, ad_value):
    """See ``psight.process_iter``."""
    names = None if attrs is None else chosen(attrs, home["_as_dict_attrnames"])
    table = home["_pmap"].copy()
    present = home["pids"]()
    known = set(table)
    for pid in known.difference(present):
        del table[pid]
    reused = home["_pids_reused"]
    while reused:
        pid = reused.pop()
        debug(f"refreshing Process instance for reused PID {pid}")
        table.pop(pid, None)
    # A pid found reused comes back, as the process it is now, in the next pass.
    pids = [pid for pid in present if pid in table or pid not in known]
    try:
        if names is not None and home["_is_original"](None, names):
            yield from _looked_at(home, table, pids, names, ad_value, bool(attrs))
        else:
            yield from _one_by_one(home, table, pids, attrs, ad_value)
    finally:
        home["_pmap"] = table


def _one_by_one(home, table, pids, attrs, ad_value):
    for pid in pids:
        try:
            process = table.get(pid)
            if process is None:
                process = table[pid] = home["Process"](pid)
            if attrs is not None:
                process.info = process.as_dict(attrs=attrs, ad_value=ad_value)
        except NoSuchProcess:
            table.pop(pid, None)
        else:
            yield process


def _looked_at(home, table, pids, names, ad_value, strict):
    """Each process with its facts, many read in one native call."""
    ticks_per_second = home["_psplatform"].CLOCK_TICKS
    look = home["_psplatform"].look
    is_original = home["_is_original"]
    asked = native_names(names)
    at_once = _AT_ONCE if _COSTLY.isdisjoint(names) else _AT_ONCE_COSTLY
    for start in range(0, len(pids), at_once):
        some = pids[start : start + at_once]
        found = look(some, asked, ad_value, strict)
        if len(found) < len(some):
            for pid in set(some).difference([row[0] for row in found]):
                table.pop(pid, None)
        for pid, ticks, facts in found:
            process = table.get(pid)
            if process is None or process._ident[1] != ticks / ticks_per_second:
                process = table[pid] = home["Process"]._known(pid, ticks)
            if is_original(process, names):
                process.info = process._dressed(names, facts, ad_value)
            else:
                # This one object was given methods of its own.
                try:
                    process.info = process.as_dict(attrs=names, ad_value=ad_value)
                except NoSuchProcess:
                    table.pop(pid, None)
                    continue
            yield process


def wait_procs(home, procs, timeout, callback):
    """See ``psight.wait_procs``."""
    from subprocess import TimeoutExpired as SubprocessTimeout

    timer = home["_timer"]
    if timeout is not None and timeout < 0:
        raise ValueError(f"timeout must be a positive integer, got {timeout}")
    if callback is not None and not callable(callback):
        raise TypeError(f"callback {callback!r} is not a callable")
    gone, alive = set(), set(procs)

    def look(process, seconds):
        try:
            code = process.wait(timeout=seconds)
        except (TimeoutExpired, SubprocessTimeout):
            return
        if code is not None or not process.is_running():
            process.returncode = code
            gone.add(process)
            if callback is not None:
                callback(process)

    deadline = None if timeout is None else timer() + timeout
    while alive and (deadline is None or timer() < deadline):
        share = 1.0 / len(alive)
        for process in alive:
            left = share
            if deadline is not None:
                left = min(deadline - timer(), share)
                if left <= 0:
                    break
            look(process, left)
        alive -= gone
    # The last look, for those that ended meanwhile.
    for process in alive:
        look(process, 0)
    alive -= gone
    return list(gone), list(alive)
