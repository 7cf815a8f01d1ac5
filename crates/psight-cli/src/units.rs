//! Numbers as people read them: bytes, rates, spans, dates, percentages.

use std::time::Duration;

/// `512B`, `9.8K`, `1.5G`: powers of 1024, one decimal.
pub(crate) fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    amount(count as f64)
}

/// The same for a fraction, as of a rate.
fn amount(count: f64) -> String {
    let mut rest = count;
    for symbol in ["B", "K", "M", "G", "T", "P", "E"] {
        // What would round up to 1024.0 belongs to the next symbol.
        if rest < if symbol == "B" { 1023.5 } else { 1023.95 } || symbol == "E" {
            return if symbol == "B" {
                format!("{rest:.0}B")
            } else {
                format!("{rest:.1}{symbol}")
            };
        }
        rest /= 1024.0;
    }
    String::new()
}

/// `9.8K/s`.
pub(crate) fn rate(bytes_per_second: f64) -> String {
    format!("{}/s", amount(bytes_per_second))
}

/// `41.5%`.
pub(crate) fn percent(value: f64) -> String {
    format!("{value:.1}%")
}

/// Whole seconds of a span, and the rest in hundredths; 0 for what is no span.
fn whole(seconds: f64) -> (u64, u32) {
    let span = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
    (span.as_secs(), span.subsec_millis() / 10)
}

/// CPU time, as `0:00.03`, `12:34.56`, `3:04:05` or `12d 03:04`.
pub(crate) fn cpu_time(seconds: f64) -> String {
    let (whole, hundredths) = whole(seconds);
    let (s, m, h) = (whole % 60, whole / 60 % 60, whole / 3600);
    match h {
        0 => format!("{m}:{s:02}.{hundredths:02}"),
        1..100 => format!("{h}:{m:02}:{s:02}"),
        _ => format!("{}d {:02}:{m:02}", h / 24, h % 24),
    }
}

/// A span in at most six columns: `12s`, `5m03s`, `3h12m`, `4d05h`, `2y031d`.
pub(crate) fn age(seconds: f64) -> String {
    let (whole, _) = whole(seconds);
    let (s, m, h, d) = (
        whole % 60,
        whole / 60 % 60,
        whole / 3600 % 24,
        whole / 86_400,
    );
    match (d, h, m) {
        (0, 0, 0) => format!("{s}s"),
        (0, 0, _) => format!("{m}m{s:02}s"),
        (0, ..) => format!("{h}h{m:02}m"),
        (1..365, ..) => format!("{d}d{h:02}h"),
        _ => format!("{}y{:03}d", d / 365, d % 365),
    }
}

/// A longer span in words: `3 days 04:12`, `04:12`.
pub(crate) fn uptime(span: Duration) -> String {
    let whole = span.as_secs();
    let (m, h, d) = (whole / 60 % 60, whole / 3600 % 24, whole / 86_400);
    match d {
        0 => format!("{h}:{m:02}"),
        1 => format!("1 day {h}:{m:02}"),
        _ => format!("{d} days {h}:{m:02}"),
    }
}

/// A moment: `2026-01-31 23:59:01 UTC`.
pub(crate) fn moment(epoch_seconds: f64) -> String {
    if !(0.0..253_402_300_800.0).contains(&epoch_seconds) {
        return "-".to_owned();
    }
    let (whole, _) = whole(epoch_seconds);
    let (year, month, day) = date(whole / 86_400);
    let (s, m, h) = (whole % 60, whole / 60 % 60, whole / 3600 % 24);
    format!("{year}-{month:02}-{day:02} {h:02}:{m:02}:{s:02} UTC")
}

/// Year, month and day in the Gregorian calendar, by days since 1970-01-01.
///
/// Years are counted from March, so that the leap day is the last of its year.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (era * 400 + year + next, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_powers_of_1024_and_never_show_1024() {
        let shown = [0, 1023, 1024, 10_000, 100_001_221, 1_048_575, u64::MAX].map(bytes);
        assert_eq!(
            shown,
            ["0B", "1023B", "1.0K", "9.8K", "95.4M", "1.0M", "16.0E"]
        );
        assert_eq!(rate(1536.0), "1.5K/s");
    }

    #[test]
    fn spans_keep_their_two_biggest_parts() {
        let shown = [0.4, 63.0, 7_260.0, 100_000.0, 90_000_000.0].map(age);
        assert_eq!(shown, ["0s", "1m03s", "2h01m", "1d03h", "2y311d"]);
        let shown = [0.034, 754.5, 11_045.0, 1_000_000.0, f64::NAN].map(cpu_time);
        assert_eq!(
            shown,
            ["0:00.03", "12:34.50", "3:04:05", "11d 13:46", "0:00.00"]
        );
        assert_eq!(uptime(Duration::from_mins(1501)), "1 day 1:01");
    }

    #[test]
    fn moments_are_gregorian() {
        assert_eq!(moment(0.0), "1970-01-01 00:00:00 UTC");
        assert_eq!(moment(951_782_399.0), "2000-02-28 23:59:59 UTC");
        assert_eq!(moment(951_782_400.9), "2000-02-29 00:00:00 UTC");
        assert_eq!(moment(4_107_542_400.0), "2100-03-01 00:00:00 UTC");
        assert_eq!((moment(f64::NAN), moment(-1.0)), ("-".into(), "-".into()));
    }
}
