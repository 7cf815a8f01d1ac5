//! The seam: what the facade asks of a platform, one small trait per domain.
//!
//! `platform::Host` (the machine) and `platform::Facts` (one process) implement them; which types
//! those are is chosen by `cfg` in `platform/mod.rs` alone. Calls are static. A default body
//! answers `Unsupported`, so a platform writes only what it has. The traits carry the contract
//! (units, order, absences); an implementation's comments carry only what is peculiar to its kernel.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use psight_core::calc::tree::Kin;
use psight_core::types::{
    Battery, ByName, Connection, ConnectionKind, ContextSwitches, CpuFreq, CpuStats, CpuTimes,
    DiskIoCounters, DiskPartition, DiskUsage, ExitStatus, Fan, Gids, HeapInfo, IoCounters,
    IoPriority, LoadAverage, MemoryFullInfo, MemoryInfo, MemoryMap, NetIoCounters, NicAddress,
    NicStats, OpenFile, PageFaults, Pid, ProcessCpuTimes, Resource, Rlimit, Status, SwapMemory,
    Temperature, Thread, Uids, User, VirtualMemory,
};

use crate::error::{Fault, Outcome};
use crate::explain::Liveness;

/// When the kernel says a process started, in its own clock: not affected by clock steps, and
/// never compared across machines. Linux: ticks since boot.
pub(crate) type Stamp = u64;

/// Which process is meant: the id, and its start when known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) pid: Pid,
    /// `None` asks about whoever has the id.
    pub(crate) stamp: Option<Stamp>,
}

/// One disk's counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DiskRow {
    pub(crate) name: OsString,
    /// A whole disk, not a partition: only these make up the sum.
    pub(crate) whole: bool,
    pub(crate) counters: DiskIoCounters,
}

macro_rules! unsupported {
    ($metric:literal) => {
        Err(Fault::Unsupported($metric))
    };
}

/// CPU times, counts and rates.
pub(crate) trait Cpu {
    /// All CPUs together.
    fn cpu_times(&self) -> Outcome<CpuTimes> {
        unsupported!("cpu_times")
    }
    /// Each online CPU, in kernel order.
    fn cpu_times_percpu(&self) -> Outcome<Vec<CpuTimes>> {
        unsupported!("cpu_times")
    }
    /// CPUs online; `None` when nobody tells.
    fn cpu_count_logical(&self) -> Outcome<Option<u32>> {
        unsupported!("cpu_count")
    }
    /// Cores; `None` when nobody tells.
    fn cpu_count_physical(&self) -> Outcome<Option<u32>> {
        unsupported!("cpu_count")
    }
    fn cpu_stats(&self) -> Outcome<CpuStats> {
        unsupported!("cpu_stats")
    }
    /// Each online CPU.
    fn cpu_freq_percpu(&self) -> Outcome<Vec<CpuFreq>> {
        unsupported!("cpu_freq")
    }
    fn load_average(&self) -> Outcome<LoadAverage> {
        unsupported!("getloadavg")
    }
}

/// Memory of the machine, and the allocator of this process.
pub(crate) trait Memory {
    fn virtual_memory(&self) -> Outcome<VirtualMemory> {
        unsupported!("virtual_memory")
    }
    fn swap_memory(&self) -> Outcome<SwapMemory> {
        unsupported!("swap_memory")
    }
    fn heap_info(&self) -> Outcome<HeapInfo> {
        unsupported!("heap_info")
    }
    fn heap_trim(&self) -> Outcome<()> {
        unsupported!("heap_trim")
    }
}

/// Mounts, space, disk counters.
pub(crate) trait Disk {
    fn disk_usage(&self, path: &Path) -> Outcome<DiskUsage> {
        let _ = path;
        unsupported!("disk_usage")
    }
    /// In the order of the mount table; `all` adds those without a device or with a virtual type.
    fn disk_partitions(&self, all: bool) -> Outcome<Vec<DiskPartition>> {
        let _ = all;
        unsupported!("disk_partitions")
    }
    fn disk_io_counters(&self) -> Outcome<Vec<DiskRow>> {
        unsupported!("disk_io_counters")
    }
}

/// Interfaces and sockets.
pub(crate) trait Net {
    fn net_io_counters(&self) -> Outcome<ByName<NetIoCounters>> {
        unsupported!("net_io_counters")
    }
    /// Sorted, without duplicates; owners are looked for only when asked.
    fn net_connections(&self, kind: ConnectionKind, owners: bool) -> Outcome<Vec<Connection>> {
        let _ = (kind, owners);
        unsupported!("net_connections")
    }
    /// Interfaces in the order of their lowest family.
    fn net_if_addrs(&self) -> Outcome<ByName<Vec<NicAddress>>> {
        unsupported!("net_if_addrs")
    }
    fn net_if_stats(&self) -> Outcome<ByName<NicStats>> {
        unsupported!("net_if_stats")
    }
}

