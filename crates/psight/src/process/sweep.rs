//! Many facts of many processes in one pass, reading only the sources that the asked facts need.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Instant;

use psight_core::calc::percent;
use psight_core::types::{
    Answer, ConnectionKind, Pid, ProcessField, ProcessFields, ProcessInfo, Resource, Rlimit,
};

use super::Process;
use super::crew;
use super::identity::ProcessId;
use super::usage::group;
use crate::error::{Error, Fault, Outcome, Result};
use crate::explain;
use crate::platform::{Facts, Scratch};
use crate::seam::{Identity, Memory, Scheduling, Stamp, Subject, Table, Usage};
use crate::system::System;

/// Looks at all processes, again and again.
///
/// Keeps its buffers and, for `cpu_percent`, what each process had used at the last look; no
/// descriptor stays open between looks.
#[derive(Debug)]
pub struct Sweeper {
    system: System,
    pids: Vec<Pid>,
    last: HashMap<Pid, Looked>,
}

/// Facts that need the sums over all threads of a process.
const SUMS: ProcessFields = ProcessFields::of(&[ProcessField::CpuTimes, ProcessField::CpuPercent]);

/// What a process had used, and when.
#[derive(Debug, Clone, Copy)]
struct Looked {
    stamp: Stamp,
    busy_seconds: f64,
    at: Instant,
}

/// One look at many processes.
#[derive(Debug)]
struct Look<'a> {
    system: &'a System,
    fields: ProcessFields,
    /// Bytes of physical memory, when `memory_percent` is asked for.
    memory_total: Option<u64>,
    before: &'a HashMap<Pid, Looked>,
}

/// The ids to look at, a few at a time.
type Blocks<'a, 'b> = &'a mut dyn Iterator<Item = &'b [Pid]>;

/// What processes had used in this look.
type Notes = HashMap<Pid, Looked>;

impl Sweeper {
    /// A sweeper of that machine's processes, which has not looked yet.
    pub fn new(system: &System) -> Self {
        Self {
            system: system.clone(),
            pids: Vec::new(),
            last: HashMap::new(),
        }
    }

    /// Every process with the asked facts, by ascending id.
    ///
    /// A process that ends meanwhile is left out. A fact the caller may not know is
    /// [`Answer::Denied`]; one that a zombie has no more, [`Answer::Zombie`].
    ///
    /// Sockets are those that were there when the first process with any was looked at.
    ///
    /// Cost: per process one `open`, `read` and `close` for each source that the fields need: `stat`
    /// alone for name, ppid, status, CPU times and the like.
    /// With several hundred processes and a second CPU, a second thread helps for the length of the look.
    ///
    /// Errors: `Os` when the table of processes itself cannot be read.
    pub fn sweep(&mut self, fields: ProcessFields) -> Result<Vec<ProcessInfo>> {
        self.system.ask(|host| host.pids(&mut self.pids))?;
        let look = Look::new(&self.system, fields, &self.last)?;
        let (processes, notes) = crew::look_at_all(&self.pids, |blocks: Blocks<'_, '_>| {
            look.at_some(blocks, |pid, facts, notes| {
                look.gather(pid, facts, notes).ok()
            })
        })?;
        if fields.has(ProcessField::CpuPercent) {
            self.last = notes;
        }
        Ok(processes)
    }
}

impl<'a> Look<'a> {
    fn new(
        system: &'a System,
        fields: ProcessFields,
        before: &'a HashMap<Pid, Looked>,
    ) -> Result<Self> {
        let memory_total = if fields.has(ProcessField::MemoryPercent) {
            Some(system.ask(Memory::virtual_memory)?.total)
        } else {
            None
        };
        Ok(Self {
            system,
            fields,
            memory_total,
            before,
        })
    }

