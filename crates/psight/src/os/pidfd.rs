//! Process file descriptors: a process named so that its id cannot be reused under our hands.
//!
//! `pidfd_open(2)` since Linux 5.3, waitid(2) on one since 5.4, `PIDFD_GET_INFO` since 6.13. Older
//! kernels and some sandboxes answer `ENOSYS`, `EINVAL`, `ENOTTY` or `EPERM`.

use std::ffi::{c_int, c_long};
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::ptr;
use std::time::Duration;

use rustix::event::{PollFd, Timespec, poll};
use rustix::ioctl::{Opcode, Updater, ioctl, opcode};
use rustix::process::{Pid, PidfdFlags, WaitId, WaitIdOptions, WaitIdStatus};

use super::call::{checked, process_id, retry};
use super::wait::RawExit;

/// What to wait for on a descriptor.
pub(crate) use rustix::event::PollFlags as Events;

/// Bytes in the first version of the kernel's `struct pidfd_info`, which newer ones only extend.
pub(crate) const INFO: usize = 64;
/// `_IOWR(PIDFS_IOCTL_MAGIC, 11, struct pidfd_info)`, from linux/pidfd.h.
const PIDFD_GET_INFO: Opcode = opcode::read_write::<[u8; INFO]>(0xff, 11);

/// Opens a process. The descriptor keeps its id from meaning another one.
///
/// Source: `pidfd_open(2)`.
/// Errors: `ESRCH` no such process; `EINVAL` a thread that is not the first of its process;
/// `ENOSYS` before Linux 5.3.
pub(crate) fn pidfd_open(pid: u32) -> io::Result<OwnedFd> {
    let pid = known_pid(pid)?;
    Ok(rustix::process::pidfd_open(pid, PidfdFlags::empty())?)
}

/// Sends a signal to the process of a descriptor, and to no other; 0 only asks.
///
/// Source: `pidfd_send_signal(2)`, since Linux 5.1.
/// Errors: `ESRCH` it has ended and was waited for; `EPERM`; `EINVAL` no such signal.
pub(crate) fn pidfd_send_signal(pidfd: BorrowedFd<'_>, signal: c_int) -> io::Result<()> {
    // SAFETY: the descriptor is open for the length of the call, and a null siginfo is allowed.
    checked(unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            c_long::from(pidfd.as_raw_fd()),
            c_long::from(signal),
            ptr::null::<libc::siginfo_t>(),
            0 as c_long,
        )
    })
    .map(drop)
}

/// Asks the kernel about the process of a descriptor. `mask` says what is wanted; the mask in the
/// first eight bytes of the answer says what was filled.
///
/// Source: linux/pidfd.h, since Linux 6.13.
/// Errors: `ENOTTY` or `EINVAL` on older kernels; `ESRCH` it has ended and was waited for.
pub(crate) fn pidfd_info(
    pidfd: BorrowedFd<'_>,
    info: &mut [u8; INFO],
    mask: u64,
) -> io::Result<()> {
    info.fill(0);
    if let Some(first) = info.first_chunk_mut() {
        *first = mask.to_ne_bytes();
    }
    // SAFETY: the opcode names exactly these bytes, which the kernel reads and writes.
    let call = unsafe { Updater::<PIDFD_GET_INFO, [u8; INFO]>::new(info) };
    // SAFETY: on a descriptor that is no pidfd the kernel refuses this opcode.
    Ok(unsafe { ioctl(pidfd, call) }?)
}

/// Waits until one of `events` happens on a descriptor; false when the time is over. A pidfd is
/// `Events::IN` as soon as its process has ended. No timeout waits for ever, zero only looks.
///
/// Source: ppoll(2), which keeps the timeout's nanoseconds.
/// Errors: `EINTR` when a signal came, so that the caller can look at it and wait again.
pub(crate) fn wait_readable(
    fd: BorrowedFd<'_>,
    timeout: Option<Duration>,
    events: Events,
) -> io::Result<bool> {
    let mut fds = [PollFd::from_borrowed_fd(fd, events)];
    let timeout = timeout.map(timespec);
    Ok(poll(&mut fds, timeout.as_ref())? > 0)
}

/// Whether the process of a descriptor has ended, waited for or not. False where poll(2) fails.
pub(crate) fn has_ended(pidfd: BorrowedFd<'_>) -> bool {
    retry(|| wait_readable(pidfd, Some(Duration::ZERO), Events::IN)).unwrap_or(false)
}

