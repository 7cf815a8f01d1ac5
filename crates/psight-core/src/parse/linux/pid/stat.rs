//! `/proc/PID/stat` and `/proc/PID/task/TID/stat`: who a process is and what it has used.
//!
//! Authority: proc_pid_stat(5). One line; the name stands in parentheses and may itself hold
//! parentheses, blanks and newlines, so it ends at the last `)`.

use crate::scan::{decimal, rsplit_once, signed, split_once};
use crate::types::Status;
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/PID/stat";

/// `PF_KTHREAD` of linux/sched.h.
const KERNEL_THREAD: u64 = 0x0020_0000;

/// What `stat` says, in the kernel's words and units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat<'a> {
    /// The id of the process, or of the thread.
    pub pid: u32,
    /// The name, at most 15 bytes; kernel workers have longer ones.
    pub comm: &'a [u8],
    /// The state's letter.
    pub state: u8,
    /// The parent's id; 0 where there is none to see.
    pub ppid: u32,
    /// Process group.
    pub pgrp: i32,
    /// Session.
    pub session: i32,
    /// Device number of the controlling terminal; 0 without one.
    pub tty_nr: u32,
    /// The kernel's flags.
    pub flags: u64,
    /// Count. Page faults that needed no disk.
    pub minflt: u64,
    /// Count. Page faults that needed the disk.
    pub majflt: u64,
    /// Clock ticks. In user mode.
    pub utime_ticks: u64,
    /// Clock ticks. In the kernel.
    pub stime_ticks: u64,
    /// Clock ticks. In user mode, of children waited for.
    pub cutime_ticks: u64,
    /// Clock ticks. In the kernel, of children waited for.
    pub cstime_ticks: u64,
    /// The kernel's priority.
    pub priority: i64,
    /// -20 to 19.
    pub nice: i32,
    /// Count. Threads; a placeholder 0 before Linux 2.6.
    pub num_threads: u64,
    /// Clock ticks since boot. When it started.
    pub starttime_ticks: u64,
    /// Bytes. Address space.
    pub vsize_bytes: u64,
    /// Pages. In RAM.
    pub rss_pages: u64,
    /// The CPU it last ran on. Since Linux 2.2.8.
    pub processor: Option<u32>,
    /// Clock ticks. Waiting for block devices. Since Linux 2.6.18.
    pub blkio_ticks: Option<u64>,
}

