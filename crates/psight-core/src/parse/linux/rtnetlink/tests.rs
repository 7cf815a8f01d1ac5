//! Messages built by hand, in both byte orders.

use super::*;
use crate::parse::linux::netlink::{Message, messages};
use proptest::prelude::*;

const BOTH: [Endian; 2] = [Endian::Little, Endian::Big];

fn u16s(number: u16, endian: Endian) -> Vec<u8> {
    match endian {
        Endian::Little => number.to_le_bytes().to_vec(),
        Endian::Big => number.to_be_bytes().to_vec(),
    }
}

fn u32s(number: u32, endian: Endian) -> Vec<u8> {
    match endian {
        Endian::Little => number.to_le_bytes().to_vec(),
        Endian::Big => number.to_be_bytes().to_vec(),
    }
}

fn u64s(number: u64, endian: Endian) -> Vec<u8> {
    match endian {
        Endian::Little => number.to_le_bytes().to_vec(),
        Endian::Big => number.to_be_bytes().to_vec(),
    }
}

fn attribute(kind: u16, value: &[u8], endian: Endian) -> Vec<u8> {
    let length = u16::try_from(value.len() + 4).unwrap();
    let mut bytes = [u16s(length, endian), u16s(kind, endian), value.to_vec()].concat();
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn eth0(endian: Endian) -> Vec<u8> {
    // The counters 1 to 24, in the order of the struct.
    let stats: Vec<u8> = (1..=24).flat_map(|n| u64s(n, endian)).collect();
    [
        vec![0, 0],
        u16s(1, endian),
        u32s(2, endian),
        u32s(0x0001_1043, endian),
        u32s(0, endian),
        attribute(3, b"eth0\0", endian),
        attribute(4, &u32s(1500, endian), endian),
        attribute(16, &[6], endian),
        attribute(1, &[2, 0, 0, 0, 0, 7], endian),
        attribute(2, &[0xff; 6], endian),
        attribute(23, &stats, endian),
        // A nested list, marked so, which is nobody's concern here.
        attribute(0x8034, &[8, 0, 53, 0, b'x', 0, 0, 0], endian),
    ]
    .concat()
}

fn address(family: u8, attributes: &[(u16, &[u8])], endian: Endian) -> Vec<u8> {
    let mut body = vec![family, 24, 0x80, 0];
    body.extend(u32s(2, endian));
    for (kind, value) in attributes {
        body.extend(attribute(*kind, value, endian));
    }
    body
}

#[test]
fn an_interface_is_told_in_both_byte_orders() {
    for endian in BOTH {
        let body = eth0(endian);
        let link = Link::parse(&body, endian).unwrap();
        assert_eq!((link.name, link.index, link.hardware), (&b"eth0"[..], 2, 1));
        assert_eq!((link.flags, link.mtu), (0x0001_1043, Some(1500)));
        assert_eq!(link.operstate, Some(6));
        assert_eq!(link.address, Some(&[2, 0, 0, 0, 0, 7][..]));
        assert_eq!(link.broadcast, Some(&[0xff; 6][..]));
        assert_eq!(
            link.stats.unwrap().counters(),
            NetIoCounters {
                packets_recv: 1,
                packets_sent: 2,
                bytes_recv: 3,
                bytes_sent: 4,
                errin: 5,
                errout: 6,
                // Dropped by the kernel, 7, and missed by the hardware, 16.
                dropin: 23,
                dropout: 8,
            }
        );
    }
}

#[test]
fn what_an_old_kernel_leaves_out_is_absent() {
    let endian = Endian::Little;
    let body = [vec![0; 16], attribute(3, b"tun0\0", endian)].concat();
    let link = Link::parse(&body, endian).unwrap();
    assert_eq!((link.mtu, link.operstate, link.stats), (None, None, None));
    assert_eq!((link.address, link.broadcast), (None, None));
    let short = [body, attribute(23, &[1; 100], endian)].concat();
    assert_eq!(Link::parse(&short, endian).unwrap().stats, None);
}

#[test]
fn an_interface_without_name_or_head_is_an_error() {
    let error = Link::parse(&[0; 16], Endian::Little).unwrap_err();
    assert_eq!(
        (error.field, error.expected),
        ("IFLA_IFNAME", Expected::Present)
    );
    let error = Link::parse(&[0; 15], Endian::Little).unwrap_err();
    assert_eq!(error.expected, Expected::Length);
    let error = Address::parse(&[AF_INET; 7], Endian::Little).unwrap_err();
    assert_eq!(error.expected, Expected::Length);
}

#[test]
fn an_ipv4_address_has_label_and_broadcast() {
    for endian in BOTH {
        let flags = u32s(0x280, endian);
        let attributes = [
            (1, &[192, 0, 2, 7][..]),
            (2, &[192, 0, 2, 7]),
            (4, &[192, 0, 2, 255]),
            (3, b"eth0:1\0"),
            (8, &flags),
        ];
        let body = address(AF_INET, &attributes, endian);
        let found = Address::parse(&body, endian).unwrap().unwrap();
        assert_eq!((found.index, found.prefix_bits), (2, 24));
        assert_eq!(found.flags, 0x280);
        assert_eq!(found.own(), Some(Ipv4Addr::new(192, 0, 2, 7).into()));
        assert_eq!(found.peer(), None);
        assert_eq!(found.broadcast, Some(Ipv4Addr::new(192, 0, 2, 255).into()));
        assert_eq!(found.label, Some(&b"eth0:1"[..]));
    }
}

#[test]
fn between_two_points_the_address_is_the_peers() {
    let attributes = [(1, &[192, 0, 2, 1][..]), (2, &[192, 0, 2, 2])];
    let body = address(AF_INET, &attributes, Endian::Little);
    let found = Address::parse(&body, Endian::Little).unwrap().unwrap();
    assert_eq!(found.own(), Some(Ipv4Addr::new(192, 0, 2, 2).into()));
    assert_eq!(found.peer(), Some(Ipv4Addr::new(192, 0, 2, 1).into()));
}

#[test]
fn an_ipv6_address_stands_alone() {
    let octets = Ipv6Addr::LOCALHOST.octets();
    let body = address(AF_INET6, &[(1, &octets)], Endian::Little);
    let found = Address::parse(&body, Endian::Little).unwrap().unwrap();
    assert_eq!(found.own(), Some(Ipv6Addr::LOCALHOST.into()));
    assert_eq!((found.peer(), found.label), (None, None));
    // Without `IFA_FLAGS` those of the head count.
    assert_eq!(found.flags, 0x80);
}

#[test]
fn other_families_and_odd_lengths_are_left_out() {
    let body = address(28, &[(1, &[1, 2, 3, 4])], Endian::Little);
    assert_eq!(Address::parse(&body, Endian::Little), Ok(None));
    let body = address(AF_INET6, &[(1, &[1, 2, 3, 4])], Endian::Little);
    let found = Address::parse(&body, Endian::Little).unwrap().unwrap();
    assert_eq!(found.own(), None);
}

#[test]
fn requests_are_dumps_of_the_kernels_sizes() {
    for endian in BOTH {
        let links = link_request(7, endian);
        let addresses = address_request(8, endian);
        assert_eq!((links.len(), addresses.len()), (32, 24));
        let kinds: Vec<_> = [links, addresses]
            .iter()
            .filter_map(|request| match messages(request, endian).next()? {
                Ok(Message::Record { kind, .. }) => Some(kind),
                _ => None,
            })
            .collect();
        assert_eq!(kinds, [18, 22]);
    }
}

proptest! {
    #[test]
    fn never_panics(bytes: Vec<u8>) {
        for endian in BOTH {
            let _ = (Link::parse(&bytes, endian).is_ok(), Address::parse(&bytes, endian).is_ok());
        }
    }

    #[test]
    fn never_panics_on_damaged_records(at in 0usize..60, byte: u8, length in 0usize..320) {
        let mut body = eth0(Endian::Little);
        body[at] = byte;
        body.truncate(length);
        if let Ok(link) = Link::parse(&body, Endian::Little) {
            let _ = link.stats.map(|stats| stats.counters());
        }
        if let Ok(Some(address)) = Address::parse(&body, Endian::Little) {
            let _ = (address.own(), address.peer());
        }
    }
}
