//! `/proc/uptime`: time since boot, suspend included.
//!
//! Authority: `proc_uptime(5)`.

use crate::scan::{fraction, words};
use crate::{Expected, ParseError};

/// `/proc/uptime`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uptime {
    /// Seconds. Since boot.
    pub up_seconds: f64,
    /// Seconds. Idle, summed over all CPUs. Absent in some containers.
    pub idle_seconds: Option<f64>,
}

impl Uptime {
    /// `/proc/uptime`.
    ///
    /// Example: `350735.47 234388.90`.
    /// Errors: [`ParseError`] when the first number is missing.
    pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let mut numbers = words(text).map(fraction);
        let up = numbers.next().flatten();
        Ok(Self {
            up_seconds: up.ok_or(ParseError::new("/proc/uptime", "uptime", Expected::Number))?,
            idle_seconds: numbers.next().flatten(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_numbers_are_seconds() {
        let uptime = Uptime::parse(b"350735.47 234388.90\n").unwrap();
        assert_eq!(
            (uptime.up_seconds, uptime.idle_seconds),
            (350_735.47, Some(234_388.90))
        );
    }

    #[test]
    fn only_the_first_is_essential() {
        assert_eq!(Uptime::parse(b"1.00\n").unwrap().idle_seconds, None);
        assert_eq!(Uptime::parse(b"\n").unwrap_err().field, "uptime");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Uptime::parse(&text);
        }
    }
}
