//! The machine's numbers that do not change while a program runs.

use std::ffi::c_int;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_plausible() {
        assert!((1..=10_000).contains(&clock_ticks()));
        assert!(page_size().is_power_of_two() && page_size() >= 4096);
        assert!(online_cpus().is_some_and(|n| n >= 1));
    }
}
