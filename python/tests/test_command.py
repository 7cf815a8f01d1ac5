"""`python -m psight`: the command, and its `doctor`."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

import family
import psight
import subject

pytestmark = pytest.mark.skipif(subject.NAME == "psutil", reason="psutil is no command")

COMMAND = [sys.executable, "-B", "-m", "psight"]


def command(*arguments, path="", **options):
    """Run the command to its end."""
    path = os.pathsep.join(filter(None, (path, os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        [*COMMAND, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        timeout=subject.HANG_S,
        check=False,
        **options,
    )


def test_it_is_the_program():
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"psight {psight.__psight_version__}\n"


def test_its_answers_are_those_of_the_package(sleeper):
    done = command("ps", "--pid", str(sleeper.pid), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    (told,) = json.loads(done.stdout)
    process = psight.Process(sleeper.pid)
    assert (told["pid"], told["ppid"], told["name"]) == (process.pid, os.getpid(), process.name())
    assert told["cmdline"] == process.cmdline()
    assert told["create_time"] == pytest.approx(process.create_time(), abs=0.02)


def test_exit_status_and_usage_line():
    missing = command("ps", "--pid", "4000000000")
    assert (missing.returncode, missing.stdout) == (1, b"")
    assert missing.stderr == b"psight: no process with pid 4000000000\n"
    wrong = command("frob")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"Usage: python -m psight [OPTIONS] [COMMAND]" in wrong.stderr


def test_help_tells_of_the_doctor():
    done = command("--help")
    assert done.returncode == 0
    assert "psight ps --pid 1" in done.stdout.decode()
    assert "python -m psight doctor" in done.stdout.decode()
    # The help of a command is of that command.
    assert "doctor" not in command("ps", "--help").stdout.decode()


@pytest.mark.parametrize("arguments", [["ps"], ["system", "--json"], ["--help"], ["doctor"]])
def test_that_nobody_reads_on_is_no_failure(arguments):
    read, write = os.pipe()
    os.close(read)
    try:
        done = command(*arguments, stdout=write)
    finally:
        os.close(write)
    assert done.stderr == b""
    assert done.returncode == (doctor()[1] if arguments == ["doctor"] else 0)


@pytest.mark.parametrize("argument", ["ps", "doctor", "--help"])
def test_a_full_device_is_told(argument):
    with open("/dev/full", "wb") as full:
        done = command(argument, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith(b"psight: cannot write: ")


def test_arguments_that_are_no_text(folder):
    done = command("--root", b"\xff\xfe", "ps", cwd=folder)
    assert done.returncode == 1
    assert b"\\xff\\xfe/proc: No such file" in done.stderr


def test_ctrl_c_ends_it_at_once_as_it_ends_a_program(folder):
    # A pipe in place of a file of the kernel's keeps it reading for ever.
    os.mkdir(os.path.join(folder, "proc"))
    os.mkfifo(os.path.join(folder, "proc", "stat"))
    child = subprocess.Popen(
        [*COMMAND, "--root", folder, "system"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        with open(os.path.join(folder, "proc", "stat"), "wb"):
            # Once both ends are open the program is in the native code.
            child.send_signal(signal.SIGINT)
            out, complaint = child.communicate(timeout=subject.HANG_S)
        assert (out, complaint, child.returncode) == (b"", b"", -signal.SIGINT)
    finally:
        child.kill()
        child.communicate()


def test_called_by_a_program_it_gives_ctrl_c_back():
    script = """
        import signal
        from psight.__main__ import main
        status = main(["--version"]), main(["frob"])
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        main(["--version"])
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        print(status)
    """
    done = subprocess.run(
        [sys.executable, "-B", "-c", textwrap.dedent(script)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=subject.HANG_S,
        check=True,
    )
    version, again, status = done.stdout.decode().splitlines()
    assert version == again == f"psight {psight.__psight_version__}"
    assert status == "(0, 2)"


def test_what_python_printed_comes_first():
    script = "import psight.__main__ as m; print('before'); m.main(['--version']); print('after')"
    assert subject.run(script).split()[::3] == ["before", "after"]


def doctor(*arguments, **options):
    """The doctor's report, and the exit status."""
    done = command("doctor", "--json", *arguments, **options)
    assert done.stderr == b""
    return json.loads(done.stdout), done.returncode


