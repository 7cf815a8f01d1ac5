//! Many facts of one process at once: psutil's `as_dict`.
//!
//! Declared once: [`ProcessInfo`] (the facts), [`ProcessField`] (their names) and [`ProcessFields`]
//! (a choice of them) all come from the list at the end of this file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::process::{
    ContextSwitches, Gids, IoCounters, IoPriority, MemoryFullInfo, MemoryInfo, MemoryMapGrouped,
    OpenFile, ProcessCpuTimes, Rlimit, Status, Thread, Uids,
};
use super::{Connection, Pid};
use crate::{Value, Walk};

/// One fact of a process: its value, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer<T> {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// This platform or kernel has no such fact.
    Unsupported,
    /// The caller may not know.
    Denied,
    /// The process is a zombie and no longer has it.
    Zombie,
    /// Reading it failed for another reason, told here. The other facts are there all the same.
    Failed(Box<str>),
    /// The fact.
    Value(T),
}

impl<T> Answer<T> {
    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Why reading it failed, if it did.
    pub const fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(why) => Some(why),
            _ => None,
        }
    }
}

impl<T: Walk> Walk for Answer<T> {
    /// Not asked and unsupported are left out; denied, zombie and failed are null, psutil's `ad_value`.
    fn walk(&self) -> Value<'_> {
        match self {
            Self::NotAsked | Self::Unsupported => Value::Omitted,
            Self::Denied | Self::Zombie | Self::Failed(_) => Value::Absent,
            Self::Value(value) => value.walk(),
        }
    }
}

/// A choice of [`ProcessField`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ProcessFields(u64);

impl ProcessFields {
    /// None.
    pub const NONE: Self = Self(0);

    /// Exactly these.
    pub const fn of(fields: &[ProcessField]) -> Self {
        let (mut bits, mut rest) = (0, fields);
        while let [field, tail @ ..] = rest {
            bits |= field.bit();
            rest = tail;
        }
        Self(bits)
    }

    /// Whether a field is among them.
    pub const fn has(self, field: ProcessField) -> bool {
        self.0 & field.bit() != 0
    }

    /// Whether any of those is among them.
    pub const fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These but not those.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether nothing is chosen.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The chosen fields, by name.
    pub fn iter(self) -> impl Iterator<Item = ProcessField> {
        ProcessField::ALL
            .iter()
            .copied()
            .filter(move |field| self.has(*field))
    }
}