/// Temperatures, fans, battery. A machine without them has none; that is no error.
pub(crate) trait Sensors {
    /// As the chips give them; the facade completes missing limits.
    fn sensors_temperatures(&self) -> Outcome<ByName<Vec<Temperature>>> {
        unsupported!("sensors_temperatures")
    }
    fn sensors_fans(&self) -> Outcome<ByName<Vec<Fan>>> {
        unsupported!("sensors_fans")
    }
    fn sensors_battery(&self) -> Outcome<Option<Battery>> {
        unsupported!("sensors_battery")
    }
}

/// The machine's life and people.
pub(crate) trait Sessions {
    /// Seconds since the epoch.
    fn boot_time(&self) -> Outcome<f64> {
        unsupported!("boot_time")
    }
    fn users(&self) -> Outcome<Vec<User>> {
        unsupported!("users")
    }
    fn host_name(&self) -> Outcome<OsString> {
        unsupported!("host_name")
    }
    /// System, release and, of this very machine, processor.
    fn kernel(&self) -> Outcome<OsString> {
        unsupported!("kernel")
    }
    /// Includes time asleep.
    fn uptime(&self) -> Outcome<Duration> {
        unsupported!("uptime")
    }
}

/// The table of processes, and acting on one of them.
pub(crate) trait Table {
    /// Ascending, into a buffer that is emptied first.
    fn pids(&self, pids: &mut Vec<Pid>) -> Outcome<()> {
        pids.clear();
        unsupported!("pids")
    }
    /// A process, not a thread.
    fn pid_exists(&self, pid: Pid) -> Outcome<bool> {
        let _ = pid;
        unsupported!("pid_exists")
    }
    /// When the process that has this id started; a thread's id is answered too where the kernel does.
    fn stamp(&self, pid: Pid) -> Outcome<Stamp> {
        let _ = pid;
        unsupported!("Process")
    }
    /// The C library's number of a resource limit.
    fn resource_number(&self, resource: Resource) -> Outcome<i32> {
        let _ = resource;
        unsupported!("rlimit")
    }
    /// Every visible process; one that cannot be read is left out.
    fn kin(&self) -> Outcome<Vec<Kin>> {
        unsupported!("children")
    }
    /// A process with its children, or with `all` its descendants too, and maybe others; `None` where
    /// that is not to be had for less than a look at everyone.
    fn kin_below(&self, pid: Pid, all: bool) -> Outcome<Option<Vec<Kin>>> {
        let _ = (pid, all);
        Ok(None)
    }
    /// Never fails: what is there and cannot be read is `Running`.
    fn liveness(&self, pid: Pid) -> Liveness {
        let _ = pid;
        Liveness::Gone
    }
    /// Checks the stamp after taking hold of the process, where the kernel can hold one.
    fn send_signal(&self, subject: Subject, signal: i32) -> Outcome<()> {
        let _ = (subject, signal);
        unsupported!("send_signal")
    }
    /// Calls `ended` with the place of each process as it goes, and with its status when it was a
    /// child of the caller that nobody else reaped. Returns when all are gone or time is over; with
    /// `EINTR` when a signal handler ran, so that callers can look at theirs.
    fn wait(
        &self,
        subjects: &[Subject],
        timeout: Option<Duration>,
        ended: &mut dyn FnMut(usize, Option<ExitStatus>),
    ) -> Outcome<()> {
        let _ = (subjects, timeout, ended);
        unsupported!("wait")
    }
}

