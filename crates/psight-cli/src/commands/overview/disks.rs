//! Space on disks, and their traffic.

use psight::{DiskPartition, DiskUsage};

use super::memory::{LEAST, amounts, share};
use super::rates::Flow;
use super::sample::Sample;
use crate::bars::{bar, heading};
use crate::line::{FAINT, Line, NAME, PLAIN, STRONG};
use crate::screen::Look;
use crate::show::UNKNOWN;
use crate::units;

/// Columns of a rate, up to `1023.9K/s`.
pub(super) const RATE: usize = 10;
/// Columns of the percentage and `used / total`, with the blanks before them.
const SPACE: usize = 1 + 17 + 1 + 6;
/// Columns of the longest type of a file system shown whole.
const KIND: usize = 8;

pub(super) fn lines(sample: &Sample, look: Look) -> Vec<Line> {
    let mut lines = vec![heading(
        "Disks",
        summary(sample.disk_flow),
        look.width,
        look,
    )];
    let longest = sample
        .disks
        .iter()
        .map(|(disk, _)| Line::new().os(PLAIN, &disk.mountpoint).width());
    let name = longest.max().unwrap_or(0).clamp(6, (look.width / 4).max(6));
    let kinds = sample
        .disks
        .iter()
        .map(|(disk, _)| Line::new().os(PLAIN, &disk.fstype).width());
    let kind = kinds.max().unwrap_or(0).min(KIND);
    for (disk, usage) in &sample.disks {
        let flow = device(disk).and_then(|device| sample.disk_flows.as_ref()?.get(device));
        lines.push(row(disk, usage.as_ref(), flow, (name, kind), look));
    }
    lines
}

/// The traffic of all disks.
fn summary(flow: Option<Flow>) -> Line {
    let rate = |rate: Option<f64>| rate.map_or_else(|| UNKNOWN.to_owned(), units::rate);
    Line::new()
        .text(FAINT, "read ")
        .text(PLAIN, rate(flow.map(|flow| flow.inward)))
        .text(FAINT, "  write ")
        .text(PLAIN, rate(flow.map(|flow| flow.outward)))
}

/// The name the kernel counts a device's traffic under.
fn device(disk: &DiskPartition) -> Option<&std::ffi::OsStr> {
    std::path::Path::new(&disk.device).file_name()
}

fn row(
    disk: &DiskPartition,
    usage: Option<&DiskUsage>,
    flow: Option<&Flow>,
    (name, kind): (usize, usize),
    look: Look,
) -> Line {
    let percent = usage.map(|usage| usage.percent);
    let label = Line::new()
        .os(STRONG, &disk.mountpoint)
        .within(name, false, look.mark());
    let mut tail = Line::new()
        .gap(1)
        .join(share(percent))
        .gap(1)
        .join(amounts(usage.map(|usage| (usage.used, usage.total))));
    // The type, then the traffic, where there is room for them and a bar.
    let room = look.width.saturating_sub(2 + name + 1 + SPACE);
    if room >= 12 + 2 + kind {
        let shown = Line::new()
            .os(NAME, &disk.fstype)
            .within(kind, false, look.mark());
        tail = tail.gap(2).join(shown);
    }
    if room >= 16 + 2 + kind + 2 * (4 + RATE) {
        let rate = |letter, rate: Option<f64>| {
            let rate = rate.map_or_else(|| UNKNOWN.to_owned(), units::rate);
            Line::new()
                .text(FAINT, letter)
                .text(PLAIN, format!("{rate:>RATE$}"))
        };
        tail = tail.gap(2).join(rate("r ", flow.map(|flow| flow.inward)));
        tail = tail.gap(2).join(rate("w ", flow.map(|flow| flow.outward)));
    }
    let head = Line::new().gap(2).join(label).gap(1);
    let columns = look
        .width
        .saturating_sub(head.width() + tail.width())
        .max(LEAST);
    head.join(bar(percent, columns, look)).join(tail)
}
