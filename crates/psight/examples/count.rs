//! Asks one question between two fences, for whoever counts the system calls in between.
//!
//! ```text
//! strace cargo run --example count -- NAME [PID]
//! ```
//!
//! The fences are `getppid(2)`, which psight never calls. The question is asked once before, so that
//! what is done only once in a program's life is not counted. `tests/counts/run` reads the result.

use std::hint::black_box;
use std::os::unix::process::parent_id;
use std::process::ExitCode;

use psight::{ConnectionKind, Process, ProcessField, ProcessFields, Result};

/// Facts that `stat` alone tells.
const STAT_ONLY: ProcessFields = ProcessFields::of(&[
    ProcessField::Pid,
    ProcessField::Name,
    ProcessField::Ppid,
    ProcessField::Status,
    ProcessField::CpuTimes,
]);

/// What a process list usually shows.
const USUAL: ProcessFields = ProcessFields::of(&[
    ProcessField::Pid,
    ProcessField::Name,
    ProcessField::Username,
    ProcessField::Status,
    ProcessField::CpuPercent,
    ProcessField::MemoryInfo,
    ProcessField::MemoryPercent,
    ProcessField::NumThreads,
    ProcessField::Cmdline,
    ProcessField::Ppid,
    ProcessField::CreateTime,
]);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let pid = arguments.next().and_then(|pid| pid.parse().ok());
    match count(&name, pid.unwrap_or_else(std::process::id)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the question of that name twice, the second time between the fences.
fn count(name: &str, pid: u32) -> Result<()> {
    let process = || Process::new(pid);
    match name {
        "sweep_stat" => fenced(|| psight::sweep(STAT_ONLY)),
        "sweep_usual" => fenced(|| psight::sweep(USUAL)),
        "processes" => fenced(psight::processes),
        "pids" => fenced(psight::pids),
        "Process::new" => fenced(process),
        "virtual_memory" => fenced(psight::virtual_memory),
        "swap_memory" => fenced(psight::swap_memory),
        "cpu_times" => fenced(psight::cpu_times),
        "boot_time" => fenced(psight::boot_time),
        "net_io_counters" => fenced(psight::net_io_counters),
        "disk_io_counters" => fenced(psight::disk_io_counters),
        "net_connections_without_owners" => {
            fenced(|| psight::net_connections_without_owners(ConnectionKind::Inet))
        }
        getter => {
            let process = process()?;
            match getter {
                "is_running" => fenced(|| Ok(process.is_running())),
                "name" => fenced(|| process.name()),
                "status" => fenced(|| process.status()),
                "ppid" => fenced(|| process.ppid()),
                "cpu_times_of" => fenced(|| process.cpu_times()),
                "memory_info" => fenced(|| process.memory_info()),
                "cmdline" => fenced(|| process.cmdline()),
                "uids" => fenced(|| process.uids()),
                "num_threads" => fenced(|| process.num_threads()),
                "num_fds" => fenced(|| process.num_fds()),
                "oneshot" => fenced(|| nine(&process)),
                "info" => fenced(|| process.info(USUAL)),
                "nothing" => fenced(|| Ok(())),
                _ => {
                    eprintln!("no such question");
                    Ok(())
                }
            }
        }
    }
}

fn fenced<T>(question: impl Fn() -> Result<T>) -> Result<()> {
    black_box(question()?);
    let _ = parent_id();
    let answer = black_box(question());
    let _ = parent_id();
    answer.map(drop)
}

/// Nine facts from four sources, each read once.
fn nine(process: &Process) -> Result<impl Sized + use<>> {
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
