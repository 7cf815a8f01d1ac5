//! Interfaces and their traffic, the busiest first.

use std::ffi::OsStr;

use psight::{AddressFamily, NicAddress};

use super::disks::RATE;
use super::rates::Flow;
use super::sample::Sample;
use crate::bars::heading;
use crate::line::{FAINT, GOOD, HOT, Line, PLAIN, STRONG};
use crate::screen::Look;
use crate::show::UNKNOWN;
use crate::units;

/// Interfaces shown before the rest is counted.
const SHOWN: usize = 6;
/// Columns of an interface's name; the kernel allows 15.
const NAME: usize = 15;

/// Columns of an address of IPv4.
const ADDRESS: usize = 15;

pub(super) fn lines(sample: &Sample, look: Look) -> Vec<Line> {
    let mut nics: Vec<(&OsStr, &Flow)> = sample
        .nics
        .as_ref()
        .map(|nics| nics.iter().collect())
        .unwrap_or_default();
    nics.sort_by(|(_, a), (_, b)| busyness(b).total_cmp(&busyness(a)));
    let hidden = nics.len().saturating_sub(SHOWN);
    let summary = if hidden > 0 {
        Line::new().text(FAINT, format!("{SHOWN} busiest of {}", nics.len()))
    } else {
        Line::new()
    };
    let name = nics
        .iter()
        .take(SHOWN)
        .map(|(name, _)| Line::new().os(PLAIN, name).width());
    let name = name.max().unwrap_or(0).clamp(8, NAME);
    let mut lines = vec![heading("Network", summary, look.width, look)];
    lines.extend(
        nics.into_iter()
            .take(SHOWN)
            .map(|(nic, flow)| row(nic, flow, name, sample, look)),
    );
    if lines.len() == 1 {
        lines.push(Line::new().gap(2).text(PLAIN, UNKNOWN));
    }
    lines
}

/// What an interface moves now, and, between idle ones, what it has moved.
fn busyness(flow: &Flow) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "only the order counts")]
    let total = flow.total_in.saturating_add(flow.total_out) as f64;
    flow.inward + flow.outward + total * 1e-18
}

fn row(nic: &OsStr, flow: &Flow, name: usize, sample: &Sample, look: Look) -> Line {
    let label = Line::new().os(STRONG, nic).within(name, false, look.mark());
    let rate = |label: &str, rate: f64| {
        Line::new()
            .text(FAINT, label.to_owned())
            .text(PLAIN, format!("{:>RATE$}", units::rate(rate)))
    };
    let line = Line::new()
        .gap(2)
        .join(label)
        .gap(1)
        .join(state(nic, sample))
        .gap(2)
        .join(rate("in ", flow.inward))
        .gap(2)
        .join(rate("out ", flow.outward));
    let totals = Line::new()
        .text(FAINT, "total ")
        .text(PLAIN, format!("{:>7}", units::bytes(flow.total_in)))
        .text(FAINT, " / ")
        .text(PLAIN, format!("{:>7}", units::bytes(flow.total_out)));
    let address = address(nic, sample).unwrap_or_default().fill(ADDRESS);
    [address, totals].into_iter().fold(line, |line, piece| {
        let fits = line.width() + 2 + piece.width() <= look.width;
        if fits { line.gap(2).join(piece) } else { line }
    })
}

fn state(nic: &OsStr, sample: &Sample) -> Line {
    match sample.links.as_ref().and_then(|links| links.get(nic)) {
        Some(link) if link.isup => Line::new().text(GOOD, "up").fill(4),
        Some(_) => Line::new().text(HOT, "down"),
        None => Line::new().text(PLAIN, UNKNOWN).fill(4),
    }
}

/// Its first address of IPv4, else of IPv6.
fn address(nic: &OsStr, sample: &Sample) -> Option<Line> {
    let all: &Vec<NicAddress> = sample.addresses.as_ref()?.get(nic)?;
    let of = |family| all.iter().find(|address| address.family == family);
    let address = of(AddressFamily::Inet).or_else(|| of(AddressFamily::Inet6))?;
    Some(Line::new().os(PLAIN, &address.address))
}
