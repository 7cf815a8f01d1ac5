"""Children that hold a socket of each family, type and TCP state that one machine can make."""

import os
import select
import socket

from children_files import keep
from children import wait_for

V4 = "127.0.0.1"
V6 = "::1"


def start(nursery):
    """Starts them all."""
    nursery.start("TCP over IPv4", prepare=lambda: tcp(socket.AF_INET, V4))
    if socket.has_ipv6 and works(socket.AF_INET6, V6):
        nursery.start("TCP over IPv6", prepare=lambda: tcp(socket.AF_INET6, V6))
        nursery.start("UDP over IPv6", prepare=lambda: udp(socket.AF_INET6, V6))
        nursery.start("IPv4 mapped into IPv6", prepare=mapped)
    else:
        nursery.skip("IPv6 sockets", "no IPv6 here")
    nursery.start("UDP over IPv4", prepare=lambda: udp(socket.AF_INET, V4))
    nursery.start("local sockets", prepare=lambda: local(nursery))
    nursery.start("sockets of other kinds", prepare=lambda: others(nursery.root))
    shared(nursery)


def works(family, host):
    """Whether an address can be bound."""
    try:
        with socket.socket(family) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True


def listener(family, host, backlog=8):
    """A listening socket."""
    one = socket.socket(family)
    one.bind((host, 0))
    one.listen(backlog)
    return one


def pair(family, host):
    """Two connected ends."""
    with listener(family, host) as server:
        client = socket.create_connection(server.getsockname()[:2])
        return client, server.accept()[0]


def fill(one):
    """Sends until nothing fits, so that a later FIN waits behind the data."""
    one.setblocking(False)
    while select.select([], [one], [], 0.05)[1]:
        try:
            one.send(b"x" * 65536)
        except BlockingIOError:
            break


def tcp(family, host):
    """Every state but the passing ones."""
    keep(listener(family, host), listener(family, "::" if family == socket.AF_INET6 else ""))
    keep(*pair(family, host))
    # FIN_WAIT2 and CLOSE_WAIT: one side has ended.
    ended, other = pair(family, host)
    ended.shutdown(socket.SHUT_WR)
    keep(ended, other)
    # The same, and the first side has forgotten its descriptor.
    ended, other = pair(family, host)
    ended.close()
    keep(other)
    # TIME_WAIT: both have.
    ended, other = pair(family, host)
    ended.close()
    other.close()
    # FIN_WAIT1: the FIN waits behind data that nobody reads.
    ended, other = pair(family, host)
    fill(ended)
    ended.shutdown(socket.SHUT_WR)
    keep(ended, other)
    # LAST_ACK: the same after the other side has ended.
    ended, other = pair(family, host)
    fill(ended)
    other.shutdown(socket.SHUT_WR)
    wait_for(lambda: tcp_state(ended) == 8, "CLOSE_WAIT")
    ended.shutdown(socket.SHUT_WR)
    keep(ended, other)
    # CLOSING: the same before the other side has ended.
    ended, other = pair(family, host)
    fill(ended)
    ended.shutdown(socket.SHUT_WR)
    other.shutdown(socket.SHUT_WR)
    keep(ended, other)
    # SYN_SENT: the queue of the listener is full.
    full = listener(family, host, 0)
    for _ in range(3):
        one = socket.socket(family)
        one.setblocking(False)
        one.connect_ex(full.getsockname())
        keep(one)
    keep(full)
    # SYN_RECV: the listener waits for data before it believes in the connection.
    lazy = socket.socket(family)
    lazy.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 120)
    lazy.bind((host, 0))
    lazy.listen(8)
    keep(socket.create_connection(lazy.getsockname()[:2]), lazy)
    # Bound, no more; neither bound nor connected; one socket under two descriptors.
    bound = socket.socket(family)
    bound.bind((host, 0))
    twice = listener(family, host)
    keep(bound, socket.socket(family), twice.dup(), twice)


def tcp_state(one):
    """The kernel's number of the state."""
    return one.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def udp(family, host):
    """Bound, connected, both, neither."""
    bound = socket.socket(family, socket.SOCK_DGRAM)
    bound.bind((host, 0))
    anywhere = socket.socket(family, socket.SOCK_DGRAM)
    anywhere.bind(("", 0))
    connected = socket.socket(family, socket.SOCK_DGRAM)
    connected.connect(bound.getsockname())
    keep(bound, anywhere, connected, socket.socket(family, socket.SOCK_DGRAM))


def mapped():
    """IPv6 sockets that speak IPv4."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        server = socket.socket(socket.AF_INET6, kind)
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        server.bind(("::", 0))
        client = socket.socket(socket.AF_INET6, kind)
        if kind == socket.SOCK_STREAM:
            server.listen()
        client.connect((f"::ffff:{V4}", server.getsockname()[1]))
        if kind == socket.SOCK_STREAM:
            keep(server.accept()[0])
        keep(server, client)


def local(nursery):
    """Paths, abstract names and no names, of each type."""
    kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET)
    for kind in kinds:
        number = b"%d" % kind
        abstract = b"\0psight-%d-" % os.getpid() + number
        for name in [
            nursery.path(b"socket-" + number),
            nursery.path(b"socket of blanks " + number),
            nursery.path(b"socket-\xff-" + number),
            abstract,
            abstract + b"\0with\0zeros",
            abstract + b" with blanks",
        ]:
            one = socket.socket(socket.AF_UNIX, kind)
            one.bind(name)
            if kind != socket.SOCK_DGRAM:
                one.listen()
                client = socket.socket(socket.AF_UNIX, kind)
                client.connect(name)
                keep(one.accept()[0], client)
            keep(one)
        keep(*socket.socketpair(socket.AF_UNIX, kind), socket.socket(socket.AF_UNIX, kind))
    removed = socket.socket(socket.AF_UNIX)
    removed.bind(nursery.path("socket-removed"))
    os.unlink(nursery.path("socket-removed"))
    keep(removed)


def others(root):
    """Families that psutil does not list."""
    keep(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
    if root:
        keep(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
        keep(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
        keep(socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))


def shared(nursery):
    """Two processes with the same sockets (D14)."""
    path = socket.socket(socket.AF_UNIX)
    path.bind(nursery.path("socket-shared"))
    both = [listener(socket.AF_INET, V4), *socket.socketpair(), path]
    descriptors = [one.fileno() for one in both]
    for number in (1, 2):
        nursery.start(f"sharer {number} of sockets", inherited=descriptors)
    for one in both:
        one.close()
