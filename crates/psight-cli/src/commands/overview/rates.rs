//! Counters of two looks as rates.

use psight::{ByName, DiskIoCounters, NetIoCounters};

/// Bytes per second into and out of something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Flow {
    /// Received, or read.
    pub(super) inward: f64,
    /// Sent, or written.
    pub(super) outward: f64,
    /// Bytes. Received or read in all.
    pub(super) total_in: u64,
    /// Bytes. Sent or written in all.
    pub(super) total_out: u64,
}

impl Flow {
    /// The rates between two looks; `None` where a counter ran backwards.
    fn between(old: (u64, u64), new: (u64, u64), seconds: f64) -> Option<Self> {
        let rate = |old: u64, new: u64| {
            #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
            let bytes = new.checked_sub(old)? as f64;
            (seconds > 0.0).then(|| bytes / seconds)
        };
        let (inward, outward) = (rate(old.0, new.0)?, rate(old.1, new.1)?);
        Some(Self {
            inward,
            outward,
            total_in: new.0,
            total_out: new.1,
        })
    }

    pub(super) fn of_disk(
        old: &DiskIoCounters,
        new: &DiskIoCounters,
        seconds: f64,
    ) -> Option<Self> {
        let bytes = |io: &DiskIoCounters| (io.read_bytes, io.write_bytes);
        Self::between(bytes(old), bytes(new), seconds)
    }

    pub(super) fn of_nic(old: &NetIoCounters, new: &NetIoCounters, seconds: f64) -> Option<Self> {
        let bytes = |io: &NetIoCounters| (io.bytes_recv, io.bytes_sent);
        Self::between(bytes(old), bytes(new), seconds)
    }
}

/// Counters by name, looked at twice.
pub(super) trait Flows {
    /// The flow of each that was there both times.
    fn flows(&self, now: &Self, seconds: f64) -> ByName<Flow>;
}

impl Flows for ByName<DiskIoCounters> {
    fn flows(&self, now: &Self, seconds: f64) -> ByName<Flow> {
        flows(self, now, |old, new| Flow::of_disk(old, new, seconds))
    }
}

impl Flows for ByName<NetIoCounters> {
    fn flows(&self, now: &Self, seconds: f64) -> ByName<Flow> {
        flows(self, now, |old, new| Flow::of_nic(old, new, seconds))
    }
}

fn flows<T>(
    old: &ByName<T>,
    now: &ByName<T>,
    flow: impl Fn(&T, &T) -> Option<Flow>,
) -> ByName<Flow> {
    let both = now
        .iter()
        .filter_map(|(name, new)| Some((name.to_os_string(), flow(old.get(name)?, new)?)));
    both.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_that_ran_backwards_has_no_rate() {
        assert_eq!(Flow::between((5, 0), (4, 9), 1.0), None);
        assert_eq!(Flow::between((5, 0), (6, 9), 0.0), None);
        let flow = Flow::between((100, 0), (300, 50), 0.5).unwrap();
        assert_eq!(
            (flow.inward, flow.outward, flow.total_in),
            (400.0, 100.0, 300)
        );
    }
}