    /// The asked facts of these processes, in blocks, each block's into a place of its own.
    fn at_some<T>(
        &self,
        blocks: Blocks<'_, '_>,
        find: impl Fn(Pid, &mut Facts<'_>, &mut Notes) -> Option<T>,
    ) -> Result<(Vec<Vec<T>>, Notes)> {
        let (mut found, mut notes) = (Vec::new(), Notes::new());
        let host = self.system.host();
        let wants_sums = self.fields.any(SUMS);
        let mut scratch = Scratch::for_sweep(host, wants_sums).map_err(explain::system)?;
        for block in blocks {
            let mut processes = Vec::with_capacity(block.len());
            for pid in block {
                scratch.forget_process();
                let subject = Subject {
                    pid: *pid,
                    stamp: None,
                };
                let mut facts = Facts::new(host, subject, &mut scratch);
                // A process that is gone is left out.
                processes.extend(find(*pid, &mut facts, &mut notes));
            }
            found.push(processes);
        }
        Ok((found, notes))
    }

    /// The asked facts of one process. Fails only when the process is gone.
    fn gather(&self, pid: Pid, facts: &mut Facts<'_>, notes: &mut Notes) -> Result<ProcessInfo> {
        let host = self.system.host();
        let explain = |fault| explain::process(fault, pid, None, || host.liveness(pid));
        let mut info = ProcessInfo {
            pid: Answer::Value(pid),
            ..ProcessInfo::default()
        };
        if !self.fields.has(ProcessField::Pid) {
            info.pid = Answer::NotAsked;
        }
        macro_rules! fill {
            ($($variant:ident $field:ident = $question:expr;)+) => {$(
                if self.fields.has(ProcessField::$variant) {
                    info.$field = answer($question, explain)?;
                }
            )+};
        }
        // First what `stat` tells: it tells kernel threads too, which have no other source to read.
        fill! {
            Status status = facts.status();
            Ppid ppid = facts.ppid();
            CpuTimes cpu_times = facts.cpu_times();
            CpuNum cpu_num = facts.cpu_num();
            CpuPercent cpu_percent = self.cpu_percent(pid, facts, notes);
            CreateTime create_time = facts.create_time();
            NumThreads num_threads = facts.num_threads();
            Terminal terminal = facts.terminal();
            Name name = facts.name();
            Cmdline cmdline = facts.cmdline();
            Uids uids = facts.uids();
            Gids gids = facts.gids();
            Username username = facts.username();
            NumCtxSwitches num_ctx_switches = facts.num_ctx_switches();
            MemoryInfo memory_info = facts.memory_info();
            MemoryPercent memory_percent = self.memory_percent(facts);
            MemoryFullInfo memory_full_info = facts.memory_full_info();
            MemoryMaps memory_maps = facts.memory_maps().map(group);
            Exe exe = exe_or_guess(facts);
            Cwd cwd = facts.cwd();
            Environ environ = facts.environ();
            IoCounters io_counters = facts.io_counters();
            NumFds num_fds = facts.num_fds();
            OpenFiles open_files = facts.open_files();
            NetConnections net_connections = facts.net_connections(ConnectionKind::Inet);
            Threads threads = facts.threads();
            Nice nice = facts.nice();
            Ionice ionice = facts.ionice();
            CpuAffinity cpu_affinity = facts.cpu_affinity();
            Rlimits rlimits = rlimits(facts);
        }
        Ok(info)
    }

    fn cpu_percent(&self, pid: Pid, facts: &mut Facts<'_>, notes: &mut Notes) -> Outcome<f64> {
        let times = facts.cpu_times()?;
        let now = Looked {
            stamp: facts.stamp()?,
            busy_seconds: times.user + times.system,
            at: Instant::now(),
        };
        let before = self
            .before
            .get(&pid)
            .filter(|before| before.stamp == now.stamp);
        notes.insert(pid, now);
        Ok(before.map_or(0.0, |before| {
            let seconds = now.at.duration_since(before.at).as_secs_f64();
            percent::of_time(now.busy_seconds - before.busy_seconds, seconds)
        }))
    }

    fn memory_percent(&self, facts: &mut Facts<'_>) -> Outcome<f64> {
        let rss = facts.memory_info()?.rss;
        Ok(percent::share(rss, self.memory_total.unwrap_or(0)))
    }
}

/// The executable, or what the command line suggests where the caller may not know.
fn exe_or_guess(facts: &mut Facts<'_>) -> Outcome<Option<PathBuf>> {
    facts
        .exe()
        .or_else(|fault| facts.guessed_exe().ok().flatten().map(Some).ok_or(fault))
}

fn rlimits(facts: &mut Facts<'_>) -> Outcome<BTreeMap<OsString, Rlimit>> {
    let each = Resource::ALL
        .iter()
        .map(|resource| Ok((OsString::from(resource.as_str()), facts.rlimit(*resource)?)));
    each.collect()
}

/// A fact, or why there is none; an error only when the process is gone.
fn answer<T>(told: Outcome<T>, explain: impl FnOnce(Fault) -> Error) -> Result<Answer<T>> {
    let fault = match told {
        Ok(value) => return Ok(Answer::Value(value)),
        Err(fault) => fault,
    };
    Ok(match explain(fault) {
        Error::AccessDenied { .. } => Answer::Denied,
        Error::ZombieProcess { .. } => Answer::Zombie,
        Error::Unsupported { .. } => Answer::Unsupported,
        gone @ Error::NoSuchProcess { .. } => return Err(gone),
        other => Answer::Failed(other.to_string().into_boxed_str()),
    })
}

impl Process {
    /// The asked facts, each source read once: psutil's `as_dict`.
    ///
    /// A fact the caller may not know is [`Answer::Denied`]; one that a zombie has no more,
    /// [`Answer::Zombie`]. `cpu_percent` is 0 here, as of a first look; see [`crate::ProcessMeter`].
    ///
    /// A fact that cannot be read for another reason is [`Answer::Failed`], and costs no other.
    ///
    /// Errors: `NoSuchProcess`.
    pub fn info(&self, fields: ProcessFields) -> Result<ProcessInfo> {
        let _kept = self.oneshot();
        let (before, mut notes) = (HashMap::new(), Notes::new());
        let look = Look::new(&self.system, fields, &before)?;
        self.sources.with(|scratch| {
            let host = self.system.host();
            let mut facts = Facts::new(host, self.subject(), scratch);
            // Without a source-bound fact nothing would notice that the process is gone.
            facts.stamp().map_err(|fault| self.explain(fault))?;
            look.gather(self.pid(), &mut facts, &mut notes)
        })
    }
}

impl System {
    /// One look at all processes of this machine; see [`Sweeper::sweep`].
    pub fn sweep(&self, fields: ProcessFields) -> Result<Vec<ProcessInfo>> {
        Sweeper::new(self).sweep(fields)
    }

