//! The addresses of the network interfaces, from getifaddrs(3), as the bytes of their `sockaddr`.

use std::ffi::{CStr, c_char, c_int};
use std::io;
use std::mem::{MaybeUninit, offset_of};
use std::ptr;

use super::call::{checked, grow};

/// One address of one interface. A `sockaddr` is given as bytes in the machine's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawAddress {
    /// The interface.
    pub(crate) name: Vec<u8>,
    /// The interface's flags, `IFF_UP` and the others of netdevice(7).
    pub(crate) flags: u32,
    /// The address family; that of `address` when there is one.
    pub(crate) family: i32,
    /// The address; `None` for an interface without any, such as some tunnels.
    pub(crate) address: Option<Vec<u8>>,
    /// The network mask; `None` for hardware addresses.
    pub(crate) netmask: Option<Vec<u8>>,
    /// The broadcast address with `IFF_BROADCAST`, the other end with `IFF_POINTOPOINT`.
    pub(crate) broadcast_or_peer: Option<Vec<u8>>,
    /// The number of the interface that a link-local IPv6 address is valid on, else 0.
    pub(crate) scope_id: u32,
}

/// The list that getifaddrs(3) allocates.
struct List(*mut libc::ifaddrs);

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: the list came from getifaddrs and is freed once, here.
        unsafe { libc::freeifaddrs(self.0) };
    }
}

/// The addresses of all interfaces, in the kernel's order.
pub(crate) fn getifaddrs() -> io::Result<Vec<RawAddress>> {
    let mut first: *mut libc::ifaddrs = ptr::null_mut();
    // SAFETY: `first` is valid for writing one pointer.
    checked(unsafe { libc::getifaddrs(&raw mut first) })?;
    let list = List(first);
    let mut addresses = Vec::new();
    let mut next = list.0;
    // SAFETY: null, or an entry of the list, which lives as long as `list`.
    while let Some(entry) = unsafe { next.as_ref() } {
        addresses.push(raw_address(entry));
        next = entry.ifa_next;
    }
    Ok(addresses)
}

fn raw_address(entry: &libc::ifaddrs) -> RawAddress {
    let address = sockaddr(entry.ifa_addr);
    let name = if entry.ifa_name.is_null() {
        Vec::new()
    } else {
        // SAFETY: a name that is not null is a C string of the list.
        unsafe { CStr::from_ptr(entry.ifa_name) }
            .to_bytes()
            .to_vec()
    };
    RawAddress {
        name,
        flags: entry.ifa_flags,
        family: address
            .as_deref()
            .and_then(family)
            .unwrap_or(libc::AF_UNSPEC),
        scope_id: address.as_deref().and_then(scope_id).unwrap_or(0),
        netmask: sockaddr(entry.ifa_netmask),
        broadcast_or_peer: sockaddr(entry.ifa_ifu),
        address,
    }
}

/// The bytes of a `sockaddr` of the list, as many as its family has. `None` for null and for
/// families whose length is not known.
fn sockaddr(address: *const libc::sockaddr) -> Option<Vec<u8>> {
    // SAFETY: null, or a record of the list, whose family is always there.
    let head = unsafe { address.as_ref() }?;
    let length = match c_int::from(head.sa_family) {
        libc::AF_INET => size_of::<libc::sockaddr_in>(),
        libc::AF_INET6 => size_of::<libc::sockaddr_in6>(),
        libc::AF_PACKET => {
            let byte = address
                .cast::<u8>()
                .wrapping_add(offset_of!(libc::sockaddr_ll, sll_halen));
            // SAFETY: a record of this family has a byte there.
            let hardware = usize::from(unsafe { byte.read() });
            // A field of 8, but InfiniBand has 20 bytes: both C libraries allocate 24.
            let hardware = hardware.clamp(8, 24);
            offset_of!(libc::sockaddr_ll, sll_addr).saturating_add(hardware)
        }
        _ => return None,
    };
    // SAFETY: the record of this family is at least so long, and lives as long as the list.
    let bytes = unsafe { std::slice::from_raw_parts(address.cast::<u8>(), length) };
    Some(bytes.to_vec())
}

/// The family in the first field of a `sockaddr`.
fn family(sockaddr: &[u8]) -> Option<c_int> {
    Some(c_int::from(libc::sa_family_t::from_ne_bytes(
        *sockaddr.first_chunk()?,
    )))
}

/// The scope of an IPv6 address.
fn scope_id(sockaddr: &[u8]) -> Option<u32> {
    if family(sockaddr)? != libc::AF_INET6 {
        return None;
    }
    let rest = sockaddr.get(offset_of!(libc::sockaddr_in6, sin6_scope_id)..)?;
    Some(u32::from_ne_bytes(*rest.first_chunk()?))
}

