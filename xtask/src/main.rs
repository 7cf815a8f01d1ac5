//! Project chores that need a loop or a parser: `cargo xtask tidy | targets | api | fuzz`.

mod api;
mod api_text;
mod fuzz;
mod process;
mod targets;
mod tidy;
mod tidy_rules;
mod tidy_source;
mod tidy_walls;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <chore>

  tidy               the rules of ARCHITECTURE.md that no compiler checks
  targets [NAME...]  type-check the library and the command for every platform
  api [--check]      the public API of the library crates, into docs/api; or whether it is that
  fuzz [SECONDS]     build the fuzz targets and run each for so long (default 20)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["tidy"] => tidy::run(),
        ["targets", names @ ..] => targets::run(names),
        ["api"] => api::run(false),
        ["api", "--check"] => api::run(true),
        ["fuzz"] => fuzz::run(20),
        ["fuzz", seconds] => match seconds.parse() {
            Ok(seconds) => fuzz::run(seconds),
            Err(_) => Err(format!("`{seconds}` is no number of seconds")),
        },
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
