//! The byte cursor and the texts shown to people: no panic, and what is printed is read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use psight_core::text::{os_bytes, os_string, printable};
use psight_core::{layout, scan};

fuzz_target!(|text: &[u8]| {
    let mut length = 0;
    for line in scan::lines(text) {
        length += line.len() + 1;
        assert!(scan::words(line).all(|word| !word.is_empty()));
        let _ = (scan::key_value(line), scan::kib(line), scan::fraction(line));
        if let Some(number) = scan::decimal(line) {
            assert_eq!(scan::decimal(number.to_string().as_bytes()), Some(number));
        }
        if let Some(number) = scan::signed(line) {
            assert_eq!(scan::signed(number.to_string().as_bytes()), Some(number));
        }
        let _ = (
            scan::hexadecimal(line),
            scan::octal(line),
            scan::until_nul(line),
        );
    }
    assert!(length <= text.len() + 1);
    let kept = os_string(text);
    assert_eq!(os_bytes(&kept), text);
    assert!(!printable(&kept).chars().any(char::is_control));
    let record = layout::Layout::native(text);
    let _ = (
        record.u64_at(text.len() / 2),
        record.bytes_at(1, text.len()),
    );
});
