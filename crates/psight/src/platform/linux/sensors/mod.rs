//! Temperatures, fans and the battery.
//!
//! Sources: `/sys/class/hwmon`, `/sys/class/thermal`, `/sys/class/power_supply`. Authority:
//! Documentation/hwmon/sysfs-interface.rst, driver-api/thermal/sysfs-api.rst,
//! ABI/testing/sysfs-class-power.

mod battery;
mod chips;

use std::path::{Path, PathBuf};

use psight_core::scan;
use psight_core::text::os_string;
use psight_core::types::{Battery, ByName, Fan, Temperature};

use super::{Host, read, read_optional};
use crate::error::Outcome;
use crate::os;
use crate::seam::Sensors;

impl Sensors for Host {
    fn sensors_temperatures(&self) -> Outcome<ByName<Vec<Temperature>>> {
        let mut sensors = self.chip_sensors("temp", &["", "device"]);
        sensors.sort_by_cached_key(chips::Sensor::path);
        let more = self.coretemp_sensors(&sensors);
        sensors.extend(more);
        let mut chips = ByName::<Vec<Temperature>>::default();
        for sensor in &sensors {
            // Much can go wrong in drivers; what cannot be read is left out.
            if let (Some(current), Some(chip)) = (sensor.celsius("input"), sensor.chip()) {
                chips.entry(chip, Vec::new).push(Temperature {
                    label: sensor.label(),
                    current,
                    high: sensor.celsius("max"),
                    critical: sensor.celsius("crit"),
                });
            }
        }
        if sensors.is_empty() {
            for zone in children(&self.roots.sys.join("class/thermal"), "thermal_zone") {
                let kind = read_optional(&zone.join("type"));
                if let (Some(kind), Some(sensor)) = (kind, chips::thermal_zone(&zone)) {
                    chips
                        .entry(os_string(kind.trim_ascii()), Vec::new)
                        .push(sensor);
                }
            }
        }
        Ok(chips)
    }

    fn sensors_fans(&self) -> Outcome<ByName<Vec<Fan>>> {
        let mut sensors = self.chip_sensors("fan", &[""]);
        if sensors.is_empty() {
            sensors = self.chip_sensors("fan", &["device"]);
        }
        sensors.sort_by_cached_key(chips::Sensor::path);
        let mut chips = ByName::<Vec<Fan>>::default();
        for sensor in &sensors {
            if let Some(current) = sensor.word("input").and_then(|input| scan::decimal(&input)) {
                let chip = read(&sensor.folder.join("name"))?;
                let fan = Fan {
                    label: sensor.label(),
                    current,
                };
                chips
                    .entry(os_string(chip.trim_ascii()), Vec::new)
                    .push(fan);
            }
        }
        Ok(chips)
    }

    fn sensors_battery(&self) -> Outcome<Option<Battery>> {
        battery::first(&self.roots.sys.join("class/power_supply"))
    }
}

/// What a file says, without blanks around it.
fn word(file: &Path) -> Option<Vec<u8>> {
    Some(read_optional(file)?.trim_ascii().to_vec())
}

/// The entries of a folder whose names start so, sorted as text.
fn children(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut names = os::directory::names(folder).unwrap_or_default();
    names.retain(|name| name.as_encoded_bytes().starts_with(prefix.as_bytes()));
    names.sort_unstable();
    names.into_iter().map(|name| folder.join(name)).collect()
}
