//! Which process is meant: its id and the kernel's own time of its start.
//!
//! An id alone may belong to somebody else by now. The pair cannot: the start is in the kernel's
//! clock (ticks since boot on Linux), which no change of the wall clock moves.

use std::hash::{Hash, Hasher};
use std::sync::atomic::Ordering;

use psight_core::types::Pid;

use super::Process;
use crate::error::{Error, Fault, Result};
use crate::explain;
use crate::seam::{Identity, Stamp, Subject, Table};
use crate::system::System;

/// A process's identity, as a value to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProcessId {
    /// The id.
    pub pid: Pid,
    /// When the kernel says it started, in its own clock; comparable on one boot of one machine
    /// only. `None` when the caller may not know.
    pub stamp: Option<u64>,
}

impl From<Pid> for ProcessId {
    /// Whoever has that id.
    fn from(pid: Pid) -> Self {
        Self { pid, stamp: None }
    }
}

impl Process {
    /// The process that has this id now; a thread's id is taken too where the kernel answers for it.
    ///
    /// Source: start time of `/proc/PID/task/PID/stat`. Cost: one file.
    /// Errors: `NoSuchProcess`.
    pub fn new(pid: Pid) -> Result<Self> {
        System::local().process(pid)
    }

    /// The process this program runs as.
    pub fn current() -> Result<Self> {
        Self::new(std::process::id())
    }

    /// Its id.
    pub const fn pid(&self) -> Pid {
        self.pid
    }

    /// Its id and start.
    pub fn id(&self) -> ProcessId {
        ProcessId {
            pid: self.pid,
            stamp: self.stamp.get().copied(),
        }
    }

    /// Its id and start, the start read now if it was not known; see [`System::handle`].
    ///
    /// Source: start time of `/proc/PID/task/PID/stat`. Errors: `NoSuchProcess`.
    pub fn identify(&self) -> Result<ProcessId> {
        if self.stamp.get().is_none() {
            let stamp = self.ask(|facts| facts.stamp())?;
            // Another thread may have been faster, and has then read the same.
            let _ = self.stamp.set(stamp);
        }
        Ok(self.id())
    }

    /// Whether this very process is still there; a zombie is. Once `false`, always `false`.
    ///
    /// Never fails: when the start may not be read, an id that is there counts as this process.
    pub fn is_running(&self) -> bool {
        if self.memo.gone.load(Ordering::Acquire) {
            return false;
        }
        let same = match self.system.host().stamp(self.pid()) {
            Ok(now) => self.id().stamp.is_none_or(|mine| mine == now) || self.found_reused(),
            Err(fault) => !matches!(self.explain(fault), Error::NoSuchProcess { .. }),
        };
        if !same {
            self.memo.gone.store(true, Ordering::Release);
        }
        same
    }

    /// Notes that the id belongs to somebody else. Always `false`.
    fn found_reused(&self) -> bool {
        self.memo.reused.store(true, Ordering::Release);
        false
    }

    /// Refuses to act on a process that is gone: whoever has its id now, or gets it in a moment, is a
    /// stranger.
    pub(super) fn guard(&self) -> Result<()> {
        if self.is_running() {
            return Ok(());
        }
        // The id may have been given away since the end was noticed.
        if let Ok(now) = self.system.host().stamp(self.pid())
            && self.id().stamp.is_some_and(|mine| mine != now)
        {
            self.found_reused();
        }
        let reused = self.memo.reused.load(Ordering::Acquire);
        Err(explain::gone(self.pid(), self.last_name(), reused))
    }

    /// What a fault about this process means.
    pub(super) fn explain(&self, fault: Fault) -> Error {
        let host = self.system.host();
        let liveness = || host.liveness(self.pid());
        explain::process(fault, self.pid(), self.last_name(), liveness)
    }
}

impl System {
    /// The process that has this id now on this machine; see [`Process::new`].
    pub fn process(&self, pid: Pid) -> Result<Process> {
        let stamp = match self.host().stamp(pid) {
            Ok(stamp) => Some(stamp),
            Err(fault) => {
                let liveness = || self.host().liveness(pid);
                match explain::process(fault, pid, None, liveness) {
                    Error::AccessDenied { .. } | Error::ZombieProcess { .. } => None,
                    other => return Err(other),
                }
            }
        };
        Ok(Process::known(self, Subject { pid, stamp }))
    }

    /// The process of that identity, or nobody: no call is made, and questions about nobody are
    /// `NoSuchProcess`. Without a start it means whoever has the id at each question, as tools that
    /// take an id do, until [`Process::identify`] has read it.
    pub fn handle(&self, id: impl Into<ProcessId>) -> Process {
        let ProcessId { pid, stamp } = id.into();
        Process::known(self, Subject { pid, stamp })
    }
}

impl PartialEq for Process {
    /// Same id and same start. An unknown start never proves a difference.
    fn eq(&self, other: &Self) -> bool {
        let differ = |mine: Option<Stamp>, theirs: Option<Stamp>| {
            mine.is_some() && theirs.is_some() && mine != theirs
        };
        self.pid() == other.pid() && !differ(self.id().stamp, other.id().stamp)
    }
}

impl Eq for Process {}

impl Hash for Process {
    /// The id alone, so that equal ones hash alike also when a start is unknown.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pid().hash(state);
    }
}
