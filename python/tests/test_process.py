"""Objects of processes: identity, reuse of ids, what is kept, subclasses and patches."""

import copy
import os
import threading

import pytest

import family
import psight as psutil

REUSED = "process no longer exists and its PID has been reused"
GUARDED = {
    "ppid": (),
    "parent": (),
    "parents": (),
    "children": (),
    "nice": (0,),
    "ionice": (0,),
    "rlimit": (psutil.RLIMIT_NOFILE, (5, 5)),
    "cpu_affinity": ([0],),
    "send_signal": (0,),
    "suspend": (),
    "resume": (),
    "terminate": (),
    "kill": (),
}


def reused(pid):
    """An object whose process is another one's by now."""
    process = psutil.Process(pid)
    process._ident = (pid, process._ident[1] + 100)
    return process


def test_no_argument_means_the_caller():
    assert psutil.Process().pid == psutil.Process(None).pid == os.getpid()


def test_identity_is_the_id_and_the_start_since_boot(sleeper):
    process = psutil.Process(sleeper.pid)
    with open(f"/proc/{sleeper.pid}/stat", "rb") as file:
        ticks = int(file.read().rpartition(b")")[2].split()[19])
    assert process._get_ident() == process._ident == (sleeper.pid, ticks / os.sysconf("SC_CLK_TCK"))


def test_equality_hash_and_truth(sleeper):
    one, other = psutil.Process(sleeper.pid), psutil.Process(sleeper.pid)
    assert one == other
    assert (one != other) is False
    assert hash(one) == hash(other)
    assert {one: 1}[other] == 1
    assert one != psutil.Process()
    assert one != sleeper.pid
    assert one
    assert one.__eq__(sleeper.pid) is NotImplemented
    with pytest.raises(TypeError):
        assert one < other


def test_equality_outlives_the_process(sleeper):
    one, other = psutil.Process(sleeper.pid), psutil.Process(sleeper.pid)
    before = hash(one)
    sleeper.kill()
    sleeper.wait()
    assert one == other
    assert hash(one) == hash(other) == before
    assert not one.is_running()


def test_a_copy_is_the_same_process(sleeper):
    process = psutil.Process(sleeper.pid)
    assert copy.copy(process) == process
    assert copy.copy(process).name() == "sleep"


def test_a_reused_id_is_not_running(sleeper, fresh_state):
    process = reused(sleeper.pid)
    assert not process.is_running()
    assert process._pid_reused
    assert process._gone
    assert sleeper.pid in psutil._pids_reused
    assert "status='terminated + PID reused'" in str(process)
    assert process != psutil.Process(sleeper.pid)


@pytest.mark.parametrize("name, arguments", GUARDED.items())
def test_a_reused_id_is_never_acted_on(name, arguments, sleeper):
    with pytest.raises(psutil.NoSuchProcess) as caught:
        getattr(reused(sleeper.pid), name)(*arguments)
    assert caught.value.msg == REUSED
    assert sleeper.poll() is None
    assert family.state(sleeper.pid) == "S"


@pytest.mark.parametrize("name", ["name", "status", "memory_info", "num_fds"])
def test_getters_do_not_ask_whether_an_id_was_reused(name, sleeper):
    assert getattr(reused(sleeper.pid), name)() == getattr(psutil.Process(sleeper.pid), name)()


def test_iteration_drops_a_reused_id_once(sleeper, fresh_state, capfd):
    old = {p.pid: p for p in psutil.process_iter()}[sleeper.pid]
    old._ident = (old.pid, old._ident[1] + 100)
    assert {p.pid: p for p in psutil.process_iter()}[sleeper.pid] is old
    assert not old.is_running()
    assert sleeper.pid not in {p.pid for p in psutil.process_iter()}
    assert sleeper.pid not in psutil._pmap
    new = {p.pid: p for p in psutil.process_iter()}[sleeper.pid]
    assert new is not old
    assert new.is_running()
    assert capfd.readouterr() == ("", "")


