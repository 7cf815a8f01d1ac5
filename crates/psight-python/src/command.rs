//! The command `psight`, as the Python package offers it.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command; the first argument is the program's name. Returns the exit status.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| psight_cli::run(arguments))
}
