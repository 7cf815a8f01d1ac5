//! sysfs `uevent` files: what the kernel tells udev about a device, as `KEY=VALUE` lines.
//!
//! Authority: Documentation/ABI/testing/sysfs-uevent. Batteries and block devices are read so.

use crate::scan::{lines, split_once};

/// Keys and values, in the file's order. A line without `=` is skipped.
///
/// Example line: `DEVNAME=sda1`.
pub fn pairs(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    lines(text).filter_map(|line| split_once(line, b'='))
}

/// The value of a key.
pub fn value<'a>(text: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    pairs(text)
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_is_found_by_its_key() {
        let text = b"MAJOR=8\nMINOR=1\nodd\nDEVNAME=sda1\nDEVTYPE=partition\nA==b\n";
        assert_eq!(value(text, b"DEVNAME"), Some(&b"sda1"[..]));
        assert_eq!(value(text, b"A"), Some(&b"=b"[..]));
        assert_eq!(value(text, b"DEV"), None);
        assert_eq!(pairs(text).count(), 5);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>, key: Vec<u8>) {
            let _ = value(&text, &key);
        }
    }
}
