//! Acting on a process, never on another that took its id.

use std::sync::atomic::Ordering;

use super::{Process, Signal};
use crate::error::{Error, Result};
use crate::seam::Table;

impl Process {
    /// Sends a signal to this very process.
    ///
    /// Since Linux 5.3 the process is held by a pidfd, its start is compared while held, and the
    /// signal goes through the pidfd, so a reused id can never be hit. Before that, and where pidfds
    /// are forbidden, the start is compared just before `kill(2)`.
    ///
    /// A zombie takes any signal without effect.
    ///
    /// Errors: `NoSuchProcess`, `AccessDenied`, `Os` for a number that is no signal,
    /// `InvalidArgument` for process 0, whose signals would reach the caller's own group.
    pub fn send_signal(&self, signal: Signal) -> Result<()> {
        if self.pid() == 0 {
            return Err(Error::invalid(
                "pid 0 cannot be signaled: the system would signal every process in the caller's group",
            ));
        }
        self.guard()?;
        let sent = self.system.host().send_signal(self.subject(), signal.0);
        sent.map_err(|fault| {
            let error = self.explain(fault);
            if matches!(error, Error::NoSuchProcess { .. }) {
                self.memo.gone.store(true, Ordering::Release);
            }
            error
        })
    }

    /// Stops it, with `SIGSTOP`. Errors: [`Process::send_signal`].
    pub fn suspend(&self) -> Result<()> {
        self.send_signal(Signal::STOP)
    }

    /// Lets it go on, with `SIGCONT`. Errors: [`Process::send_signal`].
    pub fn resume(&self) -> Result<()> {
        self.send_signal(Signal::CONTINUE)
    }

    /// Asks it to end, with `SIGTERM`. Errors: [`Process::send_signal`].
    pub fn terminate(&self) -> Result<()> {
        self.send_signal(Signal::TERMINATE)
    }

    /// Ends it, with `SIGKILL`. Errors: [`Process::send_signal`].
    pub fn kill(&self) -> Result<()> {
        self.send_signal(Signal::KILL)
    }
}
