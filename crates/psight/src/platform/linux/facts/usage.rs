//! What a process uses.

use psight_core::calc::times;
use psight_core::parse::linux::pid::io::Io;
use psight_core::parse::linux::pid::smaps::{Rollup, regions};
use psight_core::parse::linux::pid::stat::Stat;
use psight_core::parse::linux::pid::statm::Statm;
use psight_core::text::os_string;
use psight_core::types::{
    Connection, ConnectionKind, ContextSwitches, IoCounters, MemoryFullInfo, MemoryInfo, MemoryMap,
    OpenFile, PageFaults, ProcessCpuTimes, Thread,
};

use super::Facts;
use super::identity::real_path;
use crate::error::{Fault, Outcome};
use crate::explain::Meaning;
use crate::os::pid_path::PidPath;
use crate::platform::linux::is_missing;
use crate::platform::linux::sources::Source;
use crate::platform::meaning;
use crate::seam::Usage;

impl Usage for Facts<'_> {
    fn cpu_times(&mut self) -> Outcome<ProcessCpuTimes> {
        let stat = self.stat_with_sums()?;
        let seconds = |ticks| times::seconds(ticks, self.host.ticks);
        Ok(ProcessCpuTimes {
            user: seconds(stat.utime_ticks),
            system: seconds(stat.stime_ticks),
            children_user: seconds(stat.cutime_ticks),
            children_system: seconds(stat.cstime_ticks),
            iowait: stat.blkio_ticks.map(seconds),
        })
    }

    fn cpu_num(&mut self) -> Outcome<u32> {
        self.stat()?.processor.ok_or(Fault::Unsupported("cpu_num"))
    }

    fn page_faults(&mut self) -> Outcome<PageFaults> {
        let stat = self.stat_with_sums()?;
        Ok(PageFaults {
            minor: stat.minflt,
            major: stat.majflt,
        })
    }

    fn memory_info(&mut self) -> Outcome<MemoryInfo> {
        let statm = if self.known_kernel_thread() {
            Statm::default()
        } else {
            let parsed = Statm::parse(self.source(Source::Statm)?);
            parsed.map_err(|error| self.odd("statm", error))?
        };
        let bytes = |pages: u64| pages.saturating_mul(self.host.page_size);
        Ok(MemoryInfo {
            rss: bytes(statm.resident_pages),
            vms: bytes(statm.size_pages),
            shared: Some(bytes(statm.shared_pages)),
            text: Some(bytes(statm.text_pages)),
            lib: Some(bytes(statm.lib_pages)),
            data: Some(bytes(statm.data_pages)),
            dirty: Some(bytes(statm.dt_pages)),
        })
    }

    fn memory_full_info(&mut self) -> Outcome<MemoryFullInfo> {
        let rollup = self.rollup()?;
        let info = self.memory_info()?;
        let bytes = |kib: u64| kib.saturating_mul(1024);
        Ok(MemoryFullInfo {
            rss: info.rss,
            vms: info.vms,
            shared: info.shared,
            text: info.text,
            lib: info.lib,
            data: info.data,
            dirty: info.dirty,
            uss: bytes(rollup.private_kib),
            pss: Some(bytes(rollup.pss_kib)),
            swap: Some(bytes(rollup.swap_kib)),
        })
    }

    fn memory_maps(&mut self) -> Outcome<Vec<MemoryMap>> {
        let text = self.source(Source::Smaps)?;
        if text.is_empty() {
            if self.is_zombie()? {
                return Err(self.gone_from("smaps"));
            }
            return Ok(Vec::new());
        }
        let regions: Result<Vec<MemoryMap>, _> = regions(text)
            .map(|region| {
                let mut map = region?.memory_map();
                if let Some(path) = map
                    .path
                    .to_str()
                    .filter(|path| path.ends_with(" (deleted)"))
                {
                    map.path = os_string(real_path(path.as_bytes()));
                }
                Ok(map)
            })
            .collect();
        regions.map_err(|error| self.odd("smaps", error))
    }

    fn io_counters(&mut self) -> Outcome<IoCounters> {
        let parsed = match self
            .read_once(&PidPath::new(self.pid(), "io"))
            .map(Io::parse)
        {
            Ok(parsed) => parsed,
            // A kernel without task I/O accounting has no such file.
            Err(fault) if is_missing(&fault) && self.is_alive() => {
                return Err(Fault::Unsupported("io_counters"));
            }
            Err(fault) => return Err(fault),
        };
        parsed
            .map(|io| io.counters())
            .map_err(|error| self.odd("io", error))
    }

    fn num_ctx_switches(&mut self) -> Outcome<ContextSwitches> {
        let counted = self.status_file(|status| {
            Some(ContextSwitches {
                voluntary: status.voluntary_ctxt_switches?,
                involuntary: status.nonvoluntary_ctxt_switches?,
            })
        })?;
        counted.ok_or(Fault::Unsupported("num_ctx_switches"))
    }

    fn num_threads(&mut self) -> Outcome<u64> {
        let stat = self.stat()?;
        // Before Linux 2.6 a placeholder; a process on its way out has none left.
        if stat.num_threads == 0 && !matches!(stat.state, b'Z' | b'X' | b'x') {
            return Err(Fault::Unsupported("num_threads"));
        }
        Ok(stat.num_threads)
    }

    fn threads(&mut self) -> Outcome<Vec<Thread>> {
        let pid = self.pid();
        let mut ids = Vec::new();
        let path = PidPath::new(pid, "task");
        self.at("list", &path, |dir, path| {
            dir.numeric_entries(path, &mut ids)
        })?;
        ids.sort_unstable();
        let mut threads = Vec::with_capacity(ids.len());
        let mut bytes = Vec::new();
        let mut lost = None;
        for id in ids {
            let path = PidPath::task(pid, id, "stat");
            match self.at("read", &path, |dir, path| {
                dir.read_record_into(path, &mut bytes)
            }) {
                Ok(()) => {
                    let stat =
                        Stat::parse(&bytes).map_err(|error| self.odd("task/TID/stat", error))?;
                    threads.push(Thread {
                        id,
                        user_time: times::seconds(stat.utime_ticks, self.host.ticks),
                        system_time: times::seconds(stat.stime_ticks, self.host.ticks),
                    });
                }
                Err(fault) if went_away(&fault) => lost = Some(fault),
                Err(fault) => return Err(fault),
            }
        }
        self.still_there(lost)?;
        Ok(threads)
    }

    fn num_fds(&mut self) -> Outcome<u64> {
        self.count_descriptors()
    }

    fn open_files(&mut self) -> Outcome<Vec<OpenFile>> {
        self.list_open_files()
    }

    fn net_connections(&mut self, kind: ConnectionKind) -> Outcome<Vec<Connection>> {
        self.list_connections(kind)
    }
}

impl Facts<'_> {
    /// The sums over the address space; zeros for a kernel thread and a zombie.
    ///
    /// `smaps_rollup`, since Linux 4.14, fails with ESRCH for some that are alive; then, and before,
    /// `smaps` is summed up.
    fn rollup(&mut self) -> Outcome<Rollup> {
        match self
            .read_once(&PidPath::new(self.pid(), "smaps_rollup"))
            .map(Rollup::parse)
        {
            Err(fault) if went_away(&fault) => self.source(Source::Smaps).map(Rollup::parse),
            answer => answer,
        }
    }

    /// After something was lost on the way: fails if the process itself has gone.
    pub(super) fn still_there(&self, lost: Option<Fault>) -> Outcome<()> {
        match lost {
            Some(fault) if self.host.liveness_is_gone(self.pid()) => Err(fault),
            _ => Ok(()),
        }
    }
}

/// Whether a fault says that a thread, descriptor or process has gone meanwhile.
pub(super) fn went_away(fault: &Fault) -> bool {
    let Fault::Os { error, .. } = fault else {
        return false;
    };
    matches!(meaning(error), Meaning::NoFile | Meaning::NoProcess)
}
