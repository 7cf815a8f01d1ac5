//! Interfaces: traffic, addresses, state.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::class::Class;
use crate::machine::{ask, ask_local};
use crate::shapes::{named_tuple, plain};
use crate::{enums, values};

static SNICSTATS: Class = Class::tuple("snicstats");

/// Counters by interface, as plain tuples in the order of `snetio`.
#[pyfunction]
pub(crate) fn net_io_counters(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let nics = ask(py, psight::System::net_io_counters_pernic)?;
    values::by_name(py, &nics, |counters| plain(py, counters))
}

/// Addresses, as `(name, family, address, netmask, broadcast, ptp)`.
#[pyfunction]
pub(crate) fn net_if_addrs(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let nics = ask_local(py, psight::System::net_if_addrs)?;
    let list = PyList::empty(py);
    for (name, addresses) in nics.iter() {
        let name = values::text(py, name)?;
        for address in addresses {
            list.append((
                &name,
                enums::family(py, address.family)?,
                &address.address,
                &address.netmask,
                &address.broadcast,
                &address.ptp,
            ))?;
        }
    }
    Ok(list)
}

/// `snicstats` by interface. Speed is 0 where the driver does not know it.
#[pyfunction]
pub(crate) fn net_if_stats(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let nics = ask(py, psight::System::net_if_stats)?;
    values::by_name(py, &nics, |stats| {
        let row = [
            stats.isup.into_bound_py_any(py)?,
            enums::duplex(py, stats.duplex)?,
            stats.speed.unwrap_or(0).into_bound_py_any(py)?,
            stats.mtu.into_bound_py_any(py)?,
            stats.flags.as_str().into_bound_py_any(py)?,
        ];
        named_tuple(&SNICSTATS, PyTuple::new(py, row)?)
    })
}
