//! Values that need two looks. The caller owns them; psight remembers nothing behind your back.

use std::time::Instant;

use psight_core::calc::percent;
use psight_core::calc::wrap::{self, Straightener};
use psight_core::types::{ByName, CpuTimes, DiskIoCounters, NetIoCounters};

use crate::error::Result;
use crate::process::Process;
use crate::system::System;

/// CPU use of the whole machine between two looks.
///
/// ```
/// let mut meter = psight::CpuMeter::new(psight::System::local())?;
/// std::thread::sleep(std::time::Duration::from_millis(20));
/// assert!((0.0..=100.0).contains(&meter.percent()?));
/// # Ok::<(), psight::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CpuMeter {
    system: System,
    last: CpuTimes,
}

impl CpuMeter {
    /// Takes the first look.
    ///
    /// Errors: those of [`System::cpu_times`].
    pub fn new(system: &System) -> Result<Self> {
        Ok(Self {
            system: system.clone(),
            last: system.cpu_times()?,
        })
    }

    /// Percent of all CPU time since the last look that was spent on anything, 0 to 100.
    ///
    /// Errors: those of [`System::cpu_times`].
    pub fn percent(&mut self) -> Result<f64> {
        let before = std::mem::replace(&mut self.last, self.system.cpu_times()?);
        Ok(percent::cpu_percent(&before, &self.last))
    }

    /// Percent of all CPU time since the last look spent in each mode, adding up to 100.
    ///
    /// Errors: those of [`System::cpu_times`].
    pub fn modes_percent(&mut self) -> Result<CpuTimes> {
        let before = std::mem::replace(&mut self.last, self.system.cpu_times()?);
        Ok(percent::cpu_modes_percent(&before, &self.last))
    }

    /// The same as psutil's `cpu_times_percent` computes it: divided by one CPU-second where less
    /// has passed, so that the modes add up to less than 100 then.
    ///
    /// Errors: those of [`System::cpu_times`].
    pub fn times_percent(&mut self) -> Result<CpuTimes> {
        let before = std::mem::replace(&mut self.last, self.system.cpu_times()?);
        Ok(percent::cpu_times_percent(&before, &self.last))
    }
}

/// CPU use of each CPU between two looks.
#[derive(Debug, Clone)]
pub struct PerCpuMeter {
    system: System,
    last: Vec<CpuTimes>,
}

impl PerCpuMeter {
    /// Takes the first look.
    ///
    /// Errors: those of [`System::cpu_times_percpu`].
    pub fn new(system: &System) -> Result<Self> {
        Ok(Self {
            system: system.clone(),
            last: system.cpu_times_percpu()?,
        })
    }

    /// Percent of each CPU's time since the last look that was spent on anything. A CPU that came or
    /// went meanwhile is left out once.
    ///
    /// Errors: those of [`System::cpu_times_percpu`].
    pub fn percent(&mut self) -> Result<Vec<f64>> {
        let before = std::mem::replace(&mut self.last, self.system.cpu_times_percpu()?);
        Ok(before
            .iter()
            .zip(&self.last)
            .map(|(old, new)| percent::cpu_percent(old, new))
            .collect())
    }

    /// Percent of each CPU's time since the last look spent in each mode.
    ///
    /// Errors: those of [`System::cpu_times_percpu`].
    pub fn times_percent(&mut self) -> Result<Vec<CpuTimes>> {
        let before = std::mem::replace(&mut self.last, self.system.cpu_times_percpu()?);
        let pairs = before.iter().zip(&self.last);
        Ok(pairs
            .map(|(old, new)| percent::cpu_times_percent(old, new))
            .collect())
    }
}

/// CPU use of one process between two looks.
#[derive(Debug, Clone)]
pub struct ProcessMeter {
    busy_seconds: f64,
    at: Instant,
}

impl ProcessMeter {
    /// Takes the first look.
    ///
    /// Errors: those of [`Process::cpu_times`].
    pub fn new(process: &Process) -> Result<Self> {
        let times = process.cpu_times()?;
        Ok(Self {
            busy_seconds: times.user + times.system,
            at: Instant::now(),
        })
    }

    /// Percent of one CPU that it used since the last look; up to 100 for each CPU it kept busy.
    ///
    /// Errors: those of [`Process::cpu_times`].
    pub fn percent(&mut self, process: &Process) -> Result<f64> {
        let before = std::mem::replace(self, Self::new(process)?);
        let seconds = self.at.duration_since(before.at).as_secs_f64();
        Ok(percent::of_time(
            self.busy_seconds - before.busy_seconds,
            seconds,
        ))
    }
}

/// Network counters that never run backwards: psutil's `nowrap`.
///
/// A kernel counter that wraps shows as a value lower than the last. The meter adds the old value
/// from then on, until the interface disappears.
#[derive(Debug, Clone, Default)]
pub struct NetIoMeter(Straightener<8>);

impl NetIoMeter {
    /// A meter that has not looked yet: the first look passes unchanged.
    pub fn new() -> Self {
        Self::default()
    }

    /// This look's counters, none lower than in the last look while its interface stayed.
    pub fn straighten(&mut self, now: ByName<NetIoCounters>) -> ByName<NetIoCounters> {
        let rows = now
            .into_iter()
            .map(|(nic, counters)| (nic, wrap::nic_row(&counters)));
        let rows = self.0.straighten(rows.collect());
        rows.into_iter()
            .map(|(nic, row)| (nic, wrap::nic_counters(row)))
            .collect()
    }
}

/// Disk counters that never run backwards: psutil's `nowrap`; see [`NetIoMeter`].
#[derive(Debug, Clone, Default)]
pub struct DiskIoMeter(Straightener<9>);

impl DiskIoMeter {
    /// A meter that has not looked yet: the first look passes unchanged.
    pub fn new() -> Self {
        Self::default()
    }

    /// This look's counters, none lower than in the last look while its disk stayed.
    pub fn straighten(&mut self, now: ByName<DiskIoCounters>) -> ByName<DiskIoCounters> {
        let rows = now
            .into_iter()
            .map(|(disk, counters)| (disk, wrap::disk_row(&counters)));
        let rows = self.0.straighten(rows.collect());
        rows.into_iter()
            .map(|(disk, row)| (disk, wrap::disk_counters(row)))
            .collect()
    }
}
