//! Mounts, space and disk counters.

use std::ffi::OsString;
use std::path::PathBuf;

record! {
    /// One mounted file system.
    pub struct DiskPartition {
        /// The device, or the empty text where the table says `none`.
        device: OsString = Plain,
        /// Where it is mounted.
        mountpoint: PathBuf = Plain,
        /// The file system's type.
        fstype: OsString = Plain,
        /// Mount options, separated by commas.
        opts: OsString = Plain,
    }
}

record! {
    /// Space on a file system.
    #[derive(Copy)]
    pub struct DiskUsage {
        /// Bytes. All of it.
        total: u64 = Bytes,
        /// Bytes. In use, by anyone.
        used: u64 = Bytes,
        /// Bytes. What an ordinary user can still write, so less than `total - used` where blocks are reserved.
        free: u64 = Bytes,
        /// Percent. `used / (used + free)`, one decimal.
        percent: f64 = Percent,
    }
}

record! {
    /// Traffic of one disk, or of all whole disks, since boot.
    #[derive(Copy, Eq)]
    pub struct DiskIoCounters {
        /// Count. Finished reads.
        read_count: u64 = Count,
        /// Count. Finished writes.
        write_count: u64 = Count,
        /// Bytes. Read.
        read_bytes: u64 = Bytes,
        /// Bytes. Written.
        write_bytes: u64 = Bytes,
        /// Milliseconds. Spent reading. Absent in a kernel's short partition rows and on NetBSD, OpenBSD.
        read_time: Option<u64> = Milliseconds,
        /// Milliseconds. Spent writing. Absent as `read_time`.
        write_time: Option<u64> = Milliseconds,
        /// Count. Reads merged with a neighbor. Linux, whole rows.
        read_merged_count: Option<u64> = Count,
        /// Count. Writes merged with a neighbor. Linux, whole rows.
        write_merged_count: Option<u64> = Count,
        /// Milliseconds. With at least one request in flight. Linux, whole rows; FreeBSD.
        busy_time: Option<u64> = Milliseconds,
    }
}
