//! `/proc/partitions`: block devices by number, to name the device `/` is on.
//!
//! Authority: `proc_partitions(5)`.

use crate::scan::{decimal, lines, words};

/// One block device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition<'a> {
    /// Major device number.
    pub major: u32,
    /// Minor device number.
    pub minor: u32,
    /// KiB. Its size.
    pub blocks_kib: u64,
    /// The kernel's name, such as `sda1`.
    pub name: &'a [u8],
}

/// The rows of `/proc/partitions`. The heading and rows that do not parse are skipped.
///
/// Example: `   8        1   20970496 sda1`.
pub fn partitions(text: &[u8]) -> impl Iterator<Item = Partition<'_>> {
    lines(text).filter_map(|line| {
        let mut words = words(line);
        Some(Partition {
            major: decimal(words.next()?)?.try_into().ok()?,
            minor: decimal(words.next()?)?.try_into().ok()?,
            blocks_kib: decimal(words.next()?)?,
            name: words.next()?,
        })
    })
}

/// The name of the device with these numbers.
pub fn device_name(text: &[u8], major: u32, minor: u32) -> Option<&[u8]> {
    partitions(text)
        .find(|row| (row.major, row.minor) == (major, minor))
        .map(|row| row.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &[u8] =
        b"major minor  #blocks  name\n\n   8        0   20971520 sda\n   8        1   \
        20970496 sda1\n 259        1  976762584 nvme0n1\n";

    #[test]
    fn the_heading_is_skipped() {
        let rows: Vec<_> = partitions(TEXT).collect();
        assert_eq!(rows.len(), 3);
        let sda1 = Partition {
            major: 8,
            minor: 1,
            blocks_kib: 20_970_496,
            name: b"sda1",
        };
        assert_eq!(rows[1], sda1);
    }

    #[test]
    fn a_device_is_found_by_its_numbers() {
        assert_eq!(device_name(TEXT, 259, 1), Some(&b"nvme0n1"[..]));
        assert_eq!(device_name(TEXT, 8, 2), None);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>, major: u32, minor: u32) {
            let _ = device_name(&text, major, minor);
        }
    }
}
