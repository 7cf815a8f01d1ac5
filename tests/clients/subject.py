"""The process that the clients look at: it does a little of everything and holds still.

Run with a folder and a name as arguments. It says what it is as one line of JSON on its standard
output, and ends, with its two children, when its standard input is closed.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading

PR_SET_NAME = 15
PR_SET_PDEATHSIG = 1
THREADS = 3
FILES_LIMIT = 777


def child(name, hold):
    """A child that ends when `hold`, an inherited pipe, is closed."""
    program = (
        f"import ctypes, os; ctypes.CDLL(None).prctl({PR_SET_NAME}, {name.encode()!r}); "
        f"print(flush=True); os.read({hold}, 1)"
    )
    started = subprocess.Popen(
        [sys.executable, "-S", "-c", program],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        pass_fds=[hold],
        preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
    )
    started.stdout.readline()
    return started


def listener(family, address):
    """A listening TCP socket, or None where the family is not to be had."""
    try:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.bind((address, 0))
    except OSError:
        return None
    listening.listen(5)
    return listening


def main():
    """Prepares everything, reports it, and waits."""
    folder, name = sys.argv[1:]
    os.chdir(folder)
    ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode())
    os.nice(3)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (FILES_LIMIT, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    held, hold = os.pipe()
    os.set_inheritable(hold, False)
    children = [child(name + str(which), held) for which in (1, 2)]
    file = os.open("held.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.write(file, b"x" * 5000)
    sockets = [listener(socket.AF_INET, "127.0.0.1"), listener(socket.AF_INET6, "::1")]
    client = socket.create_connection(sockets[0].getsockname())
    accepted, _ = sockets[0].accept()
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    local = socket.socket(socket.AF_UNIX)
    local.bind(os.path.join(folder, "held.sock"))
    local.listen(1)
    stop = threading.Event()
    threads = [threading.Thread(target=stop.wait, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    print(
        json.dumps(
            {
                "pid": os.getpid(),
                "name": name,
                "folder": folder,
                "children": [it.pid for it in children],
                "file": os.path.join(folder, "held.txt"),
                "tcp": sockets[0].getsockname()[1],
                "tcp6": sockets[1].getsockname()[1] if sockets[1] else None,
                "client": client.getsockname()[1],
                "accepted": accepted.getpeername()[1],
                "udp": udp.getsockname()[1],
                "unix": local.getsockname(),
                "threads": THREADS + 1,
                "files_limit": FILES_LIMIT,
            }
        ),
        flush=True,
    )
    sys.stdin.read()
    os.close(hold)
    for it in children:
        it.wait()


if __name__ == "__main__":
    main()
