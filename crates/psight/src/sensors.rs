//! Temperatures, fans and the battery. A machine without them has none: that is no error.

use psight_core::types::{Battery, ByName, Fan, Temperature};

use crate::error::Result;
use crate::seam::Sensors;
use crate::system::System;

impl System {
    /// Temperatures in degrees Celsius, by chip.
    ///
    /// When a sensor tells only one of its two limits, it stands for both, as in psutil.
    ///
    /// Source: `/sys/class/hwmon`, else `/sys/class/thermal`. Cost: up to five files a sensor, and a
    /// slow chip blocks its reader. Errors: `Os`.
    pub fn sensors_temperatures(&self) -> Result<ByName<Vec<Temperature>>> {
        let mut chips = self.ask(Sensors::sensors_temperatures)?;
        chips = chips
            .into_iter()
            .map(|(chip, sensors)| (chip, sensors.into_iter().map(with_both_limits).collect()))
            .collect();
        Ok(chips)
    }

    /// Fan speeds in revolutions per minute, by chip.
    ///
    /// Source: `/sys/class/hwmon`. Errors: `Os`.
    pub fn sensors_fans(&self) -> Result<ByName<Vec<Fan>>> {
        self.ask(Sensors::sensors_fans)
    }

    /// The battery; `None` on a machine without one. Of several, the first by name.
    ///
    /// Source: `/sys/class/power_supply`. Errors: `Os`.
    pub fn sensors_battery(&self) -> Result<Option<Battery>> {
        self.ask(Sensors::sensors_battery)
    }
}

/// psutil's rule: a limit that is missing or 0 takes the other's value.
fn with_both_limits(mut sensor: Temperature) -> Temperature {
    let told = |limit: Option<f64>| limit.filter(|degrees| *degrees != 0.0);
    let (high, critical) = (told(sensor.high), told(sensor.critical));
    if high.is_some() != critical.is_some() {
        sensor.high = high.or(critical);
        sensor.critical = critical.or(high);
    }
    sensor
}

/// [`System::sensors_temperatures`] of this machine.
pub fn sensors_temperatures() -> Result<ByName<Vec<Temperature>>> {
    System::local().sensors_temperatures()
}

/// [`System::sensors_fans`] of this machine.
pub fn sensors_fans() -> Result<ByName<Vec<Fan>>> {
    System::local().sensors_fans()
}

/// [`System::sensors_battery`] of this machine.
pub fn sensors_battery() -> Result<Option<Battery>> {
    System::local().sensors_battery()
}
