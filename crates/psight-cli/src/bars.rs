//! Bars and rules.

use anstyle::Style;

use crate::line::{FAINT, GOOD, HEADING, HOT, Line, PLAIN, WARM};
use crate::screen::Look;

/// Blocks of one to seven eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// The color of a percentage: the fuller, the hotter.
pub(crate) fn heat(percent: f64) -> Style {
    match percent {
        ..60.0 => GOOD,
        ..85.0 => WARM,
        _ => HOT,
    }
}

/// A bar of that many columns; blank when the percentage is not known.
pub(crate) fn bar(percent: Option<f64>, columns: usize, look: Look) -> Line {
    let Some(percent) = percent.filter(|percent| percent.is_finite()) else {
        return Line::new().gap(columns);
    };
    let steps = if look.blocks { 8 } else { 1 };
    let filled = share(percent, columns * steps);
    let (full, rest) = (filled / steps, filled % steps);
    let (block, track) = if look.blocks {
        ("█", "░")
    } else {
        ("#", ".")
    };
    let tip = EIGHTHS.get(rest).copied().unwrap_or_default();
    let used = full + usize::from(rest > 0);
    Line::new()
        .text(heat(percent), block.repeat(full) + tip)
        .text(FAINT, track.repeat(columns.saturating_sub(used)))
}

/// That percentage of some steps, rounded; anything at all is at least one step.
fn share(percent: f64, steps: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a bar has few columns")]
    let exact = percent.clamp(0.0, 100.0) / 100.0 * steps as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the steps"
    )]
    let whole = exact.round() as usize;
    if percent >= 0.05 {
        whole.max(1).min(steps)
    } else {
        whole
    }
}

/// A heading: its name, a rule, and what can be said in short, at the right end, if it fits.
pub(crate) fn heading(name: &str, summary: Line, columns: usize, look: Look) -> Line {
    let rule = if look.blocks { "─" } else { "-" };
    let head = Line::new().text(HEADING, name).text(PLAIN, " ");
    let fits = summary.width() > 0 && head.width() + summary.width() < columns;
    let tail = if fits {
        Line::new().gap(1).join(summary)
    } else {
        Line::new()
    };
    let room = columns.saturating_sub(head.width() + tail.width());
    head.text(FAINT, rule.repeat(room))
        .join(tail)
        .cut(columns, look.mark())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(percent: f64, blocks: bool) -> String {
        let look = Look {
            width: 80,
            height: None,
            terminal: false,
            blocks,
        };
        let mut out = Vec::new();
        let bar = bar(Some(percent), 10, look);
        assert_eq!(bar.width(), 10);
        bar.write(&mut anstream::StripStream::new(&mut out))
            .unwrap();
        String::from_utf8(out).unwrap().trim_end().to_owned()
    }

    #[test]
    fn bars_are_as_long_as_they_are_full() {
        assert_eq!(shown(0.0, false), "..........");
        assert_eq!(shown(1.0, false), "#.........");
        assert_eq!(shown(54.0, false), "#####.....");
        assert_eq!(shown(54.0, true), "█████▍░░░░");
        assert_eq!(shown(250.0, true), "██████████");
    }
}