    /// One look at these processes: who each is, and the asked facts. Those that are gone are left
    /// out, the others keep their order. `cpu_percent` is 0, as of a first look.
    ///
    /// Cost: as [`Sweeper::sweep`]; `stat` is read in any case. Errors: `Os` when memory is asked
    /// for and the machine's cannot be read.
    pub fn look(
        &self,
        pids: &[Pid],
        fields: ProcessFields,
    ) -> Result<Vec<(ProcessId, ProcessInfo)>> {
        let before = HashMap::new();
        let look = Look::new(self, fields, &before)?;
        let (found, _) = crew::look_at_all(pids, |blocks: Blocks<'_, '_>| {
            look.at_some(blocks, |pid, facts, notes| {
                // First, so that what `stat` tells of kernel threads spares their other files.
                let stamp = Some(facts.stamp().ok()?);
                let info = look.gather(pid, facts, notes).ok()?;
                Some((ProcessId { pid, stamp }, info))
            })
        })?;
        Ok(found)
    }

    /// Every process of this machine, by ascending id; one that ends meanwhile is left out.
    ///
    /// Source: `/proc/PID/task/PID/stat`, for their starts. Cost: one file a process; none stays open.
    /// Errors: `Os` when the table of processes itself cannot be read.
    pub fn processes(&self) -> Result<Vec<Process>> {
        let mut kin = self.ask(Table::kin)?;
        kin.sort_unstable_by_key(|kin| kin.pid);
        let subject = |pid, stamp| Subject {
            pid,
            stamp: Some(stamp),
        };
        Ok(kin
            .into_iter()
            .map(|kin| Process::known(self, subject(kin.pid, kin.stamp)))
            .collect())
    }
}

/// [`System::sweep`] of this machine.
pub fn sweep(fields: ProcessFields) -> Result<Vec<ProcessInfo>> {
    System::local().sweep(fields)
}

/// [`System::processes`] of this machine.
pub fn processes() -> Result<Vec<Process>> {
    System::local().processes()
}
