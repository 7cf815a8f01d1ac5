//! Everything about the processes and the machine a program runs on.
//!
//! psight tells what psutil tells, under psutil's names, in bytes and seconds: CPU, memory, disks,
//! network, sensors, users, and every process; and it acts on processes without racing against the
//! reuse of process ids.
//!
//! ```
//! let memory = psight::virtual_memory()?;
//! println!("{} of {} bytes available", memory.available, memory.total);
//!
//! let me = psight::Process::current()?;
//! println!("{:?} uses {} bytes", me.name()?, me.memory_info()?.rss);
//!
//! use psight::{ProcessField, ProcessFields};
//! let fields = ProcessFields::of(&[ProcessField::Pid, ProcessField::Name, ProcessField::Status]);
//! for process in psight::sweep(fields)? {
//!     println!("{:?} {:?}", process.pid.value(), process.name.value());
//! }
//! # Ok::<(), psight::Error>(())
//! ```
//!
//! # Where things are
//!
//! - Functions about the machine are free functions here and methods of [`System`], which can be
//!   told where `/proc`, `/sys` and the others are mounted ([`Roots`]).
//! - One process is a [`Process`]; many at once, reading only what was asked, a [`sweep()`].
//! - Values that need two looks (CPU percent, counters that wrap) are meters that the caller owns:
//!   [`CpuMeter`], [`ProcessMeter`], [`NetIoMeter`], [`DiskIoMeter`]. Nothing is remembered behind your back.
//!
//! # Honesty
//!
//! A number that cannot be known is `None` or an error, never 0. What a platform has not is
//! [`Error::Unsupported`]; [`support`] says which platform has what.
#![warn(missing_docs)]
#![deny(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod cpu;
mod disk;
mod error;
mod explain;
mod host;
mod memory;
mod meter;
mod net;
mod os;
mod platform;
mod process;
mod roots;
mod seam;
mod sensors;
pub mod support;
mod system;

/// Percent and sums of CPU times, for callers who keep the readings; the meters do it for others.
pub use psight_core::calc::percent::{
    cpu_busy, cpu_percent, cpu_times_percent, cpu_total, of_time,
};
pub use psight_core::types::*;
pub use psight_core::{Field, ParseError, Record, Unit, Value, Walk, text};

pub use cpu::{
    cpu_count_logical, cpu_count_physical, cpu_freq, cpu_freq_percpu, cpu_stats, cpu_times,
    cpu_times_percpu, load_average,
};
pub use disk::{
    disk_io_counters, disk_io_counters_perdisk, disk_partitions, disk_partitions_all, disk_usage,
};
pub use error::{Error, Fault, Result};
pub use host::{boot_time, pid_exists, pids, users};
pub use memory::{heap_info, heap_trim, swap_memory, virtual_memory};
pub use meter::{CpuMeter, DiskIoMeter, NetIoMeter, PerCpuMeter, ProcessMeter};
pub use net::{
    net_connections, net_connections_without_owners, net_if_addrs, net_if_stats, net_io_counters,
    net_io_counters_pernic,
};
pub use process::{
    Oneshot, Output, OwnedOneshot, Popen, Process, ProcessId, Signal, Sweeper, WaitOutcome,
    processes, sweep, wait_procs,
};
pub use roots::{Machine, Roots};
pub use sensors::{sensors_battery, sensors_fans, sensors_temperatures};
pub use system::System;

/// The examples of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
