import os as os
import stat as stat
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import BinaryIO, Final, SupportsIndex, TypeVar, overload

from _typeshed import ConvertibleToFloat, FileDescriptorOrPath, StrOrBytesPath
from typing_extensions import TypeAlias

from ._constants import *  # noqa: F403
from ._enums import BatteryTime as BatteryTime, NicDuplex as NicDuplex
from ._exceptions import (
    AccessDenied as AccessDenied,
    Error as Error,
    NoSuchProcess as NoSuchProcess,
    TimeoutExpired as TimeoutExpired,
    ZombieProcess as ZombieProcess,
)
from ._memo import (
    deprecated_method as deprecated_method,
    memoize as memoize,
    memoize_when_activated as memoize_when_activated,
)
from ._ntuples import (
    addr as addr,
    pconn as pconn,
    pcputimes as pcputimes,
    pctxsw as pctxsw,
    pfullmem as pfullmem,
    pgids as pgids,
    pio as pio,
    pionice as pionice,
    pmem as pmem,
    popenfile as popenfile,
    ppagefaults as ppagefaults,
    pthread as pthread,
    puids as puids,
    sbattery as sbattery,
    sconn as sconn,
    scpufreq as scpufreq,
    scpustats as scpustats,
    scputimes as scputimes,
    sdiskio as sdiskio,
    sdiskpart as sdiskpart,
    sdiskusage as sdiskusage,
    sfan as sfan,
    shwtemp as shwtemp,
    snetio as snetio,
    snicaddr as snicaddr,
    snicstats as snicstats,
    sswap as sswap,
    suser as suser,
    svmem as svmem,
)
from ._sockets import (
    AF_INET as AF_INET,
    AF_INET6 as AF_INET6,
    SOCK_DGRAM as SOCK_DGRAM,
    SOCK_STREAM as SOCK_STREAM,
    broadcast_addr as broadcast_addr,
    conn_tmap as conn_tmap,
    conn_to_ntuple as conn_to_ntuple,
    sockfam_to_enum as sockfam_to_enum,
    socktype_to_enum as socktype_to_enum,
)
from ._terminal import (
    hilite as hilite,
    print_color as print_color,
    term_supports_colors as term_supports_colors,
)
from ._wrap import wrap_numbers as wrap_numbers

if sys.platform != "win32":
    from ._sockets import AF_UNIX as AF_UNIX
if sys.platform == "linux" or sys.platform == "win32":
    from ._ntuples import pmmap_ext as pmmap_ext, pmmap_grouped as pmmap_grouped
if sys.platform == "linux" or sys.platform == "win32" or sys.platform == "darwin":
    from ._ntuples import pfootprint as pfootprint, pheap as pheap

_Opener: TypeAlias = Callable[[FileDescriptorOrPath], TextIOWrapper]
_T = TypeVar("_T")

NIC_DUPLEX_FULL: Final = NicDuplex.NIC_DUPLEX_FULL
NIC_DUPLEX_HALF: Final = NicDuplex.NIC_DUPLEX_HALF
NIC_DUPLEX_UNKNOWN: Final = NicDuplex.NIC_DUPLEX_UNKNOWN
POWER_TIME_UNKNOWN: Final = BatteryTime.POWER_TIME_UNKNOWN
POWER_TIME_UNLIMITED: Final = BatteryTime.POWER_TIME_UNLIMITED

ENCODING: Final[str]
ENCODING_ERRS: Final[str]
FILE_READ_BUFFER_SIZE: int
PSUTIL_DEBUG: bool

def usage_percent(
    used: ConvertibleToFloat, total: float, round_: SupportsIndex | None = None
) -> float: ...
def bytes2human(n: float, format: str = "%(value).1f%(symbol)s") -> str: ...
def isfile_strict(path: StrOrBytesPath) -> bool: ...
def path_exists_strict(path: StrOrBytesPath) -> bool: ...
def supports_ipv6() -> bool: ...
def parse_environ_block(data: str) -> dict[str, str]: ...
def get_procfs_path() -> str: ...
def decode(s: bytes) -> str: ...
def debug(msg: str | Exception) -> None: ...
def open_binary(fname: FileDescriptorOrPath) -> BinaryIO: ...
def open_text(fname: FileDescriptorOrPath) -> TextIOWrapper: ...
@overload
def cat(fname: FileDescriptorOrPath, *, _open: _Opener = ...) -> str: ...
@overload
def cat(fname: FileDescriptorOrPath, fallback: _T = ..., _open: _Opener = ...) -> str | _T: ...
@overload
def bcat(fname: FileDescriptorOrPath) -> bytes: ...
@overload
def bcat(fname: FileDescriptorOrPath, fallback: _T = ...) -> bytes | _T: ...
