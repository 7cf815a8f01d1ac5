"""What the benchmarks look at: processes with many of something, bounded, ended with the block.

Each load is this file run as a program of its own, which prints the pids to look at when it is
ready and ends when its standard input is closed.
"""

import contextlib
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time


@contextlib.contextmanager
def load(kind, *numbers):
    """The pids of a load's processes, the parent first."""
    command = [sys.executable, "-B", "-S", __file__, kind, *map(str, numbers)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        ready = parent.stdout.readline().split()
        if not ready:
            raise RuntimeError(f"{' '.join(command)} ended with {parent.wait()}")
        try:
            yield [int(pid) for pid in ready]
        finally:
            parent.stdin.close()


def idle(processes):
    """Children that sleep."""
    children = []
    for _ in range(processes):
        child = os.fork()
        if not child:
            signal.pause()
            os._exit(0)
        children.append(child)
    return children


def sockets(number, processes):
    """Connected TCP sockets on loopback, by halves in each of several processes."""
    pairs = number // processes // 2
    children = []
    for _ in range(processes):
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_NOFILE, (2 * pairs + 100,) * 2)
            kept = []
            for start in range(0, pairs, 10_000):
                with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
                    for _ in range(start, min(start + 10_000, pairs)):
                        one = socket.create_connection(server.getsockname())
                        kept += [one, server.accept()[0]]
            os.write(tell, b"1")
            signal.pause()
            os._exit(0)
        os.read(told, 1)
        os.close(told)
        os.close(tell)
        children.append(child)
    return children


def mappings(number):
    """Regions that the kernel cannot join, each with one page in use."""
    size = 2 * mmap.PAGESIZE
    for index in range(number):
        region = mmap.mmap(-1, size, prot=mmap.PROT_READ | mmap.PROT_WRITE * (index % 2 + 1))
        if index % 2:
            region = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            region[0] = 1
        KEPT.append(region)
    return []


def descriptors(number):
    """Descriptors of one regular file."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (number + 100,) * 2)
    KEPT.extend(os.open(__file__, os.O_RDONLY) for _ in range(number))
    return []


def threads(number):
    """Threads that sleep."""
    threading.stack_size(64 * 1024)
    for _ in range(number):
        threading.Thread(target=time.sleep, args=(100_000,), daemon=True).start()
    return []


KEPT = []
KINDS = (idle, sockets, mappings, descriptors, threads)


def main():
    kind, *numbers = sys.argv[1:]
    make = {kind.__name__: kind for kind in KINDS}[kind]
    children = make(*map(int, numbers))
    try:
        print(os.getpid(), *children, flush=True)
        sys.stdin.read()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    os._exit(0)


if __name__ == "__main__":
    main()