def test_init_makes_an_object_anew(sleeper):
    process = psutil.Process()
    process.name()
    process.note = "kept"
    process._init(sleeper.pid)
    assert (process.pid, process.name(), process.note) == (sleeper.pid, "sleep", "kept")
    gone = family.gone_pid()
    process._init(gone, _ignore_nsp=True)
    assert process.pid == gone
    assert not process.is_running()
    with pytest.raises(psutil.NoSuchProcess):
        process._init(gone)


def test_what_is_kept_answers_after_the_end(sleeper):
    process = psutil.Process(sleeper.pid)
    exe, created = process.exe(), process.create_time()
    sleeper.kill()
    sleeper.wait()
    assert process.exe() == exe
    assert process.create_time() == created
    for name in ("name", "ppid", "cmdline", "cwd", "status", "memory_info", "cpu_times"):
        with pytest.raises(psutil.NoSuchProcess):
            getattr(process, name)()


def test_one_reading_within_oneshot():
    own = psutil.Process()
    with own.oneshot():
        first = own.num_ctx_switches()
        seen = set()
        for _ in range(50):
            threading.Event().wait(0.0001)
            seen.add(own.num_ctx_switches())
        assert seen == {first}
        with own.oneshot():
            assert own.num_ctx_switches() == first
        assert own.as_dict(["num_ctx_switches"]) == {"num_ctx_switches": first}
        assert own.num_ctx_switches() == first
        assert psutil.Process().num_ctx_switches() != first
    assert own.num_ctx_switches() != first


def test_oneshot_ends_with_an_exception_and_gives_nothing():
    own = psutil.Process()
    with pytest.raises(ZeroDivisionError), own.oneshot() as nothing:
        assert nothing is None
        before = own.num_ctx_switches()
        raise ZeroDivisionError
    threading.Event().wait(0.001)
    assert own.num_ctx_switches() != before


def test_errors_are_not_kept_within_oneshot(sleeper):
    process = psutil.Process(sleeper.pid)
    with process.oneshot():
        assert process.name() == "sleep"
        sleeper.kill()
        sleeper.wait()
        assert process.name() == "sleep"
        for _ in range(2):
            with pytest.raises(psutil.NoSuchProcess):
                process.cmdline()


def test_as_dict_gives_the_names_asked_for(sleeper):
    process = psutil.Process(sleeper.pid)
    process.foo = "bar"
    assert process.as_dict(["pid", "name"]) == {"pid": sleeper.pid, "name": "sleep"}
    for asked in (("pid",), {"pid"}, frozenset(["pid"])):
        assert process.as_dict(asked) == {"pid": sleeper.pid}
    for every in (None, [], (), set()):
        assert set(process.as_dict(every)) == psutil._as_dict_attrnames
    with pytest.raises(TypeError, match="^invalid attrs type <class 'str'>$"):
        process.as_dict("name")
    with pytest.raises(ValueError, match="^invalid attr name 'foo'"):
        process.as_dict(["foo"])
    with pytest.raises(ValueError, match="^invalid attr names ('a', 'b'|'b', 'a')"):
        process.as_dict(["a", "name", "b"])


@pytest.mark.beyond("tells only what is wrong")
def test_as_dict_tells_the_names_it_has(sleeper):
    process = psutil.Process(sleeper.pid)
    with pytest.raises(ValueError, match="^invalid attr names 'a', 'b'; valid ones are: .*cmdline"):
        process.as_dict(["a", "name", "b"])


def refuse(error):
    """A method that raises."""

    def method(self):
        raise error

    return method


@pytest.mark.parametrize("error", [psutil.AccessDenied(1), psutil.ZombieProcess(1)])
def test_as_dict_puts_a_value_for_what_is_denied(error, monkeypatch, sleeper, fresh_state):
    monkeypatch.setattr(psutil.Process, "exe", refuse(error))
    process = psutil.Process(sleeper.pid)
    assert process.as_dict(["exe", "name"], ad_value="?") == {"exe": "?", "name": "sleep"}
    infos = {p.pid: p.info for p in psutil.process_iter(["exe", "name"], ad_value=3)}
    assert infos[sleeper.pid] == {"exe": 3, "name": "sleep"}


