//! From a fault to an error: the only place that decides what a failed call means.
//!
//! Two questions settle it, both asked through the seam: what does this error number mean on this
//! kernel ([`Meaning`]), and is the process still there ([`Liveness`])? The second is asked only
//! when the first leaves it open, so a plain `EACCES` costs no further read.

use std::ffi::OsString;
use std::io;
use std::time::Duration;

use psight_core::types::Pid;

use crate::error::{Error, Fault};
use crate::platform;

/// What an error number says about a process on this kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// There is no such process.
    NoProcess,
    /// There is no such file.
    NoFile,
    /// Not allowed.
    Denied,
    /// Something else.
    Other,
}

/// Whether a process is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Liveness {
    /// It is there.
    Running,
    /// It has ended and was not waited for.
    Zombie {
        /// Who should wait for it.
        ppid: Option<Pid>,
    },
    /// It is not there.
    Gone,
}

/// A fault of a system-wide call.
pub(crate) fn system(fault: Fault) -> Error {
    match fault {
        Fault::Unsupported(metric) => Error::Unsupported { metric },
        Fault::Parse { .. } => Error::Parse(Box::new(fault)),
        Fault::Os { .. } | Fault::Reused => Error::Os(Box::new(fault)),
    }
}

/// A fault of a call about one process.
pub(crate) fn process(
    fault: Fault,
    pid: Pid,
    name: Option<OsString>,
    liveness: impl FnOnce() -> Liveness,
) -> Error {
    let Fault::Os { error, .. } = &fault else {
        return match fault {
            Fault::Reused => Error::NoSuchProcess {
                pid,
                name,
                reused: true,
                source: None,
            },
            other => system(other),
        };
    };
    let meaning = platform::meaning(error);
    let source = |fault| Some(Box::new(fault));
    match meaning {
        Meaning::Denied => Error::AccessDenied {
            pid: Some(pid),
            name,
            source: source(fault),
        },
        Meaning::Other => system(fault),
        Meaning::NoProcess | Meaning::NoFile => match liveness() {
            Liveness::Zombie { ppid } => Error::ZombieProcess {
                pid,
                name,
                ppid,
                source: source(fault),
            },
            // The file is missing, the process is not: say so, rather than guess.
            Liveness::Running if meaning == Meaning::NoFile => system(fault),
            // The kernel's word wins over a look that came later.
            Liveness::Running | Liveness::Gone => Error::NoSuchProcess {
                pid,
                name,
                reused: false,
                source: source(fault),
            },
        },
    }
}

/// The process is known to be gone, or to have been replaced.
pub(crate) fn gone(pid: Pid, name: Option<OsString>, reused: bool) -> Error {
    Error::NoSuchProcess {
        pid,
        name,
        reused,
        source: None,
    }
}

/// The process did not end in time.
pub(crate) fn timeout(timeout: Duration, pid: Pid, name: Option<OsString>) -> Error {
    Error::TimeoutExpired {
        timeout,
        pid: Some(pid),
        name,
    }
}

/// A failure to start a program: `PermissionDenied` stays what the system said, as in `std`.
pub(crate) fn spawn(error: io::Error, program: &std::ffi::OsStr) -> Error {
    system(Fault::file("spawn", program, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning_of(errno: i32, liveness: Liveness) -> Error {
        let fault = Fault::call("open", io::Error::from_raw_os_error(errno));
        process(fault, 7, None, || liveness)
    }

    #[cfg(unix)]
    #[test]
    fn the_table_of_meanings() {
        use Liveness::{Gone, Running, Zombie};
        let zombie = Zombie { ppid: Some(1) };
        assert!(matches!(
            meaning_of(libc::ESRCH, Running),
            Error::NoSuchProcess { pid: 7, .. }
        ));
        assert!(matches!(
            meaning_of(libc::ESRCH, zombie),
            Error::ZombieProcess { ppid: Some(1), .. }
        ));
        assert!(matches!(
            meaning_of(libc::ENOENT, Gone),
            Error::NoSuchProcess { .. }
        ));
        assert!(matches!(
            meaning_of(libc::ENOENT, zombie),
            Error::ZombieProcess { .. }
        ));
        assert!(matches!(meaning_of(libc::ENOENT, Running), Error::Os(_)));
        for liveness in [Gone, Running, zombie] {
            assert!(matches!(
                meaning_of(libc::EACCES, liveness),
                Error::AccessDenied { .. }
            ));
            assert!(matches!(
                meaning_of(libc::EPERM, liveness),
                Error::AccessDenied { .. }
            ));
            assert!(matches!(meaning_of(libc::EIO, liveness), Error::Os(_)));
        }
    }

    #[test]
    fn other_faults_keep_their_kind() {
        let unsupported = process(Fault::Unsupported("ionice"), 7, None, || Liveness::Running);
        assert!(matches!(
            unsupported,
            Error::Unsupported { metric: "ionice" }
        ));
        let reused = process(Fault::Reused, 7, None, || Liveness::Running);
        assert!(matches!(reused, Error::NoSuchProcess { reused: true, .. }));
    }
}
