//! Classes that `psight` declares in Python, imported at their first use and kept.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// A class of a module.
pub(crate) struct Class {
    module: &'static str,
    name: &'static str,
    kept: PyOnceLock<Py<PyType>>,
}

impl Class {
    /// A named tuple of `psight._ntuples`.
    pub(crate) const fn tuple(name: &'static str) -> Self {
        Self::of("psight._ntuples", name)
    }

    /// An exception of `psight._exceptions`.
    pub(crate) const fn exception(name: &'static str) -> Self {
        Self::of("psight._exceptions", name)
    }

    const fn of(module: &'static str, name: &'static str) -> Self {
        let kept = PyOnceLock::new();
        Self { module, name, kept }
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyType>> {
        self.kept.import(py, self.module, self.name)
    }
}
