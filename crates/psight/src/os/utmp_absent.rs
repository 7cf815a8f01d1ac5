//! Logged-in users where the C library keeps no record of them: musl's functions are stubs.

/// A login record; see the file for glibc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawUser {
    /// The user's name.
    pub(crate) user: Vec<u8>,
    /// The terminal, without `/dev/`.
    pub(crate) line: Vec<u8>,
    /// Where the user came from; empty when local.
    pub(crate) host: Vec<u8>,
    /// The login process.
    pub(crate) pid: i32,
    /// Seconds since 1970 of the login.
    pub(crate) seconds: i64,
    /// Microseconds to add to them.
    pub(crate) microseconds: i64,
}

/// Nobody: this C library keeps no such record.
pub(crate) fn users() -> Vec<RawUser> {
    Vec::new()
}
