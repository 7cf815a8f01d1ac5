"""Where psutil 7.1 and earlier kept these."""

from ._psutil_linux import (  # noqa: F401
    getpagesize,
    net_if_duplex_speed,
    net_if_flags,
    net_if_mtu,
)
