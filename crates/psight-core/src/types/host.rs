//! People on the machine.

use std::ffi::OsString;

use super::Pid;

record! {
    /// One login session.
    pub struct User {
        /// Login name.
        name: OsString = Plain,
        /// Terminal line. Absent when the session has none.
        terminal: Option<OsString> = Plain,
        /// Where from; `localhost` for a local display or console.
        host: Option<OsString> = Plain,
        /// Seconds since the epoch. When it began.
        started: f64 = Timestamp,
        /// The login process. Absent on OpenBSD and Windows.
        pid: Option<Pid> = Plain,
    }
}
