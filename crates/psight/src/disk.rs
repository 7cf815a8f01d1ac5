//! Mounts, space and disk counters.

use std::path::Path;

use psight_core::types::{ByName, DiskIoCounters, DiskPartition, DiskUsage};

use crate::error::Result;
use crate::seam::{Disk, DiskRow};
use crate::system::System;

impl System {
    /// Space on the file system that holds `path`.
    ///
    /// Source: `statvfs(3)`. May block as long as a network file system does.
    /// Errors: `Os` with the path; `Unsupported` for another machine's files, whose paths lead
    /// elsewhere here.
    pub fn disk_usage(&self, path: impl AsRef<Path>) -> Result<DiskUsage> {
        self.ask(|host| host.disk_usage(path.as_ref()))
    }

    /// Mounted file systems that have a device, in mount order; bind mounts appear too.
    ///
    /// Source: `/etc/mtab` or `/proc/self/mounts`, and `/proc/filesystems`. Errors: `Os`.
    pub fn disk_partitions(&self) -> Result<Vec<DiskPartition>> {
        self.ask(|host| host.disk_partitions(false))
    }

    /// Every mounted file system, virtual ones included, in mount order.
    ///
    /// Source: `/etc/mtab` or `/proc/self/mounts`. Errors: `Os`.
    pub fn disk_partitions_all(&self) -> Result<Vec<DiskPartition>> {
        self.ask(|host| host.disk_partitions(true))
    }

    /// The sum over all whole disks since boot; `None` on a machine without disks.
    ///
    /// Device-mapper, md and loop devices are disks of their own here, as in psutil, so a byte
    /// written through two layers counts twice.
    ///
    /// Source: `/proc/diskstats`, else `/sys/block`. Errors: `Os`, `Parse`, `Unsupported` without both.
    pub fn disk_io_counters(&self) -> Result<Option<DiskIoCounters>> {
        let counters = self.whole_disks()?.map(|row| row.counters);
        Ok(psight_core::calc::counter::sum_disks(counters))
    }

    /// Counters of each whole disk, partitions left out: what the sum is made of.
    ///
    /// Source, errors: [`System::disk_io_counters_perdisk`].
    pub fn disk_io_counters_whole(&self) -> Result<ByName<DiskIoCounters>> {
        let whole = self.whole_disks()?;
        Ok(whole.map(|row| (row.name, row.counters)).collect())
    }

    fn whole_disks(&self) -> Result<impl Iterator<Item = DiskRow>> {
        let rows = self.ask(Disk::disk_io_counters)?;
        Ok(rows.into_iter().filter(|row| row.whole))
    }

    /// Each disk and partition since boot.
    ///
    /// Source and errors: [`System::disk_io_counters`].
    pub fn disk_io_counters_perdisk(&self) -> Result<ByName<DiskIoCounters>> {
        let rows = self.ask(Disk::disk_io_counters)?;
        Ok(rows
            .into_iter()
            .map(|row| (row.name, row.counters))
            .collect())
    }
}

/// [`System::disk_usage`] of this machine.
pub fn disk_usage(path: impl AsRef<Path>) -> Result<DiskUsage> {
    System::local().disk_usage(path)
}

/// [`System::disk_partitions`] of this machine.
pub fn disk_partitions() -> Result<Vec<DiskPartition>> {
    System::local().disk_partitions()
}

/// [`System::disk_partitions_all`] of this machine.
pub fn disk_partitions_all() -> Result<Vec<DiskPartition>> {
    System::local().disk_partitions_all()
}

/// [`System::disk_io_counters`] of this machine.
pub fn disk_io_counters() -> Result<Option<DiskIoCounters>> {
    System::local().disk_io_counters()
}

/// [`System::disk_io_counters_perdisk`] of this machine.
pub fn disk_io_counters_perdisk() -> Result<ByName<DiskIoCounters>> {
    System::local().disk_io_counters_perdisk()
}
