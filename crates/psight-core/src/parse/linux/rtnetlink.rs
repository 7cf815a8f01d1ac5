//! `NETLINK_ROUTE`: the network interfaces of a namespace and their addresses, in one dump each.
//!
//! Authority: rtnetlink(7), linux/rtnetlink.h, linux/if_link.h, linux/if_addr.h. Since Linux 2.2;
//! 64-bit counters since 2.6.35. Interfaces are told to everybody, without any privilege.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::netlink::{attributes, dump_request};
use crate::layout::{Endian, Layout};
use crate::scan::until_nul;
use crate::types::NetIoCounters;
use crate::{Expected, ParseError};

/// The netlink protocol to open a socket for.
pub const PROTOCOL: u32 = 0;
/// `RTM_NEWLINK`: the type of the records that answer [`link_request`].
pub const NEW_LINK: u16 = 16;
/// `RTM_NEWADDR`: the type of the records that answer [`address_request`].
pub const NEW_ADDRESS: u16 = 20;

const GET_LINK: u16 = 18;
const GET_ADDRESS: u16 = 22;

const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;

/// `struct ifinfomsg` of linux/rtnetlink.h: `unsigned char family, pad; unsigned short type; int
/// index; unsigned flags, change`, then attributes, the `IFLA_*` of linux/if_link.h.
mod link {
    pub(super) const SIZE: usize = 16;
    pub(super) const TYPE: usize = 2;
    pub(super) const INDEX: usize = 4;
    pub(super) const FLAGS: usize = 8;

    pub(super) const ADDRESS: u16 = 1;
    pub(super) const BROADCAST: u16 = 2;
    pub(super) const NAME: u16 = 3;
    pub(super) const MTU: u16 = 4;
    pub(super) const OPERSTATE: u16 = 16;
    pub(super) const STATS64: u16 = 23;
}

/// `struct rtnl_link_stats64` of linux/if_link.h: `__u64` each.
mod stats {
    pub(super) const RX_PACKETS: usize = 0;
    pub(super) const TX_PACKETS: usize = 8;
    pub(super) const RX_BYTES: usize = 16;
    pub(super) const TX_BYTES: usize = 24;
    pub(super) const RX_ERRORS: usize = 32;
    pub(super) const TX_ERRORS: usize = 40;
    pub(super) const RX_DROPPED: usize = 48;
    pub(super) const TX_DROPPED: usize = 56;
    pub(super) const RX_MISSED: usize = 120;
}

/// `struct ifaddrmsg` of linux/if_addr.h: `__u8 family, prefixlen, flags, scope; __u32 index`, then
/// attributes, the `IFA_*` of the same file.
mod address {
    pub(super) const SIZE: usize = 8;
    pub(super) const FAMILY: usize = 0;
    pub(super) const PREFIX: usize = 1;
    pub(super) const FLAGS: usize = 2;
    pub(super) const INDEX: usize = 4;

    pub(super) const ADDRESS: u16 = 1;
    pub(super) const LOCAL: u16 = 2;
    pub(super) const LABEL: u16 = 3;
    pub(super) const BROADCAST: u16 = 4;
    /// All 32 flags, since Linux 3.14.
    pub(super) const FLAGS_ATTRIBUTE: u16 = 8;
}

/// Asks for all interfaces: a `struct ifinfomsg` of zeros.
pub fn link_request(sequence: u32, endian: Endian) -> Vec<u8> {
    dump_request(GET_LINK, sequence, &[0; link::SIZE], endian)
}

/// Asks for the addresses of all interfaces, of every family: a `struct ifaddrmsg` of zeros.
pub fn address_request(sequence: u32, endian: Endian) -> Vec<u8> {
    dump_request(GET_ADDRESS, sequence, &[0; address::SIZE], endian)
}

/// One interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<'a> {
    /// The interface's name.
    pub name: &'a [u8],
    /// The interface's number; from 1.
    pub index: u32,
    /// The kind of hardware, an `ARPHRD_*` of linux/if_arp.h: 1 Ethernet, 772 loopback.
    pub hardware: u16,
    /// The `IFF_*` of netdevice(7), with those of linux/if.h above the lowest 16 bits.
    pub flags: u32,
    /// Bytes. The largest packet.
    pub mtu: Option<u32>,
    /// The `IF_OPER_*` of linux/if.h: 0 unknown, 6 up. Since Linux 2.6.17.
    pub operstate: Option<u8>,
    /// The hardware address, often 6 bytes; absent or empty where the kind has none.
    pub address: Option<&'a [u8]>,
    /// The hardware's broadcast address; a peer's address where the link is point to point.
    pub broadcast: Option<&'a [u8]>,
    /// Traffic. Absent before Linux 2.6.35.
    pub stats: Option<LinkStats>,
}

/// The traffic of an interface, counted since it came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkStats {
    /// Bytes. Received.
    pub rx_bytes: u64,
    /// Count. Packets received.
    pub rx_packets: u64,
    /// Count. Errors while receiving.
    pub rx_errors: u64,
    /// Count. Incoming packets dropped by the kernel.
    pub rx_dropped: u64,
    /// Count. Incoming packets missed by the hardware, which lacked buffers.
    pub rx_missed: u64,
    /// Bytes. Sent.
    pub tx_bytes: u64,
    /// Count. Packets sent.
    pub tx_packets: u64,
    /// Count. Errors while sending.
    pub tx_errors: u64,
    /// Count. Outgoing packets dropped.
    pub tx_dropped: u64,
}

