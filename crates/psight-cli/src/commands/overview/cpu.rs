//! CPU use, in all and core by core.

use psight::CpuTimes;

use super::{flow, sample::Sample};
use crate::bars::{bar, heading, heat};
use crate::line::{FAINT, Line, PLAIN, STRONG};
use crate::screen::Look;
use crate::show::UNKNOWN;
use crate::units;

/// Columns between two cores.
const GAP: usize = 2;
/// Columns of a percentage, up to `100.0%`, and the blank before it.
const PERCENT: usize = 7;
/// Shortest and longest useful bar of a core.
const BAR: (usize, usize) = (6, 30);
/// Rows of cores before bars get shorter.
const ROWS: usize = 8;

pub(super) fn lines(sample: &Sample, look: Look) -> Vec<Line> {
    let mut lines = vec![heading("CPU", summary(sample), look.width, look)];
    lines.push(total(sample, look));
    lines.extend(grid(sample.cores.as_deref().unwrap_or_default(), look));
    lines.extend(modes(sample.modes.as_ref(), look));
    lines
}

fn summary(sample: &Sample) -> Line {
    let logical = sample
        .logical
        .map_or_else(|| UNKNOWN.to_owned(), |count| count.to_string());
    let cpus = if sample.logical == Some(1) {
        "CPU"
    } else {
        "CPUs"
    };
    let mut line = Line::new().text(PLAIN, logical).gap(1).text(FAINT, cpus);
    if let Some(cores) = sample.physical {
        let word = if cores == 1 { "core" } else { "cores" };
        line = line
            .text(FAINT, ", ")
            .text(PLAIN, cores.to_string())
            .gap(1)
            .text(FAINT, word);
    }
    if let Some(freq) = sample.freq {
        line = line
            .text(FAINT, ", ")
            .text(PLAIN, format!("{:.2}", freq.current / 1000.0));
        line = line.text(FAINT, " GHz");
    }
    line
}

fn total(sample: &Sample, look: Look) -> Line {
    let label = Line::new().gap(2).text(STRONG, "total").fill(9);
    let columns = look.width.saturating_sub(label.width() + PERCENT);
    label
        .join(bar(sample.cpu, columns, look))
        .join(share(sample.cpu))
}

/// A percentage at the right of its columns, in the color of its bar.
fn share(percent: Option<f64>) -> Line {
    let text = percent.map_or_else(|| UNKNOWN.to_owned(), units::percent);
    Line::new()
        .text(heat(percent.unwrap_or_default()), text)
        .within(PERCENT, true, "")
}

/// The cores, in columns read from top to bottom.
fn grid(cores: &[f64], look: Look) -> Vec<Line> {
    if cores.len() < 2 {
        return Vec::new();
    }
    let label = (cores.len() - 1).to_string().len().max(2);
    let room = look.width.saturating_sub(2);
    let least = label + 1 + BAR.0 + PERCENT;
    let most = ((room + GAP) / (least + GAP)).max(1);
    let wanted = cores.len().div_ceil(ROWS).max(2).min(most);
    let rows = cores.len().div_ceil(wanted);
    let columns = cores.len().div_ceil(rows);
    let cell = (room + GAP) / columns - GAP;
    let bar_columns = cell
        .saturating_sub(label + 1 + PERCENT)
        .min(BAR.1.max(room / columns));
    (0..rows)
        .map(|row| {
            let mut line = Line::new().gap(2);
            for column in 0..columns {
                let number = column * rows + row;
                let Some(percent) = cores.get(number) else {
                    break;
                };
                let gap = if column == 0 { 0 } else { GAP };
                line = line.gap(gap).text(FAINT, format!("{number:>label$} "));
                line = line
                    .join(bar(Some(*percent), bar_columns, look))
                    .join(share(Some(*percent)));
            }
            line
        })
        .collect()
}

/// What the time went to.
fn modes(times: Option<&CpuTimes>, look: Look) -> Vec<Line> {
    let Some(times) = times else {
        return Vec::new();
    };
    let all = [
        ("user", Some(times.user)),
        ("nice", times.nice),
        ("system", Some(times.system)),
        ("iowait", times.iowait),
        ("irq", times.irq),
        ("softirq", times.softirq),
        ("steal", times.steal),
        ("guest", times.guest),
        ("idle", Some(times.idle)),
    ];
    // The usual ones always, the rare ones when there is something to see.
    let usual = ["user", "system", "iowait", "idle"];
    let shown = all.into_iter().filter_map(|(name, percent)| {
        let percent = percent.filter(|percent| usual.contains(&name) || *percent > 0.0);
        if percent.is_none() && !usual.contains(&name) {
            return None;
        }
        let text = percent.map_or_else(|| UNKNOWN.to_owned(), units::percent);
        Some(Line::new().text(FAINT, name).gap(1).text(PLAIN, text))
    });
    flow(shown.collect(), 2, 2, look)
}
