//! Resource limits of any process, from prlimit(2).

use std::ffi::{c_int, c_long};
use std::io;
use std::ptr;

use super::call::{checked, process_id};

/// A soft and a hard limit in the resource's unit; `None` is no limit.
pub(crate) type RawLimits = (Option<u64>, Option<u64>);

/// The kernel's `struct rlimit64`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
struct Rlimit64 {
    soft: u64,
    hard: u64,
}

/// `RLIM64_INFINITY`: the same on every architecture, as `RLIM_INFINITY` is not.
const UNLIMITED: u64 = u64::MAX;

/// A process's limits of one resource, by the kernel's number of it on this architecture.
///
/// Source: prlimit(2), since Linux 2.6.36.
/// Errors: `ESRCH`; `EPERM` another user's process; `EINVAL` no such resource.
pub(crate) fn limits(pid: u32, resource: c_int) -> io::Result<RawLimits> {
    let mut old = Rlimit64 { soft: 0, hard: 0 };
    prlimit(pid, resource, ptr::null(), &raw mut old)?;
    let finite = |limit| (limit != UNLIMITED).then_some(limit);
    Ok((finite(old.soft), finite(old.hard)))
}

/// Sets a process's limits of one resource.
///
/// Errors: as above; `EPERM` also a hard limit raised; `EINVAL` also soft above hard.
pub(crate) fn set_limits(pid: u32, resource: c_int, (soft, hard): RawLimits) -> io::Result<()> {
    let new = Rlimit64 {
        soft: soft.unwrap_or(UNLIMITED),
        hard: hard.unwrap_or(UNLIMITED),
    };
    prlimit(pid, resource, &raw const new, ptr::null_mut())
}

/// `new` and `old` are each null or valid for the length of the call.
fn prlimit(pid: u32, resource: c_int, new: *const Rlimit64, old: *mut Rlimit64) -> io::Result<()> {
    let pid = c_long::from(process_id(pid)?);
    let resource = c_long::from(resource);
    // SAFETY: this file's two callers pass null or a pointer to a live record of that layout.
    checked(unsafe { libc::syscall(libc::SYS_prlimit64, pid, resource, new, old) }).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    #[allow(
        clippy::unnecessary_cast,
        clippy::cast_possible_wrap,
        reason = "The type of the constants differs by C library."
    )]
    fn a_childs_limits_are_set_and_read_back() {
        let files = libc::RLIMIT_NOFILE as c_int;
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let (soft, hard) = limits(child.id(), files).unwrap();
        assert!(soft.is_some() && hard.is_none_or(|hard| hard >= soft.unwrap()));
        set_limits(child.id(), files, (Some(64), Some(128))).unwrap();
        assert_eq!(limits(child.id(), files).unwrap(), (Some(64), Some(128)));
        let error = set_limits(child.id(), files, (Some(128), Some(64))).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
        let cpu = libc::RLIMIT_CPU as c_int;
        if limits(child.id(), cpu).unwrap() == (None, None) {
            set_limits(child.id(), cpu, (Some(3600), None)).unwrap();
            assert_eq!(limits(child.id(), cpu).unwrap(), (Some(3600), None));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn an_unknown_resource_is_an_invalid_argument() {
        let error = limits(std::process::id(), 4096).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
        assert_eq!(limits(0, 0).unwrap_err().raw_os_error(), Some(libc::ESRCH));
    }
}
