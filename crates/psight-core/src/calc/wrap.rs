//! Counters that wrap around, straightened: psutil's `nowrap`.

use std::collections::HashMap;
use std::ffi::OsString;

use crate::types::{DiskIoCounters, NetIoCounters};

/// What was read last time, and what must be added from now on, by name.
///
/// A value lower than last time has wrapped: the last value joins its offset. A name that vanishes
/// loses its offsets, so a device plugged in again starts from its real numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Straightener<const N: usize>(HashMap<OsString, Memory<N>>);

/// Counters in a row; one that is not told is left alone.
pub type Row<const N: usize> = [Option<u64>; N];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Memory<const N: usize> {
    last: Row<N>,
    offset: [u64; N],
}

impl<const N: usize> Default for Straightener<N> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<const N: usize> Straightener<N> {
    /// The rows with their offsets added; they become "last time". No rows at all change nothing.
    pub fn straighten(&mut self, rows: Vec<(OsString, Row<N>)>) -> Vec<(OsString, Row<N>)> {
        if rows.is_empty() {
            return rows;
        }
        let mut before = std::mem::take(&mut self.0);
        let straight = rows.into_iter().map(|(name, row)| {
            let mut offset = [0; N];
            if let Some(memory) = before.remove(&name) {
                offset = memory.offset;
                for ((offset, last), now) in offset.iter_mut().zip(memory.last).zip(row) {
                    if let (Some(last), Some(now)) = (last, now)
                        && now < last
                    {
                        *offset = offset.saturating_add(last);
                    }
                }
            }
            self.0.insert(name.clone(), Memory { last: row, offset });
            let mut sums = row;
            for (sum, offset) in sums.iter_mut().zip(offset) {
                *sum = sum.map(|now| now.saturating_add(offset));
            }
            (name, sums)
        });
        straight.collect()
    }
}

/// The counters of a disk as a row.
pub const fn disk_row(disk: &DiskIoCounters) -> Row<9> {
    [
        Some(disk.read_count),
        Some(disk.write_count),
        Some(disk.read_bytes),
        Some(disk.write_bytes),
        disk.read_time,
        disk.write_time,
        disk.read_merged_count,
        disk.write_merged_count,
        disk.busy_time,
    ]
}

/// A row as the counters of a disk.
pub fn disk_counters(row: Row<9>) -> DiskIoCounters {
    let [
        reads,
        writes,
        read_bytes,
        write_bytes,
        read_time,
        write_time,
        reads_merged,
        writes_merged,
        busy,
    ] = row;
    DiskIoCounters {
        read_count: reads.unwrap_or(0),
        write_count: writes.unwrap_or(0),
        read_bytes: read_bytes.unwrap_or(0),
        write_bytes: write_bytes.unwrap_or(0),
        read_time,
        write_time,
        read_merged_count: reads_merged,
        write_merged_count: writes_merged,
        busy_time: busy,
    }
}

/// The counters of an interface as a row.
pub const fn nic_row(nic: &NetIoCounters) -> Row<8> {
    [
        Some(nic.bytes_sent),
        Some(nic.bytes_recv),
        Some(nic.packets_sent),
        Some(nic.packets_recv),
        Some(nic.errin),
        Some(nic.errout),
        Some(nic.dropin),
        Some(nic.dropout),
    ]
}

/// A row as the counters of an interface.
pub fn nic_counters(row: Row<8>) -> NetIoCounters {
    let [
        bytes_sent,
        bytes_recv,
        packets_sent,
        packets_recv,
        errin,
        errout,
        dropin,
        dropout,
    ] = row.map(|counter| counter.unwrap_or(0));
    NetIoCounters {
        bytes_sent,
        bytes_recv,
        packets_sent,
        packets_recv,
        errin,
        errout,
        dropin,
        dropout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn look(meter: &mut Straightener<1>, rows: &[(&str, u64)]) -> Vec<u64> {
        let rows = rows
            .iter()
            .map(|(name, n)| (OsString::from(name), [Some(*n)]))
            .collect();
        meter
            .straighten(rows)
            .into_iter()
            .filter_map(|(_, [n])| n)
            .collect()
    }

    #[test]
    fn a_wrapped_counter_goes_on_rising() {
        let mut meter = Straightener::default();
        let raw = [100, 10, 10, 90, 20, 20];
        let straight = raw.map(|n| look(&mut meter, &[("sda", n)])[0]);
        assert_eq!(straight, [100, 110, 110, 190, 210, 210]);
    }

    #[test]
    fn a_name_that_vanished_starts_anew() {
        let mut meter = Straightener::default();
        look(&mut meter, &[("a", 100), ("b", 5)]);
        assert_eq!(look(&mut meter, &[("a", 10), ("b", 6)]), [110, 6]);
        assert_eq!(look(&mut meter, &[("b", 7)]), [7]);
        assert_eq!(
            look(&mut meter, &[("a", 20), ("b", 7), ("c", 1)]),
            [20, 7, 1]
        );
    }

    #[test]
    fn a_look_that_saw_nothing_forgets_nothing() {
        let mut meter = Straightener::default();
        look(&mut meter, &[("sda", 100)]);
        assert!(look(&mut meter, &[]).is_empty());
        assert_eq!(look(&mut meter, &[("sda", 10)]), [110]);
    }

    #[test]
    fn what_is_not_told_stays_untold() {
        let mut meter: Straightener<2> = Straightener::default();
        meter.straighten(vec![("a".into(), [Some(9), None])]);
        let rows = meter.straighten(vec![("a".into(), [Some(1), Some(1)])]);
        assert_eq!(rows, [("a".into(), [Some(10), Some(1)])]);
    }

    #[test]
    fn records_pass_through_rows_unchanged() {
        let nic = NetIoCounters {
            bytes_sent: 1,
            bytes_recv: 2,
            packets_sent: 3,
            packets_recv: 4,
            errin: 5,
            errout: 6,
            dropin: 7,
            dropout: 8,
        };
        assert_eq!(nic_counters(nic_row(&nic)), nic);
        let disk = disk_counters([
            Some(1),
            Some(2),
            Some(3),
            Some(4),
            Some(5),
            None,
            Some(7),
            None,
            Some(9),
        ]);
        assert_eq!(disk_counters(disk_row(&disk)), disk);
    }

    proptest! {
        #[test]
        fn counters_never_run_backwards(raw in prop::collection::vec(0u64..1 << 40, 1..50)) {
            let mut meter = Straightener::default();
            let straight: Vec<u64> = raw.iter().map(|n| look(&mut meter, &[("x", *n)])[0]).collect();
            prop_assert!(straight.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }
}
