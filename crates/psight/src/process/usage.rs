//! What a process uses and holds.

use std::collections::HashMap;
use std::ffi::OsString;

use psight_core::types::{
    Connection, ConnectionKind, ContextSwitches, IoCounters, MemoryFullInfo, MemoryInfo, MemoryMap,
    MemoryMapGrouped, OpenFile, PageFaults, ProcessCpuTimes, Thread,
};

use psight_core::{Field, Record, Value};

use super::Process;
use crate::error::{Error, Result};
use crate::seam::{Memory, Usage};

impl Process {
    /// CPU seconds of it and of its ended children that were waited for.
    ///
    /// Source: `/proc/PID/stat`. Errors: `NoSuchProcess`.
    pub fn cpu_times(&self) -> Result<ProcessCpuTimes> {
        self.ask(|facts| facts.cpu_times())
    }

    /// The CPU it last ran on.
    ///
    /// Source: `/proc/PID/stat`. Errors: `NoSuchProcess`, `Unsupported` before Linux 2.2.8.
    pub fn cpu_num(&self) -> Result<u32> {
        self.ask(|facts| facts.cpu_num())
    }

    /// How often memory was not where the CPU looked for it.
    ///
    /// Source: `/proc/PID/stat`. Errors: `NoSuchProcess`.
    pub fn page_faults(&self) -> Result<PageFaults> {
        self.ask(|facts| facts.page_faults())
    }

    /// Its memory; zeros for a kernel thread and a zombie, which have none.
    ///
    /// Source: `/proc/PID/statm`. Errors: `NoSuchProcess`.
    pub fn memory_info(&self) -> Result<MemoryInfo> {
        self.ask(|facts| facts.memory_info())
    }

    /// Its memory with the shares that only the page tables tell.
    ///
    /// Source: `/proc/PID/smaps_rollup` since Linux 4.14, else the sum of `/proc/PID/smaps`; and
    /// `statm`. Cost: grows with the address space; 30 microseconds for a small process, milliseconds
    /// for one of gigabytes. Errors: `NoSuchProcess`, `AccessDenied`.
    pub fn memory_full_info(&self) -> Result<MemoryFullInfo> {
        self.ask(|facts| facts.memory_full_info())
    }

    /// Percent of all physical memory that it has in RAM, not rounded.
    ///
    /// Source: `/proc/PID/statm` and `/proc/meminfo`. Errors: `NoSuchProcess`, `Os`.
    pub fn memory_percent(&self) -> Result<f64> {
        let total = self.system.ask(Memory::virtual_memory)?.total;
        let rss = self.memory_info()?.rss;
        Ok(psight_core::calc::percent::share(rss, total))
    }

    /// Percent of all physical memory of one of its sizes, not rounded: any field of
    /// [`MemoryFullInfo`], `rss` to `swap`.
    ///
    /// Source: `/proc/PID/statm`, or what [`Process::memory_full_info`] reads for `uss`, `pss` and
    /// `swap`; and `/proc/meminfo`. Errors: `InvalidArgument` for another name, naming the valid ones;
    /// `Unsupported` for a size this platform does not tell; those of [`Process::memory_full_info`].
    pub fn memory_percent_of(&self, memtype: &str) -> Result<f64> {
        let find = |fields: &[Field]| fields.iter().position(|field| field.name == memtype);
        let told = if let Some(place) = find(MemoryInfo::FIELDS) {
            size(&self.memory_info()?, place)
        } else if let Some(place) = find(MemoryFullInfo::FIELDS) {
            size(&self.memory_full_info()?, place)
        } else {
            let valid: Vec<&str> = MemoryFullInfo::FIELDS
                .iter()
                .map(|field| field.name)
                .collect();
            let valid = valid.join(", ");
            return Err(Error::invalid(format!(
                "invalid memtype '{memtype}'; valid types are {valid}"
            )));
        };
        let bytes = told.ok_or(Error::Unsupported {
            metric: "memory_percent",
        })?;
        let total = self.system.ask(Memory::virtual_memory)?.total;
        Ok(psight_core::calc::percent::share(bytes, total))
    }

    /// Its address space, one row a region, in address order.
    ///
    /// Source: `/proc/PID/smaps`. Cost: about 2.5 microseconds a region.
    /// Errors: `NoSuchProcess`, `ZombieProcess`, `AccessDenied`.
    pub fn memory_maps(&self) -> Result<Vec<MemoryMap>> {
        self.ask(|facts| facts.memory_maps())
    }

