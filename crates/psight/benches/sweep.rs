//! Many processes at once: `pids`, `processes` and sweeps, without and with 500 idle ones added.

mod common;

use common::floor::{Floor, kernel_threads};
use common::{Bench, Idle};
use psight::{ProcessField, ProcessFields, Sweeper, System, pids, processes};

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

fn main() {
    let bench = Bench::new("Sweeps over all processes");
    println!("With many processes and two CPUs psight takes a second thread; the floor has one.\n");
    let mut floor = Floor::new();
    for added in [0, 500] {
        let _idle = Idle::new(added);
        let kernel = kernel_threads();
        let count = floor.pids();
        println!(
            "{count} processes, {} of them kernel threads.\n",
            kernel.len()
        );
        Bench::table("a process");
        bench.row(&format!("pids, +{added}"), count, pids, || floor.pids());
        bench.row(&format!("processes, +{added}"), count, processes, || {
            floor.identity_each()
        });
        let mut sweeper = Sweeper::new(System::local());
        bench.row(
            &format!("sweep of 5 facts from stat, +{added}"),
            count,
            || sweeper.sweep(STAT_ONLY),
            || floor.one_file_each("stat"),
        );
        bench.row(
            &format!("sweep of the usual 11 facts, +{added}"),
            count,
            || sweeper.sweep(USUAL),
            || floor.four_sources_each(&kernel),
        );
        println!();
    }
}
