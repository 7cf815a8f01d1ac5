//! `/proc/PID/smaps` and `smaps_rollup`: the address space, region by region, or summed up.
//!
//! Authority: Documentation/filesystems/proc.rst, proc_pid_smaps(5). A region is a line as in `maps`
//! followed by `Key: N kB` lines; which keys there are differs by kernel.

use crate::scan::{key_value, kib, lines, split_once};
use crate::text::os_string;
use crate::types::MemoryMap;
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/PID/smaps";

/// One region, sizes in kibibytes. A line the kernel does not print is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Region<'a> {
    /// `start-end` in hexadecimal.
    pub addr: &'a [u8],
    /// `rwxp` letters.
    pub perms: &'a [u8],
    /// The file or the name in brackets; empty for anonymous memory. Newlines stand as `\012`.
    pub path: &'a [u8],
    /// Kibibytes. Address space.
    pub size_kib: u64,
    /// Kibibytes. In RAM.
    pub rss_kib: u64,
    /// Kibibytes. Proportional share.
    pub pss_kib: u64,
    /// Kibibytes. Shared and unchanged.
    pub shared_clean_kib: u64,
    /// Kibibytes. Shared and changed.
    pub shared_dirty_kib: u64,
    /// Kibibytes. Private and unchanged.
    pub private_clean_kib: u64,
    /// Kibibytes. Private and changed.
    pub private_dirty_kib: u64,
    /// Kibibytes. Private, in huge pages of hugetlbfs.
    pub private_hugetlb_kib: u64,
    /// Kibibytes. Marked as used.
    pub referenced_kib: u64,
    /// Kibibytes. Not backed by a file.
    pub anonymous_kib: u64,
    /// Kibibytes. In swap.
    pub swap_kib: u64,
}

impl Region<'_> {
    /// As the public record, in bytes. The path keeps the kernel's escapes and ` (deleted)`.
    pub fn memory_map(&self) -> MemoryMap {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let bytes = |kib: u64| kib.saturating_mul(1024);
        let path = if self.path.is_empty() {
            b"[anon]"
        } else {
            self.path
        };
        MemoryMap {
            addr: text(self.addr),
            perms: text(self.perms),
            path: os_string(path),
            rss: bytes(self.rss_kib),
            size: bytes(self.size_kib),
            pss: bytes(self.pss_kib),
            shared_clean: bytes(self.shared_clean_kib),
            shared_dirty: bytes(self.shared_dirty_kib),
            private_clean: bytes(self.private_clean_kib),
            private_dirty: bytes(self.private_dirty_kib),
            referenced: bytes(self.referenced_kib),
            anonymous: bytes(self.anonymous_kib),
            swap: bytes(self.swap_kib),
        }
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        let field = match key {
            b"Size" => &mut self.size_kib,
            b"Rss" => &mut self.rss_kib,
            b"Pss" => &mut self.pss_kib,
            b"Shared_Clean" => &mut self.shared_clean_kib,
            b"Shared_Dirty" => &mut self.shared_dirty_kib,
            b"Private_Clean" => &mut self.private_clean_kib,
            b"Private_Dirty" => &mut self.private_dirty_kib,
            b"Private_Hugetlb" => &mut self.private_hugetlb_kib,
            b"Referenced" => &mut self.referenced_kib,
            b"Anonymous" => &mut self.anonymous_kib,
            b"Swap" => &mut self.swap_kib,
            _ => return,
        };
        *field = kib(value).unwrap_or(0);
    }
}

/// The regions of a text, in address order.
///
/// Example of a head: `7f2c5d000000-7f2c5d021000 rw-p 00000000 fd:01 1835017    /usr/lib/libc.so.6`.
/// Yields [`ParseError`] once, and ends, when the text does not begin with such a line.
pub fn regions(text: &[u8]) -> impl Iterator<Item = Result<Region<'_>, ParseError>> {
    let mut lines = lines(text).peekable();
    core::iter::from_fn(move || {
        let Some(mut region) = head(lines.next()?) else {
            lines.by_ref().for_each(drop);
            return Some(Err(ParseError::new(SOURCE, "address", Expected::Delimiter)));
        };
        while let Some((key, value)) = lines
            .next_if(|line| head(line).is_none())
            .and_then(key_value)
        {
            region.set(key, value);
        }
        Some(Ok(region))
    })
}

