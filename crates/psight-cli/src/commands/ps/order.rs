//! Processes in the order of a fact.

use std::cmp::Ordering;

use psight::{ProcessField, ProcessInfo, Unit, Value};

/// What decides a process's place.
#[derive(Debug, PartialEq)]
enum Key {
    /// A quantity: the biggest comes first.
    Much(f64),
    /// A number that names something.
    Number(f64),
    Text(Vec<u8>),
    /// Not known: comes last.
    Nothing,
}

/// Sorts by a fact; processes alike in it stay in the order they were in.
pub(super) fn sort(infos: &mut [ProcessInfo], field: ProcessField) {
    let known = ProcessInfo::FIELDS
        .iter()
        .find(|known| known.name == field.as_str());
    let unit = known.map_or(Unit::Plain, |known| known.unit);
    infos.sort_by_cached_key(|info| Placed(key(info.fact(field), unit)));
}

/// The key of a value. Of a record its first field decides, of a list or map its length.
fn key(value: Value<'_>, unit: Unit) -> Key {
    let number = |number: f64| match unit {
        Unit::Plain => Key::Number(number),
        _ => Key::Much(number),
    };
    #[expect(clippy::cast_precision_loss, reason = "only the order counts")]
    match value {
        Value::Omitted | Value::Absent => Key::Nothing,
        Value::Bool(truth) => Key::Number(f64::from(u8::from(truth))),
        Value::Unsigned(count) => number(count as f64),
        Value::Signed(count) => number(count as f64),
        Value::Float(amount) => number(amount),
        Value::Symbol(word) => Key::Text(word.as_bytes().to_vec()),
        Value::Text(text) => Key::Text(text.as_encoded_bytes().to_vec()),
        Value::Record(record) => {
            let unit = record
                .fields()
                .first()
                .map_or(Unit::Plain, |field| field.unit);
            key(record.value(0), unit)
        }
        Value::Map(entries) => Key::Much(entries.count() as f64),
        Value::List(items) => {
            let mut items = items.peekable();
            if matches!(items.peek(), Some(Value::Text(_))) {
                Key::Text(crate::show::text(Value::List(Box::new(items)), unit).into_bytes())
            } else {
                Key::Much(items.count() as f64)
            }
        }
    }
}

/// A key with its order.
#[derive(Debug, PartialEq)]
struct Placed(Key);

impl Eq for Placed {}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Key::Much(a), Key::Much(b)) => b.total_cmp(a),
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (a, b) => (*a == Key::Nothing).cmp(&(*b == Key::Nothing)),
        }
    }
}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use psight::{Answer, MemoryInfo};

    use super::*;

    fn process(pid: u32, name: &str, rss: Option<u64>) -> ProcessInfo {
        let memory = |rss| MemoryInfo {
            rss,
            vms: 0,
            shared: None,
            text: None,
            lib: None,
            data: None,
            dirty: None,
        };
        ProcessInfo {
            pid: Answer::Value(pid),
            name: Answer::Value(name.into()),
            memory_info: rss.map_or(Answer::Denied, |rss| Answer::Value(memory(rss))),
            ..ProcessInfo::default()
        }
    }

    #[test]
    fn quantities_fall_names_rise_and_the_unknown_comes_last() {
        let mut all = [
            process(1, "b", None),
            process(2, "c", Some(5)),
            process(3, "a", Some(7)),
        ];
        let pids = |all: &[ProcessInfo]| {
            all.iter()
                .filter_map(|info| info.pid.value().copied())
                .collect::<Vec<_>>()
        };
        sort(&mut all, ProcessField::MemoryInfo);
        assert_eq!(pids(&all), [3, 2, 1]);
        sort(&mut all, ProcessField::Name);
        assert_eq!(pids(&all), [3, 1, 2]);
        sort(&mut all, ProcessField::Pid);
        assert_eq!(pids(&all), [1, 2, 3]);
    }
}
