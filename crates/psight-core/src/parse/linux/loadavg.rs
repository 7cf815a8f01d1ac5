//! `/proc/loadavg`: how many tasks run or want to, averaged.
//!
//! Authority: `proc_loadavg(5)`. The kernel counts tasks in uninterruptible sleep as well.

use crate::scan::{fraction, words};
use crate::types::LoadAverage;
use crate::{Expected, ParseError};

/// `/proc/loadavg`: averages over 1, 5 and 15 minutes.
///
/// Example: `0.20 0.18 0.12 1/80 11206`.
/// Errors: [`ParseError`] when one of the first three numbers is missing.
pub fn loadavg(text: &[u8]) -> Result<LoadAverage, ParseError> {
    let mut words = words(text);
    let mut next = |field| {
        let number = words.next().and_then(fraction);
        number.ok_or(ParseError::new("/proc/loadavg", field, Expected::Number))
    };
    Ok(LoadAverage {
        one: next("1 minute")?,
        five: next("5 minutes")?,
        fifteen: next("15 minutes")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_three_numbers_are_the_averages() {
        let load = loadavg(b"0.20 0.18 12.00 1/80 11206\n").unwrap();
        assert_eq!(
            load,
            LoadAverage {
                one: 0.20,
                five: 0.18,
                fifteen: 12.0
            }
        );
    }

    #[test]
    fn a_missing_average_is_an_error() {
        assert_eq!(loadavg(b"0.20 0.18").unwrap_err().field, "15 minutes");
        assert_eq!(loadavg(b"nan 0.18 0.1").unwrap_err().field, "1 minute");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = loadavg(&text);
        }
    }
}
