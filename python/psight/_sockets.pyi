import sys
from socket import (
    AF_INET as AF_INET,
    AF_INET6 as AF_INET6,
    SOCK_DGRAM as SOCK_DGRAM,
    SOCK_STREAM as SOCK_STREAM,
    AddressFamily,
    SocketKind,
)
from typing import overload

from typing_extensions import TypeAlias

from ._enums import (
    address_family as address_family,
    socket_kind as socket_kind,
)
from ._ntuples import addr, pconn, sconn, snicaddr

if sys.platform != "win32":
    from socket import AF_UNIX as AF_UNIX

def sockfam_to_enum(num: int) -> AddressFamily: ...
def socktype_to_enum(num: int) -> SocketKind: ...

_Address: TypeAlias = addr | tuple[str, int] | tuple[()] | str

conn_tmap: dict[str, tuple[list[AddressFamily], list[SocketKind]]]

def broadcast_addr(addr: snicaddr) -> str | None: ...
@overload
def conn_to_ntuple(
    fd: int,
    fam: int,
    type_: int,
    laddr: _Address,
    raddr: _Address,
    status: int | str,
    status_map: dict[int, str] | dict[str, str],
    pid: int,
) -> sconn: ...
@overload
def conn_to_ntuple(
    fd: int,
    fam: int,
    type_: int,
    laddr: _Address,
    raddr: _Address,
    status: int | str,
    status_map: dict[int, str] | dict[str, str],
    pid: None = None,
) -> pconn: ...
