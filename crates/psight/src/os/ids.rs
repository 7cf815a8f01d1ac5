//! The name behind a user id.

use std::ffi::{CStr, c_char};
use std::io;
use std::mem::MaybeUninit;
use std::ptr;

use super::call::grow;

/// Bytes. Most entries fit at once; a directory service may return longer ones.
const ENTRY: usize = 1024;
/// Bytes. Nobody's entry is longer; a service that says so is broken.
const LONGEST_ENTRY: usize = 1 << 20;

/// The name of a user, from whatever service the system is configured to ask. `None` when no
/// service knows the id.
///
/// Source: `getpwuid_r(3)`, which also documents that several error numbers mean "not found".
pub(crate) fn user_name(uid: u32) -> io::Result<Option<Vec<u8>>> {
    grow(ENTRY, LONGEST_ENTRY, |size| {
        let mut text: Vec<c_char> = vec![0; size];
        let mut entry = MaybeUninit::<libc::passwd>::uninit();
        let mut found: *mut libc::passwd = ptr::null_mut();
        // SAFETY: `entry` and `found` are valid for writing, and `text` for its stated length.
        let error = unsafe {
            libc::getpwuid_r(
                uid,
                entry.as_mut_ptr(),
                text.as_mut_ptr(),
                size,
                &raw mut found,
            )
        };
        match error {
            0 => {}
            libc::ERANGE => return Ok(None),
            libc::ENOENT | libc::ESRCH => return Ok(Some(None)),
            error => return Err(io::Error::from_raw_os_error(error)),
        }
        // SAFETY: after success `found` is null or points to `entry`, which the call filled.
        let Some(found) = (unsafe { found.as_ref() }) else {
            return Ok(Some(None));
        };
        if found.pw_name.is_null() {
            return Ok(Some(None));
        }
        // SAFETY: a name that is not null is a C string inside `text`, which still lives.
        let name = unsafe { CStr::from_ptr(found.pw_name) };
        Ok(Some(Some(name.to_bytes().to_vec())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uid_zero_is_root() {
        assert_eq!(user_name(0).unwrap().as_deref(), Some(&b"root"[..]));
    }

    #[test]
    fn an_unused_uid_has_no_name() {
        assert_eq!(user_name(3_999_999_123).unwrap(), None);
    }
}
