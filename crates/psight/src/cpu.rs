//! CPU times, counts, counters, frequency and load.

use psight_core::types::{CpuFreq, CpuStats, CpuTimes, LoadAverage};

use crate::error::Result;
use crate::seam::Cpu;
use crate::system::System;

impl System {
    /// Seconds all CPUs together spent in each mode since boot.
    ///
    /// Source: the first line of `/proc/stat`. Cost: one file.
    /// Errors: `Os` when the file cannot be read, `Parse`.
    pub fn cpu_times(&self) -> Result<CpuTimes> {
        self.ask(Cpu::cpu_times)
    }

    /// Seconds each online CPU spent in each mode since boot, in kernel order.
    ///
    /// Source: the `cpuN` lines of `/proc/stat`; an offline CPU has none. Cost: one file.
    /// Errors: `Os` when the file cannot be read, `Parse`.
    pub fn cpu_times_percpu(&self) -> Result<Vec<CpuTimes>> {
        self.ask(Cpu::cpu_times_percpu)
    }

    /// How many CPUs are online, whatever this process may use of them; `None` when nobody tells.
    ///
    /// Source: `/sys/devices/system/cpu/online`, else `sysconf(_SC_NPROCESSORS_ONLN)`, else
    /// `/proc/cpuinfo`, else `/proc/stat`.
    pub fn cpu_count_logical(&self) -> Result<Option<u32>> {
        self.ask(Cpu::cpu_count_logical)
    }

    /// How many cores there are; `None` when nobody tells, as on many ARM boards.
    ///
    /// Source: `/sys/devices/system/cpu/cpu*/topology`, else `/proc/cpuinfo`. Cost: one file a CPU.
    pub fn cpu_count_physical(&self) -> Result<Option<u32>> {
        self.ask(Cpu::cpu_count_physical)
    }

    /// Context switches and interrupts since boot.
    ///
    /// Source: `/proc/stat`. Cost: one file. Errors: `Os`.
    pub fn cpu_stats(&self) -> Result<CpuStats> {
        self.ask(Cpu::cpu_stats)
    }

    /// The mean clock rate over all online CPUs; `None` when no CPU tells its rate.
    ///
    /// Source and cost: [`System::cpu_freq_percpu`].
    pub fn cpu_freq(&self) -> Result<Option<CpuFreq>> {
        Ok(psight_core::calc::percent::mean_freq(
            &self.cpu_freq_percpu()?,
        ))
    }

    /// The clock rate of each online CPU; empty when no CPU tells it.
    ///
    /// Source: `/sys/devices/system/cpu/cpufreq`, else the `cpu MHz` lines of `/proc/cpuinfo`, which
    /// tell no limits. Cost: three files a policy. Errors: `Os`.
    pub fn cpu_freq_percpu(&self) -> Result<Vec<CpuFreq>> {
        self.ask(Cpu::cpu_freq_percpu)
    }

    /// Processes running or waiting to run, averaged over 1, 5 and 15 minutes.
    ///
    /// Source: `/proc/loadavg`. psutil's `getloadavg`. Errors: `Os`, `Parse`.
    pub fn load_average(&self) -> Result<LoadAverage> {
        self.ask(Cpu::load_average)
    }
}

/// [`System::cpu_times`] of this machine.
pub fn cpu_times() -> Result<CpuTimes> {
    System::local().cpu_times()
}

/// [`System::cpu_times_percpu`] of this machine.
pub fn cpu_times_percpu() -> Result<Vec<CpuTimes>> {
    System::local().cpu_times_percpu()
}

/// [`System::cpu_count_logical`] of this machine.
pub fn cpu_count_logical() -> Result<Option<u32>> {
    System::local().cpu_count_logical()
}

/// [`System::cpu_count_physical`] of this machine.
pub fn cpu_count_physical() -> Result<Option<u32>> {
    System::local().cpu_count_physical()
}

/// [`System::cpu_stats`] of this machine.
pub fn cpu_stats() -> Result<CpuStats> {
    System::local().cpu_stats()
}

/// [`System::cpu_freq`] of this machine.
pub fn cpu_freq() -> Result<Option<CpuFreq>> {
    System::local().cpu_freq()
}

/// [`System::cpu_freq_percpu`] of this machine.
pub fn cpu_freq_percpu() -> Result<Vec<CpuFreq>> {
    System::local().cpu_freq_percpu()
}

/// [`System::load_average`] of this machine.
pub fn load_average() -> Result<LoadAverage> {
    System::local().load_average()
}
