//! `psight`: the machine and its processes, for people and, with `--json`, for programs.
//!
//! A shell around the library's public API: it chooses, arranges and prints. What a number means,
//! and where it comes from, is decided below it.

#![forbid(unsafe_code)]

mod args;
mod bars;
mod commands;
mod json;
mod line;
mod metrics;
mod screen;
mod sheet;
mod show;
mod table;
mod units;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use screen::Screen;

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// What it printed could not be written.
    Output(io::Error),
    /// The library could not answer.
    Ask(psight::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<psight::Error> for Failure {
    fn from(error: psight::Error) -> Self {
        Self::Ask(error)
    }
}

/// What a finished command leaves to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// All that was asked for was printed.
    Well,
    /// Something asked for is not there; it has been said on standard error.
    Missing,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Missing) => ExitCode::FAILURE,
        // Whoever read our output has read enough.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            complain(&format!("cannot write: {error}"));
            ExitCode::FAILURE
        }
        Err(Failure::Ask(error)) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<Done, Failure> {
    let system = args.system();
    let mut screen = Screen::open(args.color);
    let done = match &args.command {
        None => commands::overview::run(&system, &mut screen),
        Some(Command::Ps(ps)) => commands::ps::run(ps, &system, &mut screen),
        Some(Command::System(choice)) => commands::system::run(choice, &system, &mut screen),
    }?;
    screen.flush()?;
    Ok(done)
}

/// One line on standard error; nobody can be told when that fails too.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "psight: {message}");
}
