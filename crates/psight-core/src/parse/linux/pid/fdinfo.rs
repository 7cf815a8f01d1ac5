//! `/proc/PID/fdinfo/N`: position and flags of a descriptor.
//!
//! Authority: proc_pid_fdinfo(5). Since Linux 2.6.22.

use crate::scan::{decimal, key_value, lines, octal};
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
            pos_bytes: decimal(find("pos")?).ok_or(number("pos"))?,
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
            let _ = Fdinfo::parse(&text);
        }
    }
}
