"""The same questions to real psutil 7.2.2 and to the module under test, each in its own process:
same values, types and shapes.

About processes they are asked of the special children of tests/differential: odd names, arguments,
environments, files, maps, sockets, states, users, priorities, limits, threads. About the machine
psutil is asked before and after. How far values may be apart is in tolerance.py.
"""

import pytest

import psight as psutil
import sides
import tolerance
from family import KERNEL_THREADS, NOBODY, ROOT
from test_contract import RLIMITS

FAMILIES = ["children_names", "children_state", "children_files", "children_sockets"]
# Enough of each for shape; tests/differential has them large.
SIZES = {"children_state": {"THREADS": 64}, "children_files": {"DESCRIPTORS": 512}}
METHODS = sorted(psutil._as_dict_attrnames - {"pid"})
FURTHER = [
    ("net_connections", "all"),
    ("net_connections", "unix"),
    ("net_connections", "tcp6"),
    ("memory_maps", False),
    ("memory_percent", "vms"),
    ("memory_percent", "uss"),
    ("children",),
    ("children", True),
    ("parent",),
    ("parents",),
    ("is_running",),
    *(("rlimit", getattr(psutil, f"RLIMIT_{name}")) for name in RLIMITS),
]
MACHINE = [
    ("boot_time",),
    ("cpu_count",),
    ("cpu_count", False),
    ("cpu_freq",),
    ("cpu_stats",),
    ("cpu_times",),
    ("cpu_times", True),
    ("cpu_times_percent",),
    ("disk_io_counters",),
    ("disk_io_counters", True),
    ("disk_partitions",),
    ("disk_partitions", True),
    ("disk_usage", "/"),
    ("getloadavg",),
    ("net_if_addrs",),
    ("net_if_stats",),
    ("net_io_counters",),
    ("net_io_counters", True),
    ("sensors_battery",),
    ("sensors_fans",),
    ("sensors_temperatures",),
    ("sensors_temperatures", True),
    ("swap_memory",),
    ("users",),
    ("virtual_memory",),
]
KINDS = "all inet inet4 inet6 tcp tcp4 tcp6 udp udp4 udp6 unix".split()
# Rows whose order is free or that psutil sorts in another way: by this field.
ROWS = {"threads": "id", "open_files": "fd", "memory_maps": "path"}


@pytest.fixture(scope="module")
def children(both):
    """The labels of the special children, by pid, and who is still."""
    found, skipped = both[0].ask("start_nursery", FAMILIES, SIZES)
    assert len(found) > 60, skipped
    return {**found, **dict.fromkeys(KERNEL_THREADS[:3], ("kernel thread", True))}


@pytest.fixture(scope="module")
def both_ordinary(children):
    """The two sides without root's rights."""
    with sides.Side.psutil() as theirs, sides.Side.subject() as ours:
        for side in (theirs, ours):
            side.ask("become", NOBODY)
        yield theirs, ours


def compare(pair, children, name, *arguments):
    """Asks both about all children. Differences that no decision explains."""
    theirs, ours = pair
    found = []
    for pid, (label, still) in children.items():
        if name == "cpu_num" and not still:
            continue
        before = theirs.method(pid, name, *arguments)
        mine = ours.method(pid, name, *arguments)
        after = theirs.method(pid, name, *arguments)
        if tolerance.sanctioned(name, label, after, mine):
            continue
        answers = [rows(name, arguments, answer) for answer in (before, mine, after)]
        found += [(label, *one) for one in tolerance.differences(name, *answers)]
    return found


def rows(name, arguments, answer):
    """The rows of an answer, in an order that both sides have."""
    if name == "net_connections" and answer[0] == "list":
        return ("list", sorted(answer[1], key=repr))
    if name in ROWS and arguments != (False,):
        return tolerance.keyed(answer, ROWS[name])
    return answer


@pytest.mark.parametrize("name", METHODS)
def test_processes(name, both, children):
    assert compare(both, children, name) == []


@pytest.mark.parametrize("question", FURTHER, ids=lambda question: "-".join(map(str, question)))
def test_processes_with_arguments(question, both, children):
    assert compare(both, children, *question) == []


@pytest.mark.skipif(not ROOT, reason="an ordinary user is compared above")
@pytest.mark.parametrize("name", METHODS)
def test_processes_as_an_ordinary_user(name, both_ordinary, children):
    assert compare(both_ordinary, children, name) == []


