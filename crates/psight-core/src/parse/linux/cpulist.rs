//! The kernel's lists of CPUs and memory nodes: `0-3,8,10-11`.
//!
//! Authority: `cpuset(7)`, "List format". Used by `Cpus_allowed_list`, sysfs `online` and the
//! topology files.

use crate::scan::{decimal, split_once};
use crate::{Expected, ParseError};

const SOURCE: &str = "cpu list";

/// Numbers in one list; far above any kernel's CPU limit, and no threat to memory.
const MOST: usize = 1 << 20;

/// The numbers of a list, in its order. An empty list is empty.
///
/// Example: `0-3,8,10-11`.
/// Errors: [`ParseError`] when a number is none, when a range runs backwards, or when the list
/// holds more than 2^20 numbers.
pub fn cpulist(text: &[u8]) -> Result<Vec<u32>, ParseError> {
    let mut list = Vec::new();
    let text = text.trim_ascii();
    if text.is_empty() {
        return Ok(list);
    }
    for range in text.split(|b| *b == b',') {
        let (first, last) = split_once(range, b'-').unwrap_or((range, range));
        let (first, last) = (number(first)?, number(last)?);
        if last < first {
            return Err(ParseError::new(SOURCE, "range", Expected::InRange));
        }
        let span = usize::try_from(last - first).unwrap_or(MOST);
        if span >= MOST.saturating_sub(list.len()) {
            return Err(ParseError::new(SOURCE, "length", Expected::InRange));
        }
        list.extend(first..=last);
    }
    Ok(list)
}

fn number(text: &[u8]) -> Result<u32, ParseError> {
    let number = decimal(text).ok_or(ParseError::new(SOURCE, "number", Expected::Number))?;
    number
        .try_into()
        .map_err(|_| ParseError::new(SOURCE, "number", Expected::InRange))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_and_single_numbers_mix() {
        assert_eq!(cpulist(b"0-3,8,10-11\n"), Ok(vec![0, 1, 2, 3, 8, 10, 11]));
        assert_eq!(cpulist(b"7"), Ok(vec![7]));
        assert_eq!(cpulist(b"\n"), Ok(vec![]));
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for text in [
            &b"0-"[..],
            b"-3",
            b"1,,2",
            b"3-1",
            b"a",
            b"0-4294967296",
            b"1-2-3",
        ] {
            assert!(cpulist(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn absurd_lengths_are_refused() {
        assert_eq!(cpulist(b"0-1048575").unwrap().len(), 1 << 20);
        assert_eq!(cpulist(b"0-1048576").unwrap_err().field, "length");
        assert_eq!(cpulist(b"0-4294967295").unwrap_err().field, "length");
        assert_eq!(cpulist(b"0-1048575,7").unwrap_err().field, "length");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>, list in "[0-9,-]{0,12}") {
            let _ = (cpulist(&text), cpulist(list.as_bytes()));
        }
    }
}
