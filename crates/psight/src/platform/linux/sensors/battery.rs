//! The battery, and whether power is plugged.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use psight_core::calc::percent;
use psight_core::scan;
use psight_core::types::{Battery, BatteryTime};

use super::super::is_missing;
use super::word;
use crate::error::{Fault, Outcome};
use crate::os;

/// The first battery by name; `None` without any, or when it tells no charge.
pub(super) fn first(supplies: &Path) -> Outcome<Option<Battery>> {
    let names = match os::directory::names(supplies) {
        Ok(names) => names,
        Err(error) => {
            let fault = Fault::file("open", supplies, error);
            return if is_missing(&fault) {
                Ok(None)
            } else {
                Err(fault)
            };
        }
    };
    let name = names.into_iter().filter(|name| is_battery(name)).min();
    Ok(name.and_then(|name| {
        let battery = supplies.join(name);
        Supplies {
            root: supplies,
            battery,
        }
        .battery()
    }))
}

fn is_battery(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b"BAT")
        || name
            .windows(7)
            .any(|part| part.eq_ignore_ascii_case(b"battery"))
}

/// Power supplies, one of them a battery.
struct Supplies<'a> {
    root: &'a Path,
    battery: PathBuf,
}

impl Supplies<'_> {
    fn battery(&self) -> Option<Battery> {
        let now = self.number(&["energy_now", "charge_now"]);
        let full = self.number(&["energy_full", "charge_full"]);
        let percent = match (now, full) {
            (Some(now), Some(full)) => percent::charge(magnitude(now), magnitude(full)),
            _ => scan::fraction(&word(&self.battery.join("capacity"))?)?,
        };
        let power_plugged = self.on_mains();
        let secsleft = if power_plugged == Some(true) {
            BatteryTime::Unlimited
        } else {
            self.time_left(now)
        };
        Some(Battery {
            percent,
            secsleft,
            power_plugged,
        })
    }

    /// What a mains adapter says; without one, what the battery does.
    fn on_mains(&self) -> Option<bool> {
        let online = ["AC0/online", "AC/online"]
            .iter()
            .find_map(|file| word(&self.root.join(file)));
        if let Some(online) = online {
            return Some(online == b"1");
        }
        let status = word(&self.battery.join("status"))?.to_ascii_lowercase();
        match &*status {
            b"discharging" => Some(false),
            b"charging" | b"full" => Some(true),
            _ => None,
        }
    }

    /// From what is left and what is drawn, both of energy or both of charge; else from what the
    /// driver reckons in minutes.
    fn time_left(&self, now: Option<i64>) -> BatteryTime {
        let power = self.number(&["power_now", "current_now"]);
        let seconds = match (now, power) {
            (Some(now), Some(power)) => i128::from(now)
                .saturating_mul(3600)
                .checked_div(i128::from(power.unsigned_abs())),
            _ => self
                .number(&["time_to_empty_now"])
                .map(|minutes| i128::from(minutes) * 60),
        };
        let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
        seconds.map_or(BatteryTime::Unknown, BatteryTime::Seconds)
    }

    /// The number in the first of these files that can be read.
    fn number(&self, files: &[&str]) -> Option<i64> {
        scan::signed(
            &files
                .iter()
                .find_map(|file| word(&self.battery.join(file)))?,
        )
    }
}

/// A negative number is one that the driver does not know.
fn magnitude(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn batteries_are_told_by_their_names() {
        let battery = |name| is_battery(OsStr::new(name));
        assert!(battery("BAT0") && battery("CMB0_BATTERY") && battery("hidpp_battery_3"));
        assert!(!battery("AC") && !battery("ucsi-source-psy-USBC000:001"));
    }

    fn battery(files: &[(&str, &str)]) -> Option<Battery> {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("BAT0")).unwrap();
        fs::create_dir_all(root.path().join("AC")).unwrap();
        for (file, text) in files {
            fs::write(root.path().join(file), text).unwrap();
        }
        Supplies {
            root: root.path(),
            battery: root.path().join("BAT0"),
        }
        .battery()
    }

    #[test]
    fn a_battery_lasts_as_long_as_what_is_drawn_lets_it() {
        let files = [("BAT0/charge_now", "50\n"), ("BAT0/charge_full", "100\n")];
        let drawn = battery(&[files[0], files[1], ("BAT0/current_now", "-20\n")]).unwrap();
        assert_eq!(
            (drawn.percent, drawn.secsleft),
            (50.0, BatteryTime::Seconds(9000))
        );
        assert_eq!(drawn.power_plugged, None);
        let idle = battery(&[files[0], files[1], ("BAT0/current_now", "0\n")]).unwrap();
        assert_eq!(idle.secsleft, BatteryTime::Unknown);
    }

    #[test]
    fn the_adapter_tells_before_the_battery_whether_power_is_plugged() {
        let files = [("BAT0/capacity", "97\n"), ("BAT0/status", "Full\n")];
        let full = battery(&files).unwrap();
        assert_eq!(
            (full.power_plugged, full.secsleft),
            (Some(true), BatteryTime::Unlimited)
        );
        let off = [
            files[0],
            files[1],
            ("AC/online", "0\n"),
            ("BAT0/time_to_empty_now", "2\n"),
        ];
        let off = battery(&off).unwrap();
        assert_eq!(
            (off.power_plugged, off.secsleft),
            (Some(false), BatteryTime::Seconds(120))
        );
        let whole = Battery {
            percent: 97.0,
            ..off
        };
        assert_eq!(off, whole);
    }

    #[test]
    fn a_battery_that_tells_no_charge_is_none() {
        assert_eq!(battery(&[("BAT0/status", "Charging\n")]), None);
    }
}
