//! Physical memory and swap from what a kernel tells of them.
//!
//! Holds psutil's rules for kernels that tell too little (before Linux 3.14) and for containers
//! that tell what cannot be.

use super::percent::ratio;
use crate::types::{SwapMemory, VirtualMemory};

/// What a kernel tells of its memory, in bytes. What it does not tell is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Raw {
    /// Bytes. All physical memory.
    pub total: u64,
    /// Bytes. Used for nothing.
    pub free: u64,
    /// Bytes. The kernel's own estimate of what a new program can have. Since Linux 3.14.
    pub available: Option<u64>,
    /// Bytes. Raw block-device cache.
    pub buffers: Option<u64>,
    /// Bytes. Page cache.
    pub cached: Option<u64>,
    /// Bytes. Slab that can be reclaimed.
    pub sreclaimable: Option<u64>,
    /// Bytes. Shared memory and tmpfs.
    pub shmem: Option<u64>,
    /// Bytes. Shared memory, where `shmem` is not told.
    pub mem_shared: Option<u64>,
    /// Bytes. The kernel's own structures.
    pub slab: Option<u64>,
    /// Bytes. Recently used.
    pub active: Option<u64>,
    /// Bytes. Not recently used.
    pub inactive: Option<u64>,
    /// Bytes. One of three parts of `inactive`, Linux 2.4.
    pub inact_dirty: Option<u64>,
    /// Bytes. One of three parts of `inactive`, Linux 2.4.
    pub inact_clean: Option<u64>,
    /// Bytes. One of three parts of `inactive`, Linux 2.4.
    pub inact_laundry: Option<u64>,
    /// Bytes. Page cache recently used.
    pub active_file: Option<u64>,
    /// Bytes. Page cache not recently used.
    pub inactive_file: Option<u64>,
    /// Bytes. The low watermarks of all zones. Needed only where `available` is absent or 0.
    pub low_watermark: Option<u64>,
}

impl Raw {
    /// Whether the kernel's own estimate is missing, so that [`Raw::low_watermark`] is of use.
    pub const fn wants_low_watermark(&self) -> bool {
        matches!(self.available, None | Some(0))
            && self.active_file.is_some()
            && self.inactive_file.is_some()
            && self.sreclaimable.is_some()
    }

    fn available(&self) -> u64 {
        let told = self.available.filter(|available| *available > 0);
        let available = told.unwrap_or_else(|| {
            self.estimate()
                .unwrap_or(self.free.saturating_add(self.cached.unwrap_or(0)))
        });
        // In an LXC container the estimate is the host's, the total the container's.
        if available > self.total {
            self.free
        } else {
            available
        }
    }

    /// The kernel's formula (commit 34e431b0ae39): free memory above the low watermark, and of
    /// page cache and reclaimable slab what is left when each keeps half, at most the watermark.
    fn estimate(&self) -> Option<u64> {
        let low = i128::from(self.low_watermark?);
        let cache = i128::from(self.active_file?) + i128::from(self.inactive_file?);
        let slab = i128::from(self.sreclaimable?);
        // Twice everything, so that the halves stay whole.
        let kept = |part: i128| 2 * part - part.min(2 * low);
        let doubled = 2 * (i128::from(self.free) - low) + kept(cache) + kept(slab);
        Some(u64::try_from((doubled / 2).max(0)).unwrap_or(u64::MAX))
    }

    fn inactive(&self) -> Option<u64> {
        self.inactive.or_else(|| {
            let two = self.inact_dirty?.saturating_add(self.inact_clean?);
            Some(two.saturating_add(self.inact_laundry?))
        })
    }
}

/// Physical memory as psutil 7 computes it. What the kernel does not tell stays absent.
pub fn virtual_memory(raw: &Raw) -> VirtualMemory {
    let available = raw.available();
    let used = raw.total.saturating_sub(available);
    VirtualMemory {
        total: raw.total,
        available,
        percent: ratio(used, raw.total),
        used,
        free: raw.free,
        active: raw.active,
        inactive: raw.inactive(),
        buffers: raw.buffers,
        cached: raw
            .cached
            .map(|cached| cached.saturating_add(raw.sreclaimable.unwrap_or(0))),
        shared: raw.shmem.or(raw.mem_shared),
        slab: raw.slab,
    }
}

