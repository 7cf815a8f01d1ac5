//! Members of the enums that answers contain: `socket`'s, and those of `psight._enums`.

use psight::{AddressFamily, BatteryTime, IoClass, NicDuplex, SocketType};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::values;

/// Calls a function of `psight._enums` that turns a number into a member.
fn member<'py>(py: Python<'py>, function: &str, number: i32) -> PyResult<Bound<'py, PyAny>> {
    py.import("psight._enums")?
        .getattr(function)?
        .call1((number,))
}

macro_rules! kept {
    ($py:expr, $make:expr) => {{
        static MEMBER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let member = MEMBER.get_or_try_init($py, || $make.map(Bound::unbind));
        member.map(|member| member.bind($py).clone())
    }};
}

/// A member that the `socket` module names.
fn of_socket<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("socket")?.getattr(name)
}

/// `socket.AddressFamily`, or the number where Python has no name for it.
pub(crate) fn family(py: Python<'_>, family: AddressFamily) -> PyResult<Bound<'_, PyAny>> {
    let named = || of_socket(py, &family.name());
    match family {
        AddressFamily::Unix => kept!(py, named()),
        AddressFamily::Inet => kept!(py, named()),
        AddressFamily::Inet6 => kept!(py, named()),
        AddressFamily::Packet => kept!(py, named()),
        AddressFamily::Link => kept!(py, py.import("psight._enums")?.getattr("AF_LINK")),
        AddressFamily::Other(number) => member(py, "address_family", number),
    }
}

/// `socket.SocketKind`, or the number where Python has no name for it.
pub(crate) fn socket_type(py: Python<'_>, kind: SocketType) -> PyResult<Bound<'_, PyAny>> {
    let named = || of_socket(py, &kind.name());
    match kind {
        SocketType::Stream => kept!(py, named()),
        SocketType::Datagram => kept!(py, named()),
        SocketType::SeqPacket => kept!(py, named()),
        SocketType::Other(number) => member(py, "socket_kind", number),
    }
}

/// `NicDuplex`.
pub(crate) fn duplex(py: Python<'_>, duplex: NicDuplex) -> PyResult<Bound<'_, PyAny>> {
    let enums = py.import("psight._enums")?;
    enums.getattr("NicDuplex")?.getattr(match duplex {
        NicDuplex::Full => "NIC_DUPLEX_FULL",
        NicDuplex::Half => "NIC_DUPLEX_HALF",
        _ => "NIC_DUPLEX_UNKNOWN",
    })
}

/// `IOPriority`.
pub(crate) fn io_class(py: Python<'_>, class: IoClass) -> PyResult<Bound<'_, PyAny>> {
    let enums = py.import("psight._enums")?;
    enums.getattr("IOPriority")?.getattr(class.as_str())
}

/// Seconds, or a member of `BatteryTime`.
pub(crate) fn battery_time(py: Python<'_>, left: BatteryTime) -> PyResult<Bound<'_, PyAny>> {
    let name = match left {
        BatteryTime::Seconds(seconds) => return values::integer(py, seconds),
        BatteryTime::Unknown => "POWER_TIME_UNKNOWN",
        BatteryTime::Unlimited => "POWER_TIME_UNLIMITED",
    };
    let enums = py.import("psight._enums")?;
    enums.getattr("BatteryTime")?.getattr(name)
}