    /// Its address space summed by path, in the order paths first appear.
    ///
    /// Source, cost and errors: [`Process::memory_maps`].
    pub fn memory_maps_grouped(&self) -> Result<Vec<MemoryMapGrouped>> {
        Ok(group(self.memory_maps()?))
    }

    /// What it read and wrote.
    ///
    /// Source: `/proc/PID/io`, since Linux 2.6.20. Errors: `NoSuchProcess`, `AccessDenied`,
    /// `Unsupported` on a kernel without task accounting.
    pub fn io_counters(&self) -> Result<IoCounters> {
        self.ask(|facts| facts.io_counters())
    }

    /// How often it left the CPU.
    ///
    /// Source: `/proc/PID/status`, since Linux 2.6.23. Errors: `NoSuchProcess`, `Unsupported`.
    pub fn num_ctx_switches(&self) -> Result<ContextSwitches> {
        self.ask(|facts| facts.num_ctx_switches())
    }

    /// How many threads it has.
    ///
    /// Source: `/proc/PID/task/PID/stat`. Errors: `NoSuchProcess`.
    pub fn num_threads(&self) -> Result<u64> {
        self.ask(|facts| facts.num_threads())
    }

    /// Its threads, in numeric order.
    ///
    /// Source: `/proc/PID/task/*/stat`. Cost: one file a thread. Errors: `NoSuchProcess`.
    pub fn threads(&self) -> Result<Vec<Thread>> {
        self.ask(|facts| facts.threads())
    }

    /// How many descriptors it has open.
    ///
    /// Source: the size of the folder `/proc/PID/fd` since Linux 6.2, else its entries.
    /// Errors: `NoSuchProcess`, `AccessDenied`.
    pub fn num_fds(&self) -> Result<u64> {
        self.ask(|facts| facts.num_fds())
    }

    /// Regular files it holds open that still have a name, by descriptor.
    ///
    /// Source: `/proc/PID/fd` and `/proc/PID/fdinfo`. Cost: three calls a descriptor, six a file.
    /// Errors: `NoSuchProcess`, `AccessDenied`.
    pub fn open_files(&self) -> Result<Vec<OpenFile>> {
        self.ask(|facts| facts.open_files())
    }

    /// Its sockets, sorted. Sockets of another network namespace than the caller's are not found.
    ///
    /// Source: `/proc/PID/fd`, then as [`crate::System::net_connections`].
    /// Errors: `NoSuchProcess`, `AccessDenied`.
    pub fn net_connections(&self, kind: ConnectionKind) -> Result<Vec<Connection>> {
        self.ask(|facts| facts.net_connections(kind))
    }
}

/// A size by its place in a record.
fn size(record: &dyn Record, place: usize) -> Option<u64> {
    match record.value(place) {
        Value::Unsigned(bytes) => Some(bytes),
        _ => None,
    }
}

/// Sums of the regions of each path.
pub(super) fn group(regions: Vec<MemoryMap>) -> Vec<MemoryMapGrouped> {
    let mut groups: Vec<MemoryMapGrouped> = Vec::new();
    let mut places: HashMap<OsString, usize> = HashMap::new();
    for region in regions {
        if let Some(sum) = places
            .get(&region.path)
            .and_then(|place| groups.get_mut(*place))
        {
            add(sum, &region);
        } else {
            places.insert(region.path.clone(), groups.len());
            groups.push(alone(region));
        }
    }
    groups
}

/// The sums of one region.
fn alone(region: MemoryMap) -> MemoryMapGrouped {
    MemoryMapGrouped {
        path: region.path,
        rss: region.rss,
        size: region.size,
        pss: region.pss,
        shared_clean: region.shared_clean,
        shared_dirty: region.shared_dirty,
        private_clean: region.private_clean,
        private_dirty: region.private_dirty,
        referenced: region.referenced,
        anonymous: region.anonymous,
        swap: region.swap,
    }
}

fn add(sum: &mut MemoryMapGrouped, region: &MemoryMap) {
    for (sum, more) in [
        (&mut sum.rss, region.rss),
        (&mut sum.size, region.size),
        (&mut sum.pss, region.pss),
        (&mut sum.shared_clean, region.shared_clean),
        (&mut sum.shared_dirty, region.shared_dirty),
        (&mut sum.private_clean, region.private_clean),
        (&mut sum.private_dirty, region.private_dirty),
        (&mut sum.referenced, region.referenced),
        (&mut sum.anonymous, region.anonymous),
        (&mut sum.swap, region.swap),
    ] {
        *sum = sum.saturating_add(more);
    }
}