/// `start-end perms offset device inode   path`; `None` for any other line.
fn head(line: &[u8]) -> Option<Region<'_>> {
    // Heads begin with a hexadecimal digit in lower case, keys with a capital letter.
    if !matches!(line.first()?, b'0'..=b'9' | b'a'..=b'f') {
        return None;
    }
    let (addr, rest) = split_once(line, b' ')?;
    split_once(addr, b'-')?;
    let (perms, rest) = split_once(rest, b' ')?;
    let (_offset, rest) = split_once(rest, b' ')?;
    let (_device, rest) = split_once(rest, b' ')?;
    let path = split_once(rest, b' ').map_or(&[][..], |(_inode, path)| path.trim_ascii_start());
    Some(Region {
        addr,
        perms,
        path,
        ..Region::default()
    })
}

/// The sums over all regions; zeros for an empty text, as of a kernel thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rollup {
    /// Kibibytes. Every `Private_*` line: unique to the process.
    pub private_kib: u64,
    /// Kibibytes. Proportional share.
    pub pss_kib: u64,
    /// Kibibytes. In swap, `Swap:` and not its proportional share.
    pub swap_kib: u64,
}

impl Rollup {
    /// The sums of a `smaps_rollup` or of a whole `smaps`: lines of one key add up.
    pub fn parse(text: &[u8]) -> Self {
        let mut sums = Self::default();
        for (key, value) in lines(text).filter_map(key_value) {
            let sum = match key {
                b"Pss" => &mut sums.pss_kib,
                b"Swap" => &mut sums.swap_kib,
                _ if key.starts_with(b"Private_") => &mut sums.private_kib,
                _ => continue,
            };
            *sum = sum.saturating_add(kib(value).unwrap_or(0));
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &[u8] = b"55d0-55d2 r--p 00000000 fd:01 42      /usr/bin/a b (deleted)\n\
        Size:                  8 kB\nKernelPageSize:        4 kB\nRss:                   7 kB\n\
        Pss:                   6 kB\nPss_Dirty:             1 kB\nShared_Clean:          5 kB\n\
        Shared_Dirty:          4 kB\nPrivate_Clean:         3 kB\nPrivate_Dirty:         2 kB\n\
        Referenced:            7 kB\nAnonymous:             1 kB\nSwap:                  9 kB\n\
        SwapPss:               8 kB\nTHPeligible:           0\nVmFlags: rd mr mw me sd\n\
        7ffc-7ffe rw-p 00000000 00:00 0 \nSize:                 12 kB\nRss:                   1 kB\n\
        7fff-8000 rw-p 00000000 00:00 0                          [stack]\nSize:   4 kB\n";

    #[test]
    fn regions_follow_each_other() {
        let all: Vec<_> = regions(TEXT)
            .map(|region| region.unwrap().memory_map())
            .collect();
        assert_eq!(all.len(), 3);
        assert_eq!(
            (all[0].addr.as_str(), all[0].perms.as_str()),
            ("55d0-55d2", "r--p")
        );
        assert_eq!(all[0].path, "/usr/bin/a b (deleted)");
        assert_eq!((all[0].size, all[0].rss, all[0].pss), (8192, 7168, 6144));
        assert_eq!((all[0].shared_clean, all[0].shared_dirty), (5120, 4096));
        assert_eq!((all[0].private_clean, all[0].private_dirty), (3072, 2048));
        assert_eq!(
            (all[0].referenced, all[0].anonymous, all[0].swap),
            (7168, 1024, 9216)
        );
        assert_eq!((all[1].path.to_str(), all[1].size), (Some("[anon]"), 12288));
        assert_eq!((all[2].path.to_str(), all[2].rss), (Some("[stack]"), 0));
    }

    #[test]
    fn sums_take_every_private_line_and_swap_alone() {
        let sums = Rollup::parse(TEXT);
        assert_eq!(
            sums,
            Rollup {
                private_kib: 5,
                pss_kib: 6,
                swap_kib: 9
            }
        );
        let text = b"1-2 ---p 00000000 00:00 0    [rollup]\nPss: 5 kB\nPrivate_Hugetlb: 7 kB\n";
        assert_eq!(Rollup::parse(text).private_kib, 7);
        assert_eq!(Rollup::parse(b""), Rollup::default());
    }

    #[test]
    fn a_text_that_is_no_smaps_is_an_error() {
        assert_eq!(regions(b"").count(), 0);
        let all: Vec<_> = regions(b"Size: 4 kB\nRss: 1 kB\n").collect();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].unwrap_err().field, "address");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = (regions(&text).count(), Rollup::parse(&text));
        }

        #[test]
        fn never_panics_on_damaged_lines(at in 0..TEXT.len(), byte: u8, length in 0..TEXT.len()) {
            let mut text = TEXT.to_vec();
            text[at] = byte;
            text.truncate(length);
            for region in regions(&text).flatten() {
                let _ = region.memory_map();
            }
        }
    }
}
