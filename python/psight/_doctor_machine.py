"""The doctor's look at the machine: who asks, what is answered, what the kernel offers."""

import os

import psight

# Functions of the package that are no questions, or need an argument.
_NO_QUESTIONS = frozenset(("heap_trim", "pid_exists", "process_iter", "wait_procs"))
_CAP_SYS_PTRACE = 19
# PIDFD_GET_INFO of linux/pidfd.h, for a structure of 64 bytes.
_PIDFD_GET_INFO = 0xC040FF0B
_PIDFD_INFO_SIZE = 64
_NETLINK_SOCK_DIAG = 4


def machine(problems):
    """Tell about the kernel, the libc and the proc file system."""
    system = os.uname()
    try:
        processes = len(psight.pids())
        why = None if processes else "no process is seen there"
    except OSError as error:
        processes, why = 0, error
    if why is not None:
        problems.append(
            f"{psight.PROCFS_PATH} cannot be read ({why}): mount it with"
            f" `mount -t proc proc {psight.PROCFS_PATH}`, or set PROCFS_PATH to where it is."
        )
    return {
        "kernel": f"{system.sysname} {system.release}",
        "machine": system.machine,
        "libc": _libc(),
        "procfs_path": psight.PROCFS_PATH,
        "procfs_readable": why is None,
        "processes": processes,
    }


def _libc():
    """Return the name and version of the C library, None if it does not tell."""
    try:
        told = os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, OSError, ValueError):
        told = None
    if told:
        return told
    # musl does not tell a program; its loader's name does.
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as file:
            return "musl" if "/ld-musl-" in file.read() else None
    except OSError:
        return None


def caller(notes):
    """Tell about the caller's privileges."""
    hidepid = _hidepid()
    if hidepid not in (None, "0", "off") and os.geteuid() != 0:
        notes.append(
            f"Processes of other users are hidden (hidepid={hidepid}): run as root, or as a member"
            " of the group that the mount of /proc names."
        )
    return {
        "uid": os.getuid(),
        "euid": os.geteuid(),
        "sys_ptrace": _has_capability(_CAP_SYS_PTRACE),
        "hidepid": hidepid,
    }


def _hidepid():
    """Return the option of the proc file system's mount, None if it has none."""
    try:
        mounts = psight.disk_partitions(all=True)
    except OSError:
        return None
    for mount in mounts:
        if mount.fstype == "proc" and mount.mountpoint == psight.PROCFS_PATH:
            for option in mount.opts.split(","):
                if option.startswith("hidepid="):
                    return option.partition("=")[2]
    return None


def _has_capability(number):
    try:
        with open("/proc/self/status", "rb") as file:
            for line in file:
                if line.startswith(b"CapEff:"):
                    return bool(int(line.split()[1], 16) >> number & 1)
    except (OSError, ValueError):
        pass
    return os.geteuid() == 0


def answers(problems):
    """Ask everything there is to ask, of this machine and of this process."""
    functions = {"disk_usage": lambda: psight.disk_usage("/")}
    for name in psight.__all__:
        value = getattr(psight, name)
        if name.islower() and callable(value) and name not in _NO_QUESTIONS:
            functions.setdefault(name, value)
    told = {"functions": {name: _outcome(functions[name]) for name in sorted(functions)}}
    try:
        process = psight.Process()
    except (OSError, psight.Error) as error:
        problems.append(f"This process cannot be found ({error}): is /proc of this pid namespace?")
        return told
    told["process"] = {
        name: _outcome(getattr(process, name)) for name in sorted(psight.Process.attrs - {"pid"})
    }
    for scope in told.values():
        failed = [name for name, outcome in scope.items() if outcome.startswith("fails")]
        if failed:
            names = ", ".join(f"{name}()" for name in failed)
            problems.append(
                f"{names} cannot be answered: give this container or sandbox /proc and /sys,"
                " or do without."
            )
    return told


def _outcome(ask):
    """Ask; tell how that went."""
    try:
        answer = ask()
    except psight.AccessDenied:
        return "denied"
    except NotImplementedError:
        return "nothing to tell"
    except (OSError, RuntimeError, ValueError, KeyError, psight.Error) as error:
        return f"fails: {error!r}"
    # A battery, a terminal, connections and the like are nobody's by right.
    return "nothing to tell" if answer is None or answer in ({}, []) else "answers"


def kernel(notes):
    """Tell which interfaces the kernel has that make answers better or cheaper."""
    there = {
        "io": _readable("io"),
        "smaps": _readable("smaps"),
        "smaps_rollup": _readable("smaps_rollup"),
        **_pidfd(),
        "sock_diag": _sock_diag(),
    }
    without = {
        "io": "Process.io_counters() is not to be had",
        "smaps": "Process.memory_maps() is not to be had",
        "smaps_rollup": "memory_full_info() takes longer",
        "pidfd_open": "waiting for processes means looking again and again",
        "pidfd_info": "user and group ids take longer",
        "sock_diag": "connections take longer",
    }
    for name, is_there in there.items():
        if not is_there:
            notes.append(f"Without {name} of the kernel, {without[name]}.")
    return there


def _readable(name):
    try:
        with open(f"/proc/self/{name}", "rb") as file:
            file.read(1)
    except OSError:
        return False
    return True


def _pidfd():
    import fcntl

    try:
        pidfd = os.pidfd_open(os.getpid())
    except (AttributeError, OSError):
        # A Python built on an old system lacks the function even where the kernel has the call.
        return {"pidfd_open": False, "pidfd_info": False}
    try:
        fcntl.ioctl(pidfd, _PIDFD_GET_INFO, bytearray(_PIDFD_INFO_SIZE))
        info = True
    except OSError:
        info = False
    finally:
        os.close(pidfd)
    return {"pidfd_open": True, "pidfd_info": info}


def _sock_diag():
    import socket

    try:
        socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG).close()
    except (AttributeError, OSError):
        return False
    return True
