//! `/proc/PID/io`: what a process read and wrote.
//!
//! Authority: proc_pid_io(5). Since Linux 2.6.20, with task I/O accounting.

use crate::scan::{decimal, key_value, lines};
use crate::types::IoCounters;
use crate::{Expected, ParseError};

/// The counters, in the kernel's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Io {
    /// Bytes. Passed to read calls.
    pub rchar_bytes: u64,
    /// Bytes. Passed to write calls.
    pub wchar_bytes: u64,
    /// Count. Read calls.
    pub syscr: u64,
    /// Count. Write calls.
    pub syscw: u64,
    /// Bytes. Fetched from storage.
    pub read_bytes: u64,
    /// Bytes. Sent to storage.
    pub write_bytes: u64,
}

impl Io {
    /// Example lines: `rchar: 323934931`, `syscr: 632687`. Blank and odd lines are passed over.
    ///
    /// Errors: [`ParseError`] naming the counter that is missing.
    pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let find = |field: &'static str| {
            let mut pairs = lines(text).filter_map(key_value);
            let value = pairs.find_map(|(key, value)| {
                (key == field.as_bytes()).then(|| decimal(value)).flatten()
            });
            value.ok_or(ParseError::new("/proc/PID/io", field, Expected::Present))
        };
        Ok(Self {
            rchar_bytes: find("rchar")?,
            wchar_bytes: find("wchar")?,
            syscr: find("syscr")?,
            syscw: find("syscw")?,
            read_bytes: find("read_bytes")?,
            write_bytes: find("write_bytes")?,
        })
    }

    /// As the public record.
    pub const fn counters(&self) -> IoCounters {
        IoCounters {
            read_count: self.syscr,
            write_count: self.syscw,
            read_bytes: self.read_bytes,
            write_bytes: self.write_bytes,
            read_chars: Some(self.rchar_bytes),
            write_chars: Some(self.wchar_bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blank_and_odd_lines_are_passed_over() {
        let text =
            b"rchar: 1\n\nwchar: 2\nodd\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n\
            cancelled_write_bytes: 7\n";
        let counters = Io::parse(text).unwrap().counters();
        assert_eq!((counters.read_count, counters.write_count), (3, 4));
        assert_eq!((counters.read_bytes, counters.write_bytes), (5, 6));
        assert_eq!(
            (counters.read_chars, counters.write_chars),
            (Some(1), Some(2))
        );
    }

    #[test]
    fn a_missing_counter_is_named() {
        assert_eq!(Io::parse(b"rchar: 1\n").unwrap_err().field, "wchar");
        assert_eq!(Io::parse(b"").unwrap_err().field, "rchar");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Io::parse(&text);
        }
    }
}
