//! Asks the kernel over a netlink socket, and hands on the datagrams it answers with.
//!
//! Source: netlink(7). What is in a message, beyond the header's sequence number, is for the caller.

use std::io;
use std::ops::{ControlFlow, Range};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, Protocol, RecvFlags, SendFlags, SocketFlags, SocketType, recv, recvfrom, send,
    socket_with,
};

use super::call::retry;

/// Bytes. The kernel fills at most 32 KiB when it has a choice.
const BUFFER: usize = 64 << 10;
/// Bytes. No datagram is larger; one that says so is refused.
const LARGEST: usize = 16 << 20;
/// Where `struct nlmsghdr` has its sequence number.
const SEQUENCE: Range<usize> = 8..12;
/// The kernel answers while it is asked. A wait this long means that it never will.
const PATIENCE: Duration = Duration::from_secs(5);

/// A netlink socket with its buffer.
#[derive(Debug)]
pub(crate) struct Netlink {
    socket: OwnedFd,
    buffer: Vec<u8>,
}

impl Netlink {
    /// Opens a socket for `NETLINK_SOCK_DIAG`, `NETLINK_ROUTE` or another protocol.
    ///
    /// Errors: `EPROTONOSUPPORT` not in this kernel; `EACCES` and `EPERM` in some sandboxes.
    pub(crate) fn open(protocol: u32) -> io::Result<Self> {
        // NETLINK_ROUTE is 0, the family's default.
        let protocol = std::num::NonZeroU32::new(protocol).map(Protocol::from_raw);
        let socket = socket_with(
            AddressFamily::NETLINK,
            SocketType::RAW,
            SocketFlags::CLOEXEC,
            protocol,
        )?;
        set_socket_timeout(&socket, Timeout::Recv, Some(PATIENCE))?;
        Ok(Self {
            socket,
            buffer: vec![0; BUFFER],
        })
    }

    /// Sends a request, header included, and calls `each` with the datagrams of its answer until
    /// that says `Break`. A datagram holds one or more whole messages.
    ///
    /// Datagrams from anyone but the kernel, and those left over from an earlier request that was
    /// broken off, are dropped; so every request needs its own sequence number. The kernel refuses
    /// a dump with `EBUSY`, in a message, while an earlier one that was broken off is under way.
    ///
    /// Errors: those of sendto(2) and recvfrom(2); `ENOBUFS` the kernel lost messages; `EAGAIN` no
    /// answer. An error inside a message is the caller's to find.
    pub(crate) fn dump(
        &mut self,
        request: &[u8],
        mut each: impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> io::Result<()> {
        let sequence = request
            .get(SEQUENCE)
            .ok_or_else(|| io::Error::from_raw_os_error(libc::EINVAL))?;
        retry(|| Ok(send(&self.socket, request, SendFlags::empty())?))?;
        loop {
            let datagram = receive(&self.socket, &mut self.buffer)?;
            let ours = datagram.and_then(|bytes| bytes.get(SEQUENCE)) == Some(sequence);
            if let Some(datagram) = datagram
                && ours
                && each(datagram).is_break()
            {
                return Ok(());
            }
        }
    }
}

/// The next datagram, when it came from the kernel. The buffer grows to what is waiting.
fn receive<'a>(socket: &OwnedFd, buffer: &'a mut Vec<u8>) -> io::Result<Option<&'a [u8]>> {
    // Looking costs one cheap call for some hundred messages; a datagram cut short is lost.
    let peek = RecvFlags::PEEK | RecvFlags::TRUNC;
    let (_, waiting) = retry(|| Ok(recv(socket, &mut [0; 0], peek)?))?;
    if waiting > LARGEST {
        return Err(io::Error::from_raw_os_error(libc::EMSGSIZE));
    }
    if waiting > buffer.len() {
        buffer.resize(waiting, 0);
    }
    let (length, whole, sender) =
        retry(|| Ok(recvfrom(socket, buffer.as_mut_slice(), RecvFlags::TRUNC)?))?;
    if whole > length {
        return Err(io::Error::from_raw_os_error(libc::EMSGSIZE));
    }
    let sender = sender.and_then(|sender| SocketAddrNetlink::try_from(sender).ok());
    let from_kernel = sender.is_some_and(|sender| sender.pid() == 0);
    Ok(if from_kernel {
        buffer.get(..length)
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NLMSG_ERROR: u16 = 2;
    const NLMSG_DONE: u16 = 3;

    /// `RTM_GETLINK` for all interfaces.
    fn links(sequence: u32) -> Vec<u8> {
        let mut request = Vec::new();
        request.extend(32u32.to_ne_bytes());
        request.extend(18u16.to_ne_bytes());
        request.extend(0x301u16.to_ne_bytes());
        request.extend(sequence.to_ne_bytes());
        request.resize(32, 0);
        request
    }

    /// The message types in a datagram.
    fn types(mut datagram: &[u8]) -> Vec<u16> {
        let mut types = Vec::new();
        while let Some(length) = datagram.first_chunk() {
            types.push(u16::from_ne_bytes([datagram[4], datagram[5]]));
            let next = (u32::from_ne_bytes(*length) as usize).next_multiple_of(4);
            datagram = datagram.get(next..).unwrap_or_default();
        }
        types
    }

    fn dumped(netlink: &mut Netlink, request: &[u8]) -> Vec<u16> {
        let mut seen = Vec::new();
        netlink
            .dump(request, |datagram| {
                seen.extend(types(datagram));
                match seen.last() {
                    Some(&(NLMSG_DONE | NLMSG_ERROR)) => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                }
            })
            .unwrap();
        seen
    }

    #[test]
    fn a_dump_ends_with_done() {
        let mut netlink = Netlink::open(0).unwrap();
        let seen = dumped(&mut netlink, &links(7));
        assert_eq!(seen.last(), Some(&NLMSG_DONE));
        assert!(seen.contains(&16), "there is always the loopback interface");
    }

    #[test]
    fn what_is_left_of_a_broken_off_dump_is_dropped() {
        let mut netlink = Netlink::open(0).unwrap();
        netlink.dump(&links(1), |_| ControlFlow::Break(())).unwrap();
        let mut sequences = Vec::new();
        netlink
            .dump(&links(2), |datagram| {
                sequences.push(datagram[SEQUENCE].to_vec());
                match types(datagram).last() {
                    Some(&(NLMSG_DONE | NLMSG_ERROR)) => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                }
            })
            .unwrap();
        assert!(!sequences.is_empty());
        assert!(
            sequences
                .iter()
                .all(|sequence| *sequence == 2u32.to_ne_bytes())
        );
    }

    #[test]
    fn a_buffer_too_small_grows_before_anything_is_lost() {
        let mut netlink = Netlink::open(0).unwrap();
        let whole = dumped(&mut netlink, &links(1));
        netlink.buffer = vec![0; 8];
        assert_eq!(dumped(&mut netlink, &links(2)), whole);
        assert!(netlink.buffer.len() > 8);
    }

    #[test]
    fn a_request_without_header_is_refused() {
        let mut netlink = Netlink::open(4).unwrap();
        let error = netlink
            .dump(b"", |_| ControlFlow::Continue(()))
            .unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
    }
}
