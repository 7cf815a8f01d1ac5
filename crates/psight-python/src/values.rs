//! Plain values as Python objects. Text of the operating system is decoded as Python decodes file
//! names: with `surrogateescape`, so that it never fails and can be given back to the system.

use std::ffi::OsStr;

use psight::{ByName, Value};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

/// A number.
pub(crate) fn integer(py: Python<'_>, number: u64) -> PyResult<Bound<'_, PyAny>> {
    number.into_bound_py_any(py)
}

/// A fraction.
pub(crate) fn float(py: Python<'_>, number: f64) -> PyResult<Bound<'_, PyAny>> {
    number.into_bound_py_any(py)
}

/// Text of the operating system.
pub(crate) fn text<'py>(py: Python<'py>, text: &OsStr) -> PyResult<Bound<'py, PyAny>> {
    text.into_bound_py_any(py)
}

/// A word that is the same object each time, as psutil's constants are.
pub(crate) fn word<'py>(py: Python<'py>, word: &str) -> Bound<'py, PyAny> {
    PyString::intern(py, word).into_any()
}

/// A dict by name of the system's.
pub(crate) fn by_name<'py, T>(
    py: Python<'py>,
    rows: &ByName<T>,
    show: impl Fn(&T) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, row) in rows.iter() {
        dict.set_item(text(py, name)?, show(row)?)?;
    }
    Ok(dict)
}

/// Any value that needs no class.
pub(crate) fn object<'py>(py: Python<'py>, value: Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Omitted | Value::Absent => Ok(py.None().into_bound(py)),
        Value::Bool(truth) => truth.into_bound_py_any(py),
        Value::Unsigned(number) => number.into_bound_py_any(py),
        Value::Signed(number) => number.into_bound_py_any(py),
        Value::Float(number) => number.into_bound_py_any(py),
        Value::Symbol(name) => name.as_ref().into_bound_py_any(py),
        Value::Text(bytes) => text(py, &bytes),
        Value::Record(record) => {
            let values = (0..record.fields().len()).map(|place| object(py, record.value(place)));
            pyo3::types::PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)?
                .into_bound_py_any(py)
        }
        Value::List(items) => {
            let items = items.map(|item| object(py, item));
            PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_bound_py_any(py)
        }
        Value::Map(items) => {
            let dict = PyDict::new(py);
            for (key, value) in items {
                dict.set_item(text(py, &key)?, object(py, value)?)?;
            }
            Ok(dict.into_any())
        }
    }
}