macro_rules! process_info {
    ($($(#[doc = $doc:literal])+ $variant:ident $field:ident: $type:ty = $unit:ident,)+) => {
        record! {
            /// Facts of one process, as many as were asked for.
            #[derive(Default)]
            pub struct ProcessInfo {
                $($(#[doc = $doc])+ $field: Answer<$type> = $unit,)+
            }
        }

        /// The name of a fact in [`ProcessInfo`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ProcessField { $($(#[doc = $doc])+ $variant,)+ }

        impl ProcessField {
            /// Every field, by name.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// psutil's name of it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($field)),+ }
            }

            /// The field of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|field| field.as_str() == name)
            }

            const fn bit(self) -> u64 {
                1 << self as u64
            }
        }

        impl ProcessInfo {
            /// A fact by its name, ready to be shown.
            pub fn fact(&self, field: ProcessField) -> Value<'_> {
                match field { $(ProcessField::$variant => self.$field.walk()),+ }
            }

            /// The facts that could not be read, and why.
            pub fn failures(&self) -> impl Iterator<Item = (ProcessField, &str)> {
                [$((ProcessField::$variant, self.$field.failure())),+]
                    .into_iter()
                    .filter_map(|(field, failure)| Some((field, failure?)))
            }
        }

        impl ProcessFields {
            /// Every field there is, psight's own included.
            pub const EVERY: Self = Self::of(ProcessField::ALL);
        }
    };
}

process_info! {
    /// The argument vector; empty for kernel threads.
    Cmdline cmdline: Vec<OsString> = Plain,
    /// CPUs it may run on.
    CpuAffinity cpu_affinity: Vec<u32> = Plain,
    /// The CPU it last ran on.
    CpuNum cpu_num: u32 = Plain,
    /// Percent of one CPU since the last look, so up to 100 per CPU; 0 at the first look.
    CpuPercent cpu_percent: f64 = Percent,
    /// CPU seconds.
    CpuTimes cpu_times: ProcessCpuTimes = Plain,
    /// Seconds since the epoch. When it started.
    CreateTime create_time: f64 = Timestamp,
    /// Its working directory.
    Cwd cwd: PathBuf = Plain,
    /// Its environment when it started.
    Environ environ: BTreeMap<OsString, OsString> = Plain,
    /// Its executable. Null for kernel threads, which have none.
    Exe exe: Option<PathBuf> = Plain,
    /// Group ids.
    Gids gids: Gids = Plain,
    /// What it read and wrote.
    IoCounters io_counters: IoCounters = Plain,
    /// I/O scheduling.
    Ionice ionice: IoPriority = Plain,
    /// Memory, with what only its page tables tell.
    MemoryFullInfo memory_full_info: MemoryFullInfo = Plain,
    /// Memory.
    MemoryInfo memory_info: MemoryInfo = Plain,
    /// Address space, summed by path.
    MemoryMaps memory_maps: Vec<MemoryMapGrouped> = Plain,
    /// Percent. `rss` of all physical memory.
    MemoryPercent memory_percent: f64 = Percent,
    /// Its name.
    Name name: OsString = Plain,
    /// Its internet sockets.
    NetConnections net_connections: Vec<Connection> = Plain,
    /// Priority, -20 (first) to 19 (last).
    Nice nice: i32 = Plain,
    /// Context switches.
    NumCtxSwitches num_ctx_switches: ContextSwitches = Plain,
    /// Count. Open descriptors.
    NumFds num_fds: u64 = Count,
    /// Count. Threads.
    NumThreads num_threads: u64 = Count,
    /// Regular files it holds open.
    OpenFiles open_files: Vec<OpenFile> = Plain,
    /// Its id.
    Pid pid: Pid = Plain,
    /// Its parent's id; 0 where there is none to see.
    Ppid ppid: Pid = Plain,
    /// Resource limits. psight's own: psutil asks for them one by one.
    Rlimits rlimits: BTreeMap<OsString, Rlimit> = Plain,
    /// What it is doing.
    Status status: Status = Plain,
    /// Its controlling terminal. Null where there is none.
    Terminal terminal: Option<PathBuf> = Plain,
    /// Its threads.
    Threads threads: Vec<Thread> = Plain,
    /// User ids.
    Uids uids: Uids = Plain,
    /// Its user's name, or the number where there is no name.
    Username username: OsString = Plain,
}

impl ProcessFields {
    /// What psutil's `as_dict()` gives.
    pub const PSUTIL: Self = Self::EVERY.without(Self::of(&[ProcessField::Rlimits]));
}

impl FromIterator<ProcessField> for ProcessFields {
    fn from_iter<I: IntoIterator<Item = ProcessField>>(fields: I) -> Self {
        fields
            .into_iter()
            .fold(Self::NONE, |all, field| all.and(Self::of(&[field])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_read_back() {
        assert!(
            ProcessField::ALL
                .windows(2)
                .all(|w| w[0].as_str() < w[1].as_str())
        );
        for field in ProcessField::ALL {
            assert_eq!(ProcessField::from_name(field.as_str()), Some(*field));
        }
        assert_eq!(ProcessField::from_name("foo"), None);
    }

    #[test]
    fn choices_combine() {
        let few = ProcessFields::of(&[ProcessField::Pid, ProcessField::Name]);
        assert!(few.has(ProcessField::Name) && !few.has(ProcessField::Uids));
        assert_eq!(few.iter().collect::<ProcessFields>(), few);
        assert_eq!(few.without(ProcessFields::EVERY), ProcessFields::NONE);
        assert_eq!(ProcessFields::PSUTIL.iter().count(), 30);
    }

    #[test]
    fn facts_are_found_by_name_and_failures_are_told() {
        let info = ProcessInfo {
            pid: Answer::Value(7),
            exe: Answer::Failed("odd".into()),
            ..ProcessInfo::default()
        };
        assert!(matches!(info.fact(ProcessField::Pid), Value::Unsigned(7)));
        assert!(matches!(info.fact(ProcessField::Name), Value::Omitted));
        assert_eq!(
            info.failures().collect::<Vec<_>>(),
            [(ProcessField::Exe, "odd")]
        );
    }
}
