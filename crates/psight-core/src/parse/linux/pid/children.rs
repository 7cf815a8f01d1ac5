//! `/proc/PID/task/TID/children`: whom one thread has started.
//!
//! Authority: proc_tid_children(5). Since Linux 3.5, where the kernel has `CONFIG_PROC_CHILDREN`. A
//! child that ends while the file is read can hide a sibling, so only two equal readings are sure.

use crate::scan::{decimal, words};
use crate::{Expected, ParseError};

/// The ids of a thread's children, in the order it got them; none for an empty text.
///
/// Example: `1300 1304 1411 `, without a newline. Those of a process are its threads' together.
/// Errors: [`ParseError`] for a word that is no id; the words after it follow.
pub fn children(text: &[u8]) -> impl Iterator<Item = Result<u32, ParseError>> {
    words(text).map(|word| {
        let pid = decimal(word).and_then(|pid| u32::try_from(pid).ok());
        pid.ok_or(ParseError::new(
            "/proc/PID/task/TID/children",
            "pid",
            Expected::Number,
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_separated_by_blanks() {
        let pids: Result<Vec<u32>, _> = children(b"1300 1304 1411 ").collect();
        assert_eq!(pids, Ok(vec![1300, 1304, 1411]));
        assert_eq!(children(b"").count(), 0);
    }

    #[test]
    fn a_word_that_is_no_id_is_an_error() {
        let all: Vec<_> = children(b"7 -1 8 4294967296").collect();
        assert_eq!((all[0], all[2]), (Ok(7), Ok(8)));
        assert!(all[1].is_err() && all[3].is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = children(&text).count();
        }

        #[test]
        fn printed_ids_are_read_back(pids: Vec<u32>) {
            let words: Vec<String> = pids.iter().map(u32::to_string).collect();
            let text = words.join(" ");
            let read: Vec<u32> = children(text.as_bytes()).filter_map(Result::ok).collect();
            prop_assert_eq!(read, pids);
        }
    }
}
