import sys

if sys.platform == "linux":
    from ._psutil_linux import (
        getpagesize as getpagesize,
        net_if_duplex_speed as net_if_duplex_speed,
        net_if_flags as net_if_flags,
        net_if_mtu as net_if_mtu,
    )
