//! `psight`: the machine and its processes, for people and, with `--json`, for programs.
//!
//! A shell around the library's public API: it chooses, arranges and prints. What a number means,
//! and where it comes from, is decided below it. A library itself, so that the Python package can
//! offer the same command.

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

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

use clap::Parser;

use args::{Args, Command};
use screen::Screen;

/// Exit status: all that was asked for was printed.
const WELL: u8 = 0;
/// Exit status: something asked for is not there, or nothing could be read or written.
const FAILED: u8 = 1;
/// Exit status: arguments that mean nothing.
const MISUSED: u8 = 2;

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

/// Runs the command with these arguments; the first is the program's name, for the usage line.
///
/// Prints to the process's standard output and error, and returns the exit status: 0 done; 1
/// something asked for is not there, or nothing could be read or written; 2 bad arguments. That
/// nobody reads the output any more is no failure. Never ends the process.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let outcome = match Args::try_parse_from(args) {
        Ok(args) => obey(&args),
        Err(usage) => explain(&usage),
    };
    match outcome {
        Ok(status) => status,
        // Whoever read our output has read enough.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => WELL,
        Err(Failure::Output(error)) => {
            complain(&format!("cannot write: {error}"));
            FAILED
        }
        Err(Failure::Ask(error)) => {
            complain(&error.to_string());
            FAILED
        }
    }
}

fn obey(args: &Args) -> Result<u8, Failure> {
    let system = args.system();
    let mut screen = Screen::open(args.color);
    let done = match &args.command {
        None => commands::overview::run(&system, &mut screen),
        Some(Command::Ps(ps)) => commands::ps::run(ps, &system, &mut screen),
        Some(Command::System(choice)) => commands::system::run(choice, &system, &mut screen),
    }?;
    screen.flush()?;
    Ok(match done {
        Done::Well => WELL,
        Done::Missing => FAILED,
    })
}

/// Prints what clap has to say: help and version to standard output, complaints to standard error.
fn explain(usage: &clap::Error) -> Result<u8, Failure> {
    if usage.use_stderr() {
        // Nobody can be told when that fails too.
        let _ = usage.print();
        return Ok(MISUSED);
    }
    usage.print()?;
    io::stdout().flush()?;
    Ok(WELL)
}

/// One line on standard error; nobody can be told when that fails too.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "psight: {message}");
}
