//! Picks the platform: the only file, with `os/mod.rs`, that names operating systems.
//!
//! A platform is a folder giving `Host` (the machine), `Facts` (one process, its sources read at
//! most once), `Scratch` (the buffers they share) and `meaning` (what an error number says).

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::{Facts, Host, Scratch, meaning};

#[cfg(unix)]
mod posix;

#[cfg(not(target_os = "linux"))]
mod unsupported;
#[cfg(not(target_os = "linux"))]
pub(crate) use unsupported::{Facts, Host, Scratch, meaning};

#[cfg(unix)]
pub(crate) use posix::signals;
#[cfg(not(unix))]
#[path = "unsupported/signals.rs"]
pub(crate) mod signals;
