//! One idle process, question by question.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

mod common;

use common::floor::Floor;
use common::{Bench, Idle};
use psight::Process;

fn main() {
    let bench = Bench::new("One idle process");
    let idle = Idle::new(1);
    let pid = idle.first();
    let process = Process::new(pid).unwrap();
    let mut floor = Floor::new();
    Bench::table("a call");
    macro_rules! rows {
        ($($name:literal, $ours:expr, $floor:expr;)+) => {$(
            bench.row($name, 1, || $ours, || $floor);
        )+};
    }
    rows! {
        "Process::new", Process::new(pid), floor.file(format_args!("{pid}/task/{pid}/stat"));
        "is_running", process.is_running(), floor.file(format_args!("{pid}/task/{pid}/stat"));
        "name", process.name(), floor.file(format_args!("{pid}/task/{pid}/stat"));
        "status", process.status(), floor.file(format_args!("{pid}/task/{pid}/stat"));
        "cpu_times", process.cpu_times(), floor.file(format_args!("{pid}/stat"));
        "memory_info", process.memory_info(), floor.file(format_args!("{pid}/statm"));
        "cmdline", process.cmdline(), floor.file(format_args!("{pid}/cmdline"));
        "uids", process.uids(), floor.owner(pid);
        "num_fds", process.num_fds(), floor.folder_size(format_args!("{pid}/fd"));
        "threads, 1", process.threads(), floor.threads(pid);
        "oneshot of nine", nine(&process), {
            floor.file(format_args!("{pid}/stat"));
            floor.file(format_args!("{pid}/statm"));
            floor.file(format_args!("{pid}/cmdline"));
            floor.owner(pid)
        };
    }
}

/// Nine facts from four sources.
fn nine(process: &Process) -> psight::Result<impl Sized + use<>> {
    let _kept = process.oneshot();
    Ok((
        process.name()?,
        process.status()?,
        process.ppid()?,
        process.cpu_times()?,
        process.cpu_num()?,
        process.num_threads()?,
        process.memory_info()?,
        process.cmdline()?,
        process.uids()?,
    ))
}
