//! The table of processes when nothing is named.

use std::time::{SystemTime, UNIX_EPOCH};

use psight::{Answer, ProcessField, ProcessFields, ProcessInfo, Status, System};

use crate::bars::heat;
use crate::line::{FAINT, GOOD, HOT, Line, PLAIN, WARM};
use crate::show::UNKNOWN;
use crate::table::{Column, Table, cell, plain};
use crate::units;

/// What it shows.
pub(super) const FIELDS: ProcessFields = ProcessFields::of(&[
    ProcessField::Cmdline,
    ProcessField::CpuPercent,
    ProcessField::CpuTimes,
    ProcessField::CreateTime,
    ProcessField::MemoryInfo,
    ProcessField::MemoryPercent,
    ProcessField::Name,
    ProcessField::NumThreads,
    ProcessField::Pid,
    ProcessField::Ppid,
    ProcessField::Status,
    ProcessField::Username,
]);

/// Seconds since the epoch on that machine: files of another one may be of another day.
pub(super) fn now(system: &System) -> Option<f64> {
    if system.roots().is_live() {
        return Some(
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .ok()?
                .as_secs_f64(),
        );
    }
    Some(system.boot_time().ok()? + system.uptime().ok()?.as_secs_f64())
}

pub(super) fn table(infos: &[ProcessInfo], now: Option<f64>) -> Table {
    let mut table = Table::new(vec![
        Column::left("USER").at_most(12),
        Column::right("PID"),
        Column::right("PPID").rank(5),
        Column::left("STATE").rank(1),
        Column::right("%CPU"),
        Column::right("%MEM").rank(2),
        Column::right("RSS"),
        Column::right("THR").rank(4),
        Column::right("AGE").rank(3),
        Column::right("TIME"),
        Column::left("COMMAND"),
    ]);
    for info in infos {
        table.push(vec![
            info.username
                .value()
                .map_or_else(unknown, |name| Line::new().os(PLAIN, name)),
            told(&info.pid, u32::to_string),
            told(&info.ppid, u32::to_string),
            info.status
                .value()
                .map_or_else(unknown, |status| state(*status)),
            info.cpu_percent
                .value()
                .map_or_else(unknown, |percent| share(*percent)),
            told(&info.memory_percent, |percent| format!("{percent:.1}")),
            told(&info.memory_info, |memory| units::bytes(memory.rss)),
            told(&info.num_threads, u64::to_string),
            told(&info.create_time, |start| {
                now.map_or_else(|| UNKNOWN.to_owned(), |now| units::age(now - start))
            }),
            told(&info.cpu_times, |times| {
                units::cpu_time(times.user + times.system)
            }),
            command(info),
        ]);
    }
    table
}

fn unknown() -> Line {
    plain(UNKNOWN)
}

fn told<T>(answer: &Answer<T>, show: impl FnOnce(&T) -> String) -> Line {
    plain(answer.value().map_or_else(|| UNKNOWN.to_owned(), show))
}

fn state(status: Status) -> Line {
    let style = match status {
        Status::Running => GOOD,
        Status::DiskSleep | Status::Stopped | Status::TracingStop => WARM,
        Status::Zombie | Status::Dead => HOT,
        _ => PLAIN,
    };
    cell(style, status.as_str())
}

fn share(percent: f64) -> Line {
    let style = if percent < 1.0 { PLAIN } else { heat(percent) };
    cell(style, format!("{percent:.1}"))
}

/// The command line, else the name in brackets.
fn command(info: &ProcessInfo) -> Line {
    let line = info.cmdline.value().filter(|line| !line.is_empty());
    match (line, info.name.value()) {
        (Some(line), _) => line
            .iter()
            .enumerate()
            .fold(Line::new(), |shown, (place, argument)| {
                shown.gap(usize::from(place > 0)).os(PLAIN, argument)
            }),
        (None, Some(name)) => Line::new()
            .text(FAINT, "[")
            .os(FAINT, name)
            .text(FAINT, "]"),
        (None, None) => unknown(),
    }
}
