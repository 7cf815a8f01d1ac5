//! What went wrong: [`Error`] as callers see it, [`Fault`] as the layers below the seam report it.
//!
//! A backend does not know what a missing process is. It returns a `Fault`, what the kernel
//! answered and to what; [`crate::explain`] alone turns that into an `Error`. There is no
//! `From<io::Error> for Error`, so `?` cannot carry a raw fault past it by accident.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fmt, io};

use psight_core::ParseError;
use psight_core::text::printable;
use psight_core::types::Pid;

/// Everything psight's functions return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why psight could not answer or act.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The process is gone, or never was.
    NoSuchProcess {
        /// The process id asked about.
        pid: Pid,
        /// Its last known name.
        name: Option<OsString>,
        /// Whether another process has the id now.
        reused: bool,
        /// What the kernel answered.
        source: Option<Box<Fault>>,
    },
    /// The process has ended, nobody has waited for it yet, and what was asked is already gone.
    ZombieProcess {
        /// The process id asked about.
        pid: Pid,
        /// Its last known name.
        name: Option<OsString>,
        /// Its parent, who should wait for it.
        ppid: Option<Pid>,
        /// What the kernel answered.
        source: Option<Box<Fault>>,
    },
    /// The caller may not know or do this.
    AccessDenied {
        /// The process id asked about.
        pid: Option<Pid>,
        /// Its last known name.
        name: Option<OsString>,
        /// What the kernel answered.
        source: Option<Box<Fault>>,
    },
    /// The process did not end in time.
    TimeoutExpired {
        /// How long was waited.
        timeout: Duration,
        /// The process waited for.
        pid: Option<Pid>,
        /// Its last known name.
        name: Option<OsString>,
    },
    /// This platform or kernel cannot tell or do this.
    Unsupported {
        /// What was asked for, by psutil's name.
        metric: &'static str,
    },
    /// An argument makes no sense; the text names it.
    InvalidArgument {
        /// What is wrong with which argument.
        message: String,
    },
    /// The operating system refused for another reason.
    Os(Box<Fault>),
    /// The kernel's text or record did not mean what its document says.
    Parse(Box<Fault>),
}

impl Error {
    /// The operating system's error number, when one is behind this.
    pub fn raw_os_error(&self) -> Option<i32> {
        match self.fault()? {
            Fault::Os { error, .. } => error.raw_os_error(),
            _ => None,
        }
    }

    /// What the layers below reported.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::NoSuchProcess { source, .. }
            | Self::ZombieProcess { source, .. }
            | Self::AccessDenied { source, .. } => source.as_deref(),
            Self::Os(fault) | Self::Parse(fault) => Some(fault),
            Self::TimeoutExpired { .. }
            | Self::Unsupported { .. }
            | Self::InvalidArgument { .. } => None,
        }
    }

    /// Whether the process asked about has ended: it is gone or a zombie.
    pub const fn is_gone(&self) -> bool {
        matches!(
            self,
            Self::NoSuchProcess { .. } | Self::ZombieProcess { .. }
        )
    }

    /// An argument that makes no sense.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::InvalidArgument {
            message: message.into(),
        }
    }
}

/// `(pid=1, ppid=2, name='x')`, each part where known.
struct Who<'a>(Option<Pid>, Option<Pid>, Option<&'a OsString>);

impl fmt::Display for Who<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(pid, ppid, name) = self;
        let mut parts = Vec::with_capacity(3);
        parts.extend(pid.map(|pid| format!("pid={pid}")));
        parts.extend(ppid.map(|ppid| format!("ppid={ppid}")));
        parts.extend(name.map(|name| format!("name='{}'", printable(name))));
        if parts.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", parts.join(", "))
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchProcess {
                pid, name, reused, ..
            } => {
                let suffix = if *reused {
                    " and its PID has been reused"
                } else {
                    ""
                };
                write!(
                    f,
                    "process no longer exists{suffix}{}",
                    Who(Some(*pid), None, name.as_ref())
                )
            }
            Self::ZombieProcess {
                pid, name, ppid, ..
            } => {
                write!(
                    f,
                    "PID still exists but it's a zombie{}",
                    Who(Some(*pid), *ppid, name.as_ref())
                )
            }
            Self::AccessDenied { pid, name, .. } => {
                write!(f, "access denied{}", Who(*pid, None, name.as_ref()))
            }
            Self::TimeoutExpired { timeout, pid, name } => {
                let who = Who(*pid, None, name.as_ref());
                write!(f, "timeout after {} seconds{who}", timeout.as_secs_f64())
            }
            Self::Unsupported { metric } => write!(f, "{metric} is not available on this system"),
            Self::InvalidArgument { message } => f.write_str(message),
            Self::Os(fault) | Self::Parse(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Os(fault) | Self::Parse(fault) => fault.source(),
            _ => self.fault().map(|fault| fault as _),
        }
    }
}

/// What the kernel answered, and to what.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing on this platform or kernel answers this metric.
    Unsupported(&'static str),
    /// A call failed.
    Os {
        /// The call: `open`, `readlink`, `prlimit`.
        op: &'static str,
        /// What it was applied to, when that is a file.
        path: Option<PathBuf>,
        /// The kernel's answer.
        error: io::Error,
    },
    /// A source's bytes did not mean what its document says.
    Parse {
        /// Where and how.
        error: ParseError,
        /// The file, when it is one.
        path: Option<PathBuf>,
    },
    /// The process id now belongs to another process.
    Reused,
}

/// What the layers below the seam return.
pub(crate) type Outcome<T> = std::result::Result<T, Fault>;

impl Fault {
    /// A failed call on no file.
    pub(crate) fn call(op: &'static str, error: impl Into<io::Error>) -> Self {
        Self::Os {
            op,
            path: None,
            error: error.into(),
        }
    }

    /// A failed call on a file.
    pub(crate) fn file(
        op: &'static str,
        path: impl AsRef<Path>,
        error: impl Into<io::Error>,
    ) -> Self {
        Self::Os {
            op,
            path: Some(path.as_ref().to_path_buf()),
            error: error.into(),
        }
    }

    /// Bytes of a file that do not mean what they should.
    pub(crate) fn parse(path: impl AsRef<Path>, error: ParseError) -> Self {
        Self::Parse {
            error,
            path: Some(path.as_ref().to_path_buf()),
        }
    }

    /// The error number, when a call failed.
    pub(crate) fn errno(&self) -> Option<i32> {
        match self {
            Self::Os { error, .. } => error.raw_os_error(),
            _ => None,
        }
    }
}

impl From<ParseError> for Fault {
    fn from(error: ParseError) -> Self {
        Self::Parse { error, path: None }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported(metric) => write!(f, "{metric} is not available on this system"),
            Self::Os {
                op,
                path: Some(path),
                error,
            } => {
                write!(f, "{op} {}: {error}", printable(path.as_os_str()))
            }
            Self::Os {
                op,
                path: None,
                error,
            } => write!(f, "{op}: {error}"),
            Self::Parse {
                error,
                path: Some(path),
            } => {
                write!(f, "{}: {error}", printable(path.as_os_str()))
            }
            Self::Parse { error, path: None } => error.fmt(f),
            Self::Reused => f.write_str("the PID has been reused"),
        }
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Os { error, .. } => Some(error),
            Self::Parse { error, .. } => Some(error),
            Self::Unsupported(_) | Self::Reused => None,
        }
    }
}
