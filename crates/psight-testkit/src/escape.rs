//! Bytes as text that shows in a diff.
//!
//! Printable characters and tabs stand for themselves. A backslash is `\\`, a newline `\n`, and every
//! other control byte and byte that is no UTF-8 is `\xNN`, two hexadecimal digits.

use std::fmt::Write as _;

/// The bytes as one line.
pub fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                '\t' => text.push('\t'),
                control if control.is_control() => {
                    let mut buffer = [0; 4];
                    hexadecimal(&mut text, control.encode_utf8(&mut buffer).as_bytes());
                }
                other => text.push(other),
            }
        }
        hexadecimal(&mut text, chunk.invalid());
    }
    text
}

fn hexadecimal(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\x{byte:02x}");
    }
}

/// The bytes of such a line; `None` when a backslash is followed by none of the three forms.
pub fn unescaped(line: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(line.len());
    let mut rest = line;
    while let Some((plain, code)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        let mut characters = code.chars();
        rest = match characters.next()? {
            '\\' => {
                bytes.push(b'\\');
                characters.as_str()
            }
            'n' => {
                bytes.push(b'\n');
                characters.as_str()
            }
            'x' => {
                let digits = code.get(1..3)?;
                if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    return None;
                }
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                code.get(3..)?
            }
            _ => return None,
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_bytes_and_broken_text_become_digits() {
        let bytes = b"sh\0-c\0a\\040b\tc\r\x7f\xff\xc3\xa4";
        let text = "sh\\x00-c\\x00a\\\\040b\tc\\x0d\\x7f\\xff\u{e4}";
        assert_eq!(escaped(bytes), text);
        assert_eq!(unescaped(text).as_deref(), Some(&bytes[..]));
        assert_eq!(escaped(b"a\nb"), "a\\nb");
    }

    #[test]
    fn an_unknown_escape_is_refused() {
        for line in ["\\", "\\040", "\\x", "\\x0", "\\x+1", "\\x\u{e4}"] {
            assert_eq!(unescaped(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn escaping_loses_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let line = escaped(&bytes);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(unescaped(&line), Some(bytes));
        }

        #[test]
        fn never_panics(line in ".*") {
            let _ = unescaped(&line);
        }
    }
}
