//! `/proc/diskstats` and `/sys/block/X/stat`: traffic of disks and partitions.
//!
//! Authority: Documentation/admin-guide/iostats.rst and Documentation/block/stat.rst. Kernels have
//! printed several layouts; the number of words tells which. A sector is 512 bytes in all of them,
//! whatever the disk's own sectors are.

use crate::scan::{decimal, words};
use crate::types::DiskIoCounters;
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/diskstats";
const SECTOR_BYTES: u64 = 512;

/// A disk or partition, counted since boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// The kernel's name, such as `nvme0n1p1`.
    pub name: &'a [u8],
    /// Count. Finished reads.
    pub reads: u64,
    /// Count. Reads merged with a neighbor. Absent in short partition rows.
    pub reads_merged: Option<u64>,
    /// Sectors of 512 bytes. Read.
    pub read_sectors: u64,
    /// Milliseconds. Spent reading. Absent in short partition rows.
    pub read_ms: Option<u64>,
    /// Count. Finished writes.
    pub writes: u64,
    /// Count. Writes merged with a neighbor. Absent in short partition rows.
    pub writes_merged: Option<u64>,
    /// Sectors of 512 bytes. Written.
    pub written_sectors: u64,
    /// Milliseconds. Spent writing. Absent in short partition rows.
    pub write_ms: Option<u64>,
    /// Milliseconds. With at least one request in flight. Absent in short partition rows.
    pub busy_ms: Option<u64>,
}

impl Row<'_> {
    /// The row as public record: bytes instead of sectors.
    pub const fn counters(&self) -> DiskIoCounters {
        DiskIoCounters {
            read_count: self.reads,
            write_count: self.writes,
            read_bytes: self.read_sectors.saturating_mul(SECTOR_BYTES),
            write_bytes: self.written_sectors.saturating_mul(SECTOR_BYTES),
            read_time: self.read_ms,
            write_time: self.write_ms,
            read_merged_count: self.reads_merged,
            write_merged_count: self.writes_merged,
            busy_time: self.busy_ms,
        }
    }
}

/// The rows of `/proc/diskstats`, in the kernel's order.
///
/// Example: `   8       0 sda 14250 4100 1133874 5830 8215 9014 380512 10870 0 9840 16700`.
/// 14 words since Linux 2.6, 18 since 4.18, 20 since 5.5; 7 for partitions before 2.6.25; 15 in
/// 2.4, where the count of reads stands before the name.
/// Errors: [`ParseError`] at the offset of a line of another length or with a word that is no
/// number; the rows after it follow.
pub fn rows(text: &[u8]) -> impl Iterator<Item = Result<Row<'_>, ParseError>> {
    let mut offset = 0usize;
    text.split_inclusive(|b| *b == b'\n')
        .filter_map(move |line| {
            let start = offset;
            offset = offset.saturating_add(line.len());
            let row = row(line).map_err(|error| error.at(start));
            (!line.trim_ascii().is_empty()).then_some(row)
        })
}

fn row(line: &[u8]) -> Result<Row<'_>, ParseError> {
    let columns = words(line).count();
    let mut words = words(line).skip(2);
    let mut text = || {
        words
            .next()
            .ok_or(ParseError::new(SOURCE, "line", Expected::Length))
    };
    match columns {
        7 => {
            let name = text()?;
            let [reads, read_sectors, writes, written_sectors] = numbers(SOURCE, words)?;
            Ok(Row {
                name,
                reads,
                reads_merged: None,
                read_sectors,
                read_ms: None,
                writes,
                writes_merged: None,
                written_sectors,
                write_ms: None,
                busy_ms: None,
            })
        }
        15 => {
            let reads = text()?;
            let name = text()?;
            whole(SOURCE, name, core::iter::once(reads).chain(words))
        }
        14 | 18.. => {
            let name = text()?;
            whole(SOURCE, name, words)
        }
        _ => Err(ParseError::new(SOURCE, "line", Expected::Length)),
    }
}

/// `/sys/block/X/stat` or `/sys/block/X/Y/stat`: the row of one disk or partition.
///
/// Example: `   14250     4100  1133874     5830     8215     9014   380512    10870 0 9840 16700`.
/// 11 words since Linux 2.6, 15 since 4.18, 17 since 5.5.
/// Errors: [`ParseError`] when there are fewer than 10 words or one is no number.
pub fn sys_block_stat<'a>(name: &'a [u8], text: &[u8]) -> Result<Row<'a>, ParseError> {
    whole("/sys/block/X/stat", name, words(text))
}

