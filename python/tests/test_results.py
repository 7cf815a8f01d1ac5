"""Shapes of what functions and methods return: namedtuples, JSON, pickles, texts of processes."""

import json
import pickle
import time
import warnings

import pytest

import psight as psutil

PREFIX = psutil.Process.__module__
IO = "read_count write_count read_bytes write_bytes"
FULL = "rss vms shared text lib data dirty uss pss swap"
MAPS = (
    "path rss size pss shared_clean shared_dirty private_clean private_dirty referenced anonymous "
    "swap"
)
TUPLES = {
    "svmem": "total available percent used free active inactive buffers cached shared slab",
    "sswap": "total used free percent sin sout",
    "scpustats": "ctx_switches interrupts soft_interrupts syscalls",
    "scpufreq": "current min max",
    "sdiskusage": "total used free percent",
    "sdiskpart": "device mountpoint fstype opts",
    "sdiskio": f"{IO} read_time write_time read_merged_count write_merged_count busy_time",
    "snetio": "bytes_sent bytes_recv packets_sent packets_recv errin errout dropin dropout",
    "sconn": "fd family type laddr raddr status pid",
    "pconn": "fd family type laddr raddr status",
    "addr": "ip port",
    "snicaddr": "family address netmask broadcast ptp",
    "snicstats": "isup duplex speed mtu flags",
    "shwtemp": "label current high critical",
    "sfan": "label current",
    "sbattery": "percent secsleft power_plugged",
    "suser": "name terminal host started pid",
    "pheap": "heap_used mmap_used",
    "pcputimes": "user system children_user children_system iowait",
    "pmem": "rss vms shared text lib data dirty",
    "pfullmem": FULL,
    "pmmap_grouped": MAPS,
    "pmmap_ext": f"addr perms {MAPS}",
    "popenfile": "path fd position mode flags",
    "pthread": "id user_time system_time",
    "puids": "real effective saved",
    "pgids": "real effective saved",
    "pio": f"{IO} read_chars write_chars",
    "pionice": "ioclass value",
    "pctxsw": "voluntary involuntary",
}
SYSTEM = {
    "cpu_times": ("scputimes", {}),
    "cpu_times_percent": ("scputimes", {}),
    "cpu_stats": ("scpustats", {}),
    "virtual_memory": ("svmem", {}),
    "swap_memory": ("sswap", {}),
    "disk_usage": ("sdiskusage", {"path": "/"}),
    "heap_info": ("pheap", {}),
}
PROCESS = {
    "cpu_times": "pcputimes",
    "memory_info": "pmem",
    "memory_full_info": "pfullmem",
    "io_counters": "pio",
    "ionice": "pionice",
    "num_ctx_switches": "pctxsw",
    "uids": "puids",
    "gids": "pgids",
}


@pytest.mark.parametrize("name, fields", TUPLES.items())
def test_named_tuples_have_their_fields(name, fields):
    kind = getattr(psutil._ntuples, name)
    assert kind._fields == tuple(fields.split())
    made = kind(*range(len(kind._fields)))
    shown = ", ".join(f"{field}={value}" for value, field in enumerate(kind._fields))
    assert repr(made) == f"{name}({shown})"
    assert made == tuple(range(len(made)))
    assert made._replace(**{kind._fields[0]: 9})[0] == 9
    assert list(made._asdict()) == list(kind._fields)
    assert pickle.loads(pickle.dumps(made)) == made


def test_cpu_times_have_a_field_per_column_of_the_kernel():
    with open("/proc/stat", encoding="ascii") as file:
        columns = len(file.readline().split()) - 1
    every = "user nice system idle iowait irq softirq steal guest guest_nice".split()
    assert type(psutil.cpu_times()).__name__ == "scputimes"
    assert psutil.cpu_times()._fields == tuple(every[: max(7, min(columns, 10))])
    assert psutil._pslinux.scputimes is type(psutil.cpu_times())


@pytest.mark.parametrize("name, wanted", SYSTEM.items())
def test_functions_return_them(name, wanted):
    kind, arguments = wanted
    found = getattr(psutil, name)(**arguments)
    assert type(found).__name__ == kind
    assert repr(found).startswith(f"{kind}({found._fields[0]}=")
    assert isinstance(found, tuple)


@pytest.mark.parametrize("name, kind", PROCESS.items())
def test_methods_return_them(name, kind):
    found = getattr(psutil.Process(), name)()
    assert type(found) is getattr(psutil._ntuples, kind)


