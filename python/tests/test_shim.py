"""The distribution in `shim/`, which gives psight the name `psutil`.

Each test is a fresh interpreter, because a name can be given only once.
"""

import functools
import os
import subprocess
import sys
import textwrap

import pytest

import subject

pytestmark = pytest.mark.skipif(
    subject.NAME == "psutil", reason="asks whether psight takes the place of psutil"
)

MODULES = (
    "_common",
    "_compat",
    "_constants",
    "_exceptions",
    "_ntuples",
    "_pslinux",
    "_psposix",
    "_psutil_linux",
    "_psutil_posix",
)
# Those that tools look for as files.
FILES = tuple(name for name in MODULES if name != "_constants")

# One of everything that programs exchange.
EXCHANGED = """
import pickle, sys
import psutil, psutil._ntuples, psutil._psposix
things = [
    psutil.NoSuchProcess(1, "a", "b"), psutil.ZombieProcess(1, "a", 2, "b"),
    psutil.AccessDenied(1, "a", "b"), psutil.TimeoutExpired(2, 1, "a"),
    psutil.AF_LINK, psutil.IOPRIO_CLASS_RT, psutil.NIC_DUPLEX_HALF, psutil.POWER_TIME_UNLIMITED,
    psutil.Process, psutil.Popen, psutil.Error, psutil.virtual_memory, psutil.process_iter,
    psutil._pslinux.scputimes(*map(float, range(len(psutil._pslinux.scputimes._fields)))),
    psutil._common.NoSuchProcess,
]
for name in sorted(TYPES):
    kind = getattr(psutil._ntuples, name)
    things.append(kind(*range(len(kind._fields))))

def told(thing):
    if isinstance(thing, type) or callable(thing):
        return thing.__module__, thing.__qualname__
    if isinstance(thing, Exception):
        return type(thing).__module__, repr(thing), vars(thing)
    return type(thing).__module__, repr(thing), getattr(thing, "_fields", None)
"""
TYPES = (
    "addr pconn pcputimes pctxsw pfullmem pgids pheap pio pionice pmem pmmap_ext pmmap_grouped"
    " popenfile pthread puids sbattery sconn scpufreq scpustats sdiskio sdiskpart sdiskusage sfan"
    " shwtemp snetio snicaddr snicstats sswap suser svmem"
).split()


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    """A folder with the shim, as pip installs it."""
    folder = tmp_path_factory.mktemp("shim")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", folder, os.path.join(subject.ROOT, "shim")],
        check=True,
    )
    return str(folder)


def run(shim, script, *arguments):
    """Run the script, with the shim in front of all other modules; return what it printed."""
    path = os.pathsep.join(filter(None, (shim, os.environ.get("PYTHONPATH"))))
    return printed(sys.executable, {**os.environ, "PYTHONPATH": path}, script, *arguments)


def run_real(script, *arguments):
    """Run the script where psutil is psutil."""
    python = os.environ.get("PSUTIL_PYTHON", sys.executable)
    elsewhere = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ask = "import psutil; print(hasattr(psutil, '__psight_version__'))"
    assert printed(python, elsewhere, ask) == "False"
    return printed(python, elsewhere, script, *arguments)


