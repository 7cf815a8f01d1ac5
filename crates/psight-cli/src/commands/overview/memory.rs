//! Physical memory and swap.

use super::sample::Sample;
use crate::bars::{bar, heading, heat};
use crate::line::{FAINT, Line, PLAIN, STRONG};
use crate::screen::Look;
use crate::show::UNKNOWN;
use crate::units;

/// Columns of the shortest bar; where there is less room, what is right of it is cut.
pub(super) const LEAST: usize = 8;

pub(super) fn lines(sample: &Sample, look: Look) -> Vec<Line> {
    let memory = sample.memory.as_ref();
    let mut summary = Line::new();
    if let Some(memory) = memory {
        let parts = [
            ("available", Some(memory.available)),
            ("cached", memory.cached),
            ("shared", memory.shared),
        ];
        for (name, bytes) in parts {
            let gap = if summary.width() == 0 { 0 } else { 2 };
            let text = bytes.map_or_else(|| UNKNOWN.to_owned(), units::bytes);
            summary = summary.gap(gap).text(FAINT, name).gap(1).text(PLAIN, text);
        }
    }
    vec![
        heading("Memory", summary, look.width, look),
        row("memory", memory.map(|m| (m.percent, m.used, m.total)), look),
        row(
            "swap",
            sample.swap.as_ref().map(|s| (s.percent, s.used, s.total)),
            look,
        ),
    ]
}

/// A label, a bar, a percentage, `used / total`.
fn row(label: &str, told: Option<(f64, u64, u64)>, look: Look) -> Line {
    let percent = told.map(|(percent, ..)| percent);
    let label = Line::new().gap(2).text(STRONG, label).fill(9);
    let tail = share(percent)
        .gap(1)
        .join(amounts(told.map(|(_, used, total)| (used, total))));
    let columns = look
        .width
        .saturating_sub(label.width() + 1 + tail.width())
        .max(LEAST);
    // A machine without swap has no bar of it.
    let percent = percent.filter(|_| told.is_some_and(|(_, _, total)| total > 0));
    label.join(bar(percent, columns, look)).gap(1).join(tail)
}

/// `  3.1G / 15.5G`, always of one width.
pub(super) fn amounts(told: Option<(u64, u64)>) -> Line {
    let shown = |bytes: Option<u64>| bytes.map_or_else(|| UNKNOWN.to_owned(), units::bytes);
    let (used, total) = (
        shown(told.map(|(used, _)| used)),
        shown(told.map(|(_, total)| total)),
    );
    Line::new()
        .text(PLAIN, format!("{used:>7}"))
        .text(FAINT, " / ")
        .text(PLAIN, format!("{total:>7}"))
}

/// A percentage of six columns.
pub(super) fn share(percent: Option<f64>) -> Line {
    let text = percent.map_or_else(|| UNKNOWN.to_owned(), units::percent);
    Line::new().text(heat(percent.unwrap_or_default()), format!("{text:>6}"))
}