/// Waits until any of many descriptors is readable, and says by index which are; none when the
/// time is over.
///
/// Errors: `EINTR` as above.
pub(crate) fn wait_many(
    fds: &[BorrowedFd<'_>],
    timeout: Option<Duration>,
) -> io::Result<Vec<usize>> {
    let mut polled: Vec<_> = fds
        .iter()
        .map(|fd| PollFd::from_borrowed_fd(*fd, Events::IN))
        .collect();
    let timeout = timeout.map(timespec);
    poll(&mut polled, timeout.as_ref())?;
    let ready = polled
        .iter()
        .enumerate()
        .filter(|(_, fd)| !fd.revents().is_empty());
    Ok(ready.map(|(index, _)| index).collect())
}

/// Waits for the child of a descriptor and reaps it. With `nohang`, `None` says it still runs.
///
/// Source: waitid(2) with `P_PIDFD`, since Linux 5.4.
/// Errors: `ECHILD` not a child of the caller, or reaped already; `EINTR` as above.
pub(crate) fn waitid_pidfd(pidfd: BorrowedFd<'_>, nohang: bool) -> io::Result<Option<RawExit>> {
    let mut options = WaitIdOptions::EXITED;
    options.set(WaitIdOptions::NOHANG, nohang);
    let ended = rustix::process::waitid(WaitId::PidFd(pidfd), options)?;
    Ok(ended.as_ref().and_then(raw_exit))
}

fn raw_exit(ended: &WaitIdStatus) -> Option<RawExit> {
    let status = ended.exit_status().or_else(|| ended.terminating_signal())?;
    Some(RawExit {
        code: ended.raw_code(),
        status,
    })
}

fn known_pid(pid: u32) -> io::Result<Pid> {
    let pid = process_id(pid)?;
    Pid::from_raw(pid).ok_or_else(|| io::Error::from_raw_os_error(libc::ESRCH))
}

/// A timeout for the kernel; one beyond its range is as good as for ever.
fn timespec(timeout: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(timeout.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: timeout.subsec_nanos().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsFd;
    use std::process::{Child, Command};
    use std::time::Instant;

    fn sleeper() -> Child {
        Command::new("sleep").arg("60").spawn().unwrap()
    }

    #[test]
    #[expect(clippy::zombie_processes, reason = "The wait under test reaps it.")]
    fn a_killed_child_becomes_readable_and_is_reaped_once() {
        let child = sleeper();
        let pidfd = pidfd_open(child.id()).unwrap();
        let pidfd = pidfd.as_fd();
        assert!(!wait_readable(pidfd, Some(Duration::ZERO), Events::IN).unwrap());
        assert_eq!(waitid_pidfd(pidfd, true).unwrap(), None);
        pidfd_send_signal(pidfd, 0).unwrap();
        assert!(!has_ended(pidfd));
        pidfd_send_signal(pidfd, libc::SIGTERM).unwrap();
        assert!(wait_readable(pidfd, None, Events::IN).unwrap());
        assert!(has_ended(pidfd));
        let exit = waitid_pidfd(pidfd, true).unwrap().unwrap();
        assert_eq!(
            exit,
            RawExit {
                code: libc::CLD_KILLED,
                status: libc::SIGTERM
            }
        );
        let again = waitid_pidfd(pidfd, true).unwrap_err();
        assert_eq!(again.raw_os_error(), Some(libc::ECHILD));
        let gone = pidfd_send_signal(pidfd, 0).unwrap_err();
        assert_eq!(gone.raw_os_error(), Some(libc::ESRCH));
    }

    #[test]
    #[expect(clippy::zombie_processes, reason = "The wait under test reaps it.")]
    fn an_exit_status_comes_through() {
        let child = Command::new("sh").args(["-c", "exit 3"]).spawn().unwrap();
        let pidfd = pidfd_open(child.id()).unwrap();
        let exit = waitid_pidfd(pidfd.as_fd(), false).unwrap().unwrap();
        assert_eq!(exit.exit_status(), Some(3));
    }

    #[test]
    fn a_timeout_is_neither_short_nor_rounded_to_milliseconds() {
        let pidfd = pidfd_open(std::process::id()).unwrap();
        let timeout = Duration::from_micros(1500);
        let start = Instant::now();
        assert!(!wait_readable(pidfd.as_fd(), Some(timeout), Events::IN).unwrap());
        assert!(start.elapsed() >= timeout);
        assert_eq!(timespec(timeout).tv_nsec, 1_500_000);
        assert_eq!(timespec(Duration::MAX).tv_sec, i64::MAX);
    }

    #[test]
    fn of_many_only_the_ended_are_ready() {
        let mut children = [sleeper(), sleeper(), sleeper()];
        let pidfds = children
            .each_ref()
            .map(|child| pidfd_open(child.id()).unwrap());
        let fds = pidfds.each_ref().map(AsFd::as_fd);
        assert!(wait_many(&fds, Some(Duration::ZERO)).unwrap().is_empty());
        children[1].kill().unwrap();
        assert_eq!(wait_many(&fds, None).unwrap(), [1]);
        for child in &mut children {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    #[test]
    fn info_names_the_process_or_the_kernel_is_older() {
        let pidfd = pidfd_open(std::process::id()).unwrap();
        let mut info = [0; INFO];
        match pidfd_info(pidfd.as_fd(), &mut info, 1) {
            Ok(()) => assert_eq!(info[16..20], std::process::id().to_ne_bytes()),
            Err(error) => {
                let older = [Some(libc::ENOTTY), Some(libc::EINVAL)];
                assert!(older.contains(&error.raw_os_error()), "{error}");
            }
        }
    }

    #[test]
    fn nobody_has_pid_zero() {
        assert_eq!(pidfd_open(0).unwrap_err().raw_os_error(), Some(libc::ESRCH));
    }
}
