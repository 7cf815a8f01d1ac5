//! `/proc/vmstat`: swap traffic and out-of-memory kills.
//!
//! Authority: `proc_vmstat(5)`. Since Linux 2.6. The file has far over a hundred lines; three are
//! read.

use crate::scan::{decimal, lines, split_once};

/// The lines of `/proc/vmstat` psight has a use for. A line the kernel does not print is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vmstat {
    /// Pages. Read back from swap since boot.
    pub pswpin_pages: Option<u64>,
    /// Pages. Written to swap since boot.
    pub pswpout_pages: Option<u64>,
    /// Count. Processes killed for want of memory since boot. Since Linux 4.13.
    pub oom_kill: Option<u64>,
}

impl Vmstat {
    /// `/proc/vmstat`.
    ///
    /// Example line: `pswpin 158`.
    pub fn parse(text: &[u8]) -> Self {
        let mut vmstat = Self::default();
        for line in lines(text) {
            let Some((key, value)) = split_once(line, b' ') else {
                continue;
            };
            let slot = match key {
                b"pswpin" => &mut vmstat.pswpin_pages,
                b"pswpout" => &mut vmstat.pswpout_pages,
                b"oom_kill" => &mut vmstat.oom_kill,
                _ => continue,
            };
            *slot = decimal(value.trim_ascii());
        }
        vmstat
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_three_lines_are_found() {
        let vmstat = Vmstat::parse(b"nr_free_pages 5\npswpin 158\npswpout 9000\noom_kill 0\n");
        assert_eq!(
            (vmstat.pswpin_pages, vmstat.pswpout_pages),
            (Some(158), Some(9000))
        );
        assert_eq!(vmstat.oom_kill, Some(0));
    }

    #[test]
    fn missing_lines_are_absent_not_zero() {
        assert_eq!(Vmstat::parse(b"pswpins 1\npswpout x\n"), Vmstat::default());
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Vmstat::parse(&text);
        }
    }
}
