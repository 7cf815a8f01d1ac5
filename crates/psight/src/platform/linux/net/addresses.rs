//! The addresses of interfaces, as text.
//!
//! Source: getifaddrs(3), which speaks of the network namespace of this process only. Authority:
//! packet(7) for hardware addresses.

use std::mem::offset_of;

use psight_core::text::os_string;
use psight_core::types::{AddressFamily, ByName, NicAddress};

use super::super::Host;
use crate::error::{Fault, Outcome};
use crate::os::ifaddrs::{RawAddress, getifaddrs, name_info};

/// Groups of a hardware address as people know it; a tunnel's has fewer.
const GROUPS: usize = 6;

impl Host {
    pub(super) fn nic_addresses(&self) -> Outcome<ByName<Vec<NicAddress>>> {
        if !self.live {
            return Err(Fault::Unsupported("net_if_addrs"));
        }
        let raw = getifaddrs().map_err(|error| Fault::call("getifaddrs", error))?;
        Ok(by_interface(raw))
    }
}

/// Grouped by name, after a stable sort by family.
fn by_interface(mut raw: Vec<RawAddress>) -> ByName<Vec<NicAddress>> {
    raw.sort_by_key(|raw| raw.family);
    let mut nics = ByName::<Vec<NicAddress>>::default();
    for raw in &raw {
        if let Some(address) = nic_address(raw) {
            nics.entry(os_string(&raw.name), Vec::new).push(address);
        }
    }
    nics
}

/// `None` for a family without text, and for a hardware address without bytes.
fn nic_address(raw: &RawAddress) -> Option<NicAddress> {
    let has = |flag: libc::c_int| raw.flags & flag.cast_unsigned() != 0;
    let text = |sockaddr: &Option<Vec<u8>>| address(raw.family, sockaddr.as_deref()?);
    let (broadcast, ptp) = match text(&raw.broadcast_or_peer) {
        broadcast if has(libc::IFF_BROADCAST) => (broadcast, None),
        ptp if has(libc::IFF_POINTOPOINT) => (None, ptp),
        _ => (None, None),
    };
    let address = match raw.scope_id {
        0 => text(&raw.address)?,
        // The scope is the interface itself; asking the kernel for its name takes three calls.
        _ => link_local(raw)?,
    };
    let (family, address) = match (raw.family, address) {
        (libc::AF_INET, address) => (AddressFamily::Inet, address),
        (libc::AF_INET6, address) => (AddressFamily::Inet6, address),
        (_, hardware) => (AddressFamily::Packet, padded(hardware)),
    };
    Some(NicAddress {
        family,
        address,
        netmask: text(&raw.netmask),
        broadcast,
        ptp,
    })
}

/// The text of a `sockaddr`.
fn address(family: i32, sockaddr: &[u8]) -> Option<String> {
    match family {
        libc::AF_INET | libc::AF_INET6 => {
            let text = name_info(sockaddr).ok()?;
            Some(String::from_utf8_lossy(&text).into_owned())
        }
        libc::AF_PACKET => hardware(sockaddr),
        _ => None,
    }
}

/// `fe80::1%eth0`.
fn link_local(raw: &RawAddress) -> Option<String> {
    let mut sockaddr = raw.address.clone()?;
    let scope = offset_of!(libc::sockaddr_in6, sin6_scope_id);
    sockaddr.get_mut(scope..)?.fill(0);
    let address = address(raw.family, &sockaddr)?;
    Some(format!("{address}%{}", String::from_utf8_lossy(&raw.name)))
}

/// `02:42:ac:11:00:02`: as many bytes as the address says it has.
fn hardware(sockaddr: &[u8]) -> Option<String> {
    let length = usize::from(*sockaddr.get(offset_of!(libc::sockaddr_ll, sll_halen))?);
    let bytes = sockaddr.get(offset_of!(libc::sockaddr_ll, sll_addr)..)?;
    let groups: Vec<_> = bytes
        .iter()
        .take(length)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    (!groups.is_empty()).then(|| groups.join(":"))
}

fn padded(mut hardware: String) -> String {
    let groups = hardware.split(':').count();
    hardware.push_str(&":00".repeat(GROUPS.saturating_sub(groups)));
    hardware
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    fn packet(halen: u8, hardware: &[u8]) -> Vec<u8> {
        let mut sockaddr = vec![0; 12];
        sockaddr[11] = halen;
        sockaddr.extend(hardware);
        sockaddr
    }

    fn inet6(address: &str) -> Vec<u8> {
        let family = libc::sa_family_t::try_from(libc::AF_INET6).unwrap();
        let mut sockaddr = vec![0; size_of::<libc::sockaddr_in6>()];
        sockaddr[..2].copy_from_slice(&family.to_ne_bytes());
        sockaddr[8..24].copy_from_slice(&address.parse::<Ipv6Addr>().unwrap().octets());
        sockaddr
    }

    fn raw(name: &str, family: i32, flags: i32, address: Option<Vec<u8>>) -> RawAddress {
        RawAddress {
            name: name.into(),
            flags: flags.cast_unsigned(),
            family,
            address: address.clone(),
            netmask: None,
            broadcast_or_peer: address,
            scope_id: 0,
        }
    }

    #[test]
    fn interfaces_come_in_the_order_of_their_lowest_family() {
        let hardware = Some(packet(6, &[0x02, 0x42, 0xac, 0x11, 0, 2, 0, 0]));
        let nics = by_interface(vec![
            raw("a", libc::AF_PACKET, libc::IFF_BROADCAST, hardware.clone()),
            raw("b", libc::AF_PACKET, libc::IFF_POINTOPOINT, hardware),
            raw("b", libc::AF_INET6, 0, Some(inet6("::ffff:1.2.3.4"))),
            raw("c", libc::AF_UNSPEC, 0, None),
        ]);
        assert_eq!(nics.names().collect::<Vec<_>>(), ["b", "a"]);
        let Some([inet6, link]) = nics.get("b").map(Vec::as_slice) else {
            panic!("{nics:?}")
        };
        assert_eq!(inet6.address, "::ffff:1.2.3.4");
        assert_eq!((&inet6.broadcast, &inet6.ptp), (&None, &None));
        assert_eq!(link.family, AddressFamily::Packet);
        assert_eq!(
            (&link.broadcast, link.ptp.as_deref()),
            (&None, Some("02:42:ac:11:00:02"))
        );
        assert_eq!(nics.get("a").map(|rows| rows[0].ptp.clone()), Some(None));
    }

    #[test]
    fn a_link_local_address_names_its_interface() {
        let mut address = inet6("fe80::1");
        let scope = offset_of!(libc::sockaddr_in6, sin6_scope_id);
        address[scope..scope + 4].copy_from_slice(&7u32.to_ne_bytes());
        let mut raw = raw("eth0", libc::AF_INET6, 0, Some(address));
        raw.scope_id = 7;
        assert_eq!(nic_address(&raw).unwrap().address, "fe80::1%eth0");
    }

    #[test]
    fn hardware_addresses_are_padded_to_six_groups_and_never_cut() {
        let text = |halen, bytes: &[u8]| hardware(&packet(halen, bytes)).map(padded);
        assert_eq!(
            text(4, &[10, 0, 0, 1, 9, 9]).as_deref(),
            Some("0a:00:00:01:00:00")
        );
        assert_eq!(text(20, &[1; 20]).map(|text| text.len()), Some(59));
        assert_eq!(text(0, &[1; 8]), None);
        assert_eq!(hardware(&[0; 5]), None);
    }
}