@pytest.mark.skipif(not ROOT, reason="an ordinary user is compared above")
@pytest.mark.parametrize("question", FURTHER, ids=lambda question: "-".join(map(str, question)))
def test_processes_with_arguments_as_an_ordinary_user(question, both_ordinary, children):
    assert compare(both_ordinary, children, *question) == []


def test_texts_of_processes(both, children):
    theirs, ours = both
    for pid, (label, still) in children.items():
        if "inside a character" in label or not still:
            continue
        wanted = theirs.ask("text", pid, "repr")
        found = ours.ask("text", pid, "repr").replace(f"{ours.module}.", "psutil.", 1)
        assert found == wanted, label


def test_one_reading_of_everything(both, children):
    """Within oneshot() the answers have the same types as outside."""
    theirs, ours = both
    for pid, (label, _) in children.items():
        wanted, found = (side.ask("many", pid, METHODS) for side in both)
        different = {
            name
            for name in METHODS
            if not tolerance.sanctioned(name, label, wanted[name], found[name])
            and (wanted[name][0], sides.failed(wanted[name]))
            != (found[name][0], sides.failed(found[name]))
        }
        assert different == set(), label


@pytest.mark.parametrize("question", MACHINE, ids=lambda question: "-".join(map(str, question)))
def test_the_machine(question, both):
    theirs, ours = both
    name, *arguments = question
    if name.endswith("_io_counters"):
        # The first call of each side is without history, later ones hide overflows.
        for side in both:
            side.call(name, *arguments)
    before = theirs.call(name, *arguments)
    mine = ours.call(name, *arguments)
    after = theirs.call(name, *arguments)
    if not tolerance.sanctioned(name, "", after, mine):
        assert tolerance.differences(name, before, mine, after) == []


@pytest.mark.parametrize("question", [("cpu_percent",), ("cpu_percent", None, True)])
def test_shares_of_the_machine(question, both):
    answers = [side.call(*question) for side in both]
    flat = [tolerance.flat("cpu_percent", answer) for answer in answers]
    assert flat[0].keys() == flat[1].keys()
    shares = [value for path, value in flat[1].items() if path.endswith(":float")]
    assert shares
    assert all(0.0 <= share <= 100.0 for share in shares)


def test_clock_rates_of_every_cpu(both):
    """D21: one per online CPU, where psutil has one per policy."""
    wanted, found = (side.call("cpu_freq", True) for side in both)
    if len(wanted[1]) == len(found[1]):
        assert tolerance.differences("cpu_freq", wanted, found, wanted) == []
    else:
        assert len(found[1]) == psutil.cpu_count()


@pytest.mark.parametrize("kind", KINDS)
def test_connections_of_the_machine(kind, both, children):
    """As sets of rows: the order is free (D15). Which of several owners is told (D14), and paths
    with blanks (D16), are left out."""
    theirs, ours = both
    for _ in range(5):
        before, mine, after = (
            table(side.call("net_connections", kind)) for side in (theirs, ours, theirs)
        )
        if before & after <= mine <= before | after:
            break
        # A connection of somebody else came and went between two answers: asked again.
    assert before & after <= mine
    assert mine <= before | after
    if kind in ("all", "inet", "tcp", "tcp4", "unix"):
        assert len(mine) > 5


def table(answer):
    """Rows that can be compared, without owners."""
    facts = [dict(row[1]) for row in answer[1]]
    return {
        repr([row[name] for name in ("family", "type", "laddr", "raddr", "status")])
        for row in facts
        if not has_blank(row["laddr"])
    }


def has_blank(address):
    """Whether it is a path that psutil cuts."""
    return address[0] == "str" and (address[1] == "" or address[1].split() != [address[1]])


def test_process_ids(both):
    theirs, ours = both
    before, mine, after = (
        {one[1] for one in side.call("pids")[1]} for side in (theirs, ours, theirs)
    )
    assert before & after <= mine <= before | after
    exist = {pid for pid in mine if ours.call("pid_exists", pid) == ("bool", True)}
    # Those that ended meanwhile are in psutil's later answer no more.
    assert before & {one[1] for one in theirs.call("pids")[1]} <= exist
