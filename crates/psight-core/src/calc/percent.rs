//! Shares in percent, rounded as psutil rounds them.
//!
//! A share of nothing is 0. Every function that divides stands here, so that no platform forgets
//! the zero.

use core::cmp::Ordering;

use crate::types::{CpuFreq, CpuTimes, DiskUsage};

#[expect(clippy::cast_precision_loss, reason = "a percentage has four digits")]
const fn float(number: u64) -> f64 {
    number as f64
}

/// A number to one decimal. A tie goes to the even digit, and what is a tie is decided on the exact
/// binary value, so 0.25 becomes 0.2 and 0.35, which is a little less, 0.3: as Python rounds.
pub fn round1(value: f64) -> f64 {
    /// From here on neighboring numbers are 1 apart, so there is no decimal left to round.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let tenfold = value * 10.0;
    if tenfold.is_nan() || tenfold.abs() >= WHOLE {
        return value;
    }
    let below = tenfold.floor();
    let tenths = match (tenfold - below).total_cmp(&0.5) {
        Ordering::Less => below,
        Ordering::Greater => below + 1.0,
        // The product may have been rounded into the middle; its error tells the side.
        Ordering::Equal => match value.mul_add(10.0, -tenfold).partial_cmp(&0.0) {
            Some(Ordering::Less) => below,
            Some(Ordering::Greater) => below + 1.0,
            _ => tenfold.round_ties_even(),
        },
    };
    tenths / 10.0
}

/// Percent. `part` of `whole`, one decimal; 0 of nothing.
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        round1(float(part) / float(whole) * 100.0)
    }
}

/// Percent, 0 to 100. The share of time not spent idle between two readings, one decimal.
///
/// A field that went down, as `iowait` and `steal` may, counts as unchanged. Guest time is part of
/// user time and counts once. 0 when no time has passed.
pub fn cpu_percent(before: &CpuTimes, after: &CpuTimes) -> f64 {
    let passed = difference(before, after);
    let total = cpu_total(&passed);
    if total > 0.0 {
        within(cpu_busy(&passed) / total * 100.0)
    } else {
        0.0
    }
}

/// Percent, each field 0 to 100. The share of each mode between two readings, one decimal.
///
/// Below one CPU-second of passed time the fields do not add up to 100: they are divided by one
/// second then, as psutil does.
pub fn cpu_times_percent(before: &CpuTimes, after: &CpuTimes) -> CpuTimes {
    let passed = difference(before, after);
    shares(&passed, cpu_total(&passed).max(1.0))
}

/// Percent, each field 0 to 100. The share of each mode between two readings, one decimal, adding
/// up to 100 however little time has passed; zeros when none has.
pub fn cpu_modes_percent(before: &CpuTimes, after: &CpuTimes) -> CpuTimes {
    let passed = difference(before, after);
    shares(&passed, cpu_total(&passed))
}

fn shares(passed: &CpuTimes, whole: f64) -> CpuTimes {
    let scale = if whole > 0.0 { 100.0 / whole } else { 0.0 };
    let share = |seconds: f64| within(seconds * scale);
    CpuTimes {
        user: share(passed.user),
        nice: passed.nice.map(share),
        system: share(passed.system),
        idle: share(passed.idle),
        iowait: passed.iowait.map(share),
        irq: passed.irq.map(share),
        softirq: passed.softirq.map(share),
        steal: passed.steal.map(share),
        guest: passed.guest.map(share),
        guest_nice: passed.guest_nice.map(share),
    }
}

/// Seconds passed in each mode; a field is absent where either reading lacks it.
fn difference(before: &CpuTimes, after: &CpuTimes) -> CpuTimes {
    let passed = |before: f64, after: f64| (after - before).max(0.0);
    let both = |before: Option<f64>, after: Option<f64>| Some(passed(before?, after?));
    CpuTimes {
        user: passed(before.user, after.user),
        nice: both(before.nice, after.nice),
        system: passed(before.system, after.system),
        idle: passed(before.idle, after.idle),
        iowait: both(before.iowait, after.iowait),
        irq: both(before.irq, after.irq),
        softirq: both(before.softirq, after.softirq),
        steal: both(before.steal, after.steal),
        guest: both(before.guest, after.guest),
        guest_nice: both(before.guest_nice, after.guest_nice),
    }
}

/// Seconds not spent idle.
pub fn cpu_busy(times: &CpuTimes) -> f64 {
    cpu_total(times) - times.idle - times.iowait.unwrap_or(0.0)
}

