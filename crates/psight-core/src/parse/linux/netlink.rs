//! Netlink messages: headers and attributes around what the kernel tells.
//!
//! Authority: netlink(7), linux/netlink.h. Numbers are in the machine's byte order; messages and
//! attributes are padded to 4 bytes.

use crate::layout::{Endian, Layout};
use crate::{Expected, ParseError};

/// Bytes of `struct nlmsghdr`: `__u32 len; __u16 type, flags; __u32 seq, pid`.
pub const HEADER: usize = 16;
const TYPE: usize = 4;

/// `NLM_F_REQUEST | NLM_F_DUMP`.
const DUMP_REQUEST: u16 = 0x301;
const ERROR: u16 = 2;
const DONE: u16 = 3;
/// `NLA_TYPE_MASK`: the two bits above an attribute's type tell how its value is written.
const ATTRIBUTE_TYPE: u16 = 0x3fff;

/// One message of a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// A record, by its type.
    Record {
        /// The type, as the protocol numbers them.
        kind: u16,
        /// What stands behind the header.
        body: &'a [u8],
    },
    /// The kernel refused, or broke off the dump, with this error number.
    Refused(i32),
    /// The dump is complete.
    Done,
}

/// The header of a request for a dump, followed by `body`.
pub fn dump_request(kind: u16, sequence: u32, body: &[u8], endian: Endian) -> Vec<u8> {
    let u16s = |n: u16| {
        if endian == Endian::Big {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        }
    };
    let u32s = |n: u32| {
        if endian == Endian::Big {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        }
    };
    let length = u32::try_from(HEADER.saturating_add(body.len())).unwrap_or(u32::MAX);
    let mut request = Vec::with_capacity(HEADER.saturating_add(body.len()));
    request.extend_from_slice(&u32s(length));
    request.extend_from_slice(&u16s(kind));
    request.extend_from_slice(&u16s(DUMP_REQUEST));
    request.extend_from_slice(&u32s(sequence));
    request.extend_from_slice(&u32s(0));
    request.extend_from_slice(body);
    request
}

/// The messages of a datagram. A message cut short is an error, and the last.
pub fn messages(
    datagram: &[u8],
    endian: Endian,
) -> impl Iterator<Item = Result<Message<'_>, ParseError>> {
    let mut rest = datagram;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let message = first(&mut rest, endian);
        if message.is_none() {
            rest = &[];
        }
        Some(message.ok_or(ParseError::new("netlink", "message", Expected::Length)))
    })
}

fn first<'a>(rest: &mut &'a [u8], endian: Endian) -> Option<Message<'a>> {
    let record = Layout::new(rest, endian);
    let length = usize::try_from(record.u32_at(0)?).ok()?;
    let kind = record.u16_at(TYPE)?;
    let body = rest.get(HEADER..length)?;
    *rest = rest.get(padded(length)?..).unwrap_or_default();
    Some(match kind {
        // How the dump went: it says `ENOENT` for a protocol whose sockets this kernel cannot tell.
        DONE => match Layout::new(body, endian).i32_at(0) {
            Some(error @ ..0) => Message::Refused(error.saturating_neg()),
            _ => Message::Done,
        },
        // `struct nlmsgerr` begins with the error number, negated.
        ERROR => Message::Refused(Layout::new(body, endian).i32_at(0)?.saturating_neg()),
        _ => Message::Record { kind, body },
    })
}

/// The attributes of a body: their types and values. One cut short ends them.
pub fn attributes(body: &[u8], endian: Endian) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = body;
    core::iter::from_fn(move || {
        let record = Layout::new(rest, endian);
        let length = usize::from(record.u16_at(0)?);
        let kind = record.u16_at(2)? & ATTRIBUTE_TYPE;
        let value = rest.get(4..length)?;
        rest = rest.get(padded(length)?..).unwrap_or_default();
        Some((kind, value))
    })
}

fn padded(length: usize) -> Option<usize> {
    length.checked_next_multiple_of(4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_request_is_read_back_as_a_message() {
        for endian in [Endian::Little, Endian::Big] {
            let datagram = dump_request(20, 7, b"body", endian);
            let all: Vec<_> = messages(&datagram, endian).collect();
            assert_eq!(
                all,
                [Ok(Message::Record {
                    kind: 20,
                    body: b"body"
                })]
            );
        }
    }

    #[test]
    fn refusals_and_ends_are_told() {
        let refused = dump_request(ERROR, 1, &(-13i32).to_le_bytes(), Endian::Little);
        let done = dump_request(DONE, 1, &[0; 4], Endian::Little);
        let datagram = [refused, done].concat();
        let all: Vec<_> = messages(&datagram, Endian::Little).collect();
        assert_eq!(all, [Ok(Message::Refused(13)), Ok(Message::Done)]);
    }

    #[test]
    fn a_dump_that_failed_ends_with_its_error() {
        for endian in [Endian::Little, Endian::Big] {
            let word = |n: i32| match endian {
                Endian::Little => n.to_le_bytes(),
                Endian::Big => n.to_be_bytes(),
            };
            let failed = dump_request(DONE, 1, &word(-2), endian);
            let went_well = dump_request(DONE, 1, &word(0), endian);
            let bare = dump_request(DONE, 1, b"", endian);
            let datagram = [failed, went_well, bare].concat();
            let all: Vec<_> = messages(&datagram, endian).collect();
            assert_eq!(
                all,
                [
                    Ok(Message::Refused(2)),
                    Ok(Message::Done),
                    Ok(Message::Done)
                ]
            );
        }
    }

    #[test]
    fn a_message_cut_short_is_an_error_and_the_last() {
        let mut datagram = dump_request(20, 7, b"body", Endian::Little);
        datagram.truncate(18);
        let all: Vec<_> = messages(&datagram, Endian::Little).collect();
        assert_eq!(all.len(), 1);
        assert!(all[0].is_err());
    }

    #[test]
    fn attributes_are_padded_to_four_bytes() {
        let body = [
            &[5, 0, 1, 0, b'x', 0, 0, 0][..],
            &[6, 0, 2, 0, b'y', b'z', 0, 0],
        ]
        .concat();
        let all: Vec<_> = attributes(&body, Endian::Little).collect();
        assert_eq!(all, [(1, &b"x"[..]), (2, b"yz")]);
        assert_eq!(attributes(&[2, 0, 0, 0], Endian::Little).count(), 0);
        // `NLA_F_NESTED` is no part of the type.
        let nested = [4, 0, 52, 0x80];
        assert!(attributes(&nested, Endian::Little).eq([(52, &b""[..])]));
    }

    proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>) {
            let _ = (messages(&bytes, Endian::Little).count(), attributes(&bytes, Endian::Big).count());
        }
    }
}
