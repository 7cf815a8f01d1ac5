"""Children that hold many descriptors, and that map odd files."""

import os
import resource
import socket

DESCRIPTORS = 10_000

MODES = [
    os.O_RDONLY,
    os.O_WRONLY,
    os.O_RDWR,
    os.O_WRONLY | os.O_APPEND,
    os.O_RDWR | os.O_APPEND,
    os.O_RDONLY | os.O_APPEND,
    os.O_RDWR | os.O_SYNC | os.O_NONBLOCK,
    os.O_RDONLY | os.O_NOATIME,
    os.O_PATH,
]


def start(nursery):
    """Starts them all."""
    nursery.start("odd open files", prepare=lambda: odd_files(nursery))
    nursery.start(f"{DESCRIPTORS} descriptors", prepare=lambda: many(nursery))
    nursery.start("no descriptors", prepare=lambda: os.closerange(0, 3))
    nursery.start("odd mapped files", env=[b"IDLER_MODE=maps"], prepare=lambda: maps(nursery))


def file(nursery, name, flags=os.O_RDWR, position=0, size=8192):
    """An inheritable descriptor of a file of this size."""
    path = nursery.path(name)
    with open(path, "ab") as new:
        new.truncate(size)
    descriptor = os.open(path, flags)
    os.set_inheritable(descriptor, True)
    if position:
        os.lseek(descriptor, position, os.SEEK_SET)
    return descriptor


def odd_files(nursery):
    """Each mode, and names that are hard to read back."""
    for number, flags in enumerate(MODES):
        place = 0 if flags == os.O_PATH else 11 * number
        file(nursery, f"mode-{number}", flags, place)
    file(nursery, "far", position=2**40 + 1)
    for name in [b"line\nfeed", b"\xff\xfe", b"blank blank ", b"real (deleted)", b"back\\slash"]:
        file(nursery, b"file " + name)
    # Gone; gone and made anew; gone while a file is named as its link reads.
    for name, then in [("gone", None), ("again", "again"), ("taken", "taken (deleted)")]:
        file(nursery, f"file-{name}")
        os.unlink(nursery.path(f"file-{name}"))
        if then:
            os.close(file(nursery, f"file-{then}"))
    file(nursery, "moved")
    os.rename(nursery.path("moved"), nursery.path("moved-to"))
    os.symlink("mode-0", nursery.path("link"))
    file(nursery, "link", os.O_RDONLY)
    os.mkfifo(nursery.path("fifo"))
    inheritable(os.open(nursery.path("fifo"), os.O_RDWR))
    inheritable(os.open(nursery.folder, os.O_TMPFILE | os.O_RDWR))
    inheritable(os.memfd_create("memory file"))
    inheritable(os.open("/dev/zero", os.O_RDONLY))
    inheritable(os.open("/proc/version", os.O_RDONLY))
    inheritable(os.open("/", os.O_RDONLY | os.O_DIRECTORY))
    os.dup2(file(nursery, "high"), 60, inheritable=True)


def inheritable(*descriptors):
    """Keeps them across exec."""
    for descriptor in descriptors:
        os.set_inheritable(descriptor, True)


def many(nursery):
    """As many as the limit lets, of every kind."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard - 16)
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + 16, hard))
    held = 0
    wanted = count - 3  # besides the standard ones
    while held < wanted - 1:
        number = held % 100
        if number < 60:
            flags = MODES[number % len(MODES)]
            file(nursery, f"many-{number}", flags, 0 if flags == os.O_PATH else held)
            held += 1
        elif number < 70:
            file(nursery, f"many-gone-{held}")
            os.unlink(nursery.path(f"many-gone-{held}"))
            held += 1
        elif number < 80:
            inheritable(os.open(nursery.folder, os.O_RDONLY))
            held += 1
        elif number < 90:
            inheritable(*os.pipe())
            held += 2
        else:
            keep(*socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
            held += 2
    for _ in range(wanted - held):
        inheritable(os.open(nursery.folder, os.O_RDONLY))


def keep(*sockets):
    """Keeps sockets across exec, and open when these objects are gone."""
    for one in sockets:
        inheritable(one.detach())


def maps(nursery):
    """Mapped files; the kernel escapes newlines in their names and marks the gone ones."""
    names = [b"map plain", b"map \xff\xfe", b"map\nline\nfeed ", b"map\\012", b"map (deleted)"]
    held = [file(nursery, name) for name in names]
    for name, then in [("map-gone", None), ("map-again", "map-again"), ("map\ngone", None)]:
        held.append(file(nursery, name))
        os.unlink(nursery.path(name))
        if then:
            os.close(file(nursery, then))
    # Twice the same file: two regions, one path.
    held.append(file(nursery, b"map plain"))
    return [b"IDLER_FDS=" + b",".join(b"%d" % fd for fd in held)]