/// Seconds in all modes. Guest time is inside `user` and `nice` already; adding it here before it
/// is taken off again keeps the sum the same number as psutil's, to the last bit.
pub fn cpu_total(times: &CpuTimes) -> f64 {
    let guest = times.guest.unwrap_or(0.0);
    let guest_nice = times.guest_nice.unwrap_or(0.0);
    let modes = [
        times.user,
        times.nice.unwrap_or(0.0),
        times.system,
        times.idle,
        times.iowait.unwrap_or(0.0),
        times.irq.unwrap_or(0.0),
        times.softirq.unwrap_or(0.0),
        times.steal.unwrap_or(0.0),
        guest,
        guest_nice,
    ];
    modes.iter().sum::<f64>() - guest - guest_nice
}

/// One decimal, 0 to 100; a negative zero becomes plain.
fn within(percent: f64) -> f64 {
    round1(percent).clamp(0.0, 100.0) + 0.0
}

/// Percent of one CPU, so up to 100 times the CPUs, one decimal: seconds a process was busy of the
/// seconds that passed. 0 when none passed, or when a clock went backwards.
pub fn process_cpu_percent(busy_delta_s: f64, wall_delta_s: f64) -> f64 {
    if wall_delta_s > 0.0 && busy_delta_s > 0.0 {
        round1(busy_delta_s / wall_delta_s * 100.0)
    } else {
        0.0
    }
}

/// Space on a file system from the counts of `statvfs(3)`, in blocks of `frsize` bytes.
///
/// `bavail` is what an ordinary user can still write, `bfree` includes the reserve of the
/// superuser. The percentage is of what an ordinary user can ever have, as `df` counts.
pub fn disk_usage(blocks: u64, bfree: u64, bavail: u64, frsize: u64) -> DiskUsage {
    let used = blocks.saturating_sub(bfree).saturating_mul(frsize);
    let free = bavail.saturating_mul(frsize);
    DiskUsage {
        total: blocks.saturating_mul(frsize),
        used,
        free,
        percent: ratio(used, used.saturating_add(free)),
    }
}

/// Percent, not rounded: `part` of `whole`; 0 of nothing.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        float(part) / float(whole) * 100.0
    }
}

/// Percent, not rounded: what is left in a battery of what it holds when full; 0 of nothing.
///
/// Multiplied first, as psutil does, so that 7 of 100 is 7 and not a last bit beside it.
pub fn charge(now: u64, full: u64) -> f64 {
    if full == 0 {
        0.0
    } else {
        100.0 * float(now) / float(full)
    }
}

/// Percent of one CPU, one decimal: what [`process_cpu_percent`] tells, of any two stretches of
/// seconds.
pub fn of_time(busy_delta_s: f64, wall_delta_s: f64) -> f64 {
    process_cpu_percent(busy_delta_s, wall_delta_s)
}

/// The mean clock rate; `None` without CPUs. A limit that one CPU does not tell has no mean.
pub fn mean_freq(cpus: &[CpuFreq]) -> Option<CpuFreq> {
    if let [only] = cpus {
        return Some(*only);
    }
    let count = float(u64::try_from(cpus.len()).ok().filter(|count| *count > 0)?);
    let mean = |rate: fn(&CpuFreq) -> Option<f64>| {
        let sum = cpus
            .iter()
            .map(rate)
            .try_fold(0.0, |sum, rate| Some(sum + rate?))?;
        Some(sum / count)
    };
    Some(CpuFreq {
        current: mean(|cpu| Some(cpu.current))?,
        min: mean(|cpu| cpu.min),
        max: mean(|cpu| cpu.max),
    })
}

