//! The machine as a whole.

mod common;

use common::Bench;
use common::floor::Floor;
use psight::{
    cpu_times, cpu_times_percpu, disk_io_counters_perdisk, net_io_counters_pernic, virtual_memory,
};

fn main() {
    let bench = Bench::new("The machine");
    let mut floor = Floor::new();
    Bench::table("a call");
    macro_rules! rows {
        ($($name:literal, $ours:expr, $floor:expr;)+) => {$(
            bench.row($name, 1, || $ours, || $floor);
        )+};
    }
    rows! {
        "virtual_memory", virtual_memory(), floor.file(format_args!("meminfo"));
        "cpu_times", cpu_times(), floor.file(format_args!("stat"));
        "cpu_times_percpu", cpu_times_percpu(), floor.file(format_args!("stat"));
        "net_io_counters_pernic", net_io_counters_pernic(), floor.whole_file(format_args!("net/dev"));
        "disk_io_counters_perdisk", disk_io_counters_perdisk(), floor.whole_file(format_args!("diskstats"));
    }
}
