//! Questions about one network interface, asked by its name over a socket held open.
//!
//! Source: netdevice(7) and linux/ethtool.h.

use std::ffi::{c_int, c_short};
use std::io;
use std::os::fd::OwnedFd;

use rustix::ioctl::{Opcode, Updater, ioctl};
use rustix::net::{AddressFamily, SocketFlags, SocketType, socket_with};

/// Bytes of a name, its NUL included.
const NAME: usize = 16;
/// Bytes after the name in the kernel's `struct ifreq`, on the machine where it is largest.
const REST: usize = 24;
/// Bytes of the kernel's `struct ethtool_cmd`.
const SETTINGS: usize = 44;

const SIOCGIFFLAGS: Opcode = 0x8913;
const SIOCGIFMTU: Opcode = 0x8921;
const SIOCETHTOOL: Opcode = 0x8946;
/// The command in the first word of `struct ethtool_cmd`.
const ETHTOOL_GSET: u32 = 1;

/// The kernel's `struct ifreq` where its union holds a value.
#[repr(C, align(8))]
struct ValueRequest {
    name: [u8; NAME],
    value: [u8; REST],
}

/// The kernel's `struct ifreq` where its union holds a pointer.
#[repr(C)]
struct DataRequest {
    name: [u8; NAME],
    data: *mut [u32; SETTINGS / 4],
    rest: [u8; REST - 4],
}

/// What the driver says of an interface's link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawLink {
    /// Megabits a second; `u32::MAX`, and 65535 from old drivers, when unknown.
    pub(crate) speed: u32,
    /// 0 half, 1 full, 255 unknown.
    pub(crate) duplex: u8,
}

/// A socket for questions about interfaces.
#[derive(Debug)]
pub(crate) struct NicControl(OwnedFd);

impl NicControl {
    /// Opens the socket, in whichever address family this kernel has.
    pub(crate) fn open() -> io::Result<Self> {
        let open = |family| socket_with(family, SocketType::DGRAM, SocketFlags::CLOEXEC, None);
        let socket = open(AddressFamily::INET)
            .or_else(|_| open(AddressFamily::INET6))
            .or_else(|_| open(AddressFamily::UNIX))?;
        Ok(Self(socket))
    }

    /// Bytes. The largest packet the interface sends whole.
    ///
    /// Errors: `ENODEV` no such interface.
    pub(crate) fn mtu(&self, name: &[u8]) -> io::Result<i32> {
        let request = self.value::<SIOCGIFMTU>(name)?;
        Ok(c_int::from_ne_bytes(leading(&request.value)))
    }

    /// The interface's flags, `IFF_UP` and the others of netdevice(7). The kernel returns the
    /// lower sixteen only.
    ///
    /// Errors: `ENODEV` no such interface.
    pub(crate) fn flags(&self, name: &[u8]) -> io::Result<u32> {
        let request = self.value::<SIOCGIFFLAGS>(name)?;
        Ok(u32::from(
            c_short::from_ne_bytes(leading(&request.value)).cast_unsigned(),
        ))
    }

    /// Speed and duplex of the interface's link.
    ///
    /// The command is `ETHTOOL_GSET`: the kernel answers it from the same settings as its successor
    /// `ETHTOOL_GLINKSETTINGS`, which takes two calls.
    /// Errors: `EOPNOTSUPP`, `EINVAL` or `EBUSY` where the driver cannot tell; `ENODEV`; `EPERM`.
    pub(crate) fn link(&self, name: &[u8]) -> io::Result<RawLink> {
        let mut settings = [0u32; SETTINGS / 4];
        settings[0] = ETHTOOL_GSET;
        let mut request = DataRequest {
            name: c_name(name)?,
            data: &raw mut settings,
            rest: [0; REST - 4],
        };
        // SAFETY: the opcode goes with this record, whose name ends in a NUL and whose pointer is
        // to a whole `struct ethtool_cmd` that lives until the call is over.
        let call = unsafe { Updater::<SIOCETHTOOL, DataRequest>::new(&mut request) };
        // SAFETY: this opcode means the same on every socket, and other files have none here.
        unsafe { ioctl(&self.0, call) }?;
        // SAFETY: the pointer is still that to `settings`, which the kernel may have written to.
        let settings = unsafe { request.data.read() };
        Ok(raw_link(&settings))
    }

