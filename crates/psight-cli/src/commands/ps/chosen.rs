//! The table of the facts that `--fields` names.

use psight::{ProcessField, ProcessInfo, Record, Value};

use crate::line::Line;
use crate::show;
use crate::table::{Column, Table, plain};

/// The part of a fact that one column shows.
#[derive(Debug, Clone, Copy)]
struct Part {
    fact: ProcessField,
    /// The field, when the fact is a record.
    field: Option<usize>,
}

/// A column for each fact; for one that is a record, a column for each of its fields.
pub(super) fn table(infos: &[ProcessInfo], told: &[ProcessField]) -> Table {
    let mut parts = Vec::new();
    let mut columns = Vec::new();
    for fact in told {
        let record = infos.iter().find_map(|info| match info.fact(*fact) {
            Value::Record(record) => Some(record),
            _ => None,
        });
        let Some(record) = record else {
            let part = Part {
                fact: *fact,
                field: None,
            };
            columns.push(Column::left(fact.as_str()).aligned(numbers(infos, part)));
            parts.push(part);
            continue;
        };
        for (index, field) in record.fields().iter().enumerate() {
            let part = Part {
                fact: *fact,
                field: Some(index),
            };
            // User and group ids have the same field names.
            let head = match fact {
                ProcessField::Uids | ProcessField::Gids => {
                    format!("{}.{}", fact.as_str(), field.name)
                }
                _ => field.name.to_owned(),
            };
            columns.push(Column::left(head).aligned(numbers(infos, part)));
            parts.push(part);
        }
    }
    let mut table = Table::new(columns);
    for info in infos {
        table.push(parts.iter().map(|part| cell(info, *part)).collect());
    }
    table
}

/// Whether any process has a number there.
fn numbers(infos: &[ProcessInfo], part: Part) -> bool {
    infos
        .iter()
        .any(|info| match (info.fact(part.fact), part.field) {
            (Value::Record(record), Some(index)) => show::is_number(&record.value(index)),
            (value, _) => show::is_number(&value),
        })
}

fn cell(info: &ProcessInfo, part: Part) -> Line {
    let known = ProcessInfo::FIELDS
        .iter()
        .find(|known| known.name == part.fact.as_str());
    let text = match (info.fact(part.fact), part.field) {
        (Value::Record(record), Some(index)) => {
            let unit = record
                .fields()
                .get(index)
                .map_or(psight::Unit::Plain, |field| field.unit);
            show::text(Record::value(record, index), unit)
        }
        (value, _) => show::text(value, known.map_or(psight::Unit::Plain, |known| known.unit)),
    };
    plain(show::known(text))
}
