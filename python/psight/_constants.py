"""The plain constants: which platform this is, process states, connection states.

Everything here is a ``bool``, ``str`` or ``int``; the constants that are enum members live in
``_enums``, so that importing this module costs nothing but its own names.
"""

import os
import sys

POSIX = os.name == "posix"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
MACOS = sys.platform.startswith("darwin")
OSX = MACOS
FREEBSD = sys.platform.startswith(("freebsd", "midnightbsd"))
OPENBSD = sys.platform.startswith("openbsd")
NETBSD = sys.platform.startswith("netbsd")
BSD = FREEBSD or OPENBSD or NETBSD
SUNOS = sys.platform.startswith(("sunos", "solaris"))
AIX = sys.platform.startswith("aix")

# What Process.status() returns. All exist everywhere; a platform yields some of them.
STATUS_RUNNING = "running"
STATUS_SLEEPING = "sleeping"
STATUS_DISK_SLEEP = "disk-sleep"
STATUS_STOPPED = "stopped"
STATUS_TRACING_STOP = "tracing-stop"
STATUS_ZOMBIE = "zombie"
STATUS_DEAD = "dead"
STATUS_WAKE_KILL = "wake-kill"
STATUS_WAKING = "waking"
STATUS_IDLE = "idle"
STATUS_LOCKED = "locked"
STATUS_WAITING = "waiting"
STATUS_SUSPENDED = "suspended"
STATUS_PARKED = "parked"

# The state of a connection; CONN_NONE for everything that is not TCP.
CONN_ESTABLISHED = "ESTABLISHED"
CONN_SYN_SENT = "SYN_SENT"
CONN_SYN_RECV = "SYN_RECV"
CONN_FIN_WAIT1 = "FIN_WAIT1"
CONN_FIN_WAIT2 = "FIN_WAIT2"
CONN_TIME_WAIT = "TIME_WAIT"
CONN_CLOSE = "CLOSE"
CONN_CLOSE_WAIT = "CLOSE_WAIT"
CONN_LAST_ACK = "LAST_ACK"
CONN_LISTEN = "LISTEN"
CONN_CLOSING = "CLOSING"
CONN_NONE = "NONE"

if WINDOWS:
    CONN_DELETE_TCB = "DELETE_TCB"

    # Process.nice() answers with the members of _enums.Priority, which equal these numbers.
    IDLE_PRIORITY_CLASS = 0x40
    BELOW_NORMAL_PRIORITY_CLASS = 0x4000
    NORMAL_PRIORITY_CLASS = 0x20
    ABOVE_NORMAL_PRIORITY_CLASS = 0x8000
    HIGH_PRIORITY_CLASS = 0x80
    REALTIME_PRIORITY_CLASS = 0x100

if SUNOS:
    CONN_IDLE = "IDLE"
    CONN_BOUND = "BOUND"