/// Swap from its size, what is free of it, and its traffic, in bytes.
///
/// Traffic is told in both directions or in none.
pub fn swap(total: u64, free: u64, sin: Option<u64>, sout: Option<u64>) -> SwapMemory {
    let used = total.saturating_sub(free);
    let (sin, sout) = sin.zip(sout).unzip();
    SwapMemory {
        total,
        used,
        free,
        percent: ratio(used, total),
        sin,
        sout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OLD: Raw = Raw {
        total: 10_000,
        free: 1000,
        available: None,
        buffers: Some(7),
        cached: Some(5000),
        sreclaimable: Some(400),
        shmem: None,
        mem_shared: None,
        slab: None,
        active: None,
        inactive: None,
        inact_dirty: None,
        inact_clean: None,
        inact_laundry: None,
        active_file: Some(3000),
        inactive_file: Some(1001),
        low_watermark: Some(300),
    };

    #[test]
    fn the_kernels_estimate_is_taken_where_there_is_one() {
        let memory = virtual_memory(&Raw {
            available: Some(6000),
            slab: Some(9),
            ..OLD
        });
        assert_eq!(
            (memory.available, memory.used, memory.percent),
            (6000, 4000, 40.0)
        );
        assert_eq!((memory.cached, memory.slab), (Some(5400), Some(9)));
    }

    #[test]
    fn an_old_kernel_is_estimated_from_watermarks() {
        // 1000 - 300 + (4001 - 300) + (400 - 200)
        assert_eq!(virtual_memory(&OLD).available, 4601);
        let zero = Raw {
            available: Some(0),
            ..OLD
        };
        assert_eq!(virtual_memory(&zero).available, 4601);
        assert!(OLD.wants_low_watermark() && zero.wants_low_watermark());
        assert!(
            !Raw {
                available: Some(1),
                ..OLD
            }
            .wants_low_watermark()
        );
    }

    #[test]
    fn an_older_kernel_is_free_and_cached() {
        for raw in [
            Raw {
                low_watermark: None,
                ..OLD
            },
            Raw {
                active_file: None,
                ..OLD
            },
            Raw {
                sreclaimable: None,
                ..OLD
            },
        ] {
            assert_eq!(virtual_memory(&raw).available, 6000);
        }
    }

    #[test]
    fn a_negative_estimate_is_zero() {
        let raw = Raw {
            low_watermark: Some(9000),
            active_file: Some(0),
            ..OLD
        };
        assert_eq!(virtual_memory(&raw).available, 0);
    }

    #[test]
    fn more_available_than_there_is_means_free() {
        let memory = virtual_memory(&Raw {
            available: Some(20_000),
            ..OLD
        });
        assert_eq!((memory.available, memory.used), (1000, 9000));
    }

    #[test]
    fn what_is_not_told_stays_absent() {
        let raw = Raw {
            total: 2,
            free: 1,
            ..Raw::default()
        };
        let memory = virtual_memory(&raw);
        assert_eq!(
            (memory.buffers, memory.cached, memory.shared),
            (None, None, None)
        );
        assert_eq!(
            (memory.active, memory.inactive, memory.slab),
            (None, None, None)
        );
        assert_eq!((memory.available, memory.percent), (1, 50.0));
    }

    #[test]
    fn inactive_and_shared_have_older_names() {
        let raw = Raw {
            inact_dirty: Some(1),
            inact_clean: Some(2),
            inact_laundry: Some(3),
            mem_shared: Some(4),
            ..OLD
        };
        let memory = virtual_memory(&raw);
        assert_eq!((memory.inactive, memory.shared), (Some(6), Some(4)));
        assert_eq!(
            virtual_memory(&Raw {
                inact_clean: None,
                ..raw
            })
            .inactive,
            None
        );
    }

    #[test]
    fn swap_percent_is_zero_without_swap() {
        let none = swap(0, 0, None, Some(1));
        assert_eq!((none.percent, none.sin, none.sout), (0.0, None, None));
        let some = swap(1000, 250, Some(1), Some(2));
        assert_eq!((some.used, some.percent, some.sout), (750, 75.0, Some(2)));
    }

    proptest! {
        #[test]
        fn available_never_exceeds_total_unless_free_does(
            n in proptest::array::uniform7(any::<u64>()), available: Option<u64>
        ) {
            let raw = Raw {
                total: n[0], free: n[1], available, cached: Some(n[2]), sreclaimable: Some(n[3]),
                active_file: Some(n[4]), inactive_file: Some(n[5]), low_watermark: Some(n[6]),
                ..Raw::default()
            };
            let memory = virtual_memory(&raw);
            prop_assert!(memory.available <= memory.total.max(memory.free));
            prop_assert!((0.0..=100.0).contains(&memory.percent));
            let _ = swap(n[0], n[1], available, Some(n[2]));
        }
    }
}
