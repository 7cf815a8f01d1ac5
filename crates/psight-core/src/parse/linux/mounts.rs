//! `/proc/PID/mounts` and `/etc/mtab`: mounted file systems.
//!
//! Authority: `proc_pid_mounts(5)`, `fstab(5)`, `getmntent(3)`. Blanks inside a field are printed
//! as octal escapes, `\040` for a space; which bytes are escaped has grown over the years (`#` in
//! Linux 5.19), so every octal escape is decoded.

use std::borrow::Cow;

use crate::scan::{lines, octal, words};

/// One mounted file system, its escapes decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount<'a> {
    /// The device, or whatever the mounter passed for it; often `none`.
    pub device: Cow<'a, [u8]>,
    /// Where it is mounted.
    pub mountpoint: Cow<'a, [u8]>,
    /// The file system's type.
    pub fstype: Cow<'a, [u8]>,
    /// Options, separated by commas.
    pub opts: Cow<'a, [u8]>,
}

/// The rows of a mount table, in its order. Comments and rows without a type are skipped.
///
/// Example: `/dev/sda1 /mnt/my\040disk ext4 rw,relatime 0 0`.
pub fn mounts(text: &[u8]) -> impl Iterator<Item = Mount<'_>> {
    lines(text).filter_map(|line| {
        let mut words = words(line);
        let device = words.next().filter(|word| !word.starts_with(b"#"))?;
        Some(Mount {
            device: unescaped(device),
            mountpoint: unescaped(words.next()?),
            fstype: unescaped(words.next()?),
            opts: unescaped(words.next().unwrap_or_default()),
        })
    })
}

/// A field with `\NNN` and `\\` decoded; a backslash before anything else stays.
pub fn unescaped(field: &[u8]) -> Cow<'_, [u8]> {
    if !field.contains(&b'\\') {
        return Cow::Borrowed(field);
    }
    let mut decoded = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((byte, after)) = rest.split_first() {
        let escape = (*byte == b'\\').then(|| escape(after)).flatten();
        let (byte, after) = escape.unwrap_or((*byte, after));
        decoded.push(byte);
        rest = after;
    }
    Cow::Owned(decoded)
}

/// What a backslash stands for with the text behind it, and the text behind that.
fn escape(after: &[u8]) -> Option<(u8, &[u8])> {
    if let Some(rest) = after.strip_prefix(b"\\") {
        return Some((b'\\', rest));
    }
    let (digits, rest) = after.split_at_checked(3)?;
    Some((octal(digits)?.try_into().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_are_read_in_order() {
        let text = b"/dev/sda1 / ext4 rw,relatime 0 0\n# comment\n\nproc /proc proc rw 0 0\n";
        let rows: Vec<_> = mounts(text).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(&*rows[0].device, b"/dev/sda1");
        assert_eq!(
            (&*rows[0].mountpoint, &*rows[0].opts),
            (&b"/"[..], &b"rw,relatime"[..])
        );
        assert_eq!(&*rows[1].fstype, b"proc");
    }

    #[test]
    fn octal_escapes_are_decoded() {
        assert_eq!(
            &*unescaped(br"my\040disk\011\012\134x\043\303\277"),
            b"my disk\t\n\\x#\xc3\xbf"
        );
        assert_eq!(&*unescaped(br"a\\040"), br"a\040");
        assert!(matches!(unescaped(b"/plain"), Cow::Borrowed(b"/plain")));
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(&*unescaped(br"a\04"), br"a\04");
        assert_eq!(&*unescaped(br"a\999\777\"), br"a\999\777\");
    }

    #[test]
    fn a_row_without_a_type_is_skipped_and_options_may_lack() {
        let rows: Vec<_> = mounts(b"none /a\nnone /b tmpfs\n").collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (&*rows[0].mountpoint, &*rows[0].opts),
            (&b"/b"[..], &b""[..])
        );
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>, field in r"[\\0-9a]{0,20}") {
            let _ = mounts(&text).count();
            prop_assert!(unescaped(field.as_bytes()).len() <= field.len());
        }

        #[test]
        fn escaped_fields_are_read_back(field: Vec<u8>) {
            let escaped: Vec<_> = field.iter().map(|b| format!("\\{b:03o}")).collect();
            prop_assert_eq!(unescaped(escaped.concat().as_bytes()).into_owned(), field);
        }
    }
}