impl<'a> Link<'a> {
    /// The body of a [`NEW_LINK`] record.
    ///
    /// Errors: [`ParseError`] when it is cut short or has no name.
    pub fn parse(body: &'a [u8], endian: Endian) -> Result<Self, ParseError> {
        let short = ParseError::new("ifinfomsg", "record", Expected::Length);
        let head = Layout::new(body, endian);
        let rest = head.from(link::SIZE).ok_or(short)?;
        let mut name = None;
        let mut found = Self {
            name: &[],
            index: head.u32_at(link::INDEX).ok_or(short)?,
            hardware: head.u16_at(link::TYPE).ok_or(short)?,
            flags: head.u32_at(link::FLAGS).ok_or(short)?,
            mtu: None,
            operstate: None,
            address: None,
            broadcast: None,
            stats: None,
        };
        for (kind, value) in attributes(rest, endian) {
            let layout = Layout::new(value, endian);
            match kind {
                link::NAME => name = Some(until_nul(value)),
                link::MTU => found.mtu = layout.u32_at(0),
                link::OPERSTATE => found.operstate = layout.u8_at(0),
                link::ADDRESS => found.address = Some(value),
                link::BROADCAST => found.broadcast = Some(value),
                link::STATS64 => found.stats = LinkStats::read(layout),
                _ => {}
            }
        }
        found.name = name.ok_or(ParseError::new(
            "ifinfomsg",
            "IFLA_IFNAME",
            Expected::Present,
        ))?;
        Ok(found)
    }
}

impl LinkStats {
    fn read(record: Layout<'_>) -> Option<Self> {
        Some(Self {
            rx_bytes: record.u64_at(stats::RX_BYTES)?,
            rx_packets: record.u64_at(stats::RX_PACKETS)?,
            rx_errors: record.u64_at(stats::RX_ERRORS)?,
            rx_dropped: record.u64_at(stats::RX_DROPPED)?,
            rx_missed: record.u64_at(stats::RX_MISSED)?,
            tx_bytes: record.u64_at(stats::TX_BYTES)?,
            tx_packets: record.u64_at(stats::TX_PACKETS)?,
            tx_errors: record.u64_at(stats::TX_ERRORS)?,
            tx_dropped: record.u64_at(stats::TX_DROPPED)?,
        })
    }

    /// As the public record, with the numbers `/proc/net/dev` prints: its column of incoming drops
    /// includes what the hardware missed.
    pub const fn counters(&self) -> NetIoCounters {
        NetIoCounters {
            bytes_sent: self.tx_bytes,
            bytes_recv: self.rx_bytes,
            packets_sent: self.tx_packets,
            packets_recv: self.rx_packets,
            errin: self.rx_errors,
            errout: self.tx_errors,
            dropin: self.rx_dropped.saturating_add(self.rx_missed),
            dropout: self.tx_dropped,
        }
    }
}

/// One address of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    /// The number of the interface.
    pub index: u32,
    /// Bits of the network's part.
    pub prefix_bits: u8,
    /// The `IFA_F_*` of linux/if_addr.h; the lowest 8 alone before Linux 3.14.
    pub flags: u32,
    /// `IFA_ADDRESS`: the peer's address on a link that has `IFA_LOCAL` as another, else its own.
    pub address: Option<IpAddr>,
    /// `IFA_LOCAL`: its own address. IPv6 tells it only with a peer's.
    pub local: Option<IpAddr>,
    /// `IFA_BROADCAST`, of IPv4.
    pub broadcast: Option<IpAddr>,
    /// `IFA_LABEL`: the interface's name or an alias such as `eth0:1`, of IPv4.
    pub label: Option<&'a [u8]>,
}

impl<'a> Address<'a> {
    /// The body of a [`NEW_ADDRESS`] record. `None` when it is not of IPv4 or IPv6.
    ///
    /// Errors: [`ParseError`] when it is cut short.
    pub fn parse(body: &'a [u8], endian: Endian) -> Result<Option<Self>, ParseError> {
        let short = ParseError::new("ifaddrmsg", "record", Expected::Length);
        let head = Layout::new(body, endian);
        let rest = head.from(address::SIZE).ok_or(short)?;
        let family = head.u8_at(address::FAMILY).ok_or(short)?;
        if !matches!(family, AF_INET | AF_INET6) {
            return Ok(None);
        }
        let mut found = Self {
            index: head.u32_at(address::INDEX).ok_or(short)?,
            prefix_bits: head.u8_at(address::PREFIX).ok_or(short)?,
            flags: head.u8_at(address::FLAGS).ok_or(short)?.into(),
            address: None,
            local: None,
            broadcast: None,
            label: None,
        };
        for (kind, value) in attributes(rest, endian) {
            match kind {
                address::ADDRESS => found.address = ip(family, value),
                address::LOCAL => found.local = ip(family, value),
                address::BROADCAST => found.broadcast = ip(family, value),
                address::LABEL => found.label = Some(until_nul(value)),
                address::FLAGS_ATTRIBUTE => {
                    found.flags = Layout::new(value, endian).u32_at(0).unwrap_or(found.flags);
                }
                _ => {}
            }
        }
        Ok(Some(found))
    }

    /// The interface's own address.
    pub fn own(&self) -> Option<IpAddr> {
        self.local.or(self.address)
    }

    /// The other end's address, on a link from point to point.
    pub fn peer(&self) -> Option<IpAddr> {
        self.address
            .filter(|peer| self.local.is_some_and(|own| own != *peer))
    }
}

/// An address as the network writes it.
fn ip(family: u8, bytes: &[u8]) -> Option<IpAddr> {
    if family == AF_INET {
        let octets: [u8; 4] = bytes.try_into().ok()?;
        Some(Ipv4Addr::from(octets).into())
    } else {
        let octets: [u8; 16] = bytes.try_into().ok()?;
        Some(Ipv6Addr::from(octets).into())
    }
}

#[cfg(test)]
mod tests;
