//! The numbers that do not change while a program runs, the monotonic clock, and the load.

use std::ffi::c_int;
use std::io;
use std::mem::MaybeUninit;
use std::time::Duration;

use super::call::checked;

/// Hertz. Ticks a second in which the kernel reports CPU times; 100 wherever it cannot tell.
///
/// Source: sysconf(3), `_SC_CLK_TCK`.
pub(crate) fn clock_ticks() -> u64 {
    configured(libc::_SC_CLK_TCK).unwrap_or(100)
}

/// Bytes in a page; 4096 wherever the system cannot tell.
///
/// Source: sysconf(3), `_SC_PAGESIZE`.
pub(crate) fn page_size() -> u64 {
    configured(libc::_SC_PAGESIZE).unwrap_or(4096)
}

/// How many logical CPUs are online; `None` when the system cannot tell.
///
/// Source: sysconf(3), `_SC_NPROCESSORS_ONLN`.
pub(crate) fn online_cpus() -> Option<u64> {
    configured(libc::_SC_NPROCESSORS_ONLN)
}

/// A positive number from sysconf(3).
fn configured(name: c_int) -> Option<u64> {
    // SAFETY: sysconf takes a number and touches no memory of ours.
    let answer = unsafe { libc::sysconf(name) };
    u64::try_from(answer).ok().filter(|n| *n > 0)
}

/// Time since an arbitrary start that nobody sets; stands still while the machine sleeps.
///
/// Source: `clock_gettime(2)`, `CLOCK_MONOTONIC`.
pub(crate) fn monotonic() -> io::Result<Duration> {
    let mut now = MaybeUninit::<libc::timespec>::uninit();
    // SAFETY: `now` is valid for writing one timespec.
    checked(unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, now.as_mut_ptr()) })?;
    // SAFETY: the call succeeded, so it filled `now`.
    let now = unsafe { now.assume_init() };
    let seconds = u64::try_from(now.tv_sec).unwrap_or(0);
    let nanoseconds = u32::try_from(now.tv_nsec).unwrap_or(0);
    Ok(Duration::new(seconds, nanoseconds))
}

/// Runnable processes on average over 1, 5 and 15 minutes.
///
/// Source: getloadavg(3).
pub(crate) fn getloadavg() -> io::Result<[f64; 3]> {
    let mut loads = [0.0; 3];
    // SAFETY: `loads` has room for the three numbers asked for.
    let filled = unsafe { libc::getloadavg(loads.as_mut_ptr(), 3) };
    // getloadavg(3) documents no error number.
    if filled == 3 {
        Ok(loads)
    } else {
        Err(io::Error::other("no load average"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_plausible() {
        assert!((1..=10_000).contains(&clock_ticks()));
        assert!(page_size().is_power_of_two() && page_size() >= 4096);
        assert!(online_cpus().is_some_and(|n| n >= 1));
    }

    #[test]
    fn the_monotonic_clock_does_not_go_back() {
        let before = monotonic().unwrap();
        assert!(before > Duration::ZERO);
        assert!(monotonic().unwrap() >= before);
    }

    #[test]
    fn loads_are_not_negative() {
        assert!(getloadavg().unwrap().iter().all(|load| *load >= 0.0));
    }
}
