"""Arguments of every kind to every function and method: the same class of exception as from real
psutil, or an answer of the same type, and never a crash or a hang.

Nothing here acts on a process that the test has not started: setters, signals and waits go to a
child of its own on each side.
"""

import errno
import os

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import family
import psight as psutil
from sides import failed

# The same examples each time; more of them with PSIGHT_EXAMPLES.
EXAMPLES = settings(
    max_examples=int(os.environ.get("PSIGHT_EXAMPLES", "60")),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
EDGES = [0, 1, 2, -1, 2**15, 2**31 - 1, 2**31, 2**32, 2**63 - 1, 2**63, 2**64, 2**128]
INTEGERS = st.one_of(
    st.sampled_from([*EDGES, *(-edge for edge in EDGES)]), st.integers(), st.integers(-20, 80)
)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    INTEGERS,
    st.floats(),
    TEXTS,
    st.binary(max_size=8),
    st.complex_numbers(),
)
HASHABLE = st.one_of(st.none(), st.booleans(), INTEGERS, TEXTS, st.binary(max_size=8))
JUNK = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=4),
    st.tuples(SCALARS, SCALARS),
    st.sets(HASHABLE, max_size=3),
    st.dictionaries(TEXTS, SCALARS, max_size=2),
    st.builds(bytearray, st.binary(max_size=4)),
    st.builds(range, st.integers(0, 3)),
)


def endless(value):
    """Whether a blocking call with this duration would block for long, in psutil."""
    return isinstance(value, (int, float)) and 0.001 < value < 2**70


def deadly(value):
    """Whether it is a signal that does something. `os.kill` takes the low 32 bits of some."""
    return isinstance(value, int) and value % 2**32 in range(1, 65)


NAMES = st.sampled_from([*sorted(psutil._as_dict_attrnames), "foo", "", "wait", "kill", "_pid"])
ATTRS = st.one_of(JUNK, st.lists(NAMES, max_size=3), st.sets(NAMES, max_size=3))
DURATIONS = st.one_of(JUNK, st.sampled_from([2**70, float("inf"), 1e300])).filter(
    lambda value: not endless(value)
)
# wait_procs() blocks in slices, so that no duration is too long for it.
SHORT = DURATIONS.filter(lambda value: not (isinstance(value, (int, float)) and value > 0.001))
KINDS = st.one_of(JUNK, st.sampled_from("all inet tcp4 unix INET inet7".split()))
CPUS = st.one_of(JUNK, st.lists(st.integers(-2, 70), max_size=3))
IOCLASSES = st.one_of(JUNK, st.sampled_from(list(range(-1, 9))))
# All but RLIMIT_CPU, which ends the child.
RESOURCES = st.one_of(JUNK, st.integers(-1, 17)).filter(
    lambda value: not isinstance(value, int) or value != psutil.RLIMIT_CPU
)
# Pairs are set, on both children, which sleep and mind none of them. Which numbers above 2**63 and
# below -1 are limits depends on the Python that psutil runs on (D45).
LIMIT = st.one_of(SCALARS, st.integers(0, 80)).filter(
    lambda value: not isinstance(value, int) or -1 <= value < 2**63
)
LIMITS = st.one_of(
    st.tuples(LIMIT, LIMIT),
    JUNK.filter(lambda value: not hasattr(value, "__len__") or len(value) != 2),
    st.tuples(INTEGERS, INTEGERS, INTEGERS),
)
# Descriptors are each side's own, so that only impossible ones can be compared. Pythons differ in
# whether a bytearray is a path.
PATHS = st.one_of(JUNK, st.sampled_from(["/", b"/", "/proc", "", "\0", "/no\0thing", "x" * 5000]))
PATHS = PATHS.filter(
    lambda path: (
        not isinstance(path, bytearray) and (not isinstance(path, int) or not 0 <= path < 2**31)
    )
)

FUNCTIONS = {
    "cpu_count": (JUNK,),
    "cpu_freq": (JUNK,),
    "cpu_percent": (DURATIONS, JUNK),
    "cpu_times": (JUNK,),
    "cpu_times_percent": (DURATIONS, JUNK),
    "disk_io_counters": (JUNK, JUNK),
    "disk_partitions": (JUNK,),
    "disk_usage": (PATHS,),
    "net_connections": (KINDS,),
    "net_io_counters": (JUNK, JUNK),
    "pid_exists": (JUNK,),
    "sensors_temperatures": (JUNK,),
    "wait_procs": (JUNK, SHORT, JUNK),
    "Process": (JUNK,),
    "NoSuchProcess": (JUNK, JUNK, JUNK),
    "ZombieProcess": (JUNK, JUNK, JUNK, JUNK),
    "AccessDenied": (JUNK, JUNK, JUNK),
    "TimeoutExpired": (JUNK, JUNK, JUNK),
    "Error": (JUNK,),
}
METHODS = {
    "as_dict": (ATTRS, JUNK),
    "children": (JUNK,),
    "connections": (KINDS,),
    "cpu_affinity": (CPUS,),
    "cpu_percent": (DURATIONS,),
    "ionice": (IOCLASSES, JUNK),
    "memory_maps": (JUNK,),
    "memory_percent": (st.one_of(JUNK, st.sampled_from(["rss", "uss", "foo"])),),
    "net_connections": (KINDS,),
    "nice": (JUNK,),
    "rlimit": (RESOURCES, LIMITS),
    "send_signal": (JUNK.filter(lambda value: not deadly(value)),),
    # D46: too long for psutil's system call is an OverflowError there.
    "wait": (SHORT,),
}


