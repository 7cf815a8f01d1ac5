//! Sockets, as `sconn` and `pconn`.

use psight::{Connection, ConnectionKind, Endpoint};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use crate::class::Class;
use crate::machine::ask;
use crate::shapes::{named, named_tuple};
use crate::{enums, values};

static SCONN: Class = Class::tuple("sconn");

/// Sockets of the machine: a list of `sconn`. `owners=False` leaves out who has them, and is fast.
#[pyfunction]
#[pyo3(signature = (kind, owners = true))]
pub(crate) fn net_connections<'py>(
    py: Python<'py>,
    kind: &Bound<'py, PyAny>,
    owners: bool,
) -> PyResult<Bound<'py, PyList>> {
    let kind = kind_of(kind)?;
    let sockets = ask(py, |system| {
        if owners {
            system.net_connections(kind)
        } else {
            system.net_connections_without_owners(kind)
        }
    })?;
    rows(py, &sockets, &SCONN, true)
}

/// The kind of that name; for another one psutil's text, which lists the valid ones.
pub(crate) fn kind_of(kind: &Bound<'_, PyAny>) -> PyResult<ConnectionKind> {
    let known = kind.extract::<String>().ok();
    let known = known.and_then(|name| ConnectionKind::from_text(&name));
    if let Some(known) = known {
        return Ok(known);
    }
    let valid: Vec<String> = ConnectionKind::ALL
        .iter()
        .map(|kind| format!("'{kind}'"))
        .collect();
    Err(PyValueError::new_err(format!(
        "invalid kind argument {}; valid ones are: ({})",
        kind.repr()?,
        valid.join(", ")
    )))
}

/// Sockets of one process: a list of `pconn`, which does not say whose they are.
pub(crate) fn of_process<'py>(
    py: Python<'py>,
    sockets: &[Connection],
) -> PyResult<Bound<'py, PyList>> {
    static PCONN: Class = Class::tuple("pconn");
    rows(py, sockets, &PCONN, false)
}

fn rows<'py>(
    py: Python<'py>,
    sockets: &[Connection],
    class: &Class,
    with_pid: bool,
) -> PyResult<Bound<'py, PyList>> {
    let rows = sockets.iter().map(|socket| {
        let unix = matches!(socket.family, psight::AddressFamily::Unix);
        let mut row = vec![
            match socket.fd {
                Some(fd) => fd.into_bound_py_any(py)?,
                None => (-1).into_bound_py_any(py)?,
            },
            enums::family(py, socket.family)?,
            enums::socket_type(py, socket.kind)?,
            endpoint(py, socket.laddr.as_ref(), unix)?,
            endpoint(py, socket.raddr.as_ref(), unix)?,
            values::word(py, socket.status.as_str()),
        ];
        if with_pid {
            row.push(socket.pid.into_bound_py_any(py)?);
        }
        named_tuple(class, PyTuple::new(py, row)?)
    });
    PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
}

/// `addr(ip, port)` or a path; without one the empty tuple or the empty text.
fn endpoint<'py>(
    py: Python<'py>,
    endpoint: Option<&Endpoint>,
    unix: bool,
) -> PyResult<Bound<'py, PyAny>> {
    match endpoint {
        Some(Endpoint::Inet(address)) => named(py, address),
        Some(Endpoint::Unix(path)) => values::text(py, path),
        None if unix => Ok(values::word(py, "")),
        None => Ok(PyTuple::empty(py).into_any()),
    }
}
