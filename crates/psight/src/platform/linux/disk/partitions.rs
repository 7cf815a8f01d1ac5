//! Mounted file systems.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;

use psight_core::parse::linux::filesystems::device_types;
use psight_core::parse::linux::mounts::{Mount, mounts};
use psight_core::text::os_string;
use psight_core::types::DiskPartition;

use super::super::{Host, read};
use crate::error::Outcome;
use crate::os;

impl Host {
    pub(super) fn partitions(&self, all: bool) -> Outcome<Vec<DiskPartition>> {
        let types = if all {
            None
        } else {
            Some(self.read_proc("filesystems")?)
        };
        let types: Option<HashSet<&[u8]>> =
            types.as_deref().map(|text| device_types(text).collect());
        let table = read(&self.mount_table())?;
        let mut root = None;
        let rows = mounts(&table).filter_map(|mount| {
            let device = match &*mount.device {
                b"none" => OsString::new(),
                // A word of the boot loader or of the initial RAM disk, not a device.
                b"/dev/root" | b"rootfs" => root
                    .get_or_insert_with(|| self.root_device())
                    .clone()
                    .unwrap_or_else(|| os_string(&mount.device)),
                device => os_string(device),
            };
            let shown = types
                .as_ref()
                .is_none_or(|types| !device.is_empty() && types.contains(&*mount.fstype));
            shown.then(|| partition(&mount, device))
        });
        Ok(rows.collect())
    }

    /// The table that the system keeps, where it belongs to this `/proc`; else that of this
    /// process.
    fn mount_table(&self) -> PathBuf {
        let mtab = self.roots.etc.join("mtab");
        // A link found in the tree of another machine would lead into this one.
        let own = self.live && os::files::stat_path(&mtab).is_ok_and(|stat| stat.is_regular());
        if own {
            mtab
        } else {
            self.proc_path("self/mounts")
        }
    }
}

fn partition(mount: &Mount<'_>, device: OsString) -> DiskPartition {
    DiskPartition {
        device,
        mountpoint: PathBuf::from(os_string(&mount.mountpoint)),
        fstype: os_string(&mount.fstype),
        opts: os_string(&mount.opts),
    }
}
