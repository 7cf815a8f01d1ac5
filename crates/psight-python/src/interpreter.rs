//! One interpreter of a process has psight: the classes of its answers and exceptions are kept, and in
//! another one they would be strangers that no `except` there catches.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Raises `ImportError` in an interpreter that is not the first to import psight. One with a lock of
/// its own (PEP 684) does not come here: CPython refuses by itself.
pub(crate) fn only_one(py: Python<'_>) -> PyResult<()> {
    // Each interpreter has its own. It is kept, so that no later one can have the same address.
    static SYS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let sys = py.import("sys")?;
    let first = SYS.get_or_init(py, || sys.clone().unbind());
    if first.is(&sys) {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "psight is in use by another interpreter of this process, and can be in one only; with \
         mod_wsgi, 'WSGIApplicationGroup %{GLOBAL}' runs a program in the main interpreter",
    ))
}
