"""Run a program with a lower priority and a limit on its open files, under psutil's own name."""

import sys

import psutil


def describe(process: psutil.Process) -> str:
    """Return one line about a process; what may not be read is left out."""
    wanted = ["name", "username", "num_fds", "cpu_affinity", "nice"]
    facts = process.as_dict(attrs=wanted, ad_value=None)
    known = [f"{key}={value}" for key, value in facts.items() if value is not None]
    return f"{process.pid}: {', '.join(known)}"


def main() -> int:
    """Start a sleeper, hold it back, show what it is left with, and end it."""
    with psutil.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        process.nice(10)
        if psutil.LINUX:
            process.ionice(psutil.IOPRIO_CLASS_IDLE)
            process.rlimit(psutil.RLIMIT_NOFILE, (64, 64))
            soft, hard = process.rlimit(psutil.RLIMIT_NOFILE)
            print(f"files: {soft} of {hard}, input and output: {process.ionice().ioclass!r}")
        one = (process.cpu_affinity() or [0])[:1]
        process.cpu_affinity(one)
        print(describe(process))
        resident: int = process.memory_info().rss
        process.terminate()
        code = process.wait(timeout=10)
    print(f"had {resident} bytes, ended with {code!r}")
    return 0 if code is not None and code < 0 else 1


if __name__ == "__main__":
    sys.exit(main())