    fn value<const OPCODE: Opcode>(&self, name: &[u8]) -> io::Result<ValueRequest> {
        let mut request = ValueRequest {
            name: c_name(name)?,
            value: [0; REST],
        };
        // SAFETY: the opcodes used go with this record, whose name ends in a NUL.
        let call = unsafe { Updater::<OPCODE, ValueRequest>::new(&mut request) };
        // SAFETY: the opcodes used write into the record only.
        unsafe { ioctl(&self.0, call) }?;
        Ok(request)
    }
}

/// Speed and duplex in `struct ethtool_cmd`: the low half of the speed is at byte 12, the duplex
/// at 14, the high half of the speed, there since Linux 2.6.27, at 28.
fn raw_link(settings: &[u32; SETTINGS / 4]) -> RawLink {
    let [low0, low1, duplex, _] = settings[3].to_ne_bytes();
    let [high0, high1, _, _] = settings[7].to_ne_bytes();
    let low = u32::from(u16::from_ne_bytes([low0, low1]));
    let high = u32::from(u16::from_ne_bytes([high0, high1]));
    RawLink {
        speed: high << 16 | low,
        duplex,
    }
}

/// The first bytes of a union.
fn leading<const N: usize>(value: &[u8; REST]) -> [u8; N] {
    value.first_chunk().copied().unwrap_or([0; N])
}

/// A name as the kernel wants it. No interface has one that is too long or holds a NUL.
fn c_name(name: &[u8]) -> io::Result<[u8; NAME]> {
    let mut padded = [0; NAME];
    match padded.get_mut(..name.len()) {
        Some(room) if name.len() < NAME && !name.contains(&0) => room.copy_from_slice(name),
        _ => return Err(io::Error::from_raw_os_error(libc::ENODEV)),
    }
    Ok(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loopback_interface_is_up_and_has_no_driver_to_ask() {
        let control = NicControl::open().unwrap();
        assert!(control.mtu(b"lo").unwrap() >= 1280);
        let flags = control.flags(b"lo").unwrap();
        assert!(flags & libc::IFF_LOOPBACK.cast_unsigned() != 0);
        let error = control.link(b"lo").unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EOPNOTSUPP));
    }

    #[test]
    fn values_are_those_of_sysfs() {
        let control = NicControl::open().unwrap();
        for nic in std::fs::read_dir("/sys/class/net").unwrap() {
            let nic = nic.unwrap();
            let name = nic.file_name().into_encoded_bytes();
            let Ok(mtu) = std::fs::read_to_string(nic.path().join("mtu")) else {
                continue;
            };
            assert_eq!(control.mtu(&name).unwrap().to_string(), mtu.trim_end());
            let speed = std::fs::read_to_string(nic.path().join("speed"));
            if let (Ok(link), Ok(speed)) = (control.link(&name), speed) {
                assert_eq!(link.speed.cast_signed().to_string(), speed.trim_end());
            }
        }
    }

    #[test]
    fn names_no_interface_can_have_are_no_device() {
        let control = NicControl::open().unwrap();
        for name in [
            &b"no-such-nic"[..],
            b"a-name-that-is-too-long",
            b"lo\0x",
            b"",
        ] {
            assert_eq!(
                control.mtu(name).unwrap_err().raw_os_error(),
                Some(libc::ENODEV)
            );
        }
    }

    #[test]
    fn the_speed_is_put_together_from_its_halves() {
        let mut settings = [0u32; SETTINGS / 4];
        let [a, b] = 34_464u16.to_ne_bytes();
        settings[3] = u32::from_ne_bytes([a, b, 1, 0]);
        let [a, b] = 1u16.to_ne_bytes();
        settings[7] = u32::from_ne_bytes([a, b, 0, 0]);
        assert_eq!(
            raw_link(&settings),
            RawLink {
                speed: 100_000,
                duplex: 1
            }
        );
    }
}
