//! `/proc/PID/fdinfo/N`: position and flags of a descriptor.
//!
//! Authority: proc_pid_fdinfo(5). Since Linux 2.6.22.

use crate::scan::{decimal, key_value, lines, octal, signed};
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/PID/fdinfo/N";

/// `O_ACCMODE`, `O_WRONLY`, `O_RDWR` and `O_APPEND` of asm-generic/fcntl.h. The last has another
/// value on alpha, mips, parisc and sparc, which the kernel prints there.
const ACCESS: u32 = 0o3;
const WRITE: u32 = 0o1;
const BOTH: u32 = 0o2;
const APPEND: u32 = 0o2000;

/// What `fdinfo` says of any descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fdinfo {
    /// Bytes. Where the next read or write happens.
    pub pos_bytes: u64,
    /// The flags of open(2).
    pub flags: u32,
}

impl Fdinfo {
    /// Example lines: `pos: 4096`, `flags: 0100002`.
    ///
    /// Errors: [`ParseError`] naming the line that is missing or odd.
    pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let find = |field: &'static str| {
            let mut pairs = lines(text).filter_map(key_value);
            let found = pairs.find(|(key, _)| *key == field.as_bytes());
            found
                .map(|(_, value)| value)
                .ok_or(ParseError::new(SOURCE, field, Expected::Present))
        };
        let number = |field| ParseError::new(SOURCE, field, Expected::Number);
        let flags = octal(find("flags")?).and_then(|flags| u32::try_from(flags).ok());
        Ok(Self {
            pos_bytes: position(find("pos")?).ok_or(number("pos"))?,
            flags: flags.ok_or(number("flags"))?,
        })
    }

    /// The flags as Python's `open` spells them.
    pub const fn mode(&self) -> &'static str {
        let append = self.flags & APPEND != 0;
        match self.flags & ACCESS {
            WRITE if append => "a",
            WRITE => "w",
            BOTH if append => "a+",
            BOTH => "r+",
            _ => "r",
        }
    }
}

/// Printed signed. Only files whose positions are unsigned, such as `/proc/PID/mem`, have one of
/// 2^63 or more.
fn position(text: &[u8]) -> Option<u64> {
    decimal(text).or_else(|| signed(text).map(i64::cast_unsigned))
}

/// The process behind a pidfd, as its `fdinfo` tells. Since Linux 5.2, `NSpid` since 5.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pidfd<'a> {
    /// The id in the namespace of the `/proc` read; 0 when it has none there, -1 when it is gone.
    pub pid: i32,
    /// Its ids in each nested namespace, the innermost last.
    pub nspid: Option<&'a [u8]>,
}

impl<'a> Pidfd<'a> {
    /// Example lines: `Pid: 1234`, `NSpid: 1234 7`. `None` when this is no pidfd's.
    pub fn parse(text: &'a [u8]) -> Option<Self> {
        let find = |field: &[u8]| {
            let mut pairs = lines(text).filter_map(key_value);
            pairs.find(|(key, _)| *key == field).map(|(_, value)| value)
        };
        Some(Self {
            pid: signed(find(b"Pid")?)?.try_into().ok()?,
            nspid: find(b"NSpid"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn position_is_decimal_and_flags_are_octal() {
        let info = Fdinfo::parse(b"pos:\t4096\nflags:\t0102002\nmnt_id:\t29\nino:\t7\n").unwrap();
        assert_eq!(
            (info.pos_bytes, info.flags, info.mode()),
            (4096, 0o102_002, "a+")
        );
    }

    #[test]
    fn positions_beyond_the_sign_are_large() {
        let info = Fdinfo::parse(b"pos:\t-10485760\nflags:\t0100000\n").unwrap();
        assert_eq!(info.pos_bytes, 0xffff_ffff_ff60_0000);
    }

    #[test]
    fn a_pidfd_tells_its_process() {
        let head = b"pos:\t0\nflags:\t02000002\nmnt_id:\t15\nino:\t9\n";
        let text = [&head[..], b"Pid:\t1234\nNSpid:\t1234\t7\n"].concat();
        let pidfd = Pidfd::parse(&text).unwrap();
        assert_eq!((pidfd.pid, pidfd.nspid), (1234, Some(&b"1234\t7"[..])));
        let gone = Pidfd::parse(b"Pid:\t-1\n").unwrap();
        assert_eq!((gone.pid, gone.nspid), (-1, None));
        assert_eq!(Pidfd::parse(head), None);
    }

    #[test]
    fn modes_are_spelled_as_python_does() {
        let mode = |flags| {
            Fdinfo {
                pos_bytes: 0,
                flags,
            }
            .mode()
        };
        assert_eq!((mode(0), mode(1), mode(2)), ("r", "w", "r+"));
        assert_eq!((mode(0o2000), mode(0o2001), mode(0o2002)), ("r", "a", "a+"));
    }

    #[test]
    fn a_missing_line_is_named() {
        assert_eq!(Fdinfo::parse(b"flags:\t02\n").unwrap_err().field, "pos");
        assert_eq!(
            Fdinfo::parse(b"pos:\t0\nflags:\t9\n").unwrap_err().field,
            "flags"
        );
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = (Fdinfo::parse(&text), Pidfd::parse(&text));
        }
    }
}
