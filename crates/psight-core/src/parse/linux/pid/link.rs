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
    inode(text, b"socket:[")
}

/// What a descriptor's link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// A path of the process's root; a file without name ends in ` (deleted)`.
    Path(&'a [u8]),
    /// A socket, by its inode.
    Socket(u64),
    /// A pipe, by its inode.
    Pipe(u64),
    /// A file of the kernel's own, by its kind: `eventfd`, `[eventpoll]`.
    Anonymous(&'a [u8]),
    /// Anything else, such as `net:[4026531840]`.
    Other(&'a [u8]),
}

impl<'a> Target<'a> {
    /// Examples: `/dev/null`, `socket:[4711]`, `pipe:[4712]`, `anon_inode:[eventpoll]`.
    pub fn parse(text: &'a [u8]) -> Self {
        if text.starts_with(b"/") {
            return Self::Path(text);
        }
        if let Some(kind) = text.strip_prefix(b"anon_inode:") {
            return Self::Anonymous(kind);
        }
        let socket = socket_inode(text).map(Self::Socket);
        let pipe = || inode(text, b"pipe:[").map(Self::Pipe);
        socket.or_else(pipe).unwrap_or(Self::Other(text))
    }
}

fn inode(text: &[u8], kind: &[u8]) -> Option<u64> {
    decimal(text.strip_prefix(kind)?.strip_suffix(b"]")?)
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

    #[test]
    fn descriptors_are_told_by_their_links() {
        assert_eq!(Target::parse(b"/dev/null"), Target::Path(b"/dev/null"));
        assert_eq!(Target::parse(b"socket:[4711]"), Target::Socket(4711));
        assert_eq!(Target::parse(b"pipe:[4712]"), Target::Pipe(4712));
        assert_eq!(
            Target::parse(b"anon_inode:[eventpoll]"),
            Target::Anonymous(b"[eventpoll]")
        );
        for other in [&b"net:[4026531840]"[..], b"pipe:[]", b""] {
            assert_eq!(Target::parse(other), Target::Other(other));
        }
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = (until_nul(&text).len(), without_deleted(&text), socket_inode(&text));
            let _ = Target::parse(&text);
        }
    }
}
