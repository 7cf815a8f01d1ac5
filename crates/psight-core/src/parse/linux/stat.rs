//! `/proc/stat`: CPU ticks, event counters and the boot time.
//!
//! Authority: `proc_stat(5)`, Documentation/filesystems/proc.rst. The `intr` line holds one number
//! per interrupt line and may be tens of kilobytes long; no function here reads more of it than
//! needed.

use crate::scan::{decimal, lines, split_once, words};
use crate::types::CpuTimes;
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/stat";

/// A `cpu` or `cpuN` line, in ticks since boot. An old kernel prints fewer columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CpuTicks {
    /// Ticks. User mode, `guest_ticks` included.
    pub user_ticks: u64,
    /// Ticks. Niced user mode, `guest_nice_ticks` included.
    pub nice_ticks: u64,
    /// Ticks. In the kernel.
    pub system_ticks: u64,
    /// Ticks. Nothing to do.
    pub idle_ticks: u64,
    /// Ticks. Idle with a disk request outstanding; may go down. Since Linux 2.5.41.
    pub iowait_ticks: Option<u64>,
    /// Ticks. Hardware interrupts. Since Linux 2.6.0.
    pub irq_ticks: Option<u64>,
    /// Ticks. Deferred interrupt work. Since Linux 2.6.0.
    pub softirq_ticks: Option<u64>,
    /// Ticks. Taken by the hypervisor. Since Linux 2.6.11.
    pub steal_ticks: Option<u64>,
    /// Ticks. Running guests. Since Linux 2.6.24.
    pub guest_ticks: Option<u64>,
    /// Ticks. Running niced guests. Since Linux 2.6.33.
    pub guest_nice_ticks: Option<u64>,
}

impl CpuTicks {
    /// The columns behind the name of a line; surplus ones of a newer kernel are ignored.
    fn columns(columns: &[u8]) -> Result<Self, ParseError> {
        let mut columns = words(columns);
        let mut required = |field| match columns.next() {
            Some(word) => decimal(word).ok_or(ParseError::new(SOURCE, field, Expected::Number)),
            None => Err(ParseError::new(SOURCE, field, Expected::Present)),
        };
        let (user_ticks, nice_ticks) = (required("user")?, required("nice")?);
        let (system_ticks, idle_ticks) = (required("system")?, required("idle")?);
        let mut optional = || columns.next().and_then(decimal);
        Ok(Self {
            user_ticks,
            nice_ticks,
            system_ticks,
            idle_ticks,
            iowait_ticks: optional(),
            irq_ticks: optional(),
            softirq_ticks: optional(),
            steal_ticks: optional(),
            guest_ticks: optional(),
            guest_nice_ticks: optional(),
        })
    }

    /// The same in seconds. `ticks_per_second` is `sysconf(_SC_CLK_TCK)`; 0 is taken as 1.
    pub fn seconds(self, ticks_per_second: u64) -> CpuTimes {
        let seconds = |ticks| float(ticks) / float(ticks_per_second.max(1));
        CpuTimes {
            user: seconds(self.user_ticks),
            nice: Some(seconds(self.nice_ticks)),
            system: seconds(self.system_ticks),
            idle: seconds(self.idle_ticks),
            iowait: self.iowait_ticks.map(seconds),
            irq: self.irq_ticks.map(seconds),
            softirq: self.softirq_ticks.map(seconds),
            steal: self.steal_ticks.map(seconds),
            guest: self.guest_ticks.map(seconds),
            guest_nice: self.guest_nice_ticks.map(seconds),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 ticks are 2.8 million CPU-years at 100 Hz"
)]
const fn float(ticks: u64) -> f64 {
    ticks as f64
}

/// The whole of `/proc/stat`. A line the kernel does not print is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stat {
    /// All CPUs together.
    pub cpu: CpuTicks,
    /// Online CPUs by number, in the kernel's order. An offline CPU has no line.
    pub cpus: Vec<(u32, CpuTicks)>,
    /// Count. Context switches since boot.
    pub ctxt: Option<u64>,
    /// Count. Interrupts since boot.
    pub intr: Option<u64>,
    /// Count. Software interrupts since boot. Since Linux 2.6.31.
    pub softirq: Option<u64>,
    /// Seconds since the epoch. When the system started, as the wall clock sees it now.
    pub btime: Option<u64>,
    /// Count. Tasks running or ready to run. Since Linux 2.5.45.
    pub procs_running: Option<u64>,
    /// Count. Tasks waiting for a disk. Since Linux 2.5.45.
    pub procs_blocked: Option<u64>,
}

impl Stat {
    /// `/proc/stat`, every line.
    ///
    /// Example line: `cpu  10132153 290696 3084719 46828483 16683 0 25195 0 175628 0`.
    /// Errors: [`ParseError`] when the `cpu` line or one of its first four numbers is missing.
    pub fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let mut stat = Self {
            cpu: cpu(text)?,
            cpus: Vec::new(),
            ctxt: None,
            intr: None,
            softirq: None,
            btime: None,
            procs_running: None,
            procs_blocked: None,
        };
        for line in lines(text) {
            let Some((key, rest)) = split_once(line, b' ') else {
                continue;
            };
            let slot = match key {
                b"ctxt" => &mut stat.ctxt,
                b"intr" => &mut stat.intr,
                b"softirq" => &mut stat.softirq,
                b"btime" => &mut stat.btime,
                b"procs_running" => &mut stat.procs_running,
                b"procs_blocked" => &mut stat.procs_blocked,
                _ => {
                    if let Some(number) = cpu_number(key) {
                        stat.cpus.push((number, CpuTicks::columns(rest)?));
                    }
                    continue;
                }
            };
            *slot = first(rest);
        }
        Ok(stat)
    }
}

