//! Logged-in users from the C library's user accounting database, utmpx.
//!
//! getutxent(3) walks it with one position for the whole process and returns one static record,
//! so a lock is held from the first to the last.

use std::ffi::c_char;
use std::sync::{Mutex, PoisonError};

/// One walk at a time. Code outside psight that walks too is beyond our reach, as everywhere.
static WALK: Mutex<()> = Mutex::new(());

/// A login record.
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

/// The sessions in the database, `USER_PROCESS` records only. None when there is no database.
///
/// Source: getutxent(3), utmp(5).
pub(crate) fn users() -> Vec<RawUser> {
    let _walk = WALK.lock().unwrap_or_else(PoisonError::into_inner);
    let mut users = Vec::new();
    // SAFETY: the lock keeps every other walk of ours away.
    unsafe { libc::setutxent() };
    loop {
        // SAFETY: the lock keeps every other walk of ours away.
        let record = unsafe { libc::getutxent() };
        // SAFETY: null or a static record that stays as it is until the next call below the lock.
        let Some(record) = (unsafe { record.as_ref() }) else {
            break;
        };
        if record.ut_type == libc::USER_PROCESS {
            users.push(raw_user(record));
        }
    }
    // SAFETY: the lock keeps every other walk of ours away.
    unsafe { libc::endutxent() };
    users
}

#[allow(
    clippy::useless_conversion,
    reason = "The width of the times differs by architecture."
)]
fn raw_user(record: &libc::utmpx) -> RawUser {
    RawUser {
        user: until_nul(&record.ut_user),
        line: until_nul(&record.ut_line),
        host: until_nul(&record.ut_host),
        pid: record.ut_pid,
        seconds: i64::from(record.ut_tv.tv_sec),
        microseconds: i64::from(record.ut_tv.tv_usec),
    }
}

/// A fixed field, which has no NUL when it is full.
#[allow(
    clippy::cast_sign_loss,
    clippy::unnecessary_cast,
    reason = "`c_char` is a byte, signed on some architectures only."
)]
fn until_nul(field: &[c_char]) -> Vec<u8> {
    field
        .iter()
        .take_while(|c| **c != 0)
        .map(|c| *c as u8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_do_not_disturb_each_other() {
        let once = users();
        let all: Vec<_> = std::thread::scope(|scope| {
            let walks: Vec<_> = (0..4).map(|_| scope.spawn(users)).collect();
            walks.into_iter().map(|walk| walk.join().unwrap()).collect()
        });
        assert!(all.iter().all(|users| *users == once));
        assert!(once.iter().all(|user| !user.user.is_empty()));
    }

    #[test]
    fn a_full_field_has_no_nul() {
        assert_eq!(until_nul(&[c_char::try_from(97).unwrap(); 3]), b"aaa");
    }
}