/// The text of an IPv4 or IPv6 `sockaddr`, with `%interface` where it is link-local.
///
/// Source: getnameinfo(3) with `NI_NUMERICHOST`; asks no name server.
/// Errors: `EAFNOSUPPORT` another family, or too few bytes.
pub(crate) fn name_info(sockaddr: &[u8]) -> io::Result<Vec<u8>> {
    let unsupported = || io::Error::from_raw_os_error(libc::EAFNOSUPPORT);
    let length = match family(sockaddr) {
        Some(libc::AF_INET) => size_of::<libc::sockaddr_in>(),
        Some(libc::AF_INET6) => size_of::<libc::sockaddr_in6>(),
        _ => return Err(unsupported()),
    };
    let sockaddr = sockaddr.get(..length).ok_or_else(unsupported)?;
    let mut aligned = MaybeUninit::<libc::sockaddr_storage>::zeroed();
    // SAFETY: both are valid for `length` bytes, no more than any sockaddr has, and do not overlap.
    unsafe { ptr::copy_nonoverlapping(sockaddr.as_ptr(), aligned.as_mut_ptr().cast(), length) };
    let socklen = libc::socklen_t::try_from(length).map_err(io::Error::other)?;
    grow(64, 4096, |room| {
        let mut text: Vec<c_char> = vec![0; room];
        let roomlen = libc::socklen_t::try_from(room).map_err(io::Error::other)?;
        // SAFETY: the address is valid and aligned for its length, the text for its own, and no
        // service name is asked for.
        let error = unsafe {
            libc::getnameinfo(
                aligned.as_ptr().cast(),
                socklen,
                text.as_mut_ptr(),
                roomlen,
                ptr::null_mut(),
                0,
                libc::NI_NUMERICHOST,
            )
        };
        match error {
            0 => {
                #[allow(
                    clippy::cast_sign_loss,
                    clippy::unnecessary_cast,
                    reason = "`c_char` is signed on some only."
                )]
                let text = text.iter().take_while(|c| **c != 0).map(|c| *c as u8);
                Ok(Some(text.collect()))
            }
            libc::EAI_OVERFLOW => Ok(None),
            libc::EAI_SYSTEM => Err(io::Error::last_os_error()),
            _ => Err(unsupported()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loopback_interface_has_its_addresses() {
        let all = getifaddrs().unwrap();
        let lo: Vec<_> = all.iter().filter(|address| address.name == b"lo").collect();
        let packet = lo
            .iter()
            .find(|address| address.family == libc::AF_PACKET)
            .unwrap();
        assert_eq!(packet.address.as_ref().unwrap().len(), 20);
        assert_eq!(packet.netmask, None);
        if let Some(inet) = lo.iter().find(|address| address.family == libc::AF_INET) {
            assert_eq!(
                name_info(inet.address.as_ref().unwrap()).unwrap(),
                b"127.0.0.1"
            );
            assert_eq!(
                name_info(inet.netmask.as_ref().unwrap()).unwrap(),
                b"255.0.0.0"
            );
        }
        assert!(
            lo.iter()
                .all(|address| address.flags & libc::IFF_LOOPBACK.cast_unsigned() != 0)
        );
    }

    #[test]
    fn a_link_local_address_names_its_interface() {
        let mut address = vec![0; size_of::<libc::sockaddr_in6>()];
        let family = libc::sa_family_t::try_from(libc::AF_INET6).unwrap();
        address[..2].copy_from_slice(&family.to_ne_bytes());
        address[8..10].copy_from_slice(&[0xfe, 0x80]);
        address[23] = 1;
        assert_eq!(name_info(&address).unwrap(), b"fe80::1");
        let scope = offset_of!(libc::sockaddr_in6, sin6_scope_id);
        // SAFETY: the name is a C string.
        let lo = unsafe { libc::if_nametoindex(c"lo".as_ptr()) };
        address[scope..scope + 4].copy_from_slice(&lo.to_ne_bytes());
        assert_eq!(name_info(&address).unwrap(), b"fe80::1%lo");
        assert_eq!(scope_id(&address), Some(lo));
    }

    #[test]
    fn what_is_no_internet_address_has_no_text() {
        let short = libc::sa_family_t::try_from(libc::AF_INET)
            .unwrap()
            .to_ne_bytes();
        for bytes in [&[][..], &[0], &[0; 64], &short] {
            let error = name_info(bytes).unwrap_err();
            assert_eq!(error.raw_os_error(), Some(libc::EAFNOSUPPORT));
        }
    }
}
