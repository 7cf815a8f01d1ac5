//! Values as JSON, and two JSON documents compared with every difference told.

use psight::{Value, Walk};
use serde_json::{Map, Value as Json, json};

/// A fact as JSON; a failure as `{"error": variant}`.
pub(crate) fn answer<T: Walk>(told: psight::Result<T>) -> Json {
    match told {
        Ok(value) => walked(value.walk()),
        Err(error) => {
            let debug = format!("{error:?}");
            let variant = debug
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default();
            json!({ "error": variant })
        }
    }
}

fn walked(value: Value<'_>) -> Json {
    match value {
        Value::Omitted | Value::Absent => Json::Null,
        Value::Bool(truth) => json!(truth),
        Value::Unsigned(number) => json!(number),
        Value::Signed(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Symbol(text) => json!(text),
        Value::Text(text) => json!(text.to_string_lossy()),
        Value::Record(record) => {
            let fields = record.fields().iter().enumerate();
            let pairs = fields.map(|(i, field)| (field.name.to_owned(), walked(record.value(i))));
            Json::Object(pairs.collect())
        }
        Value::List(items) => Json::Array(items.map(walked).collect()),
        Value::Map(pairs) => Json::Object(
            pairs
                .map(|(key, value)| (key.to_string_lossy().into_owned(), walked(value)))
                .collect(),
        ),
    }
}

/// Every place where `got` is not what `expected` says. A key that is not expected must be null.
pub(crate) fn differences(place: &str, got: &Json, expected: &Json, found: &mut Vec<String>) {
    match (got, expected) {
        (Json::Object(got), Json::Object(expected)) => {
            for (key, value) in expected {
                let mine = got.get(key).unwrap_or(&Json::Null);
                differences(&format!("{place}.{key}"), mine, value, found);
            }
            for (key, value) in got.iter().filter(|(key, _)| !expected.contains_key(*key)) {
                if !value.is_null() {
                    found.push(format!("{place}.{key}: not expected, got {value}"));
                }
            }
        }
        (Json::Array(got), Json::Array(expected)) if got.len() == expected.len() => {
            for (i, (mine, value)) in got.iter().zip(expected).enumerate() {
                differences(&format!("{place}[{i}]"), mine, value, found);
            }
        }
        (Json::Number(mine), Json::Number(value)) => {
            let (mine, value) = (mine.as_f64().unwrap_or(0.0), value.as_f64().unwrap_or(0.0));
            if (mine - value).abs() > 1e-9 * value.abs().max(1.0) {
                found.push(format!("{place}: expected {value}, got {mine}"));
            }
        }
        (got, expected) if got == expected => {}
        (got, expected) => found.push(format!("{place}: expected {expected}, got {got}")),
    }
}

/// A list as a set: sorted, each item once.
pub(crate) fn as_set(list: &Json) -> Json {
    let mut items: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(Json::to_string)
        .collect();
    items.sort();
    items.dedup();
    json!(items)
}

/// The pairs of `all` whose keys `wanted` has.
pub(crate) fn only(all: Map<String, Json>, wanted: &Json) -> Json {
    Json::Object(
        all.into_iter()
            .filter(|(key, _)| wanted.get(key).is_some())
            .collect(),
    )
}
