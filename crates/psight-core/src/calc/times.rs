//! Clock ticks to seconds.

/// Seconds of so many ticks, by the division psutil makes, so that both give the same number.
#[expect(
    clippy::cast_precision_loss,
    reason = "ticks of 2^53 are three million years"
)]
pub fn seconds(ticks: u64, ticks_per_second: u64) -> f64 {
    if ticks_per_second == 0 {
        0.0
    } else {
        ticks as f64 / ticks_per_second as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_divided() {
        assert!((seconds(4711, 100) - 47.11).abs() < f64::EPSILON);
        assert!(seconds(1, 0).abs() < f64::EPSILON);
    }
}
