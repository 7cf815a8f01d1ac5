//! Any value of the library as one piece of text for people.

use psight::text::printable;
use psight::{Record, Unit, Value};

use crate::units;

/// What stands for anything not known.
pub(crate) const UNKNOWN: &str = "-";

/// A value as one text. Records and maps are written `name=value`, lists item by item.
pub(crate) fn text(value: Value<'_>, unit: Unit) -> String {
    match value {
        Value::Omitted | Value::Absent => UNKNOWN.to_owned(),
        Value::Bool(truth) => if truth { "yes" } else { "no" }.to_owned(),
        Value::Unsigned(number) => unsigned(number, unit),
        // psutil's -1 and -2 for seconds nobody knows.
        Value::Signed(number) if number < 0 && unit == Unit::Seconds => UNKNOWN.to_owned(),
        Value::Signed(number) => number.to_string(),
        Value::Float(number) => float(number, unit),
        Value::Symbol(word) => printable(word.as_ref().as_ref()).into_owned(),
        Value::Text(text) => printable(&text).into_owned(),
        Value::Record(record) => pairs(record),
        Value::List(items) => list(items, unit),
        Value::Map(entries) => {
            let entry = |(key, value): (std::borrow::Cow<'_, std::ffi::OsStr>, _)| {
                format!("{}={}", printable(&key), text(value, unit))
            };
            known(entries.map(entry).collect::<Vec<_>>().join(" "))
        }
    }
}

/// A text, or the mark of the unknown where it is empty, so that columns stay readable.
pub(crate) fn known(text: String) -> String {
    if text.is_empty() {
        UNKNOWN.to_owned()
    } else {
        text
    }
}

/// The known fields of a record; an internet address as people write it.
fn pairs(record: &dyn Record) -> String {
    if record.name() == "InetAddress" {
        let part = |index| text(record.value(index), Unit::Plain);
        let (ip, port) = (part(0), part(1));
        return if ip.contains(':') {
            format!("[{ip}]:{port}")
        } else {
            format!("{ip}:{port}")
        };
    }
    let fields = record.fields().iter().enumerate();
    let known = fields.filter_map(|(index, field)| match record.value(index) {
        Value::Omitted | Value::Absent => None,
        value => Some(format!("{}={}", field.name, text(value, field.unit))),
    });
    known.collect::<Vec<_>>().join(" ")
}

/// Items of a command line are separated by blanks, others by commas.
fn list<'a>(items: impl Iterator<Item = Value<'a>>, unit: Unit) -> String {
    let mut out = String::new();
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push_str(if matches!(item, Value::Text(_)) {
                " "
            } else {
                ", "
            });
        }
        out.push_str(&text(item, unit));
    }
    known(out)
}

fn unsigned(number: u64, unit: Unit) -> String {
    match unit {
        Unit::Bytes => units::bytes(number),
        Unit::Milliseconds => format!("{number} ms"),
        Unit::Rpm => format!("{number} RPM"),
        Unit::Megabits => format!("{number} Mb/s"),
        Unit::Percent => format!("{number}%"),
        Unit::Seconds => format!("{number} s"),
        _ => number.to_string(),
    }
}

fn float(number: f64, unit: Unit) -> String {
    match unit {
        _ if !number.is_finite() => UNKNOWN.to_owned(),
        Unit::Percent => units::percent(number),
        Unit::Seconds => format!("{number:.2} s"),
        Unit::Timestamp => units::moment(number),
        Unit::Celsius => format!("{number:.1} C"),
        Unit::Megahertz => format!("{number:.0} MHz"),
        _ => format!("{number:.2}"),
    }
}

/// Whether values of this kind stand at the right of their column.
pub(crate) fn is_number(value: &Value<'_>) -> bool {
    matches!(
        value,
        Value::Unsigned(_) | Value::Signed(_) | Value::Float(_)
    )
}

#[cfg(test)]
mod tests {
    use psight::{BatteryTime, CpuFreq, Walk};

    use super::*;

    #[test]
    fn what_is_not_known_is_a_dash() {
        assert_eq!(text(None::<u64>.walk(), Unit::Bytes), "-");
        assert_eq!(text(Vec::<u32>::new().walk(), Unit::Plain), "-");
        assert_eq!(text(BatteryTime::Unlimited.walk(), Unit::Seconds), "-");
        assert_eq!(text(0_u64.walk(), Unit::Bytes), "0B");
    }

    #[test]
    fn records_show_the_units_of_their_fields() {
        let freq = CpuFreq {
            current: 2400.4,
            min: None,
            max: Some(3000.0),
        };
        assert_eq!(
            text(freq.walk(), Unit::Plain),
            "current=2400 MHz max=3000 MHz"
        );
    }
}
