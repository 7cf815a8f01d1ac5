//! Priority, I/O priority, affinity and limits of one process: system calls, so always the running
//! kernel's process of that id.

use psight::{IoClass, IoPriority, Limit, Resource, Rlimit};
use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFrozenSet, PyTuple};

use crate::class::Class;
use crate::process::Process;
use crate::shapes::named_tuple;
use crate::{enums, errors, values};

/// A question to the running kernel, the interpreter let go meanwhile.
fn act<T: Send>(
    slf: &Bound<'_, Process>,
    action: impl FnOnce(&psight::Process) -> psight::Result<T> + Send,
) -> PyResult<T> {
    let process = slf.get().acting();
    let told = slf.py().detach(|| action(process));
    told.map_err(|error| errors::of_process(slf, error))
}

#[pymethods]
impl Process {
    fn nice_get(slf: &Bound<'_, Self>) -> PyResult<i32> {
        act(slf, psight::Process::nice)
    }

    fn nice_set(slf: &Bound<'_, Self>, value: i32) -> PyResult<()> {
        act(slf, |process| process.set_nice(value))
    }

    /// `pionice`.
    fn ionice_get<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        pionice(slf.py(), act(slf, psight::Process::ionice)?)
    }

    fn ionice_set(
        slf: &Bound<'_, Self>,
        ioclass: &Bound<'_, PyAny>,
        value: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let value = match value {
            Some(value) => value.clone(),
            None => 0_i32.into_pyobject(slf.py())?.into_any(),
        };
        // The order in which psutil finds fault: by comparing, and only then by type.
        if value.is_truthy()?
            && PyFrozenSet::new(slf.py(), [0, 3])?
                .as_any()
                .contains(ioclass)?
        {
            let text = format!("{} ioclass accepts no value", ioclass.repr()?);
            return Err(PyValueError::new_err(text));
        }
        if value.lt(0)? || value.gt(7)? {
            return Err(PyValueError::new_err("value not in 0-7 range"));
        }
        let number: i32 = ioclass.extract()?;
        let value: u8 = value.extract()?;
        let class = match number {
            0 => IoClass::None,
            1 => IoClass::RealTime,
            2 => IoClass::BestEffort,
            3 => IoClass::Idle,
            _ => return Err(invalid_argument()),
        };
        act(slf, |process| process.set_ionice(class, Some(value)))
    }

    fn cpu_affinity_get(slf: &Bound<'_, Self>) -> PyResult<Vec<u32>> {
        act(slf, psight::Process::cpu_affinity)
    }

    /// An empty list means every CPU that the system and the cpuset permit.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "PyO3 makes a Vec of any iterable"
    )]
    fn cpu_affinity_set(slf: &Bound<'_, Self>, cpus: Vec<i64>) -> PyResult<()> {
        let known: Result<Vec<u32>, _> = cpus.iter().copied().map(u32::try_from).collect();
        let Ok(known) = known else {
            let bad = cpus.iter().find(|cpu| u32::try_from(**cpu).is_err());
            let eligible = Self::_get_eligible_cpus(slf)?;
            let bad = bad.copied().unwrap_or_default();
            let text = format!("invalid CPU {bad}; choose between {eligible:?}");
            return Err(PyValueError::new_err(text));
        };
        act(slf, |process| process.set_cpu_affinity(&known))
    }

    /// CPUs that `cpu_affinity_set([])` gives.
    fn _get_eligible_cpus(slf: &Bound<'_, Self>) -> PyResult<Vec<u32>> {
        act(slf, psight::Process::eligible_cpus)
    }

    /// `(soft, hard)`, or `None` after setting them.
    #[pyo3(signature = (resource_, limits = None))]
    fn rlimit(
        slf: &Bound<'_, Self>,
        resource_: &Bound<'_, PyAny>,
        limits: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<(i64, i64)>> {
        if slf.get().acting().pid() == 0 {
            let text = "can't use prlimit() against PID 0 process";
            return Err(PyValueError::new_err(text));
        }
        if let Some(limits) = limits
            && limits.len()? != 2
        {
            let text = "second argument must be a (soft, hard) tuple, got ";
            return Err(PyValueError::new_err(format!("{text}{}", limits.repr()?)));
        }
        let resource = resource(resource_.extract()?)
            .ok_or_else(|| PyValueError::new_err("invalid resource specified"))?;
        let Some(limits) = limits else {
            let told = act(slf, |process| process.rlimit(resource))?;
            return Ok(Some((number(told.soft), number(told.hard))));
        };
        let both: Vec<_> = limits.try_iter()?.collect::<PyResult<_>>()?;
        let [soft, hard] = both.as_slice() else {
            let text = "expected a tuple of 2 integers";
            return Err(PyValueError::new_err(text));
        };
        let limit = Rlimit {
            soft: limit(soft)?,
            hard: limit(hard)?,
        };
        if limit.is_crossed() {
            let text = "current limit exceeds maximum limit";
            return Err(PyValueError::new_err(text));
        }
        act(slf, |process| process.set_rlimit(resource, limit))?;
        Ok(None)
    }
}

pub(crate) fn pionice(py: Python<'_>, priority: IoPriority) -> PyResult<Bound<'_, PyAny>> {
    static PIONICE: Class = Class::tuple("pionice");
    let row = [
        enums::io_class(py, priority.ioclass)?,
        values::integer(py, priority.value.into())?,
    ];
    named_tuple(&PIONICE, PyTuple::new(py, row)?)
}

/// What the kernel says to a number that it does not know.
fn invalid_argument() -> PyErr {
    pyo3::exceptions::PyOSError::new_err((22, "Invalid argument"))
}

/// The resource of that number, as the C headers of this machine have it.
fn resource(number: i32) -> Option<Resource> {
    let known = Resource::ALL.iter().copied();
    known
        .filter_map(|resource| {
            Some((
                psight::System::local().resource_number(resource).ok()?,
                resource,
            ))
        })
        .find(|(known, _)| i64::from(*known) == i64::from(number))
        .map(|(_, resource)| resource)
}

/// psutil's number: -1 for unlimited.
fn number(limit: Limit) -> i64 {
    match limit {
        Limit::Value(value) => i64::try_from(value).unwrap_or(-1),
        Limit::Unlimited => -1,
    }
}

/// What `resource.prlimit` takes. Of negative numbers only -1: older Pythons make others into limits
/// near 2^64, since 3.14 they refuse them as here (D45).
fn limit(value: &Bound<'_, PyAny>) -> PyResult<Limit> {
    let told: i128 = value.extract()?;
    if told == -1 || told == i128::from(u64::MAX) {
        return Ok(Limit::Unlimited);
    }
    if told < 0 {
        return Err(PyValueError::new_err("Cannot convert negative int"));
    }
    let value = u64::try_from(told);
    value
        .map(Limit::Value)
        .map_err(|_| PyOverflowError::new_err("limit does not fit into 64 bits"))
}
