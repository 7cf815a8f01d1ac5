//! How many processes there are and what they do, and the hungriest of them.

use std::ffi::OsString;

use psight::{ProcessField, ProcessFields, ProcessInfo, Status, System};

use super::sample::Sample;
use super::{beside, flow, halves};
use crate::bars::{heading, heat};
use crate::line::{FAINT, GOOD, HOT, Line, PLAIN, WARM};
use crate::screen::Look;
use crate::show::UNKNOWN;
use crate::table::{Column, Table, cell, plain};
use crate::units;

/// Columns from which the two tables stand side by side.
const BESIDE: usize = 72;

pub(super) fn lines(sample: &Sample, system: &System, rows: usize, look: Look) -> Vec<Line> {
    let Some(all) = &sample.processes else {
        let head = heading("Processes", Line::new(), look.width, look);
        return vec![head, Line::new().gap(2).text(PLAIN, UNKNOWN)];
    };
    let mut lines = vec![heading("Processes", summary(all), look.width, look)];
    lines.extend(states(all, look));
    lines.push(Line::new());
    // Of those alike now, the one that has used more comes first.
    let used = |info: &ProcessInfo| {
        info.cpu_times
            .value()
            .map(|times| times.user + times.system)
    };
    let busy = most(all, rows, |info| {
        Some((*info.cpu_percent.value()?, used(info)?))
    });
    let big = most(all, rows, |info| Some((*info.memory_percent.value()?, 0.0)));
    let busy = |look: Look| indented(table(&busy, By::Cpu, system), look);
    let big = |look: Look| indented(table(&big, By::Memory, system), look);
    if look.width >= BESIDE {
        let (left, right) = halves(look);
        lines.extend(beside(busy(left), big(right), left));
    } else {
        lines.extend(busy(look));
        lines.push(Line::new());
        lines.extend(big(look));
    }
    lines
}

fn summary(all: &[ProcessInfo]) -> Line {
    let known = all.iter().map(|info| info.num_threads.value().copied());
    let threads = known.sum::<Option<u64>>();
    let threads = threads.map_or_else(|| UNKNOWN.to_owned(), |threads| threads.to_string());
    Line::new()
        .text(PLAIN, all.len().to_string())
        .text(FAINT, " processes, ")
        .text(PLAIN, threads)
        .text(FAINT, " threads")
}

/// How many are in each state; running and zombies always, others when there are any.
fn states(all: &[ProcessInfo], look: Look) -> Vec<Line> {
    let count = |status: Status| {
        all.iter()
            .filter(|info| info.status.value() == Some(&status))
            .count()
    };
    let always = [Status::Running, Status::Sleeping, Status::Zombie];
    let shown = Status::ALL.iter().map(|status| (*status, count(*status)));
    let shown = shown.filter(|(status, count)| *count > 0 || always.contains(status));
    let piece = |(status, count): (Status, usize)| {
        let style = match status {
            _ if count == 0 => PLAIN,
            Status::Running => GOOD,
            Status::Zombie | Status::Dead => HOT,
            Status::DiskSleep | Status::Stopped | Status::TracingStop => WARM,
            _ => PLAIN,
        };
        Line::new()
            .text(style, count.to_string())
            .gap(1)
            .text(FAINT, status.as_str())
    };
    flow(shown.map(piece).collect(), 2, 3, look)
}

/// The processes with the most of something.
fn most(
    all: &[ProcessInfo],
    rows: usize,
    amount: impl Fn(&ProcessInfo) -> Option<(f64, f64)>,
) -> Vec<&ProcessInfo> {
    let mut known: Vec<_> = all
        .iter()
        .filter_map(|info| Some((amount(info)?, info)))
        .collect();
    known.sort_by(|(a, _), (b, _)| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    known.into_iter().take(rows).map(|(_, info)| info).collect()
}

/// What a table is ordered by, and shows first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Cpu,
    Memory,
}

fn table(rows: &[&ProcessInfo], by: By, system: &System) -> Table {
    let amount = match by {
        By::Cpu => "%CPU",
        By::Memory => "%MEM",
    };
    let mut table = Table::new(vec![
        Column::right(amount),
        Column::right(if by == By::Memory { "SIZE" } else { "PID" }).rank(1),
        Column::right(if by == By::Memory { "PID" } else { "SIZE" }).rank(2),
        Column::left("USER").at_most(10).rank(3),
        Column::left(if by == By::Cpu { "BUSIEST" } else { "BIGGEST" }),
    ])
    .last(12);
    for info in rows {
        let asked = Asked::of(info, system);
        let percent = match by {
            By::Cpu => info.cpu_percent.value(),
            By::Memory => info.memory_percent.value(),
        };
        let style = percent
            .filter(|percent| **percent >= 1.0)
            .map_or(PLAIN, |percent| heat(*percent));
        let pid = info
            .pid
            .value()
            .map_or_else(unknown, |pid| plain(pid.to_string()));
        let size = info
            .memory_info
            .value()
            .map_or_else(unknown, |m| plain(units::bytes(m.rss)));
        let (first, second) = if by == By::Memory {
            (size, pid)
        } else {
            (pid, size)
        };
        table.push(vec![
            percent.map_or_else(unknown, |percent| cell(style, format!("{percent:.1}"))),
            first,
            second,
            asked
                .user
                .map_or_else(unknown, |user| Line::new().os(PLAIN, user)),
            command(info, asked.cmdline.as_deref().unwrap_or_default()),
        ]);
    }
    table
}

fn unknown() -> Line {
    plain(UNKNOWN)
}

/// The name, then the arguments.
fn command(info: &ProcessInfo, cmdline: &[OsString]) -> Line {
    let name = info
        .name
        .value()
        .map_or_else(unknown, |name| Line::new().os(PLAIN, name));
    cmdline
        .iter()
        .skip(1)
        .fold(name, |line, argument| line.gap(1).os(FAINT, argument))
}

/// What is asked only of the few processes shown.
#[derive(Debug, Default)]
struct Asked {
    user: Option<OsString>,
    cmdline: Option<Vec<OsString>>,
}

impl Asked {
    fn of(info: &ProcessInfo, system: &System) -> Self {
        let fields = ProcessFields::of(&[ProcessField::Username, ProcessField::Cmdline]);
        let process = info.pid.value().and_then(|pid| system.process(*pid).ok());
        let told = process.and_then(|process| process.info(fields).ok());
        told.map_or_else(Self::default, |told| Self {
            user: told.username.value().cloned(),
            cmdline: told.cmdline.value().cloned(),
        })
    }
}

fn indented(table: Table, look: Look) -> Vec<Line> {
    let lines = table.lines(look.width.saturating_sub(2), look.mark());
    lines
        .into_iter()
        .map(|line| Line::new().gap(2).join(line))
        .collect()
}
