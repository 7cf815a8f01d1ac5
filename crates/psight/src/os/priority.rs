//! CPU and IO priorities of processes.
//!
//! The library's getpriority(3) answers -1 both for a priority and for a failure; the calls made
//! here are the kernel's own, whose answers do not overlap, so there is no `errno` to clear.

use std::ffi::{c_int, c_long};
use std::io;

use rustix::process::Pid;

use super::call::{checked, process_id};

/// The id that follows names a process: `IOPRIO_WHO_PROCESS`, from linux/ioprio.h.
const IOPRIO_WHO_PROCESS: c_long = 1;

/// The nice value of a process, -20 to 19.
///
/// Source: getpriority(2).
/// Errors: `ESRCH`.
pub(crate) fn getpriority(pid: u32) -> io::Result<i32> {
    Ok(rustix::process::getpriority_process(Pid::from_raw(
        process_id(pid)?,
    ))?)
}

/// Sets the nice value of a process; the kernel cuts it to -20 to 19.
///
/// Source: setpriority(2).
/// Errors: `ESRCH`; `EPERM` another user's process; `EACCES` lower than allowed.
pub(crate) fn setpriority(pid: u32, nice: i32) -> io::Result<()> {
    Ok(rustix::process::setpriority_process(
        Pid::from_raw(process_id(pid)?),
        nice,
    )?)
}

/// The IO priority of a process as the kernel packs it: the class from bit 13, the level below.
///
/// Source: `ioprio_get(2)`.
/// Errors: `ESRCH`; `EPERM`.
pub(crate) fn ioprio_get(pid: u32) -> io::Result<i32> {
    let pid = c_long::from(process_id(pid)?);
    // SAFETY: ioprio_get takes two numbers and touches no memory of ours.
    let packed = checked(unsafe { libc::syscall(libc::SYS_ioprio_get, IOPRIO_WHO_PROCESS, pid) })?;
    c_int::try_from(packed).map_err(io::Error::other)
}

/// Sets the IO priority of a process, packed likewise.
///
/// Source: `ioprio_set(2)`.
/// Errors: `ESRCH`; `EPERM` class not allowed; `EINVAL` no such class or level.
pub(crate) fn ioprio_set(pid: u32, packed: i32) -> io::Result<()> {
    let pid = c_long::from(process_id(pid)?);
    let packed = c_long::from(packed);
    // SAFETY: ioprio_set takes three numbers and touches no memory of ours.
    checked(unsafe { libc::syscall(libc::SYS_ioprio_set, IOPRIO_WHO_PROCESS, pid, packed) })
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_childs_priorities_are_set_and_read_back() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let own = getpriority(std::process::id()).unwrap();
        let nice = (own + 1).min(19);
        setpriority(child.id(), nice).unwrap();
        assert_eq!(getpriority(child.id()).unwrap(), nice);
        let best_effort_6 = (2 << 13) | 6;
        ioprio_set(child.id(), best_effort_6).unwrap();
        assert_eq!(ioprio_get(child.id()).unwrap(), best_effort_6);
        let error = ioprio_set(child.id(), 7 << 13).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(
            getpriority(child.id()).unwrap_err().raw_os_error(),
            Some(libc::ESRCH)
        );
    }

    #[test]
    fn minus_one_is_a_priority_where_it_may_be_set() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        match setpriority(child.id(), -1) {
            Ok(()) => assert_eq!(getpriority(child.id()).unwrap(), -1),
            Err(error) => assert_eq!(error.raw_os_error(), Some(libc::EACCES)),
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn pid_zero_is_not_ourselves() {
        assert_eq!(
            getpriority(0).unwrap_err().raw_os_error(),
            Some(libc::ESRCH)
        );
        assert_eq!(ioprio_get(0).unwrap_err().raw_os_error(), Some(libc::ESRCH));
    }
}
