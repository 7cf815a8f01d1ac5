//! Temperatures, fans, battery.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::class::Class;
use crate::machine::ask_local;
use crate::shapes::{list, named_tuple, plain};
use crate::{enums, values};

static SBATTERY: Class = Class::tuple("sbattery");

/// Degrees Celsius by chip, as plain tuples in the order of `shwtemp`.
#[pyfunction]
pub(crate) fn sensors_temperatures(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let chips = ask_local(py, psight::System::sensors_temperatures)?;
    values::by_name(py, &chips, |sensors| {
        let rows: PyResult<Vec<_>> = sensors.iter().map(|sensor| plain(py, sensor)).collect();
        rows?.into_bound_py_any(py)
    })
}

/// Revolutions per minute by chip: lists of `sfan`.
#[pyfunction]
pub(crate) fn sensors_fans(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let chips = ask_local(py, psight::System::sensors_fans)?;
    values::by_name(py, &chips, |fans| list(py, fans))
}

/// `sbattery`, or `None` without one.
#[pyfunction]
pub(crate) fn sensors_battery(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let Some(battery) = ask_local(py, psight::System::sensors_battery)? else {
        return Ok(None);
    };
    let row = [
        battery.percent.into_bound_py_any(py)?,
        enums::battery_time(py, battery.secsleft)?,
        battery.power_plugged.into_bound_py_any(py)?,
    ];
    named_tuple(&SBATTERY, PyTuple::new(py, row)?).map(Some)
}
