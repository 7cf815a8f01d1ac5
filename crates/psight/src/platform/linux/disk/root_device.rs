//! Which device `/` is on, where the mount table says only `/dev/root` or `rootfs`.
//!
//! Sources, each asked when those before it do not know: `/proc/partitions`, `/sys/dev/block`,
//! `/sys/class/block`.

use std::ffi::OsString;
use std::path::Path;

use psight_core::parse::linux::{partitions, uevent};
use psight_core::text::os_string;

use super::super::{Host, read_optional};
use crate::os;

impl Host {
    /// The device file, when it exists. Only this machine can be asked what `/` is on.
    pub(super) fn root_device(&self) -> Option<OsString> {
        if !self.live {
            return None;
        }
        let device = os::files::stat_path(Path::new("/")).ok()?.dev;
        let (major, minor) = (libc::major(device), libc::minor(device));
        let name = self
            .name_of_partition(major, minor)
            .or_else(|| self.name_of_device(major, minor))
            .or_else(|| self.name_of_class(major, minor))?;
        let mut file = OsString::from("/dev/");
        file.push(&name);
        os::files::exists(&self.roots.dev.join(name)).then_some(file)
    }

    fn name_of_partition(&self, major: u32, minor: u32) -> Option<OsString> {
        let table = self.read_proc("partitions").ok()?;
        partitions::device_name(&table, major, minor).map(os_string)
    }

    fn name_of_device(&self, major: u32, minor: u32) -> Option<OsString> {
        let event = self
            .read_sys(format!("dev/block/{major}:{minor}/uevent"))
            .ok()?;
        uevent::value(&event, b"DEVNAME")
            .filter(|name| !name.is_empty())
            .map(os_string)
    }

    fn name_of_class(&self, major: u32, minor: u32) -> Option<OsString> {
        let class = self.roots.sys.join("class/block");
        let wanted = format!("{major}:{minor}");
        os::directory::names(&class).ok()?.into_iter().find(|name| {
            let number = read_optional(&class.join(name).join("dev"));
            number.is_some_and(|number| number.trim_ascii() == wanted.as_bytes())
        })
    }
}
