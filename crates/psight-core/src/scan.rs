//! A byte cursor for the text the kernel prints.
//!
//! Lines, blank-separated words, `key: value` pairs and numbers, over `&[u8]`. Nothing here
//! allocates, panics, or looks at a byte twice without need.

/// The lines of a text, without their newline. A last line without newline counts.
pub fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let mut rest = (!text.is_empty()).then_some(text);
    core::iter::from_fn(move || {
        let now = rest?;
        let (line, next) = split_once(now, b'\n').map_or((now, None), |(a, b)| (a, Some(b)));
        rest = next;
        Some(line)
    })
}

/// The words of a line, separated by blanks and tabs.
pub fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    line.split(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c))
        .filter(|w| !w.is_empty())
}

/// The two sides of the first `at`.
pub fn split_once(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let i = text.iter().position(|b| *b == at)?;
    Some((text.get(..i)?, text.get(i + 1..)?))
}

/// The two sides of the last `at`.
pub fn rsplit_once(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let i = text.iter().rposition(|b| *b == at)?;
    Some((text.get(..i)?, text.get(i + 1..)?))
}

/// `key: value`, both trimmed. Tolerates a missing blank after the colon.
pub fn key_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (key, value) = split_once(line, b':')?;
    Some((key.trim_ascii(), value.trim_ascii()))
}

/// An unsigned decimal that fills the whole of `text`.
pub fn decimal(text: &[u8]) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0u64, |n, b| {
        b.is_ascii_digit().then_some(())?;
        n.checked_mul(10)?.checked_add(u64::from(b - b'0'))
    })
}

/// A decimal with an optional `-` that fills the whole of `text`.
pub fn signed(text: &[u8]) -> Option<i64> {
    match text.strip_prefix(b"-") {
        Some(digits) => 0i64.checked_sub_unsigned(decimal(digits)?),
        None => i64::try_from(decimal(text)?).ok(),
    }
}

/// A number in base 16 that fills the whole of `text`, without prefix.
pub fn hexadecimal(text: &[u8]) -> Option<u64> {
    radix(text, 16)
}

/// A number in base 8 that fills the whole of `text`.
pub fn octal(text: &[u8]) -> Option<u64> {
    radix(text, 8)
}

fn radix(text: &[u8], base: u32) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0u64, |n, b| {
        let digit = char::from(*b).to_digit(base)?;
        n.checked_mul(u64::from(base))?
            .checked_add(u64::from(digit))
    })
}

/// A decimal fraction such as `2893.202` or `0.01`.
pub fn fraction(text: &[u8]) -> Option<f64> {
    let text = core::str::from_utf8(text).ok()?;
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

/// `1234 kB` or a bare `1234`: the number as printed.
pub fn kib(value: &[u8]) -> Option<u64> {
    decimal(words(value).next()?)
}

/// The text up to the first NUL, or all of it.
pub fn until_nul(text: &[u8]) -> &[u8] {
    split_once(text, 0).map_or(text, |(head, _)| head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_keep_empty_ones_and_drop_the_last_newline() {
        let all: Vec<_> = lines(b"a\n\nb\n").collect();
        assert_eq!(all, [&b"a"[..], b"", b"b"]);
        assert_eq!(lines(b"").count(), 0);
        assert_eq!(lines(b"x").count(), 1);
    }

    #[test]
    fn numbers_must_fill_the_text() {
        assert_eq!(decimal(b"18446744073709551615"), Some(u64::MAX));
        assert_eq!(decimal(b"18446744073709551616"), None);
        assert_eq!(decimal(b"12x"), None);
        assert_eq!(decimal(b""), None);
        assert_eq!(signed(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(signed(b"--1"), None);
        assert_eq!(hexadecimal(b"fF"), Some(255));
        assert_eq!(octal(b"0100002"), Some(0o100_002));
        assert_eq!(octal(b"8"), None);
    }

    #[test]
    fn a_colon_without_blank_still_separates() {
        assert_eq!(
            key_value(b"MemTotal:1 kB"),
            Some((&b"MemTotal"[..], &b"1 kB"[..]))
        );
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            for line in lines(&text) {
                let _ = (words(line).count(), key_value(line), decimal(line), signed(line));
                let _ = (hexadecimal(line), octal(line), fraction(line), kib(line), until_nul(line));
            }
        }

        #[test]
        fn printed_numbers_are_read_back(n: u64, i: i64) {
            prop_assert_eq!(decimal(n.to_string().as_bytes()), Some(n));
            prop_assert_eq!(signed(i.to_string().as_bytes()), Some(i));
            prop_assert_eq!(hexadecimal(format!("{n:x}").as_bytes()), Some(n));
            prop_assert_eq!(octal(format!("{n:o}").as_bytes()), Some(n));
        }
    }
}