#[cfg(test)]
#[expect(
    clippy::float_cmp,
    reason = "rounding to one decimal is exact or wrong"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZERO: CpuTimes = CpuTimes {
        user: 0.0,
        nice: Some(0.0),
        system: 0.0,
        idle: 0.0,
        iowait: Some(0.0),
        irq: Some(0.0),
        softirq: Some(0.0),
        steal: Some(0.0),
        guest: Some(0.0),
        guest_nice: Some(0.0),
    };

    #[test]
    fn a_tie_goes_to_the_even_digit_of_the_binary_value() {
        let cases = [
            (0.25, 0.2),
            (0.75, 0.8),
            (0.35, 0.3),
            (0.45, 0.5),
            (99.95, 100.0),
            (2.675, 2.7),
        ];
        for (value, rounded) in cases {
            assert_eq!(round1(value), rounded, "{value}");
            assert_eq!(round1(-value), -rounded, "{value}");
        }
        assert_eq!(round1(1e300), 1e300);
        assert!(round1(f64::NAN).is_nan());
    }

    #[test]
    fn a_share_of_nothing_is_zero() {
        assert_eq!(ratio(5, 0), 0.0);
        assert_eq!(ratio(1, 3), 33.3);
        assert_eq!(cpu_percent(&ZERO, &ZERO), 0.0);
        assert_eq!(process_cpu_percent(1.0, 0.0), 0.0);
        assert_eq!(disk_usage(0, 0, 0, 4096).percent, 0.0);
    }

    #[test]
    fn steal_that_went_down_counts_as_unchanged() {
        let before = CpuTimes {
            steal: Some(0.01),
            ..ZERO
        };
        let after = CpuTimes { user: 0.01, ..ZERO };
        assert_eq!(cpu_percent(&before, &after), 100.0);
        let percent = cpu_times_percent(&before, &after);
        assert_eq!((percent.user, percent.steal), (1.0, Some(0.0)));
    }

    #[test]
    fn guests_count_once_and_iowait_is_idle() {
        let after = CpuTimes {
            user: 30.0,
            guest: Some(30.0),
            idle: 50.0,
            iowait: Some(20.0),
            ..ZERO
        };
        assert_eq!(cpu_percent(&ZERO, &after), 30.0);
        let percent = cpu_times_percent(&ZERO, &after);
        assert_eq!(
            (percent.user, percent.guest, percent.idle),
            (30.0, Some(30.0), 50.0)
        );
    }

    #[test]
    fn fields_a_platform_lacks_stay_absent() {
        let times = CpuTimes {
            iowait: None,
            guest: None,
            steal: None,
            ..ZERO
        };
        let after = CpuTimes {
            user: 1.0,
            idle: 3.0,
            ..times
        };
        assert_eq!(cpu_percent(&times, &after), 25.0);
        assert_eq!(cpu_times_percent(&times, &after).iowait, None);
    }

    #[test]
    fn reserved_blocks_are_neither_used_nor_free() {
        let usage = disk_usage(1000, 400, 350, 4096);
        assert_eq!(
            (usage.total, usage.used, usage.free),
            (4_096_000, 2_457_600, 1_433_600)
        );
        assert_eq!(usage.percent, 63.2);
        assert_eq!(disk_usage(10, 20, 0, 1).used, 0);
    }

    #[test]
    fn a_process_may_use_several_cpus() {
        assert_eq!(process_cpu_percent(2.5, 1.0), 250.0);
        assert_eq!(process_cpu_percent(-0.1, 1.0), 0.0);
    }

    #[test]
    fn shares_are_not_rounded() {
        assert_eq!(share(1, 8), 12.5);
        assert_eq!(share(2, 3), 2.0 / 3.0 * 100.0);
        assert_eq!(charge(7, 100), 7.0);
        assert_eq!(charge(2, 3), 200.0 / 3.0);
        assert_eq!((share(5, 0), charge(5, 0)), (0.0, 0.0));
        assert_eq!((of_time(0.5, 2.0), of_time(1.0, 0.0)), (25.0, 0.0));
    }

    #[test]
    fn the_mean_rate_is_that_of_each_column() {
        let cpu = |current, min, max| CpuFreq { current, min, max };
        let slow = cpu(1000.0, Some(400.0), Some(2000.0));
        let fast = cpu(3000.0, Some(800.0), None);
        assert_eq!(mean_freq(&[]), None);
        assert_eq!(mean_freq(&[fast]), Some(fast));
        assert_eq!(
            mean_freq(&[slow, fast]),
            Some(cpu(2000.0, Some(600.0), None))
        );
    }

    proptest! {
        #[test]
        fn rounding_equals_exact_decimal_rounding(value in -1e6f64..1e6, n in -8000i32..8000) {
            for value in [value, f64::from(n) / 8.0, f64::from(n) / 20.0] {
                let exact: f64 = format!("{value:.1}").parse().unwrap();
                prop_assert_eq!(round1(value), exact);
            }
        }

        #[test]
        fn percentages_stay_within_bounds(
            before in proptest::array::uniform10(0f64..1e9),
            after in proptest::array::uniform10(0f64..1e9),
        ) {
            let times = |n: [f64; 10]| CpuTimes {
                user: n[0], nice: Some(n[1]), system: n[2], idle: n[3], iowait: Some(n[4]),
                irq: Some(n[5]), softirq: Some(n[6]), steal: Some(n[7]), guest: Some(n[8]),
                guest_nice: Some(n[9]),
            };
            let (before, after) = (times(before), times(after));
            prop_assert!((0.0..=100.0).contains(&cpu_percent(&before, &after)));
            let percent = cpu_times_percent(&before, &after);
            prop_assert!((0.0..=100.0).contains(&percent.user));
            prop_assert!((0.0..=100.0).contains(&percent.guest.unwrap()));
        }

        #[test]
        fn never_panics(value: f64, a: u64, b: u64, c: u64, d: u64) {
            let _ = (round1(value), ratio(a, b), process_cpu_percent(value, value));
            let _ = disk_usage(a, b, c, d);
        }
    }
}