@pytest.fixture
def own_children(both):
    """A child for each side, of each test: the limits that one sets are not for the next."""
    with family.sleeper() as one, family.sleeper() as other:
        yield both, (one, other)


def agree(question, theirs, ours):
    """That both gave an answer of one type, or raised one class."""
    if meant(question, theirs, ours):
        return
    assert (failed(theirs), theirs[0]) == (failed(ours), ours[0]), (question, theirs, ours)
    if failed(theirs) and "errno" in theirs[3]:
        assert theirs[3]["errno"] == ours[3]["errno"], (question, theirs, ours)


def meant(question, theirs, ours):
    """The differences that decisions ask for."""
    name, value = question[0], question[1] if len(question) > 1 else None
    if name == "pid_exists" and failed(theirs) == "OverflowError":
        return ours == ("bool", False)  # D07
    if name == "ionice" and isinstance(value, int) and not 0 <= value < 8 and not failed(theirs):
        return failed(ours) == "OSError" and ours[3]["errno"] == ("int", errno.EINVAL)  # D47
    if name == "cpu_affinity" and failed(ours) == "ValueError":
        # D40: numbers that no CPU has, among others or alone.
        numbers = [one for one in value if isinstance(one, int)]
        return any(not 0 <= number < os.cpu_count() for number in numbers)
    return False


def product(strategies):
    """Some of the arguments, from none to all."""
    lengths = range(len(strategies) + 1)
    return st.one_of(*(st.tuples(*strategies[:length]) for length in lengths))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions(name, both):
    @EXAMPLES
    @given(product(FUNCTIONS[name]))
    def agrees(arguments):
        agree((name, *arguments), *(side.call(name, *arguments) for side in both))

    agrees()


@EXAMPLES
@given(product((ATTRS, JUNK)))
def test_process_iter(both, arguments):
    answers = [side.ask("first", "process_iter", arguments, {}) for side in both]
    agree(("process_iter", *arguments), *answers)


@pytest.mark.parametrize("name", METHODS)
def test_methods(name, own_children):
    both, children = own_children

    @EXAMPLES
    @given(product(METHODS[name]))
    def agrees(arguments):
        if name == "wait" and arguments in ((), (None,)):
            return  # Waits for ever, and should.
        answers = [side.method(child.pid, name, *arguments) for side, child in zip(both, children)]
        agree((name, *arguments), *answers)
        assert [child.poll() for child in children] == [None, None], arguments

    agrees()


@pytest.mark.parametrize("name", [*FUNCTIONS, "process_iter"])
def test_too_many_arguments_of_functions(name, both):
    limit = {"Error": 50, "Popen": 50, "process_iter": 2}.get(name) or len(FUNCTIONS[name])
    if name == "TimeoutExpired":
        limit = 4  # D09
    question = "first" if name == "process_iter" else "call"
    arguments = (None,) * (limit + 1)
    answers = [side.ask(question, name, arguments, {}) for side in both]
    agree((name, *arguments), *answers)
    wrong = [side.ask(question, name, (), {"nothing": 1}) for side in both]
    assert [failed(answer) for answer in wrong] == ["TypeError", "TypeError"]


def test_too_many_arguments_of_methods(own_children):
    both, children = own_children
    for name in sorted((psutil._as_dict_attrnames - {"pid"}) | METHODS.keys()):
        limit = len(METHODS.get(name, ()))
        for arguments, keywords in [((None,) * (limit + 1), {}), ((), {"nothing": 1})]:
            for side, child in zip(both, children):
                answer = side.ask("method", child.pid, name, arguments, keywords)
                assert failed(answer) == "TypeError", (side.module, name, arguments, keywords)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_arguments_have_their_names(name, own_children):
    """Each can be given by its name as well."""
    given_names = {
        "as_dict": {"attrs": ["pid"], "ad_value": 1},
        "children": {"recursive": True},
        "connections": {"kind": "tcp"},
        "cpu_affinity": {"cpus": []},
        "cpu_percent": {"interval": 0},
        "ionice": {"ioclass": 2, "value": 3},
        "memory_maps": {"grouped": False},
        "memory_percent": {"memtype": "vms"},
        "net_connections": {"kind": "udp"},
        "nice": {"value": 1},
        "rlimit": {"resource": psutil.RLIMIT_CORE, "limits": (0, 5)},
        "send_signal": {"sig": 0},
        "wait": {"timeout": 0},
    }
    both, children = own_children
    answers = [
        side.ask("method", child.pid, name, (), given_names[name])
        for side, child in zip(both, children)
    ]
    agree((name,), *answers)
    if name != "wait":
        # An ordinary user cannot take back the niceness that an earlier test gave.
        assert failed(answers[1]) in ((None,) if family.ROOT else (None, "AccessDenied"))