def printed(python, environment, script, *arguments):
    """What the script prints; it must succeed without a complaint."""
    done = subprocess.run(
        [python, "-B", "-W", "error", "-c", textwrap.dedent(script), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=subject.HANG_S,
        check=False,
    )
    complaint = done.stderr.decode(errors="replace")
    assert (done.returncode, complaint) == (0, "")
    return done.stdout.decode().strip()


@pytest.mark.parametrize("first, second", [("psight", "psutil"), ("psutil", "psight")])
def test_psutil_is_psight_in_either_order(shim, first, second):
    script = f"""
        import {first}
        import {second}
        assert psutil is psight
        print(psutil.__name__, psutil.__version__, psutil.Process, psutil.Popen)
        print(psutil.NoSuchProcess.__module__, type(psutil.AF_LINK).__module__)
        print(type(psutil.virtual_memory()).__module__, type(psutil.cpu_times()).__module__)
        for thing in (psutil.Process(), psutil.swap_memory()):
            print(repr(thing).partition("(")[0])
    """
    assert run(shim, script).splitlines() == [
        "psutil 7.2.2 <class 'psutil.Process'> <class 'psutil.Popen'>",
        "psutil psutil._pslinux",
        "psutil._ntuples psutil._pslinux",
        "psutil.Process",
        "sswap",
    ]


def test_replaced_methods_are_noticed_and_only_those(shim):
    """CPython 3.13 takes an entry out of a class that is renamed."""
    script = """
        import psutil
        from unittest import mock
        inner, names = psutil._psplatform.Process, ["cpu_times", "create_time"]
        assert psutil._is_original(None, names)
        assert psutil._is_original(psutil.Process(), names)
        for name in names:
            with mock.patch.object(inner, name, side_effect=psutil.AccessDenied(0)) as replaced:
                assert not psutil._is_original(None, names)
                psutil.process_iter.cache_clear()
                for process in psutil.process_iter([name], ad_value="denied"):
                    assert process.info[name] == "denied"
                assert replaced.called
        with mock.patch.object(psutil.Process, "name", lambda self: "replaced"):
            assert {p.info["name"] for p in psutil.process_iter(["name"])} == {"replaced"}
        assert psutil._is_original(None, names)
    """
    run(shim, script)


def test_what_was_made_before_is_renamed(shim):
    script = """
        import psight
        before = [
            psight.Process, psight.Popen, psight.Error, psight.ZombieProcess, psight.cpu_percent,
            type(psight.AF_LINK), type(psight.NIC_DUPLEX_FULL), type(psight.virtual_memory()),
            type(psight.cpu_times()), psight._psplatform.Process,
        ]
        own = psight.Process()
        assert all(thing.__module__.partition(".")[0] == "psight" for thing in before)
        assert repr(own).startswith("psight.Process(")
        import psutil
        names = [thing.__module__ for thing in before]
        assert all(name.partition(".")[0] == "psutil" for name in names), names
        assert repr(own).startswith("psutil.Process(")
    """
    run(shim, script)


def test_psight_stays_psight_while_nobody_imports_psutil(shim):
    script = """
        import sys, psight
        assert psight.__name__ == "psight" and psight.Process.__module__ == "psight"
        assert type(psight.virtual_memory()).__module__ == "psight._ntuples"
        assert not [name for name in sys.modules if name.startswith("psutil")]
    """
    run(shim, script)


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("loaded_before", [False, True])
def test_submodules_are_the_same_objects(shim, name, loaded_before):
    script = f"""
        import sys
        if {loaded_before}:
            import psight.{name}
        import psutil.{name}
        from psutil import {name} as from_package
        import importlib, psight
        module = importlib.import_module("psight.{name}")
        assert module is psutil.{name} is from_package is sys.modules["psutil.{name}"]
        assert module.__spec__.name == "psight.{name}"
    """
    run(shim, script)


def test_a_submodule_that_is_missing_is_missing_under_its_own_name(shim):
    script = """
        import psutil
        for name in ("psutil.tests", "psutil._nothing"):
            try:
                __import__(name)
            except ModuleNotFoundError as error:
                print(error.name, error)
    """
    assert run(shim, script).splitlines() == [
        "psutil.tests No module named 'psutil.tests'",
        "psutil._nothing No module named 'psutil._nothing'",
    ]


def test_the_distribution_tells_its_version(shim):
    script = """
        from importlib import metadata
        print(metadata.version("psutil"))
        print([line for line in metadata.requires("psutil")])
    """
    version, requires = run(shim, script).splitlines()
    assert version == "7.2.2+psight.1"
    assert requires == "['psight>=0.1.0']"


def test_importing_the_shim_imports_nothing_more_than_psight(shim):
    script = """
        import sys
        __import__(sys.argv[1])
        print(*sorted(name for name in sys.modules if name.partition(".")[0] != "psutil"))
    """
    assert run(shim, script, "psutil") == run(shim, script, "psight")


def test_reload(shim):
    script = """
        import importlib, psight, psutil
        psutil.PROCFS_PATH = "/elsewhere"
        old = psutil.Process
        again = importlib.reload(psutil)
        assert again is psutil is psight
        assert psutil.Process is not old
        assert psutil.__name__ == psutil.Process.__module__ == "psutil"
        assert psutil.PROCFS_PATH == "/proc"
        again = importlib.reload(psutil._common)
        assert again is psutil._common is psight._common
    """
    run(shim, script)


@pytest.mark.parametrize("before", ["", "import psutil", "import psight", "import psutil, psight"])
def test_executed_in_a_module_of_its_own_it_has_a_state_of_its_own(shim, before):
    script = f"""
        {before}
        from importlib.util import find_spec, module_from_spec
        specs = [find_spec("psutil") for _ in range(2)]
        copies = [module_from_spec(spec) for spec in specs]
        for spec, copy in zip(specs, copies):
            spec.loader.exec_module(copy)
        import psutil, psight
        assert psutil is psight
        for copy in copies:
            assert copy.__name__ == copy.Process.__module__ == "psutil"
            assert copy.virtual_memory().total == psutil.virtual_memory().total
            assert copy.NoSuchProcess is psutil.NoSuchProcess
            assert isinstance(copy.Process(), copy.Process)
            own = [process for process in copy.process_iter() if process == copy.Process()]
            assert type(own[0]) is copy.Process
        classes = {{module.Process for module in (psutil, *copies)}}
        tables = {{id(module._pmap) for module in (psutil, *copies)}}
        assert len(classes) == len(tables) == 3
    """
    run(shim, script)


@pytest.mark.parametrize("before", ["", "import psight"])
def test_a_lazy_loader_may_load_it(shim, before):
    # It refuses a module that puts another in its place.
    script = f"""
        {before}
        import importlib.util, sys
        spec = importlib.util.find_spec("psutil")
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        sys.modules["psutil"] = module
        spec.loader.exec_module(module)
        assert module.virtual_memory().total > 0
        assert module.Process.__module__ == "psutil"
        import psutil, psight, psutil._common
        assert psutil is module and psutil._common is psight._common
        assert (psutil is psight) == (not {bool(before)})
    """
    run(shim, script)


def test_many_threads_may_import_it_at_once(shim):
    script = """
        import sys, threading
        sys.setswitchinterval(1e-6)
        barrier = threading.Barrier(8)
        found = []
        def work(name):
            barrier.wait()
            __import__(name)
            found.append(sys.modules[name])
        names = ["psutil", "psight", "psutil._common", "psutil._compat"] * 2
        threads = [threading.Thread(target=work, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(len(found), len(set(found)))
    """
    assert run(shim, script) == "8 3"


@pytest.mark.parametrize("name", FILES)
def test_tools_that_look_for_files_find_one_that_leads_to_psight(shim, name):
    script = f"""
        import sys
        from importlib.util import module_from_spec, spec_from_file_location
        path = {os.path.join(shim, "psutil", name + ".py")!r}
        spec = spec_from_file_location("a_copy", path)
        copy = module_from_spec(spec)
        spec.loader.exec_module(copy)
        import psight.{name}
        assert sys.modules["a_copy"] is psight.{name}
    """
    run(shim, script)


def test_pickles_travel_to_psutil_and_back(shim):
    prepare = f"TYPES = {TYPES!r}\n{EXCHANGED}"
    dump = f"{prepare}print([*map(told, things)], pickle.dumps(things, 2).hex(), sep='|')"
    load = f"{prepare}print([*map(told, pickle.loads(bytes.fromhex(sys.argv[1])))])"
    ours, theirs = functools.partial(run, shim), run_real
    for one, other in ((ours, theirs), (theirs, ours)):
        made, pickled = one(dump).split("|")
        assert other(load, pickled) == made
        assert one(load, pickled) == made


@pytest.mark.parametrize("home", ["_common", "_pslinux"])
def test_pickles_of_older_psutil_can_be_read(shim, home):
    # Until 7.2 the named tuples were in these modules. Protocol 0: a global.
    script = f"""
        import pickle
        for name in {TYPES!r}:
            found = pickle.loads(f"cpsutil.{home}\\n{{name}}\\n.".encode())
            import psutil._ntuples
            assert found is getattr(psutil._ntuples, name), name
    """
    run(shim, script)


def test_run_as_a_program(shim):
    path = os.pathsep.join(filter(None, (shim, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-B", "-m", "psutil", "--version"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        timeout=subject.HANG_S,
        check=True,
    )
    assert done.stdout.startswith(b"psight ")
