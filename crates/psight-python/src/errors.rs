//! psight's errors as Python exceptions. The only such place.
//!
//! The exceptions are Python classes of `psight._exceptions`. An error of the operating system
//! becomes `OSError`, whose constructor picks `FileNotFoundError` and the like by its number.

use psight::{Error, Fault};
use pyo3::exceptions::{PyNotImplementedError, PyOSError, PyValueError};
use pyo3::prelude::*;

use crate::class::Class;

static NO_SUCH_PROCESS: Class = Class::exception("NoSuchProcess");
static ZOMBIE_PROCESS: Class = Class::exception("ZombieProcess");
static ACCESS_DENIED: Class = Class::exception("AccessDenied");
static UNREADABLE: Class = Class::exception("UnreadableError");

/// What the guard against reused ids says.
const REUSED: &str = "process no longer exists and its PID has been reused";

/// An error of a system-wide question.
pub(crate) fn of_system(py: Python<'_>, error: Error) -> PyErr {
    raised(py, error, None).unwrap_or_else(|failed| failed)
}

/// An error about a process. Names and parents are what its Python object last knew, as in psutil.
pub(crate) fn of_process(process: &Bound<'_, PyAny>, error: Error) -> PyErr {
    raised(process.py(), error, Some(process)).unwrap_or_else(|failed| failed)
}

fn raised(py: Python<'_>, error: Error, process: Option<&Bound<'_, PyAny>>) -> PyResult<PyErr> {
    let known = |attribute: &str| match process {
        Some(process) => process.getattr(attribute).map(Bound::unbind),
        None => Ok(py.None()),
    };
    let (exception, fault) = match error {
        Error::NoSuchProcess {
            pid,
            reused,
            source,
            ..
        } => {
            let message = reused.then_some(REUSED);
            let class = NO_SUCH_PROCESS.get(py)?;
            (class.call1((pid, known("_name")?, message))?, source)
        }
        Error::ZombieProcess { pid, source, .. } => {
            let class = ZOMBIE_PROCESS.get(py)?;
            let arguments = (pid, known("_name")?, known("_ppid")?);
            (class.call1(arguments)?, source)
        }
        Error::AccessDenied { pid, source, .. } => match (process, source) {
            // Without a process the operating system's own word is what callers look for.
            (None, Some(fault)) => return Ok(of_fault(py, &fault)),
            (_, source) => {
                let class = ACCESS_DENIED.get(py)?;
                (class.call1((pid, known("_name")?))?, source)
            }
        },
        Error::Unsupported { metric } => {
            let text = format!("{metric} is not known on this platform or kernel");
            return Ok(PyNotImplementedError::new_err(text));
        }
        Error::InvalidArgument { message } => return Ok(PyValueError::new_err(message)),
        Error::Os(fault) | Error::Parse(fault) => return Ok(of_fault(py, &fault)),
        other => return Ok(unreadable(py, &other.to_string())),
    };
    let raised = PyErr::from_value(exception);
    if let Some(fault) = source_of(fault.as_deref()) {
        raised.set_cause(py, Some(of_fault(py, fault)));
    }
    Ok(raised)
}

/// A cause worth telling: an answer of the operating system.
fn source_of(fault: Option<&Fault>) -> Option<&Fault> {
    fault.filter(|fault| matches!(fault, Fault::Os { .. }))
}

fn of_fault(py: Python<'_>, fault: &Fault) -> PyErr {
    match fault {
        Fault::Os { error, path, .. } => {
            let number = error.raw_os_error();
            let text = os_text(py, number).unwrap_or_else(|| error.to_string());
            // Text, as Python's own functions give it, and not a pathlib.Path.
            let path = path.as_ref().map(|path| path.clone().into_os_string());
            PyOSError::new_err((number, text, path))
        }
        Fault::Unsupported(metric) => PyNotImplementedError::new_err(*metric),
        other => unreadable(py, &other.to_string()),
    }
}

/// `os.strerror`'s text, which is what an `OSError` that Python itself raises has.
fn os_text(py: Python<'_>, number: Option<i32>) -> Option<String> {
    let os = py.import("os").ok()?;
    os.call_method1("strerror", (number?,)).ok()?.extract().ok()
}

/// The kernel's text did not mean what its document says.
fn unreadable(py: Python<'_>, text: &str) -> PyErr {
    match UNREADABLE.get(py).and_then(|class| class.call1((text,))) {
        Ok(exception) => PyErr::from_value(exception),
        Err(failed) => failed,
    }
}
