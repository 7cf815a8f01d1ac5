//! `/proc/net/{tcp,tcp6,udp,udp6}` and `/proc/net/unix`: the sockets of a network namespace.
//!
//! Authority: `proc_pid_net(5)`, `Documentation/networking/proc_net_tcp.rst`. The fallback where
//! `sock_diag(7)` is not to be had.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::layout::Endian;
use crate::scan::{decimal, hexadecimal, split_once, words};
use crate::types::{InetAddress, SocketType};
use crate::{Expected, ParseError};

/// One TCP or UDP socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InetRow {
    /// This side.
    pub local: InetAddress,
    /// The other side; its port is 0 where there is none.
    pub remote: InetAddress,
    /// The kernel's number of the state, see [`super::tcp_state`].
    pub state: u8,
    /// The socket's inode; 0 where no process holds it, as in `TIME_WAIT`.
    pub inode: u64,
}

/// The sockets behind the line of heading, in the kernel's order.
///
/// Example: `0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 140`.
/// An address is printed as 32-bit numbers of the machine, so its bytes come in the order of
/// `endian`. Eight digits are IPv4, 32 are IPv6.
/// Errors: [`ParseError`] at the offset of a row with fewer than ten words or with a word that does
/// not parse; the rows after it follow.
pub fn inet_rows(
    source: &'static str,
    text: &[u8],
    endian: Endian,
) -> impl Iterator<Item = Result<InetRow, ParseError>> {
    body(text)
        .map(move |(offset, line)| inet_row(source, line, endian).map_err(|error| error.at(offset)))
}

fn inet_row(source: &'static str, line: &[u8], endian: Endian) -> Result<InetRow, ParseError> {
    let short = ParseError::new(source, "line", Expected::Length);
    let bad = |field| ParseError::new(source, field, Expected::Number);
    let mut words = words(line).skip(1);
    let mut next = || words.next().ok_or(short);
    let (local, remote, state) = (next()?, next()?, next()?);
    let inode = words.nth(5).ok_or(short)?;
    Ok(InetRow {
        local: address(local, endian).ok_or(bad("local_address"))?,
        remote: address(remote, endian).ok_or(bad("rem_address"))?,
        state: narrow(hexadecimal(state)).ok_or(bad("st"))?,
        inode: decimal(inode).ok_or(bad("inode"))?,
    })
}

/// `0100007F:1F90`: an address of 8 or 32 digits and a port.
fn address(word: &[u8], endian: Endian) -> Option<InetAddress> {
    let (digits, port) = split_once(word, b':')?;
    let ip = match digits.len() {
        8 => IpAddr::V4(Ipv4Addr::from(group(digits, endian)?)),
        32 => {
            let mut bytes = [0; 16];
            for (four, digits) in bytes.chunks_exact_mut(4).zip(digits.chunks_exact(8)) {
                four.copy_from_slice(&group(digits, endian)?);
            }
            IpAddr::V6(Ipv6Addr::from(bytes))
        }
        _ => return None,
    };
    Some(InetAddress {
        ip,
        port: narrow(hexadecimal(port))?,
    })
}

fn group(digits: &[u8], endian: Endian) -> Option<[u8; 4]> {
    let number: u32 = narrow(hexadecimal(digits))?;
    Some(match endian {
        Endian::Little => number.to_le_bytes(),
        Endian::Big => number.to_be_bytes(),
    })
}

fn narrow<T: TryFrom<u64>>(number: Option<u64>) -> Option<T> {
    number?.try_into().ok()
}

/// One local socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnixRow<'a> {
    /// Stream, datagram or sequenced packets.
    pub kind: SocketType,
    /// The socket's inode.
    pub inode: u64,
    /// Its path, blanks included; `@name` in the abstract namespace; empty when unbound.
    pub path: &'a [u8],
}

/// The sockets of `/proc/net/unix` behind the line of heading, in the kernel's order.
///
/// Example: `ffff8df6c0e0b800: 00000003 00000000 00000000 0001 03 21524 /run/my socket`.
/// A path that holds a newline continues on a line of its own; one without any blank is skipped.
/// Errors: [`ParseError`] at the offset of another row with fewer than seven words or with a word
/// that does not parse; the rows after it follow.
pub fn unix_rows(text: &[u8]) -> impl Iterator<Item = Result<UnixRow<'_>, ParseError>> {
    body(text).filter_map(|(offset, line)| match unix_row(line) {
        Err(error) if error.expected == Expected::Length && !line.contains(&b' ') => None,
        row => Some(row.map_err(|error: ParseError| error.at(offset))),
    })
}

fn unix_row(line: &[u8]) -> Result<UnixRow<'_>, ParseError> {
    let error = |field, expected| ParseError::new("/proc/net/unix", field, expected);
    let (mut kind, mut inode, mut rest) = (&b""[..], &b""[..], line);
    for column in 0..7 {
        let (word, after) = word(rest).ok_or(error("line", Expected::Length))?;
        rest = after;
        match column {
            4 => kind = word,
            6 => inode = word,
            _ => {}
        }
    }
    let kind: i32 = narrow(hexadecimal(kind)).ok_or(error("Type", Expected::Number))?;
    Ok(UnixRow {
        kind: match kind {
            1 => SocketType::Stream,
            2 => SocketType::Datagram,
            5 => SocketType::SeqPacket,
            other => SocketType::Other(other),
        },
        inode: decimal(inode).ok_or(error("Inode", Expected::Number))?,
        path: rest.strip_prefix(b" ").unwrap_or(rest),
    })
}

