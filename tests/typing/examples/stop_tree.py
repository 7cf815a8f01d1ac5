"""Stop a process and everything it started: politely first, then by force."""

import sys
from collections.abc import Callable
from typing import Optional

import psight as psutil


def stop_tree(
    process: psutil.Process,
    timeout: float = 3.0,
    on_stop: Optional[Callable[[psutil.Process], object]] = None,
) -> tuple[list[psutil.Process], list[psutil.Process]]:
    """Ask a process and its descendants to end, and kill those that have not after ``timeout``.

    Returns those that are gone and those that are not, each as a list.
    """
    family = [*process.children(recursive=True), process]
    for member in family:
        try:
            member.terminate()
        except psutil.NoSuchProcess:
            pass
    gone, alive = psutil.wait_procs(family, timeout=timeout, callback=on_stop)
    for member in alive:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            pass
    killed, left = psutil.wait_procs(alive, timeout=timeout, callback=on_stop)
    return gone + killed, left


def main() -> int:
    """Start a process with a child, look at both, and stop them."""
    child = "import time; time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with psutil.Popen([sys.executable, "-c", parent]) as process:
        # The child takes a moment to start; each look waits that long at most.
        for _ in range(100):
            if process.children():
                break
            try:
                process.wait(timeout=0.05)
            except psutil.TimeoutExpired as late:
                assert late.pid == process.pid
        with process.oneshot():
            print(f"parent: {process.status()}, {process.num_threads()} thread(s)")
        print(f"children: {len(process.children(recursive=True))}")
        gone, left = stop_tree(process, on_stop=lambda ended: print(f"{ended.pid} ended"))
    print(f"{len(gone)} gone, {len(left)} left, exit code {process.returncode}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
