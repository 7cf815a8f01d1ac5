//! Memory of the machine, and of this process's allocator.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::errors;
use crate::machine::ask;
use crate::shapes::named;

/// `svmem`, and the names of the fields that the kernel did not tell.
#[pyfunction]
pub(crate) fn virtual_memory(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let memory = ask(py, psight::System::virtual_memory)?;
    let untold = [
        ("active", memory.active),
        ("buffers", memory.buffers),
        ("cached", memory.cached),
        ("inactive", memory.inactive),
        ("shared", memory.shared),
    ];
    let missing: Vec<&str> = untold
        .iter()
        .filter(|(_, bytes)| bytes.is_none())
        .map(|(name, _)| *name)
        .collect();
    (named(py, &memory)?, missing).into_pyobject(py)
}

/// `sswap`, and whether the kernel told `sin` and `sout`.
#[pyfunction]
pub(crate) fn swap_memory(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let mut swap = ask(py, psight::System::swap_memory)?;
    let told = swap.sin.is_some() && swap.sout.is_some();
    if !told {
        (swap.sin, swap.sout) = (None, None);
    }
    (named(py, &swap)?, told).into_pyobject(py)
}

/// The heap of the libc that this process has loaded: `pheap`.
#[pyfunction]
pub(crate) fn heap_info(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let told = py.detach(psight::heap_info);
    named(py, &told.map_err(|error| errors::of_system(py, error))?)
}

/// Gives unused heap back to the system.
#[pyfunction]
pub(crate) fn heap_trim(py: Python<'_>) -> PyResult<()> {
    let done = py.detach(psight::heap_trim);
    done.map_err(|error| errors::of_system(py, error))
}
