//! Mounts and disk counters. Space is asked for in Python, which has `statvfs`.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::machine::ask;
use crate::shapes::{list, plain};
use crate::values::by_name;

/// Mounts: a list of `sdiskpart`.
#[pyfunction]
#[pyo3(signature = (all = false))]
pub(crate) fn disk_partitions(py: Python<'_>, all: bool) -> PyResult<Bound<'_, PyAny>> {
    let partitions = ask(py, |system| {
        if all {
            system.disk_partitions_all()
        } else {
            system.disk_partitions()
        }
    })?;
    list(py, &partitions)
}

/// Counters by disk, as plain tuples in the order of `sdiskio`; without `perdisk` only whole disks.
#[pyfunction]
#[pyo3(signature = (perdisk = false))]
pub(crate) fn disk_io_counters(py: Python<'_>, perdisk: bool) -> PyResult<Bound<'_, PyDict>> {
    let disks = ask(py, |system| {
        if perdisk {
            system.disk_io_counters_perdisk()
        } else {
            system.disk_io_counters_whole()
        }
    })?;
    by_name(py, &disks, |counters| plain(py, counters))
}
