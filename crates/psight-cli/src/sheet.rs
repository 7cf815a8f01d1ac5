//! Any value of the library as lines for people: names and values, tables below.

use std::borrow::Cow;
use std::ffi::OsStr;

use psight::text::printable;
use psight::{Record, Unit, Value};

use crate::line::{self, HEADING, Line, NAME, PLAIN};
use crate::screen::Look;
use crate::show;
use crate::table::{Column, Table, plain};

/// How far what belongs to a name stands to the right of it.
const INDENT: usize = 2;

/// A key and all that is below it.
pub(crate) fn section(key: &str, value: Value<'_>, unit: Unit, look: Look) -> Vec<Line> {
    let head = Line::new().text(HEADING, key);
    match value {
        Value::Record(record) => below(head, facts(record, look, INDENT, unit)),
        Value::List(items) => list(head, items, unit, look, INDENT),
        Value::Map(pairs) => map(head, pairs, look, INDENT),
        value => vec![head.gap(2).text(PLAIN, show::text(value, unit))],
    }
}

/// The fields of a record, one below the other: short ones aligned, long ones below their names.
///
/// CPU times in percent come as a record of seconds: the unit of the whole counts when it is percent.
pub(crate) fn facts(record: &dyn Record, look: Look, indent: usize, whole: Unit) -> Vec<Line> {
    let fields = || {
        let all = record.fields().iter().enumerate();
        all.filter(|(index, _)| !matches!(record.value(*index), Value::Omitted))
    };
    let column = fields()
        .map(|(_, field)| field.name.len())
        .max()
        .unwrap_or(0)
        + indent
        + 2;
    let mut lines = Vec::new();
    for (index, field) in fields() {
        let head = Line::new().gap(indent).text(NAME, field.name);
        let unit = if whole == Unit::Percent {
            whole
        } else {
            field.unit
        };
        let beside = |head, value| wrapped(head, column, &show::text(value, unit), look);
        lines.extend(match record.value(index) {
            Value::Map(pairs) => map(head, pairs, look, indent + INDENT),
            Value::List(items) => {
                let mut items = items.peekable();
                if matches!(items.peek(), Some(Value::Record(_))) {
                    list(head, items, unit, look, indent + INDENT)
                } else {
                    beside(head, Value::List(Box::new(items)))
                }
            }
            value => beside(head, value),
        });
    }
    lines
}

/// Text behind a name, going on below itself where the screen ends.
fn wrapped(head: Line, column: usize, text: &str, look: Look) -> Vec<Line> {
    let room = look.limit().saturating_sub(column).max(8);
    let mut lines = Vec::new();
    let mut head = head.fill(column);
    let mut rest = text;
    loop {
        let fits = line::beginning(rest, room);
        let whole = fits.len() == rest.len();
        // Breaks at a blank where one is near.
        let part = match fits.rfind(' ') {
            Some(blank) if !whole && blank > fits.len() / 2 => fits.get(..=blank).unwrap_or(fits),
            _ => fits,
        };
        lines.push(head.text(PLAIN, part));
        rest = rest.get(part.len()..).unwrap_or_default();
        if rest.is_empty() || part.is_empty() {
            return lines;
        }
        head = Line::new().gap(column);
    }
}

fn below(head: Line, lines: Vec<Line>) -> Vec<Line> {
    if lines.is_empty() {
        return vec![head.gap(2).text(PLAIN, show::UNKNOWN)];
    }
    std::iter::once(head).chain(lines).collect()
}

/// A list: of records a table, else its items in running text.
fn list<'a>(
    head: Line,
    items: impl Iterator<Item = Value<'a>> + 'a,
    unit: Unit,
    look: Look,
    indent: usize,
) -> Vec<Line> {
    let mut items = items.peekable();
    if matches!(items.peek(), Some(Value::Record(_))) {
        return below(head, rows(items.map(|item| (None, item)), look, indent));
    }
    let text = show::text(Value::List(Box::new(items)), unit);
    if text == show::UNKNOWN {
        return below(head, Vec::new());
    }
    below(head, wrapped(Line::new(), indent, &text, look))
}

/// A map: of records, or of lists of records, a table; else its entries below one another.
fn map<'a>(
    head: Line,
    pairs: impl Iterator<Item = (Cow<'a, OsStr>, Value<'a>)>,
    look: Look,
    indent: usize,
) -> Vec<Line> {
    let mut flat = Vec::new();
    for (key, value) in pairs {
        let key = printable(&key).into_owned();
        match value {
            Value::List(items) => flat.extend(items.map(|item| (Some(key.clone()), item))),
            value => flat.push((Some(key), value)),
        }
    }
    if flat
        .iter()
        .any(|(_, value)| matches!(value, Value::Record(_)))
    {
        return below(head, rows(flat.into_iter(), look, indent));
    }
    let column = flat
        .iter()
        .filter_map(|(key, _)| key.as_deref())
        .map(line::width)
        .max();
    let column = column.unwrap_or(0).min(40) + indent + 2;
    let entries = flat.into_iter().flat_map(|(key, value)| {
        let name = Line::new()
            .gap(indent)
            .text(NAME, key.unwrap_or_default())
            .gap(1);
        wrapped(name, column, &show::text(value, Unit::Plain), look)
    });
    below(head, entries.collect())
}

/// Records below the names of their fields, behind their own names if they have any.
fn rows<'a>(
    rows: impl Iterator<Item = (Option<String>, Value<'a>)>,
    look: Look,
    indent: usize,
) -> Vec<Line> {
    let rows: Vec<_> = rows.collect();
    let first = rows.iter().find_map(|(_, value)| match value {
        Value::Record(record) => Some(*record),
        _ => None,
    });
    let Some(first) = first else {
        return Vec::new();
    };
    let named = rows.iter().any(|(name, _)| name.is_some());
    let mut columns: Vec<Column> = named.then(|| Column::left("name")).into_iter().collect();
    columns.extend(first.fields().iter().enumerate().map(|(index, field)| {
        let numbers = rows.iter().any(|(_, row)| match row {
            Value::Record(record) => show::is_number(&record.value(index)),
            _ => false,
        });
        Column::left(field.name).aligned(numbers)
    }));
    let width = columns.len();
    let mut table = Table::new(columns);
    for (name, row) in rows {
        let mut cells: Vec<Line> = named
            .then(|| Line::new().text(NAME, name.unwrap_or_default()))
            .into_iter()
            .collect();
        if let Value::Record(record) = row {
            let values = record.fields().iter().enumerate();
            cells.extend(values.map(|(index, field)| {
                plain(show::known(show::text(record.value(index), field.unit)))
            }));
        }
        cells.resize_with(width, || plain(show::UNKNOWN));
        table.push(cells);
    }
    let room = look.limit().saturating_sub(indent);
    let indented = |line| Line::new().gap(indent).join(line);
    table
        .lines(room, look.mark())
        .into_iter()
        .map(indented)
        .collect()
}
