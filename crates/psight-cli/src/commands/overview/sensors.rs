//! Temperatures, fans, the battery. A machine without them has no such section.

use psight::{Battery, BatteryTime, ByName, Temperature};

use super::{flow, sample::Sample};
use crate::bars::heading;
use crate::line::{FAINT, GOOD, HOT, Line, PLAIN, WARM};
use crate::screen::Look;
use crate::units;

pub(super) fn lines(sample: &Sample, look: Look) -> Vec<Line> {
    let mut pieces = Vec::new();
    for (chip, sensors) in sample.temperatures.iter().flat_map(ByName::iter) {
        let hottest = sensors
            .iter()
            .max_by(|a, b| a.current.total_cmp(&b.current));
        let Some(hottest) = hottest else { continue };
        let mut piece = Line::new()
            .os(FAINT, chip)
            .gap(1)
            .join(degrees(hottest, look));
        if sensors.len() > 1 {
            piece = piece.text(FAINT, format!(" (hottest of {})", sensors.len()));
        }
        pieces.push(piece);
    }
    for (chip, fans) in sample.fans.iter().flat_map(ByName::iter) {
        for fan in fans {
            let name = if fan.label.is_empty() {
                chip
            } else {
                fan.label.as_os_str()
            };
            let speed = format!("{} RPM", fan.current);
            pieces.push(Line::new().os(FAINT, name).gap(1).text(PLAIN, speed));
        }
    }
    pieces.extend(sample.battery.as_ref().map(battery));
    if pieces.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![heading("Sensors", Line::new(), look.width, look)];
    lines.extend(flow(pieces, 2, 3, look));
    lines
}

fn degrees(sensor: &Temperature, look: Look) -> Line {
    let beyond = |limit: Option<f64>| limit.is_some_and(|limit| sensor.current >= limit);
    let style = match (beyond(sensor.critical), beyond(sensor.high)) {
        (true, _) => HOT,
        (_, true) => WARM,
        _ => GOOD,
    };
    let sign = if look.blocks { "°C" } else { " C" };
    Line::new().text(style, format!("{:.1}{sign}", sensor.current))
}

fn battery(battery: &Battery) -> Line {
    let style = match battery.percent {
        ..10.0 => HOT,
        ..25.0 => WARM,
        _ => GOOD,
    };
    let line = Line::new()
        .text(FAINT, "battery ")
        .text(style, units::percent(battery.percent));
    match (battery.secsleft, battery.power_plugged) {
        (BatteryTime::Seconds(seconds), _) => {
            let left = units::uptime(std::time::Duration::from_secs(seconds));
            line.text(FAINT, " for ").text(PLAIN, left)
        }
        (_, Some(true)) => line.text(FAINT, " plugged in"),
        _ => line,
    }
}
