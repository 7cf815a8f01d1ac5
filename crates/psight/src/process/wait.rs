//! Waiting for the end of one process, or of many.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use psight_core::types::ExitStatus;

use super::Process;
use crate::error::{Error, Result};
use crate::explain;
use crate::seam::{Subject, Table};

/// How [`wait_procs`] ended, in the order processes were seen to end.
#[derive(Debug)]
#[must_use]
pub struct WaitOutcome<'a> {
    /// Those that are gone; [`Process::exit_status`] tells what is known of their end.
    pub gone: Vec<&'a Process>,
    /// Those still there when time was over.
    pub alive: Vec<&'a Process>,
}

impl Process {
    /// Waits until it is gone and tells how it ended, when it was a child of this program.
    ///
    /// Of a stranger nothing is told (`None`), and one that has ended counts as there until its
    /// parent has waited for it. A process that is gone already is told at once, never an error.
    /// With a timeout of zero, one look.
    ///
    /// Source: `pidfd_open(2)` and `poll(2)` since Linux 5.3, else `waitpid(2)` and looks up to 40 ms
    /// apart. Errors: `TimeoutExpired`; `Os` with `EINTR` when a signal handler ran meanwhile;
    /// `InvalidArgument` for process 0.
    pub fn wait(&self, timeout: Option<Duration>) -> Result<Option<ExitStatus>> {
        if self.pid() == 0 {
            return Err(Error::invalid("can't wait for PID 0"));
        }
        if let Some(known) = self.memo.exit.get() {
            return Ok(*known);
        }
        let mut ended = false;
        let waited = self
            .system
            .host()
            .wait(&[self.subject()], timeout, &mut |_, status| {
                self.note_end(status);
                ended = true;
            });
        waited.map_err(|fault| self.explain(fault))?;
        if ended {
            return Ok(self.exit_status().flatten());
        }
        Err(explain::timeout(
            timeout.unwrap_or_default(),
            self.pid(),
            self.last_name(),
        ))
    }

    fn note_end(&self, status: Option<ExitStatus>) {
        self.memo.gone.store(true, Ordering::Release);
        self.memo.exit.get_or_init(|| status);
    }

    /// What a successful [`Process::wait`] on this object told: `None` before it, `Some(None)` when
    /// nothing can be known of the end.
    pub fn exit_status(&self) -> Option<Option<ExitStatus>> {
        self.memo.exit.get().copied()
    }
}

/// Waits until all of these are gone or time is over, calling `on_end` for each as it goes.
///
/// Costs no CPU while nothing happens, up to a few hundred processes; beyond that, those that cannot
/// be held without using up the caller's descriptors are looked at every 40 ms.
///
/// Errors: those of [`Process::wait`] but `TimeoutExpired`.
pub fn wait_procs<'a>(
    processes: &'a [Process],
    timeout: Option<Duration>,
    mut on_end: impl FnMut(&'a Process),
) -> Result<WaitOutcome<'a>> {
    let mut gone = Vec::new();
    let mut seen = HashSet::with_capacity(processes.len());
    let mut alive: Vec<&Process> = Vec::with_capacity(processes.len());
    for process in processes.iter().filter(|process| seen.insert(process.id())) {
        if process.exit_status().is_some() {
            on_end(process);
            gone.push(process);
        } else {
            alive.push(process);
        }
    }
    if let Some(first) = alive.first() {
        let subjects: Vec<Subject> = alive.iter().map(|process| process.subject()).collect();
        let mut ended = |place: usize, status| {
            if let Some(process) = alive.get(place) {
                process.note_end(status);
                on_end(process);
                gone.push(*process);
            }
        };
        first
            .system
            .ask(|host| host.wait(&subjects, timeout, &mut ended))?;
    }
    alive.retain(|process| process.exit_status().is_none());
    Ok(WaitOutcome { gone, alive })
}
