"""The constants that are enum members, and the translation of socket numbers to enums.

The classes are built on first use, because importing ``enum`` and ``socket`` would double what
importing this package costs. A class says it comes from the module upstream keeps it in, so that
pickles travel in both directions.
"""

from ._brand import brand
from ._constants import AIX, BSD, LINUX, MACOS, SUNOS, WINDOWS

# Class name -> (module to name as its home, members).
_ENUMS = {
    "NicDuplex": (
        "_common",
        {"NIC_DUPLEX_FULL": 2, "NIC_DUPLEX_HALF": 1, "NIC_DUPLEX_UNKNOWN": 0},
    ),
    "BatteryTime": ("_common", {"POWER_TIME_UNKNOWN": -1, "POWER_TIME_UNLIMITED": -2}),
}

if LINUX:
    # AF_LINK is AF_PACKET of <bits/socket.h>, the family of hardware addresses.
    _ENUMS["AddressFamily"] = ("_pslinux", {"AF_LINK": 17})
    _ENUMS["IOPriority"] = (
        "_pslinux",
        {
            "IOPRIO_CLASS_NONE": 0,
            "IOPRIO_CLASS_RT": 1,
            "IOPRIO_CLASS_BE": 2,
            "IOPRIO_CLASS_IDLE": 3,
        },
    )
elif WINDOWS:
    _ENUMS["AddressFamily"] = ("_pswindows", {"AF_LINK": -1})
    _ENUMS["IOPriority"] = (
        "_pswindows",
        {"IOPRIO_VERYLOW": 0, "IOPRIO_LOW": 1, "IOPRIO_NORMAL": 2, "IOPRIO_HIGH": 3},
    )
    _ENUMS["Priority"] = (
        "_pswindows",
        {
            "ABOVE_NORMAL_PRIORITY_CLASS": 0x8000,
            "BELOW_NORMAL_PRIORITY_CLASS": 0x4000,
            "HIGH_PRIORITY_CLASS": 0x80,
            "IDLE_PRIORITY_CLASS": 0x40,
            "NORMAL_PRIORITY_CLASS": 0x20,
            "REALTIME_PRIORITY_CLASS": 0x100,
        },
    )

# On these platforms the family of hardware addresses is a plain number.
if MACOS or BSD or AIX:
    AF_LINK = 18
elif SUNOS:
    AF_LINK = 25

# Member name -> class name. A member is an attribute of this module too.
_MEMBERS = {member: name for name, (_, members) in _ENUMS.items() for member in members}

#: Every name this module can build.
NAMES = (*_ENUMS, *_MEMBERS, "Negsignal")

_families = {}
_kinds = {}


def __getattr__(name):
    if name in _ENUMS:
        from enum import IntEnum

        home, members = _ENUMS[name]
        value = IntEnum(name, members, module=_module(home))
    elif name == "Negsignal":
        # What the exit code of a process ended by a signal is an instance of.
        from enum import IntEnum
        from signal import Signals

        members = {signal.name: -signal.value for signal in Signals}
        value = IntEnum(name, members, module=_module("_psposix"))
    elif name in _MEMBERS:
        value = getattr(_enum(_MEMBERS[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Two threads may get here at once: the class stored first is the only one.
    return globals().setdefault(name, value)


def __dir__():
    return sorted({*globals(), *NAMES})


def _enum(name):
    """Return the class of this name, built if need be."""
    return globals().get(name) or __getattr__(name)


def _module(home):
    """Return the full name of a module of this package."""
    return brand(f"{__name__.rpartition('.')[0]}.{home}")


def address_family(num):
    """Return the ``socket.AddressFamily`` member of a number, or the number if it has none."""
    family = _families.get(num)
    if family is None:
        from socket import AddressFamily

        try:
            family = _families[num] = AddressFamily(num)
        except ValueError:
            return num
    return family


def socket_kind(num):
    """Return the ``socket.SocketKind`` member of a number, or the number if it has none."""
    kind = _kinds.get(num)
    if kind is None:
        from socket import SocketKind

        try:
            kind = _kinds[num] = SocketKind(num)
        except ValueError:
            return num
    return kind
