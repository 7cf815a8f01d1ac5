"""List who listens on which port, and the addresses this machine has."""

import socket
import sys
from typing import Optional

import psight as psutil


def name_of(pid: Optional[int]) -> str:
    """Return the name of a process; ``?`` when it is unknown, hidden or gone."""
    if pid is None:
        return "?"
    try:
        return psutil.Process(pid).name()
    except psutil.Error:
        return "?"


def listeners() -> dict[tuple[str, int], str]:
    """Return the name of the listener of each TCP address and port."""
    found: dict[tuple[str, int], str] = {}
    for connection in psutil.net_connections(kind="tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr:
            address = connection.laddr
            found[address.ip, address.port] = name_of(connection.pid)
    return found


def addresses() -> dict[str, list[str]]:
    """Return the IPv4 and hardware addresses of each interface that is up."""
    stats = psutil.net_if_stats()
    found: dict[str, list[str]] = {}
    for interface, entries in psutil.net_if_addrs().items():
        if interface not in stats or not stats[interface].isup:
            continue
        wanted = (socket.AF_INET, psutil.AF_LINK)
        found[interface] = [entry.address for entry in entries if entry.family in wanted]
    return found


def main() -> int:
    """Open a port, so that there is one, and print both lists."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        own_port: int = server.getsockname()[1]
        found = listeners()
        for (ip, port), name in sorted(found.items()):
            print(f"{ip}:{port}  {name}")
        for interface, entries in addresses().items():
            print(f"{interface}  {', '.join(entries)}")
    return 0 if ("127.0.0.1", own_port) in found else 1


if __name__ == "__main__":
    sys.exit(main())
