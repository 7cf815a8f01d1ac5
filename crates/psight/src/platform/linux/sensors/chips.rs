//! The sensors of chips, and thermal zones where no chip tells a temperature.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use psight_core::scan;
use psight_core::text::os_string;
use psight_core::types::Temperature;

use super::super::Host;
use super::{children, word};
use crate::os;

/// One sensor of a chip: the files that start with `base` in its folder.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sensor {
    pub(super) folder: PathBuf,
    /// `temp1`, `fan2`.
    base: String,
}

impl Host {
    /// The sensors of all chips, below their folders and in old kernels below their devices'.
    pub(super) fn chip_sensors(&self, kind: &str, below: &[&str]) -> Vec<Sensor> {
        let mut sensors = Vec::new();
        for chip in children(&self.roots.sys.join("class/hwmon"), "hwmon") {
            for below in below {
                let folder = if below.is_empty() {
                    chip.clone()
                } else {
                    chip.join(below)
                };
                sensors.extend(sensors_in(&folder, kind));
            }
        }
        sensors
    }

    /// The sensors of CPUs that their driver does not show among the chips.
    pub(super) fn coretemp_sensors(&self, known: &[Sensor]) -> Vec<Sensor> {
        let chips = self.roots.sys.join("class/hwmon");
        let platform = children(&self.roots.sys.join("devices/platform"), "coretemp.");
        let folders = platform
            .iter()
            .flat_map(|device| children(&device.join("hwmon"), "hwmon"));
        let sensors = folders.flat_map(|folder| sensors_in(&folder, "temp"));
        sensors
            .filter(|sensor| {
                let chip = sensor.folder.file_name().map(|chip| chips.join(chip));
                let same = |known: &Sensor| {
                    Some(&known.folder) == chip.as_ref() && known.base == sensor.base
                };
                !known.iter().any(same)
            })
            .collect()
    }
}

/// The sensors that a folder has any file of.
fn sensors_in(folder: &Path, kind: &str) -> BTreeSet<Sensor> {
    let names = os::directory::names(folder).unwrap_or_default().into_iter();
    let bases = names.filter_map(|name| {
        let (base, _) = name.to_str()?.split_once('_')?;
        base.starts_with(kind).then(|| base.to_owned())
    });
    bases
        .map(|base| Sensor {
            folder: folder.to_path_buf(),
            base,
        })
        .collect()
}

impl Sensor {
    /// What its files' names start with.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&self.base)
    }

    pub(super) fn word(&self, file: &str) -> Option<Vec<u8>> {
        word(&self.folder.join(format!("{}_{file}", self.base)))
    }

    pub(super) fn celsius(&self, file: &str) -> Option<f64> {
        celsius(&self.word(file)?)
    }

    pub(super) fn label(&self) -> OsString {
        os_string(&self.word("label").unwrap_or_default())
    }

    pub(super) fn chip(&self) -> Option<OsString> {
        word(&self.folder.join("name")).map(|name| os_string(&name))
    }
}

pub(super) fn thermal_zone(zone: &Path) -> Option<Temperature> {
    let current = celsius(&word(&zone.join("temp"))?)?;
    let (mut high, mut critical) = (None, None);
    for file in children(zone, "trip_point_") {
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let Some(trip) = name.strip_suffix("_type") else {
            continue;
        };
        let limit = match word(&file).as_deref() {
            Some(b"critical") => &mut critical,
            Some(b"high") => &mut high,
            _ => continue,
        };
        let degrees = word(&zone.join(format!("{trip}_temp")));
        *limit = limit.or_else(|| celsius(&degrees?));
    }
    Some(Temperature {
        label: OsString::new(),
        current,
        high,
        critical,
    })
}

/// A number of thousandths.
fn celsius(millidegrees: &[u8]) -> Option<f64> {
    Some(scan::fraction(millidegrees)? / 1000.0)
}
