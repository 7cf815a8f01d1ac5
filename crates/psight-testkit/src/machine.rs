//! `machine.toml`: what the files of a tree do not tell about their machine.
//!
//! Flat `key = value` lines of TOML: integers, booleans and texts without escapes. Comments take
//! whole lines.

use std::fmt;

/// A recorded machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// Bytes in a page of memory.
    pub page_size: u64,
    /// Clock ticks per second, as `sysconf(_SC_CLK_TCK)` tells.
    pub clock_ticks: u64,
    /// Whether the most significant byte comes first.
    pub big_endian: bool,
    /// Seconds since the epoch, for trees without `btime` in `/proc/stat`.
    pub boot_time: Option<u64>,
    /// One sentence for readers.
    pub description: String,
}

/// A line of `machine.toml` that does not say what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineError(String);

impl fmt::Display for MachineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MachineError {}

impl Machine {
    /// Reads the text of the file. `boot_time` and `description` may be missing.
    pub fn parse(text: &str) -> Result<Self, MachineError> {
        let (mut page_size, mut clock_ticks, mut big_endian) = (None, None, None);
        let (mut boot_time, mut description) = (None, None);
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let odd = || MachineError(format!("cannot read `{line}`"));
            let (key, value) = line.split_once('=').ok_or_else(odd)?;
            let value = value.trim();
            let number = || value.parse().map_err(|_| odd());
            match key.trim() {
                "page_size" => page_size = Some(number()?),
                "clock_ticks" => clock_ticks = Some(number()?),
                "boot_time" => boot_time = Some(number()?),
                "big_endian" => big_endian = Some(value.parse().map_err(|_| odd())?),
                "description" => description = Some(quoted(value).ok_or_else(odd)?),
                _ => return Err(odd()),
            }
        }
        let missing = |key: &str| MachineError(format!("`{key}` is missing"));
        Ok(Self {
            page_size: page_size.ok_or_else(|| missing("page_size"))?,
            clock_ticks: clock_ticks.ok_or_else(|| missing("clock_ticks"))?,
            big_endian: big_endian.ok_or_else(|| missing("big_endian"))?,
            boot_time,
            description: description.unwrap_or_default().to_owned(),
        })
    }
}

fn quoted(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains(['"', '\\'])).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn all_keys_are_read() {
        let text = "# A comment.\npage_size = 65536\nclock_ticks = 100\nbig_endian = false\n\
                    boot_time = 1700000000\n\ndescription = \"A board = small.\"\n";
        let machine = Machine::parse(text).unwrap();
        assert_eq!((machine.page_size, machine.clock_ticks), (65536, 100));
        assert!(!machine.big_endian);
        assert_eq!(machine.boot_time, Some(1_700_000_000));
        assert_eq!(machine.description, "A board = small.");
    }

    #[test]
    fn odd_and_missing_lines_are_named() {
        let told = |text| Machine::parse(text).unwrap_err().to_string();
        assert_eq!(told("page_size = many"), "cannot read `page_size = many`");
        assert_eq!(told("pages = 1"), "cannot read `pages = 1`");
        assert_eq!(
            told("page_size = 4096\nbig_endian = true"),
            "`clock_ticks` is missing"
        );
        assert_eq!(
            told("description = bare"),
            "cannot read `description = bare`"
        );
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*") {
            let _ = Machine::parse(&text);
        }
    }
}
