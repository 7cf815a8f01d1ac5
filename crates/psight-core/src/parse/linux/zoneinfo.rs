//! `/proc/zoneinfo`: the watermarks below which the kernel starts to reclaim memory.
//!
//! Authority: `proc_zoneinfo(5)`. Needed only on kernels before 3.14, which print no
//! `MemAvailable`.

use crate::scan::{decimal, lines, words};

/// Pages. The sum of the `low` watermarks of all zones; 0 where no zone has one.
///
/// Example line: `        low      15231`.
pub fn low_pages(text: &[u8]) -> u64 {
    lines(text)
        .filter_map(|line| {
            let mut words = words(line);
            (words.next()? == b"low").then(|| words.next().and_then(decimal))?
        })
        .fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn low_watermarks_of_all_zones_are_added() {
        let text = b"Node 0, zone      DMA\n  pages free     3968\n        min      60\n        \
            low      75\n        high     90\nNode 0, zone    DMA32\n        low      15231\n  \
            nr_lowmem 4\n        low\n";
        assert_eq!(low_pages(text), 15306);
        assert_eq!(low_pages(b""), 0);
    }

    #[test]
    fn a_sum_beyond_64_bits_saturates() {
        assert_eq!(low_pages(b"low 18446744073709551615\nlow 1\n"), u64::MAX);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = low_pages(&text);
        }
    }
}
