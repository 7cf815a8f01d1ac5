//! `/proc/meminfo`: physical memory and swap.
//!
//! Authority: `proc_meminfo(5)`, Documentation/filesystems/proc.rst. Read in one pass without
//! allocation; a line that does not parse, such as one of a container's emulation, is skipped.

use crate::scan::{key_value, kib, lines};
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/meminfo";

macro_rules! meminfo {
    ($($(#[doc = $doc:literal])+ $key:literal $field:ident,)+) => {
        /// `/proc/meminfo`, the lines psight has a use for. A line the kernel does not print is
        /// absent.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Meminfo {
            /// KiB. `MemTotal`: physical memory the kernel manages.
            pub mem_total_kib: u64,
            /// KiB. `MemFree`: used for nothing.
            pub mem_free_kib: u64,
            $($(#[doc = $doc])+ pub $field: Option<u64>,)+
        }

        impl Meminfo {
            /// `/proc/meminfo`.
            ///
            /// Example line: `MemTotal:       32594532 kB`. A blank behind the colon is optional.
            /// Errors: [`ParseError`] when `MemTotal` or `MemFree` is missing.
            pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
                let (mut total, mut free) = (None, None);
                let mut meminfo = Self::default();
                for line in lines(text) {
                    let Some((key, value)) = key_value(line) else { continue };
                    let slot = match key {
                        b"MemTotal" => &mut total,
                        b"MemFree" => &mut free,
                        $($key => &mut meminfo.$field,)+
                        _ => continue,
                    };
                    *slot = kib(value);
                }
                let missing = |field| ParseError::new(SOURCE, field, Expected::Present);
                meminfo.mem_total_kib = total.ok_or(missing("MemTotal"))?;
                meminfo.mem_free_kib = free.ok_or(missing("MemFree"))?;
                Ok(meminfo)
            }
        }
    };
}

meminfo! {
    /// KiB. What a new program can have without swapping. Since Linux 3.14.
    b"MemAvailable" mem_available_kib,
    /// KiB. Raw block-device cache.
    b"Buffers" buffers_kib,
    /// KiB. Page cache.
    b"Cached" cached_kib,
    /// KiB. Slab that can be reclaimed. Since Linux 2.6.19.
    b"SReclaimable" sreclaimable_kib,
    /// KiB. Shared memory and tmpfs. Since Linux 2.6.32.
    b"Shmem" shmem_kib,
    /// KiB. Shared memory, before Linux 2.6.
    b"MemShared" mem_shared_kib,
    /// KiB. The kernel's own structures.
    b"Slab" slab_kib,
    /// KiB. Recently used.
    b"Active" active_kib,
    /// KiB. Not recently used.
    b"Inactive" inactive_kib,
    /// KiB. Inactive and to be written, Linux 2.4.
    b"Inact_dirty" inact_dirty_kib,
    /// KiB. Inactive and clean, Linux 2.4.
    b"Inact_clean" inact_clean_kib,
    /// KiB. Inactive and being written, Linux 2.4 of one distribution.
    b"Inact_laundry" inact_laundry_kib,
    /// KiB. Page cache recently used. Since Linux 2.6.28.
    b"Active(file)" active_file_kib,
    /// KiB. Page cache not recently used. Since Linux 2.6.28.
    b"Inactive(file)" inactive_file_kib,
    /// KiB. All swap.
    b"SwapTotal" swap_total_kib,
    /// KiB. Swap not in use.
    b"SwapFree" swap_free_kib,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_found_by_name_in_any_order() {
        let text = b"MemFree:          100 kB\nMemTotal:       32594532 kB\nActive(file):  7 kB\n\
            Active:  9 kB\nHugePages_Total:       0\nSwapTotal: 0 kB\n";
        let meminfo = Meminfo::parse(text).unwrap();
        assert_eq!(
            (meminfo.mem_total_kib, meminfo.mem_free_kib),
            (32_594_532, 100)
        );
        assert_eq!(
            (meminfo.active_kib, meminfo.active_file_kib),
            (Some(9), Some(7))
        );
        assert_eq!(
            (meminfo.swap_total_kib, meminfo.swap_free_kib),
            (Some(0), None)
        );
    }

    #[test]
    fn a_blank_behind_the_colon_is_optional() {
        let meminfo = Meminfo::parse(b"MemTotal:32594532 kB\nMemFree:1 kB\n").unwrap();
        assert_eq!(meminfo.mem_total_kib, 32_594_532);
    }

    #[test]
    fn lines_that_do_not_parse_are_skipped() {
        let text = b"MemTotal: 2 kB\nMemFree: 1 kB\ngarbage\nCached: many\nMemAvailable: -4 kB\n";
        let meminfo = Meminfo::parse(text).unwrap();
        assert_eq!(
            (meminfo.cached_kib, meminfo.mem_available_kib),
            (None, None)
        );
    }

    #[test]
    fn total_and_free_are_essential() {
        assert_eq!(
            Meminfo::parse(b"MemTotal: 2 kB\n").unwrap_err().field,
            "MemFree"
        );
        assert_eq!(Meminfo::parse(b"").unwrap_err().field, "MemTotal");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Meminfo::parse(&text);
        }
    }
}