impl<'a> Stat<'a> {
    /// Example: `1234 (bash) S 1 1234 1234 34816 1300 4194304 901 0 0 0 3 2 0 0 20 0 1 0 4711 ...`.
    ///
    /// Errors: [`ParseError`] naming the field when the line ends before the start time, or when one
    /// of those is not a number.
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let no_name = ParseError::new(SOURCE, "comm", Expected::Delimiter);
        let (head, tail) = rsplit_once(text, b')').ok_or(no_name)?;
        let (pid, comm) = split_once(head, b'(').ok_or(no_name)?;
        let mut fields = Fields {
            rest: tail,
            offset: head.len(),
        };
        let pid = decimal(pid.trim_ascii()).and_then(|pid| u32::try_from(pid).ok());
        Ok(Self {
            pid: pid.ok_or(ParseError::new(SOURCE, "pid", Expected::Number))?,
            comm,
            state: fields.word("state")?.first().copied().unwrap_or_default(),
            ppid: fields.number("ppid")?,
            pgrp: fields.number("pgrp")?,
            session: fields.number("session")?,
            // Printed signed since Linux 2.6; the bits are a device number.
            tty_nr: fields.number::<i32>("tty_nr")?.cast_unsigned(),
            flags: fields.skip(1).number("flags")?,
            minflt: fields.number("minflt")?,
            majflt: fields.skip(1).number("majflt")?,
            utime_ticks: fields.skip(1).number("utime")?,
            stime_ticks: fields.number("stime")?,
            cutime_ticks: fields.ticks("cutime")?,
            cstime_ticks: fields.ticks("cstime")?,
            priority: fields.number("priority")?,
            nice: fields.number("nice")?,
            num_threads: fields.number("num_threads")?,
            starttime_ticks: fields.skip(1).number("starttime")?,
            vsize_bytes: fields.number("vsize").unwrap_or(0),
            rss_pages: fields.ticks("rss").unwrap_or(0),
            processor: fields.skip(14).number("processor").ok(),
            blkio_ticks: fields.skip(2).number("delayacct_blkio_ticks").ok(),
        })
    }

    /// The same without the name, so that it can outlive the text.
    #[must_use]
    pub fn without_comm(&self) -> Stat<'static> {
        Stat {
            comm: &[],
            pid: self.pid,
            state: self.state,
            ppid: self.ppid,
            pgrp: self.pgrp,
            session: self.session,
            tty_nr: self.tty_nr,
            flags: self.flags,
            minflt: self.minflt,
            majflt: self.majflt,
            utime_ticks: self.utime_ticks,
            stime_ticks: self.stime_ticks,
            cutime_ticks: self.cutime_ticks,
            cstime_ticks: self.cstime_ticks,
            priority: self.priority,
            nice: self.nice,
            num_threads: self.num_threads,
            starttime_ticks: self.starttime_ticks,
            vsize_bytes: self.vsize_bytes,
            rss_pages: self.rss_pages,
            processor: self.processor,
            blkio_ticks: self.blkio_ticks,
        }
    }

    /// What the letter means; some have meant other things in other kernels, see proc_pid_stat(5).
    pub const fn status(&self) -> Status {
        match self.state {
            b'R' => Status::Running,
            b'S' => Status::Sleeping,
            b'D' => Status::DiskSleep,
            b'T' => Status::Stopped,
            b't' => Status::TracingStop,
            b'Z' => Status::Zombie,
            b'X' | b'x' => Status::Dead,
            b'K' => Status::WakeKill,
            b'W' => Status::Waking,
            b'I' => Status::Idle,
            b'P' => Status::Parked,
            _ => Status::Unknown,
        }
    }

    /// Whether this is a thread of the kernel: it has no memory, command line or executable.
    pub const fn is_kernel_thread(&self) -> bool {
        self.flags & KERNEL_THREAD != 0
    }
}

/// The words behind the name, read forward once.
struct Fields<'a> {
    rest: &'a [u8],
    offset: usize,
}

/// A number a field can hold.
trait Number: Sized {
    fn read(word: &[u8]) -> Option<Self>;
}

impl Number for u64 {
    fn read(word: &[u8]) -> Option<Self> {
        decimal(word)
    }
}

impl Number for i64 {
    fn read(word: &[u8]) -> Option<Self> {
        signed(word)
    }
}

impl Number for u32 {
    fn read(word: &[u8]) -> Option<Self> {
        decimal(word)?.try_into().ok()
    }
}

impl Number for i32 {
    fn read(word: &[u8]) -> Option<Self> {
        signed(word)?.try_into().ok()
    }
}