def test_as_dict_leaves_out_what_does_not_exist_unless_asked(monkeypatch, sleeper):
    monkeypatch.setattr(psutil.Process, "exe", refuse(NotImplementedError()))
    process = psutil.Process(sleeper.pid)
    assert set(process.as_dict()) == psutil._as_dict_attrnames - {"exe"}
    with pytest.raises(NotImplementedError):
        process.as_dict(["exe"])


def test_a_patched_method_of_the_class_is_asked(monkeypatch, sleeper, fresh_state):
    monkeypatch.setattr(psutil.Process, "name", lambda self: f"patched {self.pid}")
    wanted = f"patched {sleeper.pid}"
    assert psutil.Process(sleeper.pid).as_dict(["name"]) == {"name": wanted}
    assert psutil.Process(sleeper.pid).as_dict()["name"] == wanted
    names = {p.pid: p.info["name"] for p in psutil.process_iter(["name", "pid"])}
    assert names[sleeper.pid] == wanted
    assert wanted in repr(psutil.Process(sleeper.pid))


def test_a_patched_method_of_one_object_is_asked(sleeper, fresh_state):
    process = {p.pid: p for p in psutil.process_iter()}[sleeper.pid]
    process.name = lambda: "mine"
    process.threads = lambda: "none"
    assert process.as_dict(["name", "threads"]) == {"name": "mine", "threads": "none"}
    assert process.as_dict()["name"] == "mine"
    infos = {p.pid: p.info for p in psutil.process_iter(["name", "threads"])}
    assert infos[sleeper.pid] == {"name": "mine", "threads": "none"}
    assert psutil.Process(sleeper.pid).name() == "sleep"


def test_methods_of_a_subclass_are_asked(sleeper):
    class OnlyName(psutil.Process):
        """Overrides what as_dict() and repr() ask for."""

        def __init__(self, pid):
            super().__init__(pid)
            self.extra = 1

        def name(self):
            return super().name().upper()

        def exe(self):
            return "/" + self.name()

    class Loud(OnlyName):
        """Overrides what other methods use."""

        def uids(self):
            return psutil._ntuples.puids(0x7FFFFFF1, 0, 0)

        def ppid(self):
            return 1

    process = OnlyName(sleeper.pid)
    assert process.as_dict(["name", "exe"]) == {"name": "SLEEP", "exe": "/SLEEP"}
    assert "name='SLEEP'" in repr(process)
    loud = Loud(sleeper.pid)
    assert loud.username() == str(0x7FFFFFF1)
    assert loud.parent() == psutil.Process(1)
    assert loud == psutil.Process(sleeper.pid)
    assert loud.extra == 1


@pytest.mark.beyond("psutil cannot override what oneshot() keeps")
def test_methods_of_a_subclass_are_asked_within_oneshot(sleeper):
    class Times(psutil.Process):
        """Overrides what is kept within oneshot()."""

        def cpu_times(self):
            return "times"

    assert Times(sleeper.pid).as_dict(["cpu_times"]) == {"cpu_times": "times"}


def test_names_of_the_module_that_programs_replace(monkeypatch, sleeper):
    process = psutil.Process(sleeper.pid)
    monkeypatch.setattr(psutil, "_TOTAL_PHYMEM", 1000)
    assert process.memory_percent() == process.memory_info().rss / 1000 * 100
    monkeypatch.setattr(psutil, "_TOTAL_PHYMEM", -1)
    with pytest.raises(ValueError, match="^can't calculate process memory percent because total"):
        process.memory_percent()
    monkeypatch.setattr(psutil, "cpu_count", lambda: None)
    assert process.cpu_percent() == 0.0
    assert isinstance(process.cpu_percent(), float)


def test_family(sleeper):
    own, child = psutil.Process(), psutil.Process(sleeper.pid)
    assert child.ppid() == own.pid
    assert child.parent() == own
    assert child.parents()[0] == own
    assert child.parents()[1:] == own.parents()
    assert child in own.children()
    assert child in own.children(recursive=True)
    assert child.children() == []
    assert psutil.Process(1).parent() is None
    assert psutil.Process(1).parents() == []
    assert psutil.Process(1).ppid() == 0
