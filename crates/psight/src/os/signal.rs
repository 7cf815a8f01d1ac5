//! Sends signals by process id. A pidfd is safer where the kernel has them: see `pidfd`.

use std::ffi::c_int;
use std::io;

use super::call::{checked, process_id};

/// Sends a signal to one process; signal 0 only asks whether that would be allowed.
///
/// Source: kill(2).
/// Errors: `ESRCH` no such process, also for pid 0, which kill(2) would take for the caller's own
/// group; `EPERM` not allowed; `EINVAL` no such signal.
pub(crate) fn kill(pid: u32, signal: c_int) -> io::Result<()> {
    let pid = process_id(pid)?;
    // SAFETY: kill takes two numbers and touches no memory of ours.
    checked(unsafe { libc::kill(pid, signal) }).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_null_signal_asks_only() {
        kill(std::process::id(), 0).unwrap();
    }

    #[test]
    fn pid_zero_is_not_our_own_group() {
        assert_eq!(kill(0, 0).unwrap_err().raw_os_error(), Some(libc::ESRCH));
    }

    #[test]
    fn an_unknown_signal_is_an_invalid_argument() {
        let error = kill(std::process::id(), 4096).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
    }
}