/// The ten columns every full layout has behind each other.
fn whole<'a, 'b>(
    source: &'static str,
    name: &'a [u8],
    words: impl Iterator<Item = &'b [u8]>,
) -> Result<Row<'a>, ParseError> {
    let [
        reads,
        reads_merged,
        read_sectors,
        read_ms,
        writes,
        writes_merged,
        written_sectors,
        write_ms,
        _in_flight,
        busy_ms,
    ] = numbers(source, words)?;
    Ok(Row {
        name,
        reads,
        reads_merged: Some(reads_merged),
        read_sectors,
        read_ms: Some(read_ms),
        writes,
        writes_merged: Some(writes_merged),
        written_sectors,
        write_ms: Some(write_ms),
        busy_ms: Some(busy_ms),
    })
}

fn numbers<'b, const N: usize>(
    source: &'static str,
    mut words: impl Iterator<Item = &'b [u8]>,
) -> Result<[u64; N], ParseError> {
    let mut numbers = [0; N];
    for number in &mut numbers {
        let word = words
            .next()
            .ok_or(ParseError::new(source, "line", Expected::Length))?;
        *number = decimal(word).ok_or(ParseError::new(source, "line", Expected::Number))?;
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn only(text: &[u8]) -> Result<DiskIoCounters, ParseError> {
        let rows: Vec<_> = rows(text).collect();
        assert_eq!(rows.len(), 1);
        rows[0].map(|row| row.counters())
    }

    const FULL: DiskIoCounters = DiskIoCounters {
        read_count: 1,
        read_merged_count: Some(2),
        read_bytes: 3 * 512,
        read_time: Some(4),
        write_count: 5,
        write_merged_count: Some(6),
        write_bytes: 7 * 512,
        write_time: Some(8),
        busy_time: Some(10),
    };

    #[test]
    fn linux_2_6_prints_14_words() {
        assert_eq!(
            only(b"   3     0   hda 1 2 3 4 5 6 7 8 9 10 11\n"),
            Ok(FULL)
        );
    }

    #[test]
    fn newer_kernels_append_columns() {
        assert_eq!(
            only(b"3 0 hda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n"),
            Ok(FULL)
        );
        assert_eq!(
            only(b"3 0 hda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"),
            Ok(FULL)
        );
        assert_eq!(
            only(b"3 0 hda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18"),
            Ok(FULL)
        );
    }

    #[test]
    fn linux_2_4_counts_reads_before_the_name() {
        assert_eq!(
            only(b"   3     0   1 hda 2 3 4 5 6 7 8 9 10 11 12\n"),
            Ok(FULL)
        );
    }

    #[test]
    fn short_partition_rows_know_only_counts_and_sectors() {
        let row = only(b"   3    1   hda1 1 2 3 4\n").unwrap();
        assert_eq!((row.read_count, row.write_count), (1, 3));
        assert_eq!((row.read_bytes, row.write_bytes), (2 * 512, 4 * 512));
        assert_eq!(
            (row.read_time, row.busy_time, row.read_merged_count),
            (None, None, None)
        );
    }

    #[test]
    fn a_line_of_another_length_is_an_error_at_its_offset() {
        let text = b"3 0 hda 1 2 3 4 5 6 7 8 9 10 11\n3 1 hda1 1\n3 2 hda2 1 2 3 4\n";
        let rows: Vec<_> = rows(text).collect();
        assert_eq!(
            rows[1],
            Err(ParseError::new(SOURCE, "line", Expected::Length).at(32))
        );
        assert_eq!(rows[2].unwrap().name, b"hda2");
    }

    #[test]
    fn sysfs_prints_the_same_columns_without_names() {
        let row = sys_block_stat(b"hda", b"  1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n").unwrap();
        assert_eq!((row.name, row.counters()), (&b"hda"[..], FULL));
        assert!(sys_block_stat(b"hda1", b"1 2 3 4\n").is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>, line in "([0-9a-z]{1,20} ){0,21}") {
            let _ = rows(&text).count();
            for row in rows(line.as_bytes()).flatten() {
                let _ = row.counters();
            }
            let _ = sys_block_stat(b"sda", &text);
        }
    }
}
