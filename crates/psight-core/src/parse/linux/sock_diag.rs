//! `NETLINK_SOCK_DIAG`: the sockets of a network namespace, without text in between.
//!
//! Authority: sock_diag(7), linux/inet_diag.h, linux/unix_diag.h. Since Linux 3.3.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::netlink::{attributes, dump_request};
use crate::layout::{Endian, Layout};
use crate::types::{InetAddress, SocketType};
use crate::{Expected, ParseError};

/// The netlink protocol to open a socket for.
pub const PROTOCOL: u32 = 4;
/// `SOCK_DIAG_BY_FAMILY`: the type of requests and of the records that answer them.
pub const BY_FAMILY: u16 = 20;

const AF_UNIX: u8 = 1;
const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;

/// Every state of linux/tcp_states.h from `ESTABLISHED`, 1, to `NEW_SYN_RECV`, 12, which are those
/// `/proc/net/tcp` shows; not `BOUND_INACTIVE`, 13.
const ALL_STATES: u32 = 0x1ffe;

/// A family and protocol of internet sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// TCP over IPv4.
    Tcp4,
    /// TCP over IPv6.
    Tcp6,
    /// UDP over IPv4.
    Udp4,
    /// UDP over IPv6.
    Udp6,
}

/// Asks for all sockets of a table: `struct inet_diag_req_v2`, 56 bytes.
pub fn inet_request(table: Table, sequence: u32, endian: Endian) -> Vec<u8> {
    let (family, protocol) = match table {
        Table::Tcp4 => (AF_INET, 6),
        Table::Tcp6 => (AF_INET6, 6),
        Table::Udp4 => (AF_INET, 17),
        Table::Udp6 => (AF_INET6, 17),
    };
    let mut body = vec![family, protocol, 0, 0];
    body.extend_from_slice(&word(ALL_STATES, endian));
    body.resize(56, 0);
    dump_request(BY_FAMILY, sequence, &body, endian)
}

/// Asks for all local sockets with their names: `struct unix_diag_req`, 24 bytes.
pub fn unix_request(sequence: u32, endian: Endian) -> Vec<u8> {
    /// `UDIAG_SHOW_NAME`.
    const SHOW_NAME: u32 = 1;
    let mut body = vec![AF_UNIX, 0, 0, 0];
    body.extend_from_slice(&word(u32::MAX, endian));
    body.extend_from_slice(&word(0, endian));
    body.extend_from_slice(&word(SHOW_NAME, endian));
    body.resize(24, 0);
    dump_request(BY_FAMILY, sequence, &body, endian)
}

const fn word(number: u32, endian: Endian) -> [u8; 4] {
    match endian {
        Endian::Little => number.to_le_bytes(),
        Endian::Big => number.to_be_bytes(),
    }
}

/// One TCP or UDP socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InetSocket {
    /// The kernel's number of the state, see [`super::tcp_state`].
    pub state: u8,
    /// This side.
    pub local: InetAddress,
    /// The other side; its port is 0 where there is none.
    pub remote: InetAddress,
    /// The user who made it.
    pub uid: u32,
    /// The socket's inode; 0 where no process holds it, as in `TIME_WAIT`.
    pub inode: u64,
}

impl InetSocket {
    /// A record: `struct inet_diag_msg`, `__u8 family, state, timer, retrans`, then `struct
    /// inet_diag_sockid` (`__be16 sport, dport; __be32 src[4], dst[4]; __u32 if, cookie[2]`), then
    /// `__u32 expires, rqueue, wqueue, uid, inode`.
    ///
    /// Errors: [`ParseError`] when it is cut short or of another family.
    pub fn parse(record: &[u8], endian: Endian) -> Result<Self, ParseError> {
        Self::read(record, endian).ok_or(ParseError::new(
            "inet_diag_msg",
            "record",
            Expected::Length,
        ))
    }

    fn read(record: &[u8], endian: Endian) -> Option<Self> {
        let network = Layout::new(record, Endian::Big);
        let native = Layout::new(record, endian);
        let family = network.u8_at(0)?;
        let address = |port: usize, ip: usize| {
            let ip: IpAddr = match family {
                AF_INET => Ipv4Addr::from_bits(network.u32_at(ip)?).into(),
                AF_INET6 => {
                    let octets: [u8; 16] = network.bytes_at(ip, 16)?.try_into().ok()?;
                    Ipv6Addr::from(octets).into()
                }
                _ => return None,
            };
            Some(InetAddress {
                ip,
                port: network.u16_at(port)?,
            })
        };
        Some(Self {
            state: network.u8_at(1)?,
            local: address(4, 8)?,
            remote: address(6, 24)?,
            uid: native.u32_at(64)?,
            inode: native.u32_at(68)?.into(),
        })
    }
}

