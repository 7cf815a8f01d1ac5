//! `/proc/PID/cmdline`: the argument vector.
//!
//! Authority: proc_pid_cmdline(5). Arguments end with NUL. A program may overwrite them with a title
//! of its own, which then is not a vector any more; psutil's rules for those are kept.

/// The arguments of a text; none for an empty one.
///
/// - It ends with NUL: the items between the NULs, empty ones included.
/// - It does not: a title; the items between the blanks.
/// - It ends with NUL but is a single item holding a blank: a title too.
pub fn cmdline(text: &[u8]) -> Vec<&[u8]> {
    if text.is_empty() {
        return Vec::new();
    }
    let separator = if text.ends_with(b"\0") { 0 } else { b' ' };
    let whole = text.strip_suffix(&[separator]).unwrap_or(text);
    let argv: Vec<&[u8]> = whole.split(|byte| *byte == separator).collect();
    match argv.as_slice() {
        [title] if separator == 0 && title.contains(&b' ') => {
            title.split(|byte| *byte == b' ').collect()
        }
        _ => argv,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arguments_are_separated_by_nul_and_may_be_empty() {
        assert_eq!(cmdline(b"foo\0bar\0"), [&b"foo"[..], b"bar"]);
        assert_eq!(cmdline(b"foo\0\0\0"), [&b"foo"[..], b"", b""]);
        assert_eq!(cmdline(b"foo bar\0baz\0"), [&b"foo bar"[..], b"baz"]);
        assert_eq!(cmdline(b"f\xc0\x80\n\0"), [&b"f\xc0\x80\n"[..]]);
    }

    #[test]
    fn a_title_is_split_at_blanks() {
        assert_eq!(
            cmdline(b"sshd: root [priv]"),
            [&b"sshd:"[..], b"root", b"[priv]"]
        );
        assert_eq!(cmdline(b"foo bar "), [&b"foo"[..], b"bar"]);
        assert_eq!(
            cmdline(b"nginx: master process\0"),
            [&b"nginx:"[..], b"master", b"process"]
        );
        assert_eq!(cmdline(b"title"), [&b"title"[..]]);
    }

    #[test]
    fn nothing_is_no_argument_and_a_nul_is_an_empty_one() {
        assert!(cmdline(b"").is_empty());
        assert_eq!(cmdline(b"\0"), [&b""[..]]);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = cmdline(&text);
        }

        #[test]
        fn a_vector_is_read_back(argv in prop::collection::vec("[^\0 ]{0,8}", 2..6)) {
            let text: Vec<u8> = argv.iter().flat_map(|arg| [arg.as_bytes(), b"\0"].concat()).collect();
            let expected: Vec<&[u8]> = argv.iter().map(String::as_bytes).collect();
            prop_assert_eq!(cmdline(&text), expected);
        }
    }
}
