//! Whether interfaces run, how fast, and their flags.
//!
//! Sources: netdevice(7) and `ETHTOOL_GSET` about this machine; about another its
//! Documentation/ABI/testing/sysfs-class-net.

use std::io;
use std::path::Path;

use psight_core::scan;
use psight_core::text::os_string;
use psight_core::types::{ByName, NicDuplex, NicStats};

use super::super::{Host, read, read_optional};
use crate::error::{Fault, Outcome};
use crate::os;
use crate::os::ethtool::NicControl;

/// The names of netdevice(7) without `IFF_`, from the lowest bit up.
const FLAGS: [&str; 16] = [
    "up",
    "broadcast",
    "debug",
    "loopback",
    "pointopoint",
    "notrailers",
    "running",
    "noarp",
    "promisc",
    "allmulti",
    "master",
    "slave",
    "multicast",
    "portsel",
    "automedia",
    "dynamic",
];

/// `IFF_UP`.
const UP: u32 = 1;
/// `IFF_RUNNING`: up, with a carrier.
const RUNNING: u32 = 1 << 6;

impl Host {
    pub(super) fn nic_stats(&self) -> Outcome<ByName<NicStats>> {
        let text = self.read_proc("net/dev")?;
        let names = self
            .nic_rows(&text)
            .map(|row| row.map(|row| row.name))
            .collect::<Outcome<Vec<_>>>()?;
        let rows = if self.live {
            asked(&names)?
        } else {
            self.recorded_stats(&names)?
        };
        Ok(rows
            .into_iter()
            .map(|(name, stats)| (os_string(name), stats))
            .collect())
    }

    /// From sysfs, which may show fewer interfaces: those of another network namespace.
    fn recorded_stats<'a>(&self, names: &[&'a [u8]]) -> Outcome<Vec<(&'a [u8], NicStats)>> {
        let class = self.roots.sys.join("class/net");
        if !os::files::exists(&class) {
            return Err(Fault::Unsupported("net_if_stats"));
        }
        let stats = |name: &&'a [u8]| Some((*name, recorded_nic(&class.join(os_string(name)))?));
        Ok(names.iter().filter_map(stats).collect())
    }
}

/// From the kernel; without those that went away meanwhile.
fn asked<'a>(names: &[&'a [u8]]) -> Outcome<Vec<(&'a [u8], NicStats)>> {
    let control = NicControl::open().map_err(|error| Fault::call("socket", error))?;
    let mut rows = Vec::with_capacity(names.len());
    for name in names {
        match asked_nic(&control, name) {
            Ok(stats) => rows.push((*name, stats)),
            Err(error) if is_gone(&error) => {}
            Err(error) => return Err(Fault::call("ioctl", error)),
        }
    }
    Ok(rows)
}

fn asked_nic(control: &NicControl, name: &[u8]) -> io::Result<NicStats> {
    let mtu = control.mtu(name)?;
    let flags = control.flags(name)?;
    // Drivers refuse with many numbers: EOPNOTSUPP, EINVAL, EBUSY, EPERM.
    let link = match control.link(name) {
        Err(error) if is_gone(&error) => return Err(error),
        link => link.ok(),
    };
    Ok(NicStats {
        isup: flags & RUNNING != 0,
        duplex: link.map_or(NicDuplex::Unknown, |link| match link.duplex {
            0 => NicDuplex::Half,
            1 => NicDuplex::Full,
            _ => NicDuplex::Unknown,
        }),
        speed: link.and_then(|link| known_speed(link.speed)),
        mtu: u32::try_from(mtu).unwrap_or(0),
        flags: flag_names(flags),
    })
}

fn is_gone(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ENODEV)
}

fn recorded_nic(folder: &Path) -> Option<NicStats> {
    let word = |file| {
        let text = read_optional(&folder.join(file))?;
        Some(text.trim_ascii().to_vec())
    };
    let flags = scan::hexadecimal(
        read(&folder.join("flags"))
            .ok()?
            .trim_ascii()
            .strip_prefix(b"0x")?,
    )?;
    let up = u32::try_from(flags).ok()? & !RUNNING;
    // The file leaves `IFF_RUNNING` out. The kernel sets it where the state is one of these.
    let state = word("operstate")?;
    let running = up & UP != 0 && matches!(&*state, b"up" | b"unknown");
    Some(NicStats {
        isup: running,
        duplex: match word("duplex").as_deref() {
            Some(b"full") => NicDuplex::Full,
            Some(b"half") => NicDuplex::Half,
            _ => NicDuplex::Unknown,
        },
        speed: word("speed").and_then(|speed| known_speed(scan::decimal(&speed)?.try_into().ok()?)),
        mtu: scan::decimal(&word("mtu")?)?.try_into().ok()?,
        flags: flag_names(if running { up | RUNNING } else { up }),
    })
}

/// Old drivers say -1 in 16 bits, newer ones in 32; virtual ones 0.
fn known_speed(megabits: u32) -> Option<u32> {
    Some(megabits).filter(|speed| !matches!(*speed, 0 | 0xffff | u32::MAX))
}

fn flag_names(flags: u32) -> String {
    let set = FLAGS
        .iter()
        .enumerate()
        .filter(|(bit, _)| flags >> bit & 1 != 0);
    set.map(|(_, name)| *name).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_named_from_the_lowest_bit_up() {
        assert_eq!(flag_names(0x1043), "up,broadcast,running,multicast");
        assert_eq!(flag_names(0x49), "up,loopback,running");
        assert_eq!(flag_names(0xffff_0000), "");
        assert_eq!(flag_names(libc::IFF_DYNAMIC.cast_unsigned()), "dynamic");
    }

    #[test]
    fn a_speed_the_driver_does_not_know_is_none() {
        let told = [0, 10, 65_534, 65_535, 100_000, u32::MAX].map(known_speed);
        assert_eq!(
            told,
            [None, Some(10), Some(65_534), None, Some(100_000), None]
        );
    }

    #[test]
    fn another_machines_interface_runs_when_its_state_says_so() {
        let nic = |state: &str| {
            let folder = tempfile::tempdir().unwrap();
            let files = [
                ("flags", "0x1003\n"),
                ("operstate", state),
                ("mtu", "1500\n"),
            ];
            for (file, text) in files
                .into_iter()
                .chain([("speed", "-1\n"), ("duplex", "full\n")])
            {
                std::fs::write(folder.path().join(file), text).unwrap();
            }
            recorded_nic(folder.path()).unwrap()
        };
        let (up, down) = (nic("up\n"), nic("down\n"));
        assert_eq!(
            (up.isup, up.flags.as_str()),
            (true, "up,broadcast,running,multicast")
        );
        assert_eq!(
            (down.isup, down.flags.as_str()),
            (false, "up,broadcast,multicast")
        );
        assert_eq!((up.duplex, up.speed, up.mtu), (NicDuplex::Full, None, 1500));
    }
}