impl<'a> Fields<'a> {
    fn next(&mut self) -> Option<&'a [u8]> {
        // The kernel separates by one blank each and ends with a newline.
        let start = self.rest.iter().position(|byte| *byte > b' ')?;
        let from = self.rest.get(start..)?;
        let length = from.iter().position(|byte| *byte <= b' ');
        let (word, rest) = from.split_at_checked(length.unwrap_or(from.len()))?;
        self.rest = rest;
        self.offset = self.offset.saturating_add(start).saturating_add(word.len());
        Some(word)
    }

    fn skip(&mut self, words: usize) -> &mut Self {
        for _ in 0..words {
            self.next();
        }
        self
    }

    fn word(&mut self, field: &'static str) -> Result<&'a [u8], ParseError> {
        let missing = ParseError::new(SOURCE, field, Expected::Present).at(self.offset);
        self.next().ok_or(missing)
    }

    fn number<T: Number>(&mut self, field: &'static str) -> Result<T, ParseError> {
        let word = self.word(field)?;
        T::read(word).ok_or(ParseError::new(SOURCE, field, Expected::Number).at(self.offset))
    }

    /// Some are printed signed though never meant to be negative; a negative one is 0.
    fn ticks(&mut self, field: &'static str) -> Result<u64, ParseError> {
        Ok(self.number::<i64>(field)?.try_into().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASH: &[u8] = b"1234 (bash) S 1 1234 1234 34816 1300 4194304 901 10 2 3 31 12 5 4 20 -5 2 0 \
        4711 7401472 981 18446744073709551615 1 1 0 0 0 0 65536 3670020 1266777851 0 0 0 17 3 0 0 8 0 0\n";

    #[test]
    fn every_field_is_found() {
        let stat = Stat::parse(BASH).unwrap();
        assert_eq!(
            (stat.pid, stat.comm, stat.state, stat.ppid),
            (1234, &b"bash"[..], b'S', 1)
        );
        assert_eq!(
            (stat.tty_nr, stat.flags, stat.minflt, stat.majflt),
            (34816, 4_194_304, 901, 2)
        );
        assert_eq!((stat.utime_ticks, stat.stime_ticks), (31, 12));
        assert_eq!((stat.cutime_ticks, stat.cstime_ticks), (5, 4));
        assert_eq!(
            (stat.nice, stat.num_threads, stat.starttime_ticks),
            (-5, 2, 4711)
        );
        assert_eq!((stat.vsize_bytes, stat.rss_pages), (7_401_472, 981));
        assert_eq!((stat.processor, stat.blkio_ticks), (Some(3), Some(8)));
        assert_eq!(stat.status(), Status::Sleeping);
        assert!(!stat.is_kernel_thread());
    }

    #[test]
    fn comm_may_contain_parentheses_blanks_and_newlines() {
        for name in [&b") ("[..], b") R 9 (\n", b"(((", b")))", b" ", b""] {
            let mut text = b"7 (".to_vec();
            text.extend_from_slice(name);
            text.extend_from_slice(BASH.split_at(11).1.strip_prefix(b")").unwrap_or(b""));
            let text = [&b"7 ("[..], name, b")", &BASH[11..]].concat();
            let stat = Stat::parse(&text).unwrap();
            assert_eq!(
                (stat.comm, stat.ppid, stat.starttime_ticks),
                (name, 1, 4711)
            );
        }
    }

    #[test]
    fn kernel_threads_show_by_their_flag() {
        let text = b"2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 9 0 0 20 0 1 0 5 0 0 1";
        assert!(Stat::parse(text).unwrap().is_kernel_thread());
    }

    #[test]
    fn an_old_kernel_ends_the_line_early() {
        // Linux 2.6.9 stops before the I/O delay; 2.2 before the processor.
        let text = b"1 (init) S 0 0 0 0 -1 256 97 0 9 0 1 510 0 0 15 0 1 0 9 1548288 142 \
            4294967295 134512640 134540800 3221225424 3221224016 4294960144 0 0 1467013372 680207875 \
            3222652612 0 0 0 0\n";
        let stat = Stat::parse(text).unwrap();
        assert_eq!((stat.processor, stat.blkio_ticks), (Some(0), None));
        let text = b"1 (init) S 0 0 0 0 -1 256 97 0 9 0 1 510 0 0 15 0 1 0 9 1548288 142";
        assert_eq!(Stat::parse(text).unwrap().processor, None);
    }

    #[test]
    fn a_missing_or_odd_field_is_named() {
        let error = Stat::parse(b"1 (init) S 0 x").unwrap_err();
        assert_eq!((error.field, error.expected), ("pgrp", Expected::Number));
        let error = Stat::parse(b"1 (init) S 0 0").unwrap_err();
        assert_eq!(
            (error.field, error.expected),
            ("session", Expected::Present)
        );
        assert_eq!(Stat::parse(b"").unwrap_err().field, "comm");
    }

    #[test]
    fn unknown_letters_are_unknown() {
        let text = BASH.to_vec();
        let odd: Vec<u8> = text
            .iter()
            .map(|b| if *b == b'S' { b'Q' } else { *b })
            .collect();
        assert_eq!(Stat::parse(&odd).unwrap().status(), Status::Unknown);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Stat::parse(&text);
        }

        #[test]
        fn never_panics_on_a_damaged_line(at in 0..BASH.len(), byte: u8, length in 0..BASH.len()) {
            let mut text = BASH.to_vec();
            text[at] = byte;
            text.truncate(length);
            let _ = Stat::parse(&text);
        }
    }
}
