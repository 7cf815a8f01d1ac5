//! Boot time, people, the table of processes.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use crate::class::Class;
use crate::machine::{ask, ask_local};
use crate::shapes::named_tuple;
use crate::values;

static SUSER: Class = Class::tuple("suser");

/// Seconds since the epoch.
#[pyfunction]
pub(crate) fn boot_time(py: Python<'_>) -> PyResult<f64> {
    ask(py, psight::System::boot_time)
}

/// Sessions: a list of `suser`. Who sits at the machine itself has the host `localhost`.
#[pyfunction]
pub(crate) fn users(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let users = ask_local(py, psight::System::users)?;
    let rows = users.iter().map(|user| {
        let host = match &user.host {
            Some(host) => values::text(py, host)?,
            None => values::word(py, "localhost"),
        };
        let terminal = user.terminal.as_deref();
        let terminal = terminal.map(|terminal| values::text(py, terminal));
        let row = [
            values::text(py, &user.name)?,
            terminal.transpose()?.into_bound_py_any(py)?,
            host,
            user.started.into_bound_py_any(py)?,
            user.pid.into_bound_py_any(py)?,
        ];
        named_tuple(&SUSER, PyTuple::new(py, row)?)
    });
    PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
}

/// Ids of all processes, ascending.
#[pyfunction]
pub(crate) fn pids(py: Python<'_>) -> PyResult<Vec<u32>> {
    ask(py, psight::System::pids)
}

/// Whether a process (not a thread) has that id.
#[pyfunction]
pub(crate) fn pid_exists(py: Python<'_>, pid: u32) -> PyResult<bool> {
    ask(py, |system| system.pid_exists(pid))
}
