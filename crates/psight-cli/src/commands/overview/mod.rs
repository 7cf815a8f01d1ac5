//! `psight` alone: the machine at a glance, printed within a second.

mod cpu;
mod disks;
mod host;
mod memory;
mod net;
mod processes;
mod rates;
mod sample;
mod sensors;

use psight::System;

use crate::line::Line;
use crate::screen::{Look, Screen};
use crate::{Done, Failure, complain};
use sample::Sample;

/// Columns from which disks and network stand side by side.
const WIDE: usize = 140;
/// Columns between what stands side by side.
const GUTTER: usize = 3;
/// Rows of processes where no terminal tells its height.
const USUAL_ROWS: usize = 8;

pub(crate) fn run(system: &System, screen: &mut Screen) -> Result<Done, Failure> {
    let sample = Sample::take(system);
    let look = screen.look;
    let mut lines = host::lines(&sample, look);
    let mut add = |section: Vec<Line>| {
        if !section.is_empty() {
            lines.push(Line::new());
            lines.extend(section);
        }
    };
    add(cpu::lines(&sample, look));
    add(memory::lines(&sample, look));
    if look.width >= WIDE {
        let (left, right) = halves(look);
        add(beside(
            disks::lines(&sample, left),
            net::lines(&sample, right),
            left,
        ));
    } else {
        add(disks::lines(&sample, look));
        add(net::lines(&sample, look));
    }
    add(sensors::lines(&sample, look));
    // What is left of a terminal's height, less the heads of the section and the prompt.
    let room = look
        .height
        .map(|height| height.saturating_sub(lines.len() + 5));
    let rows = room.map_or(USUAL_ROWS, |room| room.clamp(5, 25));
    lines.push(Line::new());
    lines.extend(processes::lines(&sample, system, rows, look));
    for line in lines {
        line.cut(look.width, look.mark()).write(screen)?;
    }
    if sample.memory.is_none() && sample.cpu.is_none() && sample.processes.is_none() {
        complain("nothing could be read");
        return Ok(Done::Missing);
    }
    Ok(Done::Well)
}

/// The looks of two halves of the screen.
fn halves(look: Look) -> (Look, Look) {
    let left = look.width.saturating_sub(GUTTER) / 2;
    let right = look.width.saturating_sub(GUTTER + left);
    (
        Look {
            width: left,
            ..look
        },
        Look {
            width: right,
            ..look
        },
    )
}

/// Two blocks of lines side by side.
fn beside(left: Vec<Line>, right: Vec<Line>, look: Look) -> Vec<Line> {
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    (0..rows)
        .map(|_| {
            let left = left
                .next()
                .unwrap_or_default()
                .within(look.width, false, look.mark());
            left.gap(GUTTER).join(right.next().unwrap_or_default())
        })
        .collect()
}

/// Pieces one after the other, as many on a line as fit.
fn flow(pieces: Vec<Line>, indent: usize, gap: usize, look: Look) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width() + gap + piece.width() <= look.width => {
                *line = std::mem::take(line).gap(gap).join(piece);
            }
            _ => lines.push(Line::new().gap(indent).join(piece)),
        }
    }
    lines
}
