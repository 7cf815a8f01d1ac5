//! `psight ps`: processes as a table, as sheets of facts, or as JSON.

mod chosen;
mod order;
mod usual;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::thread;
use std::time::Duration;

use psight::{
    Answer, Error, Process, ProcessField, ProcessFields, ProcessInfo, ProcessMeter, Sweeper,
    System, Unit, Value,
};

use crate::args::Ps;
use crate::line::{HEADING, Line};
use crate::screen::Screen;
use crate::{Done, Failure, complain, json, sheet};

/// How long CPU percentages are watched.
const WATCH: Duration = Duration::from_millis(100);

/// What JSON tells of every process when nothing is named.
const USUAL_JSON: &[ProcessField] = &[
    ProcessField::Cmdline,
    ProcessField::CpuPercent,
    ProcessField::CpuTimes,
    ProcessField::CreateTime,
    ProcessField::Exe,
    ProcessField::Gids,
    ProcessField::MemoryInfo,
    ProcessField::MemoryPercent,
    ProcessField::Name,
    ProcessField::Nice,
    ProcessField::NumThreads,
    ProcessField::Pid,
    ProcessField::Ppid,
    ProcessField::Status,
    ProcessField::Terminal,
    ProcessField::Uids,
    ProcessField::Username,
];

pub(crate) fn run(args: &Ps, system: &System, screen: &mut Screen) -> Result<Done, Failure> {
    let told = told(args);
    let mut needed: ProcessFields = told.iter().copied().chain(args.sort).collect();
    if args.user.is_some() {
        needed = needed.and(ProcessFields::of(&[ProcessField::Username]));
    }
    let (mut infos, mut done) = if args.pids.is_empty() {
        (everyone(system, needed)?, Done::Well)
    } else {
        some(&args.pids, system, needed)
    };
    if let Some(user) = &args.user {
        infos.retain(|info| {
            info.username
                .value()
                .is_some_and(|name| name == user.as_str())
        });
    }
    if infos.is_empty() {
        done = Done::Missing;
    }
    if let Some(field) = args.sort {
        order::sort(&mut infos, field);
    }
    if args.reverse {
        infos.reverse();
    }
    if args.json {
        let objects = infos.iter().map(|info| object(info, &told));
        let indented = screen.look.terminal;
        json::write(Value::List(Box::new(objects)), indented, screen)?;
    } else if !args.pids.is_empty() {
        sheets(&infos, screen)?;
    } else {
        let table = if args.fields.is_empty() {
            usual::table(&infos, usual::now(system))
        } else {
            chosen::table(&infos, &told)
        };
        for line in table.lines(screen.look.limit(), screen.look.mark()) {
            screen.print(line)?;
        }
    }
    Ok(done)
}

/// The facts to tell, in the order asked for.
fn told(args: &Ps) -> Vec<ProcessField> {
    let mut told: Vec<ProcessField> = Vec::new();
    for field in &args.fields {
        if !told.contains(field) {
            told.push(*field);
        }
    }
    match (told.is_empty(), args.pids.is_empty(), args.json) {
        (false, ..) => told,
        (true, false, _) => ProcessField::ALL.to_vec(),
        (true, true, true) => USUAL_JSON.to_vec(),
        (true, true, false) => usual::FIELDS.iter().collect(),
    }
}

/// All processes. CPU percentages need an earlier look, at CPU times alone.
fn everyone(system: &System, fields: ProcessFields) -> Result<Vec<ProcessInfo>, Error> {
    let mut sweeper = Sweeper::new(system);
    let cpu = ProcessFields::of(&[ProcessField::CpuPercent]);
    if fields.any(cpu) {
        sweeper.sweep(cpu)?;
        thread::sleep(WATCH);
    }
    sweeper.sweep(fields)
}

/// Those of these processes that are there; the others are named on standard error.
fn some(pids: &[u32], system: &System, fields: ProcessFields) -> (Vec<ProcessInfo>, Done) {
    let mut done = Done::Well;
    let mut missing = |pid: u32, error: &Error| {
        match error {
            Error::NoSuchProcess { .. } => complain(&format!("no process with pid {pid}")),
            other => complain(&format!("process {pid}: {other}")),
        }
        done = Done::Missing;
    };
    let mut found: Vec<(Process, Option<ProcessMeter>)> = Vec::new();
    let watched = fields.has(ProcessField::CpuPercent);
    for pid in pids {
        match system.process(*pid) {
            Ok(process) => {
                let meter = watched.then(|| ProcessMeter::new(&process).ok()).flatten();
                found.push((process, meter));
            }
            Err(error) => missing(*pid, &error),
        }
    }
    if found.iter().any(|(_, meter)| meter.is_some()) {
        thread::sleep(WATCH);
    }
    let mut infos = Vec::with_capacity(found.len());
    for (process, meter) in found {
        match process.info(fields) {
            Ok(mut info) => {
                for (field, why) in info.failures() {
                    complain(&format!(
                        "process {}: {}: {why}",
                        process.pid(),
                        field.as_str()
                    ));
                }
                if let Some(percent) = meter.and_then(|mut meter| meter.percent(&process).ok()) {
                    info.cpu_percent = Answer::Value(percent);
                }
                infos.push(info);
            }
            Err(error) => missing(process.pid(), &error),
        }
    }
    (infos, done)
}

/// The JSON object of a process.
fn object<'a>(info: &'a ProcessInfo, told: &'a [ProcessField]) -> Value<'a> {
    Value::Map(Box::new(told.iter().map(|field| {
        (Cow::Borrowed(OsStr::new(field.as_str())), info.fact(*field))
    })))
}

fn sheets(infos: &[ProcessInfo], screen: &mut Screen) -> Result<(), Failure> {
    for (place, info) in infos.iter().enumerate() {
        if place > 0 {
            screen.print(Line::new())?;
        }
        if let Some(pid) = info.pid.value() {
            screen.print(Line::new().text(HEADING, format!("process {pid}")))?;
        }
        for line in sheet::facts(info, screen.look, 2, Unit::Plain) {
            screen.print(line)?;
        }
    }
    Ok(())
}
