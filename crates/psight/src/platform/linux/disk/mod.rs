//! Space, mounts and traffic of disks.
//!
//! Sources: statvfs(3), `/etc/mtab`, `/proc/self/mounts`, `/proc/diskstats`, `/sys/block`.
//! Authority: `proc_pid_mounts(5)`, Documentation/admin-guide/iostats.rst, block/stat.rst.

mod partitions;
mod root_device;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

use psight_core::calc::percent;
use psight_core::parse::linux::diskstats;
use psight_core::text::os_string;
use psight_core::types::{DiskPartition, DiskUsage};

use super::{Host, is_missing, read_optional};
use crate::error::{Fault, Outcome};
use crate::os;
use crate::seam::{Disk, DiskRow};

impl Disk for Host {
    /// A path of a machine whose files are mounted elsewhere leads to another file here.
    fn disk_usage(&self, path: &Path) -> Outcome<DiskUsage> {
        if !self.live {
            return Err(Fault::Unsupported("disk_usage"));
        }
        let space =
            os::statvfs::statvfs(path).map_err(|error| Fault::file("statvfs", path, error))?;
        Ok(percent::disk_usage(
            space.blocks,
            space.blocks_free,
            space.blocks_available,
            space.fragment_size,
        ))
    }

    fn disk_partitions(&self, all: bool) -> Outcome<Vec<DiskPartition>> {
        self.partitions(all)
    }

    fn disk_io_counters(&self) -> Outcome<Vec<DiskRow>> {
        let text = match self.read_proc("diskstats") {
            Err(fault) if is_missing(&fault) => return self.disk_rows_of_sys(),
            text => text?,
        };
        let whole: BTreeSet<OsString> =
            self.whole_disks().unwrap_or_default().into_iter().collect();
        diskstats::rows(&text)
            .map(|row| {
                let row = row.map_err(|error| Fault::parse(self.proc_path("diskstats"), error))?;
                let name = os_string(row.name);
                Ok(DiskRow {
                    whole: whole.contains(&name),
                    counters: row.counters(),
                    name,
                })
            })
            .collect()
    }
}

impl Host {
    /// The names of the disks as `/proc/diskstats` prints them: a file cannot be named with the
    /// `/` of `cciss/c0d0`.
    fn whole_disks(&self) -> std::io::Result<Vec<OsString>> {
        let names = os::directory::names(&self.roots.sys.join("block"))?;
        let slashed = |name: OsString| {
            let bytes = name.as_encoded_bytes().iter();
            let bytes: Vec<u8> = bytes
                .map(|byte| if *byte == b'!' { b'/' } else { *byte })
                .collect();
            os_string(&bytes)
        };
        Ok(names.into_iter().map(slashed).collect())
    }

    /// Where procfs hides its file: the disks, and the partitions inside their folders.
    fn disk_rows_of_sys(&self) -> Outcome<Vec<DiskRow>> {
        let block = self.roots.sys.join("block");
        let Ok(mut disks) = os::directory::names(&block) else {
            return Err(Fault::Unsupported("disk_io_counters"));
        };
        disks.sort_unstable();
        let mut rows = Vec::new();
        for disk in disks {
            let folder = block.join(&disk);
            let mut partitions = os::directory::names(&folder).unwrap_or_default();
            partitions.retain(|name| name.as_encoded_bytes().starts_with(disk.as_encoded_bytes()));
            partitions.sort_unstable();
            rows.extend(disk_row(&folder, disk, true)?);
            for partition in partitions {
                rows.extend(disk_row(&folder.join(&partition), partition, false)?);
            }
        }
        Ok(rows)
    }
}

/// The row of a folder that has counters.
fn disk_row(folder: &Path, name: OsString, whole: bool) -> Outcome<Option<DiskRow>> {
    let file = folder.join("stat");
    let Some(text) = read_optional(&file) else {
        return Ok(None);
    };
    let row = diskstats::sys_block_stat(name.as_encoded_bytes(), &text)
        .map_err(|error| Fault::parse(&file, error))?;
    let counters = row.counters();
    Ok(Some(DiskRow {
        name,
        whole,
        counters,
    }))
}
