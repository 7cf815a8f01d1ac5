//! A process's environment as the system keeps it: `KEY=VALUE` items, each ended by NUL.
//!
//! Authority: `environ(7)`, `proc_pid_environ(5)`. The process may have written anything over it,
//! so psutil's rules for garbage apply.

use std::collections::BTreeMap;
use std::ffi::OsString;

use crate::scan::split_once;
use crate::text::os_string;

/// Keys and values, in the block's order.
///
/// Ends at an empty item or where no NUL follows: an unfinished tail is dropped. An item without
/// `=`, or with `=` as its first byte, is skipped.
pub fn pairs(block: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = block;
    core::iter::from_fn(move || {
        let (item, after) = split_once(rest, 0)?;
        rest = after;
        (!item.is_empty()).then_some(item)
    })
    .filter_map(|item| split_once(item, b'=').filter(|(key, _)| !key.is_empty()))
}

/// Values by key. Of several values for one key the last counts.
pub fn environ_block(block: &[u8]) -> BTreeMap<OsString, OsString> {
    pairs(block)
        .map(|(key, value)| (os_string(key), os_string(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn items_end_with_nul() {
        let pairs: Vec<_> = pairs(b"a=1\0b=x=y\0c=\0").collect();
        assert_eq!(pairs, [(&b"a"[..], &b"1"[..]), (b"b", b"x=y"), (b"c", b"")]);
    }

    #[test]
    fn an_empty_item_ends_the_block() {
        assert_eq!(pairs(b"a=1\0\0b=2\0").count(), 1);
        assert_eq!(pairs(b"\0a=1\0").count(), 0);
    }

    #[test]
    fn an_unfinished_tail_and_odd_items_are_dropped() {
        let pairs: Vec<_> = pairs(b"odd\0=x\0a=1\0b=2").collect();
        assert_eq!(pairs, [(&b"a"[..], &b"1"[..])]);
    }

    #[test]
    fn the_last_value_of_a_key_counts() {
        let environ = environ_block(b"a=1\0a=2\0");
        assert_eq!(environ.get(&OsString::from("a")), Some(&"2".into()));
    }

    proptest! {
        #[test]
        fn never_panics(block: Vec<u8>) {
            let _ = environ_block(&block);
        }
    }
}
