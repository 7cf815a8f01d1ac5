//! `/proc/PID/statm`: memory in pages.
//!
//! Authority: proc_pid_statm(5).

use crate::scan::{decimal, words};
use crate::{Expected, ParseError};

/// Pages of memory; zeros for a kernel thread and a zombie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statm {
    /// Pages. Address space.
    pub size_pages: u64,
    /// Pages. In RAM.
    pub resident_pages: u64,
    /// Pages. In RAM and backed by files or shared memory.
    pub shared_pages: u64,
    /// Pages. Executable code.
    pub text_pages: u64,
    /// Pages. Always 0 since Linux 2.6.
    pub lib_pages: u64,
    /// Pages. Data and stack.
    pub data_pages: u64,
    /// Pages. Always 0 since Linux 2.6.
    pub dt_pages: u64,
}

impl Statm {
    /// Example: `1849 981 829 221 0 135 0`.
    ///
    /// Errors: [`ParseError`] naming the word that is missing or not a number.
    pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let mut words = words(text);
        let mut next = |field| {
            let word = words.next();
            let word = word.ok_or(ParseError::new("/proc/PID/statm", field, Expected::Present))?;
            decimal(word).ok_or(ParseError::new("/proc/PID/statm", field, Expected::Number))
        };
        Ok(Self {
            size_pages: next("size")?,
            resident_pages: next("resident")?,
            shared_pages: next("shared")?,
            text_pages: next("text")?,
            lib_pages: next("lib")?,
            data_pages: next("data")?,
            dt_pages: next("dt")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stand_in_order() {
        let statm = Statm::parse(b"1849 981 829 221 0 135 7\n").unwrap();
        assert_eq!(
            (statm.size_pages, statm.resident_pages, statm.shared_pages),
            (1849, 981, 829)
        );
        assert_eq!(
            (statm.text_pages, statm.data_pages, statm.dt_pages),
            (221, 135, 7)
        );
    }

    #[test]
    fn a_short_line_is_an_error() {
        assert_eq!(Statm::parse(b"1 2 3").unwrap_err().field, "text");
        assert_eq!(
            Statm::parse(b"1 2 -3 4 5 6 7").unwrap_err().expected,
            Expected::Number
        );
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Statm::parse(&text);
        }
    }
}