/// The first word, and all that follows it.
fn word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.trim_ascii_start();
    let end = text
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(text.len());
    text.split_at_checked(end)
        .filter(|(word, _)| !word.is_empty())
}

/// The lines behind the heading with their offsets, without newline.
fn body(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut offset = 0usize;
    let lines = text.split_inclusive(|b| *b == b'\n').map(move |line| {
        let start = offset;
        offset = offset.saturating_add(line.len());
        (start, line.strip_suffix(b"\n").unwrap_or(line))
    });
    lines.skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inet(row: &str, endian: Endian) -> Result<InetRow, ParseError> {
        let text = format!("  sl  local_address rem_address   st\n{row}\n");
        inet_rows("/proc/net/tcp", text.as_bytes(), endian)
            .next()
            .unwrap()
    }

    #[test]
    fn addresses_are_numbers_of_the_machine() {
        let tail = "0A 00000000:00000000 00:00000000 00000000  1000        0 140 1 0 100";
        let row = inet(
            &format!("  0: 0100007F:1F90 00000000:0000 {tail}"),
            Endian::Little,
        )
        .unwrap();
        assert_eq!(
            row.local,
            InetAddress {
                ip: [127, 0, 0, 1].into(),
                port: 8080
            }
        );
        assert_eq!((row.remote.port, row.state, row.inode), (0, 0x0a, 140));
        let row = inet(
            &format!("  0: 7F000001:1F90 00000000:0000 {tail}"),
            Endian::Big,
        )
        .unwrap();
        assert_eq!(row.local.ip, IpAddr::from([127, 0, 0, 1]));
    }

    #[test]
    fn ipv6_has_four_groups() {
        let row = "0: B80D01200000000067452301EFCDAB89:0016 0000000000000000FFFF00000100007F:0001 \
            01 0:0 00:0 0 0 0 7";
        let row = inet(row, Endian::Little).unwrap();
        assert_eq!(row.local.ip.to_string(), "2001:db8::123:4567:89ab:cdef");
        assert_eq!(row.remote.ip.to_string(), "::ffff:127.0.0.1");
        assert_eq!(row.inode, 7);
    }

    #[test]
    fn a_short_row_is_an_error_at_its_offset() {
        let error = inet(
            "  0: 0100007F:1F90 00000000:0000 0A 1 2 3 4 5",
            Endian::Little,
        )
        .unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::Length, 37));
        let error = inet("0: 0100007F:1F90 0000:0000 0A 1 2 3 4 5 6", Endian::Little).unwrap_err();
        assert_eq!(error.field, "rem_address");
    }

    type Owned = (SocketType, u64, Vec<u8>);

    fn unix(rows: &[u8]) -> Vec<Result<Owned, ParseError>> {
        let text = [
            b"Num       RefCount Protocol Flags    Type St Inode Path\n",
            rows,
        ]
        .concat();
        unix_rows(&text)
            .map(|row| row.map(|r| (r.kind, r.inode, r.path.to_vec())))
            .collect()
    }

    #[test]
    fn a_path_keeps_its_blanks() {
        let rows = unix(
            b"ff: 00000003 0 0 0001 03 21524 /run/my  socket \n\
            ff: 3 0 0 0002 01   136\nff: 3 0 0 0005 03 77 @/tmp/.X11-unix/X0\n\
            ff: 3 0 0 000A 03 1  a\n",
        );
        assert_eq!(
            rows[0],
            Ok((SocketType::Stream, 21524, b"/run/my  socket ".to_vec()))
        );
        assert_eq!(rows[1], Ok((SocketType::Datagram, 136, vec![])));
        assert_eq!(
            rows[2],
            Ok((SocketType::SeqPacket, 77, b"@/tmp/.X11-unix/X0".to_vec()))
        );
        assert_eq!(rows[3], Ok((SocketType::Other(10), 1, b" a".to_vec())));
    }

    #[test]
    fn the_rest_of_a_path_with_newline_is_skipped_when_it_has_no_blank() {
        let rows = unix(b"ff: 3 0 0 0001 03 5 /run/a\nrest\n\nmore rest\n");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].clone().unwrap_err().expected, Expected::Length);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let text = [b"\n", &text[..]].concat();
            let _ = inet_rows("/proc/net/tcp", &text, Endian::Little).count();
            let _ = unix_rows(&text).count();
        }

        #[test]
        fn printed_addresses_are_read_back(ip: [u8; 16], port: u16) {
            let group = |four: &[u8]| u32::from_le_bytes(four.try_into().unwrap());
            let digits: Vec<_> = ip.chunks(4).map(|four| format!("{:08X}", group(four))).collect();
            let digits = digits.concat();
            let row = format!("0: {digits}:{port:04X} 00000000:0000 07 0:0 0:0 0 0 0 1");
            let local = inet(&row, Endian::Little).unwrap().local;
            prop_assert_eq!(local, InetAddress { ip: Ipv6Addr::from(ip).into(), port });
        }
    }
}
