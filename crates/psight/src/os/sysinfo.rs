//! Swap and uptime from sysinfo(2), which answers where `/proc/meminfo` is hidden.

/// What sysinfo(2) counts, in bytes and seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawSysinfo {
    /// Bytes. All usable memory.
    pub(crate) total_memory: u64,
    /// Bytes. Swap space of the system.
    pub(crate) total_swap: u64,
    /// Bytes. Swap space not in use.
    pub(crate) free_swap: u64,
    /// Seconds since the system started, sleep included.
    pub(crate) uptime: u64,
}

/// Asks sysinfo(2). The kernel counts in units of `mem_unit` bytes; that is multiplied out here.
#[allow(
    clippy::useless_conversion,
    clippy::unnecessary_fallible_conversions,
    reason = "The width of the fields differs by architecture."
)]
pub(crate) fn sysinfo() -> RawSysinfo {
    let raw = rustix::system::sysinfo();
    let unit = u64::from(raw.mem_unit);
    RawSysinfo {
        total_memory: u64::from(raw.totalram).saturating_mul(unit),
        total_swap: u64::from(raw.totalswap).saturating_mul(unit),
        free_swap: u64::from(raw.freeswap).saturating_mul(unit),
        uptime: u64::try_from(raw.uptime).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_swap_is_part_of_the_swap() {
        let now = sysinfo();
        assert!(now.total_memory > 0 && now.uptime > 0);
        assert!(now.free_swap <= now.total_swap);
    }
}
