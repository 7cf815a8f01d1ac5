//! Priority, I/O priority, affinity and resource limits. Setters check first that the id still
//! belongs to this process.

use psight_core::types::{IoClass, IoPriority, Resource, Rlimit};

use super::Process;
use crate::error::{Error, Result};
use crate::seam::Scheduling;

/// `EINVAL` has this number on every system that has CPU affinity.
const EINVAL: i32 = 22;

impl Process {
    /// Its priority, from -20 (first) to 19 (last).
    ///
    /// Source: `getpriority(2)`. Errors: `NoSuchProcess`.
    pub fn nice(&self) -> Result<i32> {
        self.ask(|facts| facts.nice())
    }

    /// Sets its priority; the kernel clamps what is beyond -20 and 19.
    ///
    /// Source: `setpriority(2)`. Errors: `NoSuchProcess`, `AccessDenied`.
    pub fn set_nice(&self, value: i32) -> Result<()> {
        self.guard()?;
        self.ask(|facts| facts.set_nice(value))
    }

    /// How its I/O is scheduled.
    ///
    /// Source: `ioprio_get(2)`. Errors: `NoSuchProcess`, `Unsupported`.
    pub fn ionice(&self) -> Result<IoPriority> {
        self.ask(|facts| facts.ionice())
    }

    /// Sets how its I/O is scheduled: a class, and within `RealTime` and `BestEffort` a value from 0
    /// (first) to 7 (last); without a value 0.
    ///
    /// Source: `ioprio_set(2)`. Errors: `NoSuchProcess`, `AccessDenied`, `InvalidArgument`.
    pub fn set_ionice(&self, ioclass: IoClass, value: Option<u8>) -> Result<()> {
        let takes_value = matches!(ioclass, IoClass::RealTime | IoClass::BestEffort);
        match value {
            Some(value) if value > 0 && !takes_value => {
                return Err(Error::invalid(format!(
                    "{ioclass} accepts no value (got {value})"
                )));
            }
            Some(value) if value > 7 => {
                return Err(Error::invalid(format!(
                    "value not in 0-7 range (got {value})"
                )));
            }
            _ => {}
        }
        self.guard()?;
        let priority = IoPriority {
            ioclass,
            value: value.unwrap_or(0),
        };
        self.ask(|facts| facts.set_ionice(priority))
    }

    /// CPUs it may run on, ascending.
    ///
    /// Source: `sched_getaffinity(2)`. Errors: `NoSuchProcess`.
    pub fn cpu_affinity(&self) -> Result<Vec<u32>> {
        self.ask(|facts| facts.cpu_affinity())
    }

    /// CPUs that [`Process::set_cpu_affinity`] accepts: those the system has online. A cpuset may
    /// permit fewer.
    ///
    /// Source: `/sys/devices/system/cpu/online`. Errors: `Os`.
    pub fn eligible_cpus(&self) -> Result<Vec<u32>> {
        self.ask(|facts| facts.online_cpus())
    }

    /// Sets the CPUs it may run on; none at all means every one the system and its cpuset permit.
    ///
    /// Source: `sched_setaffinity(2)`. Errors: `NoSuchProcess`, `AccessDenied`, and
    /// `InvalidArgument` naming the CPU that does not exist or is not permitted.
    pub fn set_cpu_affinity(&self, cpus: &[u32]) -> Result<()> {
        self.guard()?;
        let online = self.eligible_cpus()?;
        if cpus.is_empty() {
            return self.ask(|facts| facts.set_cpu_affinity(&online));
        }
        if let Some(stranger) = cpus.iter().find(|cpu| !online.contains(cpu)) {
            return Err(Error::invalid(format!(
                "invalid CPU {stranger}; choose between {online:?}"
            )));
        }
        let before = self.cpu_affinity()?;
        let set = self.ask(|facts| facts.set_cpu_affinity(cpus));
        // The kernel silently drops what the cpuset forbids, and refuses when nothing is left.
        let refused = matches!(&set, Err(error) if error.raw_os_error() == Some(EINVAL));
        let now = if refused {
            Vec::new()
        } else {
            set.and_then(|()| self.cpu_affinity())?
        };
        if let Some(forbidden) = cpus.iter().find(|cpu| !now.contains(cpu)) {
            self.ask(|facts| facts.set_cpu_affinity(&before))?;
            let message =
                format!("CPU number {forbidden} is not eligible; choose between {before:?}");
            return Err(Error::invalid(message));
        }
        Ok(())
    }

    /// One of its resource limits.
    ///
    /// Source: `prlimit(2)`. Errors: `NoSuchProcess`, `AccessDenied`.
    pub fn rlimit(&self, resource: Resource) -> Result<Rlimit> {
        self.not_for_process_0()?;
        self.ask(|facts| facts.rlimit(resource))
    }

    /// Sets one of its resource limits.
    ///
    /// Source: `prlimit(2)`. Errors: `NoSuchProcess`, `AccessDenied`, `InvalidArgument` for a soft
    /// limit above the hard one.
    pub fn set_rlimit(&self, resource: Resource, limit: Rlimit) -> Result<()> {
        self.not_for_process_0()?;
        if limit.is_crossed() {
            return Err(Error::invalid(format!(
                "{resource}: current limit exceeds maximum limit"
            )));
        }
        self.guard()?;
        self.ask(|facts| facts.set_rlimit(resource, limit))
    }

    /// `prlimit(0)` means the caller, not a process of that id.
    fn not_for_process_0(&self) -> Result<()> {
        if self.pid() == 0 {
            return Err(Error::invalid(
                "pid 0 has no resource limits: prlimit(2) means the caller by it",
            ));
        }
        Ok(())
    }
}