/// The `cpu` line: all CPUs together. Reads no further than the first line.
///
/// Errors: [`ParseError`] when the first line is another or one of its first four numbers is
/// missing.
pub fn cpu(text: &[u8]) -> Result<CpuTicks, ParseError> {
    let line = lines(text)
        .next()
        .and_then(|line| line.strip_prefix(b"cpu "));
    CpuTicks::columns(line.ok_or(ParseError::new(SOURCE, "cpu", Expected::Present))?)
}

/// The `cpuN` lines, in the kernel's order. Reads no further than the last of them.
///
/// Errors: [`ParseError`] when one of a line's first four numbers is missing.
pub fn cpus(text: &[u8]) -> Result<Vec<(u32, CpuTicks)>, ParseError> {
    let rows = lines(text).take_while(|line| line.starts_with(b"cpu"));
    rows.filter_map(|line| {
        let (key, rest) = split_once(line, b' ')?;
        Some(cpu_number(key).map(|number| Ok((number, CpuTicks::columns(rest)?))))
    })
    .flatten()
    .collect()
}

/// The `btime` line: seconds since the epoch. Reads from the end, where that line is.
///
/// Errors: [`ParseError`] when there is no such line or no number in it.
pub fn btime(text: &[u8]) -> Result<u64, ParseError> {
    text.rsplit(|b| *b == b'\n')
        .find_map(|line| line.strip_prefix(b"btime "))
        .ok_or(ParseError::new(SOURCE, "btime", Expected::Present))
        .and_then(|rest| first(rest).ok_or(ParseError::new(SOURCE, "btime", Expected::Number)))
}

fn cpu_number(key: &[u8]) -> Option<u32> {
    decimal(key.strip_prefix(b"cpu")?)?.try_into().ok()
}

fn first(rest: &[u8]) -> Option<u64> {
    words(rest).next().and_then(decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NEW: &[u8] = b"cpu  900 1 20 3000 4 0 6 7 8 9 77\n\
        cpu0 450 1 10 1500 2 0 3 3 4 4\n\
        cpu2 450 0 10 1500 2 0 3 4 4 5\n\
        intr 12345 0 9 0 0 1\n\
        ctxt 678\n\
        btime 1700000000\n\
        processes 99\n\
        procs_running 2\n\
        procs_blocked 1\n\
        softirq 55 1 2 3\n";

    #[test]
    fn every_line_is_read() {
        let stat = Stat::parse(NEW).unwrap();
        assert_eq!(
            (stat.cpu.user_ticks, stat.cpu.guest_nice_ticks),
            (900, Some(9))
        );
        assert_eq!(
            stat.cpus.iter().map(|(n, _)| *n).collect::<Vec<_>>(),
            [0, 2]
        );
        assert_eq!(
            (stat.intr, stat.ctxt, stat.softirq),
            (Some(12345), Some(678), Some(55))
        );
        assert_eq!((stat.procs_running, stat.procs_blocked), (Some(2), Some(1)));
        assert_eq!(stat.btime, Some(1_700_000_000));
        assert_eq!(btime(NEW), Ok(1_700_000_000));
        assert_eq!(cpu(NEW), Ok(stat.cpu));
        assert_eq!(cpus(NEW), Ok(stat.cpus));
    }

    #[test]
    fn linux_2_4_prints_four_columns() {
        let ticks = cpu(b"cpu  1 2 3 4\n").unwrap();
        assert_eq!((ticks.idle_ticks, ticks.iowait_ticks), (4, None));
        let times = ticks.seconds(100);
        assert_eq!((times.nice, times.iowait), (Some(0.02), None));
    }

    #[test]
    fn missing_lines_are_absent_not_zero() {
        let stat = Stat::parse(b"cpu  1 2 3 4\n").unwrap();
        assert_eq!(
            (stat.ctxt, stat.intr, stat.softirq, stat.btime),
            (None, None, None, None)
        );
        assert_eq!(btime(b"cpu  1 2 3 4\n").unwrap_err().field, "btime");
    }

    #[test]
    fn a_cut_cpu_line_is_an_error() {
        assert_eq!(cpu(b"cpu  1 2 3\n").unwrap_err().field, "idle");
        assert_eq!(cpu(b"").unwrap_err().expected, Expected::Present);
        assert_eq!(
            cpu(b"cpu  1 x 3 4\n").unwrap_err().expected,
            Expected::Number
        );
        assert!(cpus(b"cpu  1 2 3 4\ncpu0 1\n").is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>, ticks: u64) {
            let _ = (Stat::parse(&text), btime(&text), cpus(&text));
            let _ = cpu(&[b"cpu ", &text[..]].concat()).map(|cpu| cpu.seconds(ticks));
        }
    }
}
