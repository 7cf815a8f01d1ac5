//! What the Unixes share, as plain functions.

pub(crate) mod signals;

use std::io;

use crate::explain::Meaning;

/// What an error number says, on every Unix.
pub(crate) fn meaning(error: &io::Error) -> Meaning {
    match error.raw_os_error() {
        Some(libc::ESRCH) => Meaning::NoProcess,
        Some(libc::ENOENT) => Meaning::NoFile,
        Some(libc::EPERM | libc::EACCES) => Meaning::Denied,
        _ => Meaning::Other,
    }
}
