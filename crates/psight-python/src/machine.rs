//! Which machine is asked: the one whose `/proc` is at the package's `PROCFS_PATH`, which programs
//! set at run time and psutil reads at every call.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use psight::{Roots, System};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::errors;

/// The last path seen, and its machine. The path is compared by identity first: a program sets it
/// once, so it is the same object at nearly every call.
static LAST: Mutex<Option<(Py<PyAny>, System)>> = Mutex::new(None);

/// The machine at `PROCFS_PATH`.
pub(crate) fn current(py: Python<'_>) -> PyResult<System> {
    let path = procfs_path(py)?;
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((seen, system)) = &*last
        && seen.is(&path)
    {
        return Ok(system.clone());
    }
    drop(last);
    let folder: PathBuf = path.extract()?;
    let roots = Roots::default().with_proc(folder);
    let system = if roots.is_live() {
        System::local().clone()
    } else {
        System::new(roots)
    };
    let seen = Some((path.unbind(), system.clone()));
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let before = std::mem::replace(&mut *last, seen);
    // Objects are freed with nothing held: freeing one may run any code.
    drop(last);
    drop(before);
    Ok(system)
}

/// A question about the machine at `PROCFS_PATH`, the interpreter let go meanwhile.
pub(crate) fn ask<T: Send>(
    py: Python<'_>,
    question: impl FnOnce(&System) -> psight::Result<T> + Send,
) -> PyResult<T> {
    let system = current(py)?;
    let told = py.detach(|| question(&system));
    told.map_err(|error| errors::of_system(py, error))
}

/// A question that psutil answers by system calls or `/sys`, wherever `PROCFS_PATH` points.
pub(crate) fn ask_local<T: Send>(
    py: Python<'_>,
    question: impl FnOnce(&System) -> psight::Result<T> + Send,
) -> PyResult<T> {
    let told = py.detach(|| question(System::local()));
    told.map_err(|error| errors::of_system(py, error))
}

/// `psight.PROCFS_PATH`; `/proc` while the package is not imported yet.
fn procfs_path(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let modules = MODULES.get_or_try_init(py, || {
        let modules = py.import("sys")?.getattr("modules")?;
        Ok::<_, PyErr>(modules.cast_into::<PyDict>()?.unbind())
    })?;
    let package = modules
        .bind(py)
        .get_item(pyo3::intern!(py, "psight"))?
        .map(|package| package.getattr(pyo3::intern!(py, "PROCFS_PATH")));
    match package {
        Some(Ok(path)) => Ok(path),
        _ => Ok(pyo3::intern!(py, "/proc").clone().into_any()),
    }
}
