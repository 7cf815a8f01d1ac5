//! Temperatures, fans, battery.

use psight::{ByName, Walk};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::machine::ask_local;
use crate::shapes::{Shaped, class, list, named_tuple, plain};
use crate::{enums, values};

/// Degrees Celsius by chip, as plain tuples in the order of `shwtemp`.
#[pyfunction]
pub(crate) fn sensors_temperatures(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let chips = ask_local(py, psight::System::sensors_temperatures)?;
    by_chip(py, &chips, |sensors| {
        let rows: PyResult<Vec<_>> = sensors.iter().map(|sensor| plain(py, sensor)).collect();
        rows?.into_bound_py_any(py)
    })
}

/// Revolutions per minute by chip: lists of `sfan`.
#[pyfunction]
pub(crate) fn sensors_fans(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let chips = ask_local(py, psight::System::sensors_fans)?;
    by_chip(py, &chips, |fans| list(py, fans))
}

fn by_chip<'py, R: Shaped + Walk>(
    py: Python<'py>,
    chips: &ByName<Vec<R>>,
    rows: impl Fn(&[R]) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (chip, sensors) in chips.iter() {
        dict.set_item(values::text(py, chip)?, rows(sensors)?)?;
    }
    Ok(dict)
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
    named_tuple(&class(py, "sbattery")?, PyTuple::new(py, row)?).map(Some)
}
