//! The files of one process, each read at most once until forgotten.

use std::collections::HashMap;
use std::ffi::{CStr, OsString};
use std::io;
use std::ops::Range;

use psight_core::parse::linux::pid::stat::Stat;
use psight_core::parse::linux::pidfd_info::PidfdInfo;
use psight_core::types::{ConnectionKind, Uids};

use super::Host;
use super::connections::SocketTable;
use crate::error::{Fault, Outcome};
use crate::os::files::Dir;
use crate::os::pid_path::PidPath;

/// A file below `/proc/PID` that several facts live on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Statm,
    Status,
    Cmdline,
    Smaps,
}

impl Source {
    const COUNT: usize = 4;

    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Statm => "statm",
            Self::Status => "status",
            Self::Cmdline => "cmdline",
            Self::Smaps => "smaps",
        }
    }
}

/// A source's bytes, and whether they are this process's.
#[derive(Debug, Default)]
struct Kept {
    bytes: Vec<u8>,
    loaded: bool,
}

/// Which `stat` file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum StatFile {
    #[default]
    None,
    /// `PID/task/PID/stat`: identity, state and thread count of the process, times of its main
    /// thread only. Cheap however many threads there are.
    Task,
    /// `PID/stat`: the process's sums too, for which the kernel walks all its threads.
    Process,
}

/// What `stat` said: the numbers, and where the name stands in its bytes.
#[derive(Debug, Default)]
pub(super) struct StatKept {
    pub(super) bytes: Vec<u8>,
    pub(super) file: StatFile,
    pub(super) numbers: Option<Stat<'static>>,
    pub(super) comm: Range<usize>,
}

/// Buffers for the files of one process after another.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// `/proc`, held open for the length of a sweep only: a descriptor kept longer would be closed,
    /// or replaced by a stranger's, in daemons that close all they have.
    pub(super) proc: Option<Dir>,
    /// Whether the process's sums will be asked for, so that `PID/stat` serves everything.
    pub(super) wants_sums: bool,
    pub(super) stat: StatKept,
    kept: [Kept; Source::COUNT],
    pub(super) pidfd_info: Option<PidfdInfo>,
    /// For what is read once and not kept.
    pub(super) other: Vec<u8>,
    pub(super) machine: MachineFacts,
}

/// Facts of the machine, resolved once per sweep.
#[derive(Debug, Default)]
pub(super) struct MachineFacts {
    pub(super) boot_time: Option<f64>,
    pub(super) user_names: HashMap<u32, OsString>,
    /// Kernel threads all belong to one user, whoever that is in this user namespace.
    pub(super) kernel_uids: Option<Uids>,
    /// All sockets, when the first process that has any was looked at: asking the kernel for them
    /// again for each process would cost the square of their number.
    pub(super) sockets: Option<(ConnectionKind, SocketTable)>,
}

impl Scratch {
    /// Buffers for many processes, `/proc` held open meanwhile. When CPU times will be asked for,
    /// `PID/stat` is read from the start and serves everything.
    pub(crate) fn for_sweep(host: &Host, wants_sums: bool) -> Outcome<Self> {
        let proc = &host.roots.proc;
        let opened = Dir::open(proc).map_err(|error| Fault::file("open", proc, error))?;
        Ok(Self {
            proc: Some(opened),
            wants_sums,
            ..Self::default()
        })
    }

    /// Buffers for one process whose sources are kept: likely for its times too.
    pub(crate) fn for_oneshot() -> Self {
        Self {
            wants_sums: true,
            ..Self::default()
        }
    }

    /// Another process is next.
    pub(crate) fn forget_process(&mut self) {
        self.stat.file = StatFile::None;
        self.stat.numbers = None;
        self.pidfd_info = None;
        for kept in &mut self.kept {
            kept.loaded = false;
        }
    }

    /// Another question is next, at another time. Large buffers are given back.
    pub(crate) fn forget_all(&mut self) {
        const LARGE: usize = 1 << 20;
        self.forget_process();
        self.machine = MachineFacts::default();
        for bytes in self
            .kept
            .iter_mut()
            .map(|kept| &mut kept.bytes)
            .chain([&mut self.other])
        {
            if bytes.capacity() > LARGE {
                *bytes = Vec::new();
            }
        }
    }

    /// Whether a source has been read.
    pub(super) fn has(&self, source: Source) -> bool {
        let [statm, status, cmdline, smaps] = &self.kept;
        match source {
            Source::Statm => statm.loaded,
            Source::Status => status.loaded,
            Source::Cmdline => cmdline.loaded,
            Source::Smaps => smaps.loaded,
        }
    }

    /// The bytes of a source, read when they are not there yet.
    pub(super) fn load(&mut self, host: &Host, pid: u32, source: Source) -> Outcome<&[u8]> {
        let Self { proc, kept, .. } = self;
        let [statm, status, cmdline, smaps] = kept;
        let kept = match source {
            Source::Statm => statm,
            Source::Status => status,
            Source::Cmdline => cmdline,
            Source::Smaps => smaps,
        };
        if !kept.loaded {
            let path = PidPath::new(pid, source.file());
            at(
                host,
                proc.as_ref(),
                "read",
                &path,
                |dir, path| match source {
                    Source::Smaps => dir.read_into(path, &mut kept.bytes),
                    _ => dir.read_record_into(path, &mut kept.bytes),
                },
            )?;
            kept.loaded = true;
        }
        Ok(&kept.bytes)
    }
}

/// Does something with a path below `/proc`: relative to a held folder when there is one.
pub(super) fn at<T>(
    host: &Host,
    proc: Option<&Dir>,
    op: &'static str,
    path: &PidPath,
    act: impl FnOnce(&Dir, &CStr) -> io::Result<T>,
) -> Outcome<T> {
    let answer = match proc {
        Some(dir) => act(dir, path),
        None if host.live => act(&Dir::UNHELD, &path.clone().below_folder(&host.roots.proc)),
        // A relocated root may be longer than a path of ours has room for.
        None => Dir::open(&host.roots.proc).and_then(|dir| act(&dir, path)),
    };
    answer.map_err(|error| Fault::file(op, host.proc_path(&path.to_string_lossy()), error))
}