def getters():
    """Every getter of this process, and every function of the machine."""
    own = psutil.Process()
    names = sorted(psutil._as_dict_attrnames - {"pid"})
    yield from ((f"Process.{name}", getattr(own, name)) for name in names)
    for name in (
        "boot_time cpu_count cpu_freq cpu_percent cpu_stats cpu_times cpu_times_percent "
        "disk_io_counters disk_partitions net_connections net_if_addrs net_if_stats "
        "net_io_counters pids sensors_fans sensors_temperatures swap_memory users virtual_memory"
    ).split():
        yield name, getattr(psutil, name)
    yield "cpu_times(percpu)", lambda: psutil.cpu_times(percpu=True)
    yield "disk_io_counters(perdisk)", lambda: psutil.disk_io_counters(perdisk=True)
    yield "memory_maps(grouped)", lambda: own.memory_maps(grouped=False)
    yield "net_connections(all)", lambda: own.net_connections("all")


@pytest.mark.parametrize("ask", [pytest.param(ask, id=name) for name, ask in getters()])
def test_results_go_through_json_and_pickle(ask):
    found = ask()
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert type(again) is type(found)
    assert json.loads(json.dumps(found)) == json.loads(json.dumps(again))


def test_enums_in_results_are_numbers_in_json(sleeper):
    process = psutil.Process(sleeper.pid)
    process.ionice(psutil.IOPRIO_CLASS_BE, 5)
    assert json.dumps(process.ionice()) == "[2, 5]"
    rows = [row for rows in psutil.net_if_addrs().values() for row in rows]
    assert rows
    assert all(json.loads(json.dumps(row))[0] == int(row.family) for row in rows)


def test_text_of_a_living_process(sleeper):
    process = psutil.Process(sleeper.pid)
    text = f"{PREFIX}.Process(pid={sleeper.pid}, name='sleep', status='sleeping'"
    assert repr(process) == str(process) == f"{text})"
    started = time.strftime("%H:%M:%S", time.localtime(process.create_time()))
    assert repr(process) == f"{text}, started='{started}')"


def test_text_of_a_process_that_began_long_ago(sleeper):
    process = psutil.Process(sleeper.pid)
    process._create_time = 1000000000.0
    started = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(1000000000))
    assert repr(process).endswith(f", started='{started}')")


def test_text_of_a_process_that_has_ended(sleeper):
    process = psutil.Process(sleeper.pid)
    process.name()
    sleeper.terminate()
    assert process.wait() == -15
    wanted = (
        f"{PREFIX}.Process(pid={sleeper.pid}, name='sleep', status='terminated', "
        "exitcode=<Negsignal.SIGTERM: -15>)"
    )
    assert repr(process) == wanted


def test_text_of_a_zombie_and_of_a_subclass(zombie):
    class Mine(psutil.Process):
        """A subclass."""

    text = repr(Mine(zombie))
    assert text.startswith(f"{__name__}.")
    assert "status='zombie'" in text


def test_text_of_a_process_that_hides(sleeper, monkeypatch):
    def denied(self):
        raise psutil.AccessDenied(self.pid)

    monkeypatch.setattr(psutil.Process, "name", denied)
    monkeypatch.setattr(psutil.Process, "status", denied)
    assert repr(psutil.Process(sleeper.pid)) == f"{PREFIX}.Process(pid={sleeper.pid})"


def test_connections_is_deprecated_and_blames_the_caller():
    text = "connections() is deprecated and will be removed; use net_connections() instead"
    own = psutil.Process()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert own.connections("unix") == own.net_connections("unix")
    assert [(str(one.message), one.category) for one in caught] == [(text, DeprecationWarning)]
    assert caught[0].filename == __file__
    assert psutil.Process.connections.__doc__ == text
    assert "connections" not in psutil._as_dict_attrnames


@pytest.mark.beyond("D01")
def test_memory_info_ex_is_deprecated_and_hidden():
    own = psutil.Process()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert type(own.memory_info_ex()) is psutil._ntuples.pmem
    text = "memory_info_ex() is deprecated; use memory_info() instead"
    assert [(str(one.message), one.category) for one in caught] == [(text, DeprecationWarning)]
    assert caught[0].filename == __file__
    assert "memory_info_ex" not in dir(psutil.Process)
    assert "memory_info_ex" not in own.as_dict()


@pytest.mark.beyond("D02")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_old_names_may_be_asked_of_as_dict_by_name():
    asked = psutil.Process().as_dict(attrs=["connections", "memory_info_ex"])
    assert set(asked) == {"connections", "memory_info_ex"}


@pytest.mark.beyond("8.0")
def test_names_of_the_next_release():
    own = psutil.Process()
    assert own.page_faults()._fields == ("minor", "major")
    assert own.page_faults().minor > 0
    assert own.memory_footprint()._fields == ("uss", "pss", "swap")
    full = own.memory_full_info()
    assert 0 < own.memory_footprint().uss <= full.rss * 2
    assert isinstance(psutil.Process.attrs, frozenset)
    assert psutil.Process.attrs >= psutil._as_dict_attrnames
    assert psutil.bytes2human(10000) == "9.8K"
    assert psutil.bytes2human(100001221) == "95.4M"
    hidden = {"page_faults", "memory_footprint", "attrs", "memory_info_ex"}
    assert hidden.isdisjoint(dir(psutil.Process))
