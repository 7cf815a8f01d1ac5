//! One process: every getter is one line through `ask`.

mod control;
mod crew;
mod identity;
mod oneshot;
mod popen;
mod scheduling;
mod signal;
mod sweep;
mod tree;
mod usage;
mod wait;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, OnceLock};

use psight_core::text::printable;
use psight_core::types::{ExitStatus, Gids, Pid, Status, Uids};

use crate::error::{Error, Outcome, Result};
use crate::platform::Facts;
use crate::seam::{Identity, Stamp, Subject};
use crate::system::System;

pub use identity::ProcessId;
pub use oneshot::{Oneshot, OwnedOneshot};
pub use popen::{Output, Popen};
pub use signal::Signal;
pub use sweep::{Sweeper, processes, sweep};
pub use wait::{WaitOutcome, wait_procs};

/// A process, known by its id and its start.
///
/// Holds no descriptor. Getters read the kernel's answer of the moment; one whose source tells the
/// start (`stat` on Linux) also notices that the id has been given to another process. Setters and
/// signals always check that first.
///
/// On a zombie, what is already gone (`exe`, `cmdline`, `environ`, `cwd`, `memory_maps`) is
/// `ZombieProcess`; everything else answers. After the process is gone everything is
/// `NoSuchProcess`, but for what was remembered: `create_time` and `exe`.
pub struct Process {
    system: System,
    pid: Pid,
    /// Its start; unset until somebody has read it.
    stamp: OnceLock<Stamp>,
    sources: oneshot::Sources,
    memo: Memo,
}

/// What a process object remembers.
#[derive(Debug, Default)]
struct Memo {
    /// The last name seen, for messages; never served as an answer.
    name: Mutex<Option<OsString>>,
    exe: OnceLock<Option<PathBuf>>,
    create_time: OnceLock<f64>,
    exit: OnceLock<Option<ExitStatus>>,
    gone: AtomicBool,
    reused: AtomicBool,
}

impl Process {
    /// A process whose identity is known, as far as the subject tells it.
    fn known(system: &System, subject: Subject) -> Self {
        Self {
            system: system.clone(),
            pid: subject.pid,
            stamp: subject.stamp.map_or_else(OnceLock::new, OnceLock::from),
            sources: oneshot::Sources::default(),
            memo: Memo::default(),
        }
    }

    /// Who is meant, as far as known.
    fn subject(&self) -> Subject {
        let ProcessId { pid, stamp } = self.id();
        Subject { pid, stamp }
    }

