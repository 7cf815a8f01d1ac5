//! Waits for children by process id, as wait4(2) has always done.

use std::ffi::c_int;
use std::io;

use super::call::{checked, process_id};

/// How a child ended, in the words of waitid(2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawExit {
    /// `CLD_EXITED`, `CLD_KILLED` or `CLD_DUMPED`.
    pub(crate) code: c_int,
    /// The exit status after `CLD_EXITED`, else the number of the signal.
    pub(crate) status: c_int,
}

impl RawExit {
    /// The exit status, when the child ended by itself.
    pub(crate) fn exit_status(self) -> Option<c_int> {
        (self.code == libc::CLD_EXITED).then_some(self.status)
    }

    /// The number of the signal that ended it, when one did.
    pub(crate) fn signal(self) -> Option<c_int> {
        matches!(self.code, libc::CLD_KILLED | libc::CLD_DUMPED).then_some(self.status)
    }

    /// What waitpid(2) left in its status word; `None` for a child that only stopped or went on.
    fn from_status_word(word: c_int) -> Option<Self> {
        if libc::WIFEXITED(word) {
            Some(Self {
                code: libc::CLD_EXITED,
                status: libc::WEXITSTATUS(word),
            })
        } else if libc::WIFSIGNALED(word) {
            let code = if libc::WCOREDUMP(word) {
                libc::CLD_DUMPED
            } else {
                libc::CLD_KILLED
            };
            Some(Self {
                code,
                status: libc::WTERMSIG(word),
            })
        } else {
            None
        }
    }
}

/// Waits for a child and reaps it. With `nohang`, `None` says that it still runs.
///
/// Source: waitpid(2).
/// Errors: `ECHILD` not a child of the caller, or reaped already; `EINTR` when a signal came
/// while waiting, so that the caller can look at it.
pub(crate) fn waitpid(pid: u32, nohang: bool) -> io::Result<Option<RawExit>> {
    let pid = process_id(pid)?;
    let options = if nohang { libc::WNOHANG } else { 0 };
    loop {
        let mut word: c_int = 0;
        // SAFETY: `word` is valid for writing for the length of the call.
        let reaped = checked(unsafe { libc::waitpid(pid, &raw mut word, options) })?;
        if reaped == 0 {
            return Ok(None);
        }
        // A traced child also reports its stops here: they are not its end.
        if let Some(exit) = RawExit::from_status_word(word) {
            return Ok(Some(exit));
        }
        if nohang {
            return Ok(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    #[expect(clippy::zombie_processes, reason = "The wait under test reaps it.")]
    fn a_childs_exit_status_is_reported_once() {
        let child = Command::new("sh").args(["-c", "exit 7"]).spawn().unwrap();
        let exit = waitpid(child.id(), false).unwrap().unwrap();
        assert_eq!((exit.exit_status(), exit.signal()), (Some(7), None));
        let again = waitpid(child.id(), false).unwrap_err();
        assert_eq!(again.raw_os_error(), Some(libc::ECHILD));
    }

    #[test]
    #[expect(clippy::zombie_processes, reason = "The wait under test reaps it.")]
    fn a_running_child_is_not_waited_for_without_hanging() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        assert_eq!(waitpid(child.id(), true).unwrap(), None);
        child.kill().unwrap();
        let exit = waitpid(child.id(), false).unwrap().unwrap();
        assert_eq!(
            (exit.exit_status(), exit.signal()),
            (None, Some(libc::SIGKILL))
        );
    }

    #[test]
    fn a_stranger_is_no_child() {
        let error = waitpid(std::process::id(), true).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ECHILD));
    }
}