/// Who a process is.
pub(crate) trait Identity {
    /// When it started, in the kernel's own clock.
    fn stamp(&mut self) -> Outcome<Stamp> {
        unsupported!("Process")
    }
    /// As the kernel keeps it, completed from the command line where it was cut.
    fn name(&mut self) -> Outcome<OsString> {
        unsupported!("name")
    }
    /// As the kernel keeps it, cut where the kernel cuts it.
    fn kernel_name(&mut self) -> Outcome<OsString> {
        self.name()
    }
    /// `None` for a kernel thread.
    fn exe(&mut self) -> Outcome<Option<PathBuf>> {
        unsupported!("exe")
    }
    /// An executable that the command line suggests, for callers who may not know the real one.
    fn guessed_exe(&mut self) -> Outcome<Option<PathBuf>> {
        Ok(None)
    }
    fn cmdline(&mut self) -> Outcome<Vec<OsString>> {
        unsupported!("cmdline")
    }
    fn environ(&mut self) -> Outcome<BTreeMap<OsString, OsString>> {
        unsupported!("environ")
    }
    fn cwd(&mut self) -> Outcome<PathBuf> {
        unsupported!("cwd")
    }
    fn status(&mut self) -> Outcome<Status> {
        unsupported!("status")
    }
    fn ppid(&mut self) -> Outcome<Pid> {
        unsupported!("ppid")
    }
    fn uids(&mut self) -> Outcome<Uids> {
        unsupported!("uids")
    }
    fn gids(&mut self) -> Outcome<Gids> {
        unsupported!("gids")
    }
    /// The name of the real user, or the number where there is no name.
    fn username(&mut self) -> Outcome<OsString> {
        unsupported!("username")
    }
    /// `None` without a controlling terminal, or when its device has no file.
    fn terminal(&mut self) -> Outcome<Option<PathBuf>> {
        unsupported!("terminal")
    }
    /// Seconds since the epoch.
    fn create_time(&mut self) -> Outcome<f64> {
        unsupported!("create_time")
    }
}

/// What a process uses and holds.
pub(crate) trait Usage {
    fn cpu_times(&mut self) -> Outcome<ProcessCpuTimes> {
        unsupported!("cpu_times")
    }
    fn cpu_num(&mut self) -> Outcome<u32> {
        unsupported!("cpu_num")
    }
    /// Of all its threads, ended ones included.
    fn page_faults(&mut self) -> Outcome<PageFaults> {
        unsupported!("page_faults")
    }
    fn memory_info(&mut self) -> Outcome<MemoryInfo> {
        unsupported!("memory_info")
    }
    fn memory_full_info(&mut self) -> Outcome<MemoryFullInfo> {
        unsupported!("memory_full_info")
    }
    /// One per region, in address order.
    fn memory_maps(&mut self) -> Outcome<Vec<MemoryMap>> {
        unsupported!("memory_maps")
    }
    fn io_counters(&mut self) -> Outcome<IoCounters> {
        unsupported!("io_counters")
    }
    fn num_ctx_switches(&mut self) -> Outcome<ContextSwitches> {
        unsupported!("num_ctx_switches")
    }
    fn num_threads(&mut self) -> Outcome<u64> {
        unsupported!("num_threads")
    }
    /// In numeric order.
    fn threads(&mut self) -> Outcome<Vec<Thread>> {
        unsupported!("threads")
    }
    fn num_fds(&mut self) -> Outcome<u64> {
        unsupported!("num_fds")
    }
    /// Regular files only, by descriptor.
    fn open_files(&mut self) -> Outcome<Vec<OpenFile>> {
        unsupported!("open_files")
    }
    /// Sorted; `pid` is this process.
    fn net_connections(&mut self, kind: ConnectionKind) -> Outcome<Vec<Connection>> {
        let _ = kind;
        unsupported!("net_connections")
    }
}

/// How a process is scheduled and limited. Setters are called after the reuse guard.
pub(crate) trait Scheduling {
    fn nice(&mut self) -> Outcome<i32> {
        unsupported!("nice")
    }
    fn set_nice(&mut self, value: i32) -> Outcome<()> {
        let _ = value;
        unsupported!("nice")
    }
    fn ionice(&mut self) -> Outcome<IoPriority> {
        unsupported!("ionice")
    }
    fn set_ionice(&mut self, priority: IoPriority) -> Outcome<()> {
        let _ = priority;
        unsupported!("ionice")
    }
    /// Ascending.
    fn cpu_affinity(&mut self) -> Outcome<Vec<u32>> {
        unsupported!("cpu_affinity")
    }
    /// CPUs the system has online, whatever a cpuset permits, ascending.
    fn online_cpus(&mut self) -> Outcome<Vec<u32>> {
        unsupported!("cpu_affinity")
    }
    fn set_cpu_affinity(&mut self, cpus: &[u32]) -> Outcome<()> {
        let _ = cpus;
        unsupported!("cpu_affinity")
    }
    fn rlimit(&mut self, resource: Resource) -> Outcome<Rlimit> {
        let _ = resource;
        unsupported!("rlimit")
    }
    fn set_rlimit(&mut self, resource: Resource, limit: Rlimit) -> Outcome<()> {
        let _ = (resource, limit);
        unsupported!("rlimit")
    }
}