def a_psutil(folder, version, text, distribution=None):
    """A folder that has a module psutil, and what pip would have written beside it."""
    os.mkdir(os.path.join(folder, "psutil"))
    with open(os.path.join(folder, "psutil", "__init__.py"), "w", encoding="utf-8") as file:
        file.write(text)
    if distribution is not None:
        about = os.path.join(folder, f"psutil-{distribution}.dist-info")
        os.mkdir(about)
        with open(os.path.join(about, "METADATA"), "w", encoding="utf-8") as file:
            file.write(f"Metadata-Version: 2.1\nName: psutil\nVersion: {distribution}\n")
    return folder


SHIM = "import sys, psight; sys.modules[__name__] = psight"


@pytest.mark.parametrize(
    "text, distribution, found, problem",
    [
        (SHIM, "7.2.2+psight.1", "psight", None),
        (SHIM, "7.2.2", "psight", "pip knows psutil 7.2.2"),
        ("__version__ = '7.2.2'", "7.2.2", "psutil", None),
        ("__version__ = '7.2.2'", "7.2.2+psight.1", "psutil", "finds"),
        ("__version__ = '5.9.0'", "7.2.2", "psutil", "pip knows psutil 7.2.2"),
        ("import psutil._gone", "7.2.2", "broken", "`import psutil` fails"),
    ],
)
def test_the_doctor_tells_which_psutil_is_in_force(folder, text, distribution, found, problem):
    report, status = doctor(path=a_psutil(folder, None, text, distribution))
    told = [line for line in report["problems"] if "psutil" in line]
    assert report["psutil"]["is"] == found
    assert report["psutil"]["installed"] == distribution
    if problem is None:
        assert told == []
    else:
        assert len(told) == 1
        assert problem in told[0]
        assert status == 1


def test_the_doctor_reports_all_there_is():
    report, status = doctor()
    assert status == (1 if report["problems"] else 0)
    assert report["psight"]["version"] == psight.__psight_version__
    assert report["psight"]["api"] == psight.__version__
    assert os.path.samefile(report["psight"]["native"], psight._psight.__file__)
    assert report["python"]["version"].split(".")[:2] == [str(n) for n in sys.version_info[:2]]
    machine = report["machine"]
    assert machine["procfs_readable"] is True
    assert machine["processes"] > 1
    assert machine["kernel"].split()[1] == os.uname().release
    assert report["caller"]["euid"] == os.geteuid()
    assert report["answers"]["functions"]["virtual_memory"] == "answers"
    assert report["answers"]["process"]["cmdline"] == "answers"
    assert set(report["answers"]["process"]) == psight.Process.attrs - {"pid"}
    assert report["kernel"]["smaps_rollup"] == os.path.exists("/proc/self/smaps_rollup")
    text = command("doctor").stdout.decode()
    assert text.startswith(f"psight {report['psight']['version']}, with the API of psutil 7.2.2\n")
    assert ("All is well." in text) == (not report["problems"])


def test_the_doctor_says_what_to_do_without_proc(folder):
    # The path is taken when a question is asked; a program cannot be started without /proc.
    script = f"""
        import json, psight
        from psight._doctor import look
        psight.PROCFS_PATH = {folder!r}
        report = look()
        assert not report["machine"]["procfs_readable"]
        print(*report["problems"], sep="\\n")
    """
    told = subject.run(script)
    assert f"mount -t proc proc {folder}" in told


def test_the_doctor_refuses_other_arguments():
    done = command("doctor", "--frob")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"python -m psight doctor" in done.stderr


@pytest.mark.skipif(not family.ROOT, reason="only root can become somebody else")
def test_the_doctor_sees_fewer_privileges():
    script = """
        import json, os, psight
        from psight._doctor_machine import caller
        os.setgroups([])
        os.setresuid(65534, 65534, 65534)
        told = caller([])
        print(json.dumps([told["uid"], told["euid"], told["sys_ptrace"]]))
    """
    assert json.loads(subject.run(script)) == [65534, 65534, False]
