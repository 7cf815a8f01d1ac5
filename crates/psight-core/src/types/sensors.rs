//! Temperatures, fans, battery.

use std::ffi::OsString;

use crate::{Value, Walk};

record! {
    /// One temperature sensor.
    pub struct Temperature {
        /// The driver's label, or empty.
        label: OsString = Plain,
        /// Degrees Celsius. Now.
        current: f64 = Celsius,
        /// Degrees Celsius. Considered high. Absent when neither limit is told; takes the other's value when one is.
        high: Option<f64> = Celsius,
        /// Degrees Celsius. Considered critical. Absent as `high`.
        critical: Option<f64> = Celsius,
    }
}

record! {
    /// One fan.
    #[derive(Eq)]
    pub struct Fan {
        /// The driver's label, or empty.
        label: OsString = Plain,
        /// Revolutions per minute.
        current: u64 = Rpm,
    }
}

/// How long a battery lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatteryTime {
    /// Seconds left.
    Seconds(u64),
    /// Nobody says.
    Unknown,
    /// On mains power.
    Unlimited,
}

impl Walk for BatteryTime {
    /// psutil's numbers: -1 for unknown, -2 for unlimited.
    fn walk(&self) -> Value<'_> {
        match self {
            Self::Seconds(seconds) => Value::Unsigned(*seconds),
            Self::Unknown => Value::Signed(-1),
            Self::Unlimited => Value::Signed(-2),
        }
    }
}

record! {
    /// The battery.
    #[derive(Copy)]
    pub struct Battery {
        /// Percent. Charge left.
        percent: f64 = Percent,
        /// Seconds. Until empty; -1 unknown, -2 on mains power.
        secsleft: BatteryTime = Seconds,
        /// Whether on mains power. Absent when nobody says.
        power_plugged: Option<bool> = Plain,
    }
}
