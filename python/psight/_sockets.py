"""What the connection functions share: the kinds, and rows made from raw numbers.

Imports ``socket``, so it is itself imported on first use only.
"""

from socket import AF_INET, SOCK_DGRAM, SOCK_STREAM

from ._constants import CONN_NONE, SUNOS
from ._enums import address_family, socket_kind

try:
    from socket import AF_INET6
except ImportError:
    AF_INET6 = None
try:
    from socket import AF_UNIX
except ImportError:
    AF_UNIX = None

# The ``kind`` argument of net_connections() -> (families, types). An error about a wrong kind
# lists them in this order.
conn_tmap = {
    "all": ([AF_INET, AF_INET6, AF_UNIX], [SOCK_STREAM, SOCK_DGRAM]),
    "tcp": ([AF_INET, AF_INET6], [SOCK_STREAM]),
    "tcp4": ([AF_INET], [SOCK_STREAM]),
    "udp": ([AF_INET, AF_INET6], [SOCK_DGRAM]),
    "udp4": ([AF_INET], [SOCK_DGRAM]),
    "inet": ([AF_INET, AF_INET6], [SOCK_STREAM, SOCK_DGRAM]),
    "inet4": ([AF_INET], [SOCK_STREAM, SOCK_DGRAM]),
    "inet6": ([AF_INET6], [SOCK_STREAM, SOCK_DGRAM]),
}
if AF_INET6 is not None:
    conn_tmap["tcp6"] = ([AF_INET6], [SOCK_STREAM])
    conn_tmap["udp6"] = ([AF_INET6], [SOCK_DGRAM])
if AF_UNIX is not None and not SUNOS:
    conn_tmap["unix"] = ([AF_UNIX], [SOCK_STREAM, SOCK_DGRAM])

sockfam_to_enum = address_family
socktype_to_enum = socket_kind


def conn_to_ntuple(fd, fam, type_, laddr, raddr, status, status_map, pid=None):
    """Return a connection as ``pconn``, or as ``sconn`` when its pid is given.

    ``status`` is looked up in ``status_map`` for TCP and is CONN_NONE for everything else.
    """
    from . import _ntuples

    inet = fam == AF_INET or (AF_INET6 is not None and fam == AF_INET6)
    if inet and laddr:
        laddr = _ntuples.addr(*laddr)
    if inet and raddr:
        raddr = _ntuples.addr(*raddr)
    if inet and type_ == SOCK_STREAM:
        status = status_map.get(status, CONN_NONE)
    else:
        status = CONN_NONE
    row = (fd, address_family(fam), socket_kind(type_), laddr, raddr, status)
    return _ntuples.pconn(*row) if pid is None else _ntuples.sconn(*row, pid)


def broadcast_addr(addr):
    """Return the broadcast address of a row of ``net_if_addrs()``, as ``str``.

    None without an address or a netmask, and for families other than IPv4 and IPv6.
    """
    if not addr.address or not addr.netmask:
        return None
    if addr.family == AF_INET:
        from ipaddress import IPv4Network as Network
    elif AF_INET6 is not None and addr.family == AF_INET6:
        from ipaddress import IPv6Network as Network
    else:
        return None
    return str(Network(f"{addr.address}/{addr.netmask}", strict=False).broadcast_address)
