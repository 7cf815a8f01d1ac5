//! CPU times, counts, frequency, and percentages of readings that the caller keeps.

use psight::{CpuTimes, Record, Value};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyNotImplementedError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::machine::{ask, ask_local};
use crate::shapes::{list, named};

/// CPU seconds: `scputimes`, or a list of one for each CPU.
#[pyfunction]
#[pyo3(signature = (percpu = false))]
pub(crate) fn cpu_times(py: Python<'_>, percpu: bool) -> PyResult<Bound<'_, PyAny>> {
    if percpu {
        return list(py, &ask(py, psight::System::cpu_times_percpu)?);
    }
    named(py, &ask(py, psight::System::cpu_times)?)
}

/// How many numbers the running kernel tells of its CPUs: 7 to 10 on Linux.
#[pyfunction]
pub(crate) fn cpu_times_width(py: Python<'_>) -> PyResult<usize> {
    let times = ask_local(py, psight::System::cpu_times)?;
    let told = |place: &usize| !matches!(times.value(*place), Value::Absent);
    Ok((0..CpuTimes::FIELDS.len()).filter(told).count())
}

/// CPUs online, or `None`.
#[pyfunction]
pub(crate) fn cpu_count_logical(py: Python<'_>) -> PyResult<Option<u32>> {
    ask(py, psight::System::cpu_count_logical)
}

/// Cores, or `None`.
#[pyfunction]
pub(crate) fn cpu_count_cores(py: Python<'_>) -> PyResult<Option<u32>> {
    ask(py, psight::System::cpu_count_physical)
}

/// Counters since boot: `scpustats`.
#[pyfunction]
pub(crate) fn cpu_stats(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let mut stats = ask(py, psight::System::cpu_stats)?;
    // psutil's constant for a number that Linux does not keep.
    stats.syscalls = stats.syscalls.or(Some(0));
    named(py, &stats)
}

/// MHz of each CPU: a list of `scpufreq`.
#[pyfunction]
pub(crate) fn cpu_freq(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let told = ask(py, psight::System::cpu_freq_percpu);
    let frequencies = told.map_err(|error| {
        if error.is_instance_of::<PyNotImplementedError>(py) {
            return PyNotImplementedError::new_err("can't find current frequency file");
        }
        error
    })?;
    list(py, &frequencies)
}

/// A reading as it came from Python: numbers in the order of `scputimes`.
fn reading(times: &Bound<'_, PyAny>) -> PyResult<CpuTimes> {
    let names: Vec<String> = times.getattr("_fields")?.extract()?;
    let numbers: Vec<f64> = times.extract()?;
    let of = |name: &str| {
        let place = names.iter().position(|field| field == name)?;
        numbers.get(place).copied()
    };
    Ok(CpuTimes {
        user: of("user").unwrap_or(0.0),
        nice: of("nice"),
        system: of("system").unwrap_or(0.0),
        idle: of("idle").unwrap_or(0.0),
        iowait: of("iowait"),
        irq: of("irq"),
        softirq: of("softirq"),
        steal: of("steal"),
        guest: of("guest"),
        guest_nice: of("guest_nice"),
    })
}

/// Seconds in all modes.
#[pyfunction]
pub(crate) fn cpu_total(times: &Bound<'_, PyAny>) -> PyResult<f64> {
    Ok(psight::cpu_total(&reading(times)?))
}

/// Seconds not spent idle.
#[pyfunction]
pub(crate) fn cpu_busy(times: &Bound<'_, PyAny>) -> PyResult<f64> {
    Ok(psight::cpu_busy(&reading(times)?))
}

/// Percent, 0.0 to 100.0, between two readings; of two lists, a list.
#[pyfunction]
pub(crate) fn cpu_percent<'py>(
    before: &Bound<'py, PyAny>,
    after: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = after.py();
    each(before, after, |before, after| {
        psight::cpu_percent(&before, &after).into_bound_py_any(py)
    })
}

/// `scputimes` of percentages between two readings; of two lists, a list.
#[pyfunction]
pub(crate) fn cpu_times_percent<'py>(
    before: &Bound<'py, PyAny>,
    after: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = after.py();
    each(before, after, |before, after| {
        named(py, &psight::cpu_times_percent(&before, &after))
    })
}

/// Two readings, or the pairs of two lists; a CPU that only one list has is left out.
fn each<'py>(
    before: &Bound<'py, PyAny>,
    after: &Bound<'py, PyAny>,
    between: impl Fn(CpuTimes, CpuTimes) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (Ok(olds), Ok(news)) = (before.cast::<PyList>(), after.cast::<PyList>()) else {
        return between(reading(before)?, reading(after)?);
    };
    let pairs = olds.iter().zip(news.iter());
    let told = pairs.map(|(old, new)| between(reading(&old)?, reading(&new)?));
    PyList::new(after.py(), told.collect::<PyResult<Vec<_>>>()?).map(Bound::into_any)
}

/// Percent of one CPU: busy seconds within a stretch of time, rounded to one decimal.
#[pyfunction]
pub(crate) fn percent_of_time(busy: f64, seconds: f64) -> f64 {
    psight::of_time(busy, seconds)
}
