//! Every metric of the machine: its key, and how it is asked for. `psight system` walks this list.

use std::ffi::OsString;
use std::thread;
use std::time::Duration;

use psight::{
    ByName, ConnectionKind, CpuMeter, DiskUsage, PerCpuMeter, Result, System, Unit, Walk,
};

use psight::text::printable;

use crate::complain;

/// How long CPU percentages are watched.
const WATCH: Duration = Duration::from_millis(100);

/// What an answer may be.
pub(crate) type Answered = Result<Box<dyn Walk>>;

/// A metric.
#[derive(Debug)]
pub(crate) struct Metric {
    /// psutil's name, with the argument that chooses a variant behind it.
    pub(crate) key: &'static str,
    /// What its number counts, when it is one.
    pub(crate) unit: Unit,
    /// Asks for it.
    pub(crate) ask: fn(&mut Watched) -> Answered,
}

/// A machine whose CPUs have been watched for a moment.
#[derive(Debug)]
pub(crate) struct Watched {
    system: System,
    cpu: Result<CpuMeter>,
    modes: Result<CpuMeter>,
    cores: Result<PerCpuMeter>,
}

impl Watched {
    /// Starts to watch, and waits.
    pub(crate) fn start(system: &System) -> Self {
        let watched = Self {
            system: system.clone(),
            cpu: CpuMeter::new(system),
            modes: CpuMeter::new(system),
            cores: PerCpuMeter::new(system),
        };
        thread::sleep(WATCH);
        watched
    }
}

/// What a meter tells; the failure of its first look is asked for again, to be told.
fn second<M, T: Walk + 'static>(
    meter: &mut Result<M>,
    again: impl FnOnce() -> Result<M>,
    look: impl FnOnce(&mut M) -> Result<T>,
) -> Answered {
    match meter {
        Ok(meter) => boxed(look(meter)),
        Err(_) => boxed(look(&mut again()?)),
    }
}

fn boxed<T: Walk + 'static>(answer: Result<T>) -> Answered {
    answer.map(|value| Box::new(value) as Box<dyn Walk>)
}

macro_rules! metrics {
    ($($key:ident: $unit:ident = |$watched:ident| $ask:expr;)+) => {
        /// Every metric, in the order of the document.
        pub(crate) const METRICS: &[Metric] = &[$(Metric {
            key: stringify!($key),
            unit: Unit::$unit,
            ask: |$watched| $ask,
        },)+];
    };
}

metrics! {
    cpu_times: Seconds = |m| boxed(m.system.cpu_times());
    cpu_times_percpu: Seconds = |m| boxed(m.system.cpu_times_percpu());
    cpu_percent: Percent = |m| second(&mut m.cpu, || CpuMeter::new(&m.system), CpuMeter::percent);
    cpu_percent_percpu: Percent = |m| {
        second(&mut m.cores, || PerCpuMeter::new(&m.system), PerCpuMeter::percent)
    };
    cpu_times_percent: Percent = |m| {
        second(&mut m.modes, || CpuMeter::new(&m.system), CpuMeter::times_percent)
    };
    cpu_count: Count = |m| boxed(cpu_count(&m.system));
    cpu_stats: Count = |m| boxed(m.system.cpu_stats());
    cpu_freq: Megahertz = |m| boxed(m.system.cpu_freq());
    cpu_freq_percpu: Megahertz = |m| boxed(m.system.cpu_freq_percpu());
    getloadavg: Count = |m| boxed(m.system.load_average());
    virtual_memory: Bytes = |m| boxed(m.system.virtual_memory());
    swap_memory: Bytes = |m| boxed(m.system.swap_memory());
    disk_partitions: Plain = |m| boxed(m.system.disk_partitions());
    disk_partitions_all: Plain = |m| boxed(m.system.disk_partitions_all());
    disk_usage: Plain = |m| boxed(disk_usage(&m.system));
    disk_io_counters: Plain = |m| boxed(m.system.disk_io_counters());
    disk_io_counters_perdisk: Plain = |m| boxed(m.system.disk_io_counters_perdisk());
    net_io_counters: Plain = |m| boxed(m.system.net_io_counters());
    net_io_counters_pernic: Plain = |m| boxed(m.system.net_io_counters_pernic());
    net_connections: Plain = |m| boxed(m.system.net_connections(ConnectionKind::All));
    net_if_addrs: Plain = |m| boxed(m.system.net_if_addrs());
    net_if_stats: Plain = |m| boxed(m.system.net_if_stats());
    sensors_temperatures: Celsius = |m| boxed(m.system.sensors_temperatures());
    sensors_fans: Rpm = |m| boxed(m.system.sensors_fans());
    sensors_battery: Plain = |m| boxed(m.system.sensors_battery());
    users: Plain = |m| boxed(m.system.users());
    boot_time: Timestamp = |m| boxed(m.system.boot_time());
    pids: Plain = |m| boxed(m.system.pids());
}

/// Logical and physical CPUs.
fn cpu_count(system: &System) -> Result<ByName<Option<u32>>> {
    let counts = [
        ("logical", system.cpu_count_logical()?),
        ("physical", system.cpu_count_physical()?),
    ];
    Ok(counts
        .into_iter()
        .map(|(kind, count)| (OsString::from(kind), count))
        .collect())
}

/// The space on each partition, by mount point. One that does not answer has none, and is named on
/// standard error.
fn disk_usage(system: &System) -> Result<ByName<Option<DiskUsage>>> {
    let mut usage = ByName::default();
    for partition in system.disk_partitions()? {
        let space = system.disk_usage(&partition.mountpoint);
        let place = printable(partition.mountpoint.as_os_str());
        let failed =
            |error: &psight::Error| complain(&format!("no disk usage of {place}: {error}"));
        let space = space.inspect_err(failed).ok();
        // Of two mounts on one point only the upper can be seen, through either.
        usage.entry(partition.mountpoint.into_os_string(), || space);
    }
    Ok(usage)
}
