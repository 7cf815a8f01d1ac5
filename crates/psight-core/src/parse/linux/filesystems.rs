//! `/proc/filesystems`: the file system types this kernel can mount.
//!
//! Authority: `proc_filesystems(5)`. `nodev` marks the types that need no block device.

use crate::scan::{lines, words};

/// The types that live on a device: those not marked `nodev`, and `zfs`, which is marked although
/// its pools do.
///
/// Example lines: `nodev<TAB>tmpfs` and `<TAB>ext4`.
pub fn device_types(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    lines(text).filter_map(|line| {
        let mut words = words(line);
        match words.next()? {
            b"nodev" => words.next().filter(|name| *name == b"zfs"),
            name => Some(name),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn types_without_device_are_left_out_except_zfs() {
        let text = b"nodev\tsysfs\nnodev\ttmpfs\n\text4\n\tvfat\nnodev\tzfs\nnodev\n\n";
        let types: Vec<_> = device_types(text).collect();
        assert_eq!(types, [&b"ext4"[..], b"vfat", b"zfs"]);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = device_types(&text).count();
        }
    }
}
