"""CPU percentages: readings remembered by thread, in the namespace of the package instance."""

import time
from _thread import get_ident

from . import _psight


def percent(home, interval, percpu):
    """See ``psight.cpu_percent``."""
    kept = home["_last_per_cpu_times" if percpu else "_last_cpu_times"]
    return _between(home, kept, interval, percpu, _psight.cpu_percent)


def times_percent(home, interval, percpu):
    """See ``psight.cpu_times_percent``."""
    kept = home["_last_per_cpu_times_2" if percpu else "_last_cpu_times_2"]
    return _between(home, kept, interval, percpu, _psight.cpu_times_percent)


def _between(home, kept, interval, percpu, compare):
    """Compare two readings: of now, and of this thread's last call or ``interval`` seconds ago."""
    if interval is not None and interval < 0:
        raise ValueError(f"interval is not positive (got {interval})")
    read = home["cpu_times"]
    thread = get_ident()
    if interval is not None and interval > 0:
        before = read(percpu=percpu)
        time.sleep(interval)
    else:
        before = kept.get(thread)
        if before is None:
            before = read(percpu=percpu)
    after = kept[thread] = read(percpu=percpu)
    return compare(before, after)


def first_readings(home):
    """What the importing thread's first call compares with: now. None where /proc is hidden."""
    thread = get_ident()
    for plain, percpu in (("_last_cpu_times", False), ("_last_per_cpu_times", True)):
        try:
            times = {thread: home["cpu_times"](percpu=percpu)}
        except Exception:
            times = {}
        home[plain] = times
        home[plain + "_2"] = times.copy()