    /// A question about this process, its fault explained.
    fn ask<T>(&self, question: impl FnOnce(&mut Facts<'_>) -> Outcome<T>) -> Result<T> {
        let host = self.system.host();
        self.sources
            .with(|scratch| question(&mut Facts::new(host, self.subject(), scratch)))
            .map_err(|fault| self.explain(fault))
    }

    fn last_name(&self) -> Option<OsString> {
        // Never waited for: in a process forked at the wrong moment nobody would let it go.
        let name = self.memo.name.try_lock().ok()?;
        name.clone()
    }

    /// Its name. The kernel cuts it at 15 bytes; a longer one is completed from the command line.
    ///
    /// Source: `/proc/PID/stat`, and `/proc/PID/cmdline` for names of 15 bytes. Errors: `NoSuchProcess`.
    pub fn name(&self) -> Result<OsString> {
        let name = self.ask(|facts| facts.name())?;
        if let Ok(mut last) = self.memo.name.try_lock() {
            last.replace(name.clone());
        }
        Ok(name)
    }

    /// Its name as the kernel keeps it: at most 15 bytes of it on Linux.
    ///
    /// Source: `/proc/PID/task/PID/stat`. Errors: `NoSuchProcess`.
    pub fn kernel_name(&self) -> Result<OsString> {
        self.ask(|facts| facts.kernel_name())
    }

    /// Its executable, asked for anew and without a guess where the caller may not know;
    /// see [`Process::exe`].
    ///
    /// Source: the link `/proc/PID/exe`. Errors: `NoSuchProcess`, `ZombieProcess`, `AccessDenied`.
    pub fn exe_link(&self) -> Result<Option<PathBuf>> {
        self.ask(|facts| facts.exe())
    }

    /// Its executable; `None` for a kernel thread, which has none. Remembered once known.
    ///
    /// When the caller may not know, `cmdline`'s first item is believed if it is an absolute path of
    /// an executable file; such a guess is not remembered.
    ///
    /// Source: the link `/proc/PID/exe`. Errors: `NoSuchProcess`, `ZombieProcess`, `AccessDenied`.
    pub fn exe(&self) -> Result<Option<PathBuf>> {
        if let Some(exe) = self.memo.exe.get() {
            return Ok(exe.clone());
        }
        match self.exe_link() {
            Ok(exe) => Ok(self.memo.exe.get_or_init(|| exe).clone()),
            Err(denied @ Error::AccessDenied { .. }) => self
                .ask(|facts| facts.guessed_exe())
                .ok()
                .flatten()
                .map(Some)
                .ok_or(denied),
            Err(other) => Err(other),
        }
    }

    /// Its argument vector; empty for a kernel thread. Empty arguments are kept.
    ///
    /// A program that overwrote its title has no vector any more; its text is split at blanks.
    ///
    /// Source: `/proc/PID/cmdline`. Errors: `NoSuchProcess`, `ZombieProcess`.
    pub fn cmdline(&self) -> Result<Vec<OsString>> {
        self.ask(|facts| facts.cmdline())
    }

    /// Its environment as it was when the program started; empty for a kernel thread.
    ///
    /// Source: `/proc/PID/environ`. Errors: `NoSuchProcess`, `ZombieProcess`, `AccessDenied`.
    pub fn environ(&self) -> Result<BTreeMap<OsString, OsString>> {
        self.ask(|facts| facts.environ())
    }

    /// Its working directory.
    ///
    /// Source: the link `/proc/PID/cwd`. Errors: `NoSuchProcess`, `ZombieProcess`, `AccessDenied`.
    pub fn cwd(&self) -> Result<PathBuf> {
        self.ask(|facts| facts.cwd())
    }

    /// What it is doing. A zombie is a status, not an error.
    ///
    /// Source: `/proc/PID/task/PID/stat`. Errors: `NoSuchProcess`.
    pub fn status(&self) -> Result<Status> {
        self.ask(|facts| facts.status())
    }

    /// Its parent's id, 0 where there is none to see. Changes when the parent ends.
    ///
    /// Source: `/proc/PID/task/PID/stat`. Errors: `NoSuchProcess`.
    pub fn ppid(&self) -> Result<Pid> {
        self.ask(|facts| facts.ppid())
    }

    /// Its user ids.
    ///
    /// Source: `PIDFD_GET_INFO` since Linux 6.13, else `/proc/PID/status`. Errors: `NoSuchProcess`.
    pub fn uids(&self) -> Result<Uids> {
        self.ask(|facts| facts.uids())
    }

    /// Its group ids.
    ///
    /// Source: `PIDFD_GET_INFO` since Linux 6.13, else `/proc/PID/status`. Errors: `NoSuchProcess`.
    pub fn gids(&self) -> Result<Gids> {
        self.ask(|facts| facts.gids())
    }

    /// The name of its real user, or the number where there is no name.
    ///
    /// Source: [`Process::uids`], then `getpwuid_r(3)`. Errors: `NoSuchProcess`.
    pub fn username(&self) -> Result<OsString> {
        self.ask(|facts| facts.username())
    }

    /// The device file of its controlling terminal; `None` without one.
    ///
    /// Source: `/proc/PID/task/PID/stat`, and the devices below `/dev`. Errors: `NoSuchProcess`.
    pub fn terminal(&self) -> Result<Option<PathBuf>> {
        self.ask(|facts| facts.terminal())
    }

    /// When it started, in seconds since the epoch. Remembered.
    ///
    /// The wall clock of now is applied to the kernel's own, so after a step of the clock a new
    /// object tells another number for the same process. Accurate to a second or so, as the boot
    /// time is; differences between processes to a clock tick.
    ///
    /// Source: `/proc/PID/stat` and `/proc/stat`. Errors: `NoSuchProcess`.
    pub fn create_time(&self) -> Result<f64> {
        if let Some(time) = self.memo.create_time.get() {
            return Ok(*time);
        }
        let time = self.ask(|facts| facts.create_time())?;
        Ok(*self.memo.create_time.get_or_init(|| time))
    }
}

impl fmt::Debug for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Process {
    /// `Process(pid=1, name='init', status='sleeping')`. Never fails; what is not known is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Process(pid={}", self.pid())?;
        if let Some(name) = self.name().ok().or_else(|| self.last_name()) {
            write!(f, ", name='{}'", printable(&name))?;
        }
        match self.status() {
            Ok(status) => write!(f, ", status='{status}'")?,
            Err(Error::NoSuchProcess { reused: true, .. }) => {
                f.write_str(", status='terminated + PID reused'")?;
            }
            Err(Error::NoSuchProcess { .. }) => f.write_str(", status='terminated'")?,
            Err(_) => {}
        }
        f.write_str(")")
    }
}