/// One local socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnixSocket {
    /// Stream, datagram or sequenced packets.
    pub kind: SocketType,
    /// The socket's inode.
    pub inode: u64,
    /// Its path, empty when it has none; a name of the abstract namespace as `/proc/net/unix` shows
    /// it, with `@` for each NUL.
    pub path: Vec<u8>,
}

impl UnixSocket {
    /// A record: `struct unix_diag_msg`, `__u8 family, type, state, pad; __u32 ino, cookie[2]`,
    /// then attributes, of which `UNIX_DIAG_NAME` is 0.
    ///
    /// Errors: [`ParseError`] when it is cut short.
    pub fn parse(record: &[u8], endian: Endian) -> Result<Self, ParseError> {
        Self::read(record, endian).ok_or(ParseError::new(
            "unix_diag_msg",
            "record",
            Expected::Length,
        ))
    }

    fn read(record: &[u8], endian: Endian) -> Option<Self> {
        let head = Layout::new(record, endian);
        let kind = match head.u8_at(1)? {
            1 => SocketType::Stream,
            2 => SocketType::Datagram,
            5 => SocketType::SeqPacket,
            other => SocketType::Other(other.into()),
        };
        let name = attributes(head.from(16)?, endian).find(|(kind, _)| *kind == 0);
        let path = match name {
            Some((_, name @ [0, ..])) => name
                .iter()
                .map(|byte| if *byte == 0 { b'@' } else { *byte })
                .collect(),
            Some((_, name)) => crate::scan::until_nul(name).to_vec(),
            None => Vec::new(),
        };
        Some(Self {
            kind,
            inode: head.u32_at(4)?.into(),
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inet_record(endian: Endian) -> Vec<u8> {
        let mut record = vec![AF_INET, 10, 0, 0];
        record.extend_from_slice(&8080u16.to_be_bytes());
        record.extend_from_slice(&0u16.to_be_bytes());
        record.extend_from_slice(&[127, 0, 0, 1]);
        record.resize(64, 0);
        record.extend_from_slice(&word(1000, endian));
        record.extend_from_slice(&word(4711, endian));
        record
    }

    #[test]
    fn addresses_are_in_network_order_and_numbers_in_the_machines() {
        for endian in [Endian::Little, Endian::Big] {
            let socket = InetSocket::parse(&inet_record(endian), endian).unwrap();
            assert_eq!((socket.state, socket.uid, socket.inode), (10, 1000, 4711));
            assert_eq!(
                socket.local,
                InetAddress {
                    ip: Ipv4Addr::LOCALHOST.into(),
                    port: 8080
                }
            );
            assert_eq!(socket.remote.port, 0);
        }
    }

    #[test]
    fn mapped_addresses_stay_ipv6() {
        let mut record = inet_record(Endian::Little);
        record[0] = AF_INET6;
        record[8..24].copy_from_slice(&Ipv4Addr::LOCALHOST.to_ipv6_mapped().octets());
        let socket = InetSocket::parse(&record, Endian::Little).unwrap();
        assert_eq!(socket.local.ip.to_string(), "::ffff:127.0.0.1");
    }

    #[test]
    fn a_short_or_foreign_record_is_an_error() {
        let record = inet_record(Endian::Little);
        assert!(InetSocket::parse(&record[..71], Endian::Little).is_err());
        assert!(InetSocket::parse(&[99; 72], Endian::Little).is_err());
        assert!(UnixSocket::parse(&[1; 15], Endian::Little).is_err());
    }

    #[test]
    fn local_names_are_paths_or_abstract_or_missing() {
        let record = |name: &[u8]| {
            let mut record = vec![AF_UNIX, 1, 1, 0];
            record.extend_from_slice(&4711u32.to_le_bytes());
            record.resize(16, 0);
            let length = u16::try_from(name.len() + 4).unwrap();
            record.extend_from_slice(&length.to_le_bytes());
            record.extend_from_slice(&[0, 0]);
            record.extend_from_slice(name);
            UnixSocket::parse(&record, Endian::Little).unwrap()
        };
        assert_eq!(record(b"/run/a b\0").path, b"/run/a b");
        assert_eq!(record(b"\0abc\0d").path, b"@abc@d");
        let bare = UnixSocket::parse(
            &[1, 5, 1, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            Endian::Little,
        );
        assert_eq!(
            bare,
            Ok(UnixSocket {
                kind: SocketType::SeqPacket,
                inode: 7,
                path: vec![]
            })
        );
    }

    #[test]
    fn requests_have_the_kernels_sizes() {
        assert_eq!(inet_request(Table::Udp6, 1, Endian::Little).len(), 72);
        assert_eq!(unix_request(1, Endian::Little).len(), 40);
    }

    proptest! {
        #[test]
        fn never_panics(record: Vec<u8>) {
            let _ = InetSocket::parse(&record, Endian::Little);
            let _ = UnixSocket::parse(&record, Endian::Big);
        }
    }
}
