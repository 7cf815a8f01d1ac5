//! Counters summed up.

use crate::types::{DiskIoCounters, NetIoCounters};

/// The sum over disks; `None` without any. A field sums those that tell it, and is absent where
/// none does.
pub fn sum_disks(disks: impl Iterator<Item = DiskIoCounters>) -> Option<DiskIoCounters> {
    disks.reduce(|sum, disk| DiskIoCounters {
        read_count: sum.read_count.saturating_add(disk.read_count),
        write_count: sum.write_count.saturating_add(disk.write_count),
        read_bytes: sum.read_bytes.saturating_add(disk.read_bytes),
        write_bytes: sum.write_bytes.saturating_add(disk.write_bytes),
        read_time: known(sum.read_time, disk.read_time),
        write_time: known(sum.write_time, disk.write_time),
        read_merged_count: known(sum.read_merged_count, disk.read_merged_count),
        write_merged_count: known(sum.write_merged_count, disk.write_merged_count),
        busy_time: known(sum.busy_time, disk.busy_time),
    })
}

/// The sum over interfaces; `None` without any.
pub fn sum_nics(nics: impl Iterator<Item = NetIoCounters>) -> Option<NetIoCounters> {
    nics.reduce(|sum, nic| NetIoCounters {
        bytes_sent: sum.bytes_sent.saturating_add(nic.bytes_sent),
        bytes_recv: sum.bytes_recv.saturating_add(nic.bytes_recv),
        packets_sent: sum.packets_sent.saturating_add(nic.packets_sent),
        packets_recv: sum.packets_recv.saturating_add(nic.packets_recv),
        errin: sum.errin.saturating_add(nic.errin),
        errout: sum.errout.saturating_add(nic.errout),
        dropin: sum.dropin.saturating_add(nic.dropin),
        dropout: sum.dropout.saturating_add(nic.dropout),
    })
}

/// The sum of what is known of two numbers.
fn known(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod sum_tests {
    use super::*;

    const DISK: DiskIoCounters = DiskIoCounters {
        read_count: 1,
        write_count: 2,
        read_bytes: 512,
        write_bytes: u64::MAX,
        read_time: Some(3),
        write_time: None,
        read_merged_count: Some(4),
        write_merged_count: None,
        busy_time: None,
    };

    #[test]
    fn a_field_sums_the_disks_that_tell_it() {
        let other = DiskIoCounters {
            read_time: None,
            write_time: Some(7),
            ..DISK
        };
        let sum = sum_disks([DISK, other].into_iter()).unwrap();
        assert_eq!(
            (sum.read_count, sum.read_bytes, sum.write_bytes),
            (2, 1024, u64::MAX)
        );
        assert_eq!(
            (sum.read_time, sum.write_time, sum.busy_time),
            (Some(3), Some(7), None)
        );
        assert_eq!(sum.read_merged_count, Some(8));
    }

    #[test]
    fn nothing_has_no_sum() {
        assert_eq!(sum_disks([].into_iter()), None);
        assert_eq!(sum_nics([].into_iter()), None);
    }

    #[test]
    fn interfaces_are_summed_by_column() {
        let nic = NetIoCounters {
            bytes_sent: 1,
            bytes_recv: 2,
            packets_sent: 3,
            packets_recv: 4,
            errin: 5,
            errout: 6,
            dropin: 7,
            dropout: u64::MAX,
        };
        let sum = sum_nics([nic, nic].into_iter()).unwrap();
        assert_eq!((sum.bytes_sent, sum.bytes_recv, sum.errin), (2, 4, 10));
        assert_eq!((sum.packets_sent, sum.packets_recv, sum.errout), (6, 8, 12));
        assert_eq!((sum.dropin, sum.dropout), (14, u64::MAX));
    }
}
