//! The text of the links `/proc/PID/exe`, `cwd` and `fd/N`.
//!
//! Authority: proc_pid_exe(5), proc_pid_fd(5). A file's path as the process's root sees it, with
//! ` (deleted)` behind it when it has no name any more; or a kind and a number, `socket:[4711]`.

use crate::scan::{decimal, until_nul as head};

/// The text up to the first NUL: some kernels leave more behind it.
pub fn until_nul(text: &[u8]) -> &[u8] {
    head(text)
}

/// The path before ` (deleted)`, when the text ends so. A file may really be named so; whether it
/// is, only a look tells, which is the caller's.
pub fn without_deleted(text: &[u8]) -> Option<&[u8]> {
    text.strip_suffix(b" (deleted)")
}

/// The inode of `socket:[N]`.
pub fn socket_inode(text: &[u8]) -> Option<u64> {
    decimal(text.strip_prefix(b"socket:[")?.strip_suffix(b"]")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_told_from_paths() {
        assert_eq!(until_nul(b"/bin/sh\0junk"), b"/bin/sh");
        assert_eq!(
            without_deleted(b"/tmp/a b (deleted)"),
            Some(&b"/tmp/a b"[..])
        );
        assert_eq!(without_deleted(b"/tmp/a"), None);
        assert_eq!(socket_inode(b"socket:[4711]"), Some(4711));
        assert_eq!(socket_inode(b"socket:[]"), None);
        assert_eq!(socket_inode(b"pipe:[4711]"), None);
        assert_eq!(socket_inode(b"/tmp/socket:[4711]"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = (until_nul(&text).len(), without_deleted(&text), socket_inode(&text));
        }
    }
}
