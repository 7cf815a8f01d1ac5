//! Bytes of the operating system to `OsString` and back, and text made safe for people's eyes.
//!
//! The one file of this crate that knows a platform family: on Unix an `OsString` is bytes; on
//! Windows it is WTF-8, so bytes from a recorded Unix tree are taken as UTF-8 there, lossily.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

/// Bytes as the operating system gave them, as `OsString`. Lossless on Unix.
#[cfg(unix)]
pub fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_os_string()
}

/// Bytes as the operating system gave them, as `OsString`. Lossless on Unix.
#[cfg(not(unix))]
pub fn os_string(bytes: &[u8]) -> OsString {
    OsString::from(String::from_utf8_lossy(bytes).into_owned())
}

/// The bytes of an `OsStr`: what the kernel gave on Unix, WTF-8 on Windows.
pub fn os_bytes(text: &OsStr) -> &[u8] {
    text.as_encoded_bytes()
}

/// Text for a terminal: control bytes and undecodable bytes become `\n`, `\x1b` or `\xff` escapes.
///
/// Process names, command lines, mount points and interface names are chosen by strangers; printed
/// raw they can drive the terminal.
pub fn printable(text: &OsStr) -> Cow<'_, str> {
    if let Some(text) = text.to_str()
        && !text.chars().any(unprintable)
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for chunk in os_bytes(text).utf8_chunks() {
        for c in chunk.valid().chars() {
            if unprintable(c) {
                out.extend(c.escape_default());
            } else {
                out.push(c);
            }
        }
        for byte in chunk.invalid() {
            out.extend(std::ascii::escape_default(*byte).map(char::from));
        }
    }
    Cow::Owned(out)
}

/// Control characters, and the marks that reorder or hide the text around them.
fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_controls_are_escaped() {
        assert_eq!(printable(OsStr::new("a\x1b[31mb\n")), "a\\u{1b}[31mb\\n");
        assert_eq!(printable(OsStr::new("žluťoučký")), "žluťoučký");
        assert_eq!(printable(OsStr::new("a\u{202e}b")), "a\\u{202e}b");
    }

    #[cfg(unix)]
    #[test]
    fn undecodable_bytes_survive_and_print_escaped() {
        let text = os_string(b"f\xc0\x80");
        assert_eq!(os_bytes(&text), b"f\xc0\x80");
        assert_eq!(printable(&text), "f\\xc0\\x80");
    }
}
