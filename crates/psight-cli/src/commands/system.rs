//! `psight system`: every metric of the machine.

use std::borrow::Cow;
use std::ffi::OsStr;

use psight::{System, Value, Walk};

use crate::args::Choice;
use crate::line::{FAINT, HEADING, Line};
use crate::metrics::{METRICS, Watched};
use crate::screen::Screen;
use crate::{Done, Failure, complain, json, sheet};

/// One metric's answer, or why there is none.
type Told = (&'static str, psight::Unit, Result<Box<dyn Walk>, String>);

pub(crate) fn run(choice: &Choice, system: &System, screen: &mut Screen) -> Result<Done, Failure> {
    let mut watched = Watched::start(system);
    let told: Vec<Told> = METRICS
        .iter()
        .map(|metric| {
            let answer = (metric.ask)(&mut watched);
            (
                metric.key,
                metric.unit,
                answer.map_err(|error| error.to_string()),
            )
        })
        .collect();
    if choice.json {
        let indented = screen.look.terminal;
        json::write(document(&told), indented, screen)?;
    } else {
        print(&told, screen)?;
    }
    if told.iter().all(|(_, _, answer)| answer.is_err()) {
        complain("nothing could be read");
        return Ok(Done::Missing);
    }
    Ok(Done::Well)
}

/// The whole answer: a key for each metric, and why some are null.
fn document(told: &[Told]) -> Value<'_> {
    let metrics = told.iter().map(|(key, _, answer)| {
        let value = answer
            .as_ref()
            .map_or(Value::Absent, |answer| answer.walk());
        (Cow::Borrowed(OsStr::new(*key)), value)
    });
    let mut failed = told.iter().filter_map(reason).peekable();
    let errors = failed.peek().is_some().then(|| {
        let pairs = failed.map(|(key, why)| {
            (
                Cow::Borrowed(OsStr::new(key)),
                Value::Symbol(Cow::Borrowed(why)),
            )
        });
        (
            Cow::Borrowed(OsStr::new("errors")),
            Value::Map(Box::new(pairs)),
        )
    });
    Value::Map(Box::new(metrics.chain(errors)))
}

fn reason((key, _, answer): &Told) -> Option<(&'static str, &str)> {
    answer.as_ref().err().map(|why| (*key, why.as_str()))
}

fn print(told: &[Told], screen: &mut Screen) -> Result<(), Failure> {
    let look = screen.look;
    for (place, (key, unit, answer)) in told.iter().enumerate() {
        if place > 0 {
            screen.print(Line::new())?;
        }
        match answer {
            Ok(answer) => {
                for line in sheet::section(key, answer.walk(), *unit, look) {
                    screen.print(line)?;
                }
            }
            Err(why) => {
                screen.print(Line::new().text(HEADING, *key).gap(2).os(FAINT, why))?;
            }
        }
    }
    Ok(())
}
