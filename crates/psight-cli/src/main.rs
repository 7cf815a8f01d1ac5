//! The program `psight`; see the library beside it.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(psight_cli::run(std::env::args_os()))
}
