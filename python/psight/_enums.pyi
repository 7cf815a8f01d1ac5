import sys
from enum import IntEnum
from socket import AddressFamily as _SocketFamily, SocketKind

NAMES: tuple[str, ...]

class NicDuplex(IntEnum):
    NIC_DUPLEX_FULL = 2
    NIC_DUPLEX_HALF = 1
    NIC_DUPLEX_UNKNOWN = 0

class BatteryTime(IntEnum):
    POWER_TIME_UNKNOWN = -1
    POWER_TIME_UNLIMITED = -2

if sys.platform == "linux":
    class AddressFamily(IntEnum):
        AF_LINK = 17

    class IOPriority(IntEnum):
        IOPRIO_CLASS_NONE = 0
        IOPRIO_CLASS_RT = 1
        IOPRIO_CLASS_BE = 2
        IOPRIO_CLASS_IDLE = 3

    AF_LINK = AddressFamily.AF_LINK
    IOPRIO_CLASS_NONE = IOPriority.IOPRIO_CLASS_NONE
    IOPRIO_CLASS_RT = IOPriority.IOPRIO_CLASS_RT
    IOPRIO_CLASS_BE = IOPriority.IOPRIO_CLASS_BE
    IOPRIO_CLASS_IDLE = IOPriority.IOPRIO_CLASS_IDLE

elif sys.platform == "win32":
    class AddressFamily(IntEnum):
        AF_LINK = -1

    class IOPriority(IntEnum):
        IOPRIO_VERYLOW = 0
        IOPRIO_LOW = 1
        IOPRIO_NORMAL = 2
        IOPRIO_HIGH = 3

    class Priority(IntEnum):
        ABOVE_NORMAL_PRIORITY_CLASS = 0x8000
        BELOW_NORMAL_PRIORITY_CLASS = 0x4000
        HIGH_PRIORITY_CLASS = 0x80
        IDLE_PRIORITY_CLASS = 0x40
        NORMAL_PRIORITY_CLASS = 0x20
        REALTIME_PRIORITY_CLASS = 0x100

NIC_DUPLEX_FULL = NicDuplex.NIC_DUPLEX_FULL
NIC_DUPLEX_HALF = NicDuplex.NIC_DUPLEX_HALF
NIC_DUPLEX_UNKNOWN = NicDuplex.NIC_DUPLEX_UNKNOWN
POWER_TIME_UNKNOWN = BatteryTime.POWER_TIME_UNKNOWN
POWER_TIME_UNLIMITED = BatteryTime.POWER_TIME_UNLIMITED

# A number that is no member is returned as it is.
def address_family(num: int) -> _SocketFamily: ...
def socket_kind(num: int) -> SocketKind: ...
def __dir__() -> list[str]: ...
