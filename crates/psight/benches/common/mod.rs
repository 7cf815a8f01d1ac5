//! Measures a workload beside its floor: the same system calls with nothing done to the answers.
//!
//! A machine's speed changes from minute to minute, so a time alone says little. Here both sides
//! take turns within one run, and the ratio of neighbors is what counts. Linux only.
#![allow(
    dead_code,
    unused_imports,
    reason = "each benchmark uses a part of this"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on ends, and its output is its purpose"
)]

pub(crate) mod floor;
mod idle;
mod ioctl;

use std::hint::black_box;
use std::time::{Duration, Instant};

pub(crate) use idle::Idle;

/// How long and which.
#[derive(Debug)]
pub(crate) struct Bench {
    rounds: usize,
    /// What one side runs at least before the other has its turn.
    turn: Duration,
    filter: Option<String>,
}

/// One measured side: seconds a call, by round.
type Samples = Vec<f64>;

impl Bench {
    /// As the command line says: `--quick`, and a part of a workload's name to choose by. Without
    /// `--bench`, as under `cargo test --all-targets`, everything runs once.
    pub(crate) fn new(title: &str) -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let asked = |option: &str| arguments.iter().any(|argument| argument == option);
        let (rounds, milliseconds) = match (asked("--bench"), asked("--quick")) {
            (_, true) => (15, 2),
            (true, false) => (101, 4),
            (false, false) => (1, 0),
        };
        println!("\n## {title}\n");
        Self {
            rounds,
            turn: Duration::from_millis(milliseconds),
            filter: arguments
                .into_iter()
                .find(|argument| !argument.starts_with('-')),
        }
    }

    /// The head of a table. `unit` says what the times are per.
    pub(crate) fn table(unit: &str) {
        println!(
            "| workload | psight, µs {unit} | floor, µs {unit} | psight / floor (quartiles) |"
        );
        println!("|---|---:|---:|---:|");
    }

    /// One row: `ours` beside `floor`, both divided by `parts`.
    pub(crate) fn row<A, B>(
        &self,
        name: &str,
        parts: usize,
        mut ours: impl FnMut() -> A,
        mut floor: impl FnMut() -> B,
    ) {
        if self
            .filter
            .as_ref()
            .is_some_and(|part| !name.contains(part))
        {
            return;
        }
        let mut ours = || drop(black_box(ours()));
        let mut floor = || drop(black_box(floor()));
        let (ours_calls, floor_calls) = (self.calls(&mut ours), self.calls(&mut floor));
        let (mut mine, mut least) = (Samples::new(), Samples::new());
        for round in 0..self.rounds {
            // Whoever comes second finds the caches warm, so both come second equally often.
            if round % 2 == 0 {
                mine.push(seconds_a_call(ours_calls, &mut ours));
                least.push(seconds_a_call(floor_calls, &mut floor));
            } else {
                least.push(seconds_a_call(floor_calls, &mut floor));
                mine.push(seconds_a_call(ours_calls, &mut ours));
            }
        }
        let ratios: Samples = mine.iter().zip(&least).map(|(a, b)| a / b).collect();
        let micros = |samples| quartiles(samples)[1] * 1e6 / count(parts);
        let [low, middle, high] = quartiles(ratios);
        println!(
            "| {name} | {:.2} | {:.2} | {middle:.2} ({low:.2}-{high:.2}) |",
            micros(mine),
            micros(least),
        );
    }

    /// How many calls fill a turn.
    fn calls(&self, work: &mut impl FnMut()) -> u32 {
        let mut calls = 1;
        // The first call pays for what later ones find done.
        work();
        while calls < 1 << 20 && seconds_a_call(calls, work) * f64::from(calls) < self.seconds() {
            calls *= 2;
        }
        calls
    }

    fn seconds(&self) -> f64 {
        self.turn.as_secs_f64()
    }
}

fn seconds_a_call(calls: u32, work: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        work();
    }
    start.elapsed().as_secs_f64() / f64::from(calls)
}

/// The lower quartile, the median and the upper quartile.
fn quartiles(mut samples: Samples) -> [f64; 3] {
    samples.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| {
        samples
            .get(samples.len() * quarter / 4)
            .copied()
            .unwrap_or(f64::NAN)
    })
}

fn count(parts: usize) -> f64 {
    f64::from(u32::try_from(parts.max(1)).unwrap_or(u32::MAX))
}
