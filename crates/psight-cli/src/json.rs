//! Any value of the library as JSON.
//!
//! Omitted fields are left out, absent ones are null. Text that is not UTF-8 keeps its bytes as the
//! escapes `\udc80` to `\udcff`, also in keys; Python's `json.loads` makes of them what its own
//! `os.fsdecode` gives. Serializers of serde take keys as `str` only, so the walk drives
//! `serde_json`'s formatter itself.

use std::ffi::OsStr;
use std::io::{self, Write};

use psight::text::os_bytes;
use psight::{Record, Value};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// Writes a value and an end of line; indented for people, on one line for programs.
pub(crate) fn write(value: Value<'_>, indented: bool, out: &mut impl Write) -> io::Result<()> {
    if indented {
        any(value, &mut PrettyFormatter::new(), out)?;
    } else {
        any(value, &mut CompactFormatter, out)?;
    }
    writeln!(out)
}

fn any(value: Value<'_>, form: &mut impl Formatter, out: &mut impl Write) -> io::Result<()> {
    match value {
        Value::Bool(truth) => form.write_bool(out, truth),
        Value::Unsigned(number) => form.write_u64(out, number),
        Value::Signed(number) => form.write_i64(out, number),
        Value::Float(number) if number.is_finite() => form.write_f64(out, number),
        Value::Omitted | Value::Absent | Value::Float(_) => form.write_null(out),
        Value::Symbol(word) => plain(&word, out),
        Value::Text(text) => string(&text, out),
        Value::Record(record) => object(fields(record), form, out),
        Value::List(items) => list(items, form, out),
        Value::Map(pairs) => object(pairs, form, out),
    }
}

/// The fields of a record, by name.
fn fields(record: &dyn Record) -> impl Iterator<Item = (&'static OsStr, Value<'_>)> {
    let named = record.fields().iter().enumerate();
    named.map(|(index, field)| (OsStr::new(field.name), record.value(index)))
}

fn object<'a>(
    pairs: impl Iterator<Item = (impl AsRef<OsStr>, Value<'a>)>,
    form: &mut impl Formatter,
    out: &mut impl Write,
) -> io::Result<()> {
    form.begin_object(out)?;
    let kept = pairs.filter(|(_, value)| !matches!(value, Value::Omitted));
    for (place, (key, value)) in kept.enumerate() {
        form.begin_object_key(out, place == 0)?;
        string(key.as_ref(), out)?;
        form.end_object_key(out)?;
        form.begin_object_value(out)?;
        any(value, form, out)?;
        form.end_object_value(out)?;
    }
    form.end_object(out)
}

fn list<'a>(
    items: impl Iterator<Item = Value<'a>>,
    form: &mut impl Formatter,
    out: &mut impl Write,
) -> io::Result<()> {
    form.begin_array(out)?;
    for (place, item) in items.enumerate() {
        form.begin_array_value(out, place == 0)?;
        any(item, form, out)?;
        form.end_array_value(out)?;
    }
    form.end_array(out)
}

/// A string that is Unicode.
fn plain(text: &str, out: &mut impl Write) -> io::Result<()> {
    write!(out, "\"{}\"", inside(text)?)
}

/// A string that may hold any bytes.
fn string(text: &OsStr, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\"")?;
    for chunk in os_bytes(text).utf8_chunks() {
        out.write_all(inside(chunk.valid())?.as_bytes())?;
        for byte in chunk.invalid() {
            write!(out, "\\udc{byte:02x}")?;
        }
    }
    out.write_all(b"\"")
}

/// What stands between the quotes. JSON escapes the controls below a blank itself; DEL and those
/// behind it are escaped too, because a terminal obeys them and a filter on the way drops them.
fn inside(text: &str) -> io::Result<String> {
    let quoted = serde_json::to_string(text)?;
    let quoted = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let mut safe = String::with_capacity(text.len());
    for c in quoted.unwrap_or_default().chars() {
        if c.is_control() {
            let escape = format!("\\u{:04x}", u32::from(c));
            safe.push_str(&escape);
        } else {
            safe.push(c);
        }
    }
    Ok(safe)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use psight::{Answer, ByName, CpuFreq, DiskUsage, ProcessInfo, Walk, text};

    use super::*;

    fn compact(value: &impl Walk) -> String {
        let mut out = Vec::new();
        write(value.walk(), false, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim_end().to_owned()
    }

    #[test]
    fn records_keep_their_order_and_absent_is_null() {
        let freq = CpuFreq {
            current: 2400.0,
            min: None,
            max: Some(f64::NAN),
        };
        assert_eq!(
            compact(&freq),
            r#"{"current":2400.0,"min":null,"max":null}"#
        );
    }

    #[test]
    fn facts_nobody_asked_for_are_left_out() {
        let info = ProcessInfo {
            exe: Answer::Denied,
            pid: Answer::Value(7),
            cwd: Answer::Unsupported,
            ..ProcessInfo::default()
        };
        assert_eq!(compact(&info), r#"{"exe":null,"pid":7}"#);
    }

    #[test]
    fn controls_that_a_terminal_obeys_are_escaped() {
        let odd = OsString::from("a\u{7f}\u{9b}31m\u{1b}\r\u{2028}");
        assert_eq!(compact(&odd), "\"a\\u007f\\u009b31m\\u001b\\r\u{2028}\"");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_become_the_surrogates_of_python() {
        let odd = text::os_string(b"a\"\xff\n\xc3\xa9\x80");
        assert_eq!(
            compact(&odd),
            r#""a\"\udcff\n"#.to_owned() + "é" + r#"\udc80""#
        );
        let usage = DiskUsage {
            total: 1,
            used: 0,
            free: 1,
            percent: 0.0,
        };
        let map: ByName<Option<DiskUsage>> = [(odd, Some(usage)), (OsString::from("/b"), None)]
            .into_iter()
            .collect();
        let start = r#"{"a\"\udcff\n"#.to_owned() + "é" + r#"\udc80":{"total":1,"#;
        assert!(compact(&map).starts_with(&start));
        assert!(compact(&map).ends_with(r#""/b":null}"#));
    }

    #[test]
    fn indented_json_reads_back_as_the_compact_one() {
        let freq = vec![CpuFreq {
            current: 1e-9,
            min: Some(1e300),
            max: None,
        }];
        let mut out = Vec::new();
        write(freq.walk(), true, &mut out).unwrap();
        let indented: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let compact: serde_json::Value = serde_json::from_str(&compact(&freq)).unwrap();
        assert_eq!(indented, compact);
        assert!(out.starts_with(b"[\n  {\n    \"current\""));
    }
}
