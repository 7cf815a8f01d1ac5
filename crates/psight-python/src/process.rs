//! One process: the native half of `psight._pslinux.Process`. Each getter is one question.
//!
//! Names and parents in exceptions are those that the Python object last knew: the subclass in
//! Python has `_name` and `_ppid`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use psight::{OwnedOneshot, ProcessId, System};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::connections::{self, kind_of};
use crate::shapes::{list, named};
use crate::{errors, machine, values};

/// One process of the machine at `PROCFS_PATH`, as that was when the object was made.
#[pyclass(subclass, frozen, module = "psight._psight")]
pub(crate) struct Process {
    files: Arc<psight::Process>,
    /// The same id on the running kernel, for what psutil does by system call wherever
    /// `PROCFS_PATH` points; none where both are the same.
    elsewhere: Option<psight::Process>,
    kept: Mutex<Option<OwnedOneshot>>,
}

impl Process {
    /// The process of the running kernel.
    pub(crate) fn acting(&self) -> &psight::Process {
        self.elsewhere.as_ref().unwrap_or(&self.files)
    }

    /// Whether files and system calls speak of the same process.
    pub(crate) fn is_live(&self) -> bool {
        self.elsewhere.is_none()
    }
}

/// A question about a process's files, the interpreter let go meanwhile.
pub(crate) fn ask<T: Send>(
    slf: &Bound<'_, Process>,
    question: impl FnOnce(&psight::Process) -> psight::Result<T> + Send,
) -> PyResult<T> {
    let process: &psight::Process = &slf.get().files;
    let told = slf.py().detach(|| question(process));
    told.map_err(|error| errors::of_process(slf, error))
}

fn path(py: Python<'_>, path: Option<PathBuf>) -> PyResult<Bound<'_, PyAny>> {
    values::text(py, path.unwrap_or_default().as_os_str())
}

fn text<'py>(py: Python<'py>, text: &OsString) -> PyResult<Bound<'py, PyAny>> {
    values::text(py, text)
}

#[pymethods]
impl Process {
    /// No call is made: whether there is such a process, the first question tells.
    #[new]
    #[pyo3(signature = (pid, stamp = None))]
    fn new(py: Python<'_>, pid: u32, stamp: Option<u64>) -> PyResult<Self> {
        let system = machine::current(py)?;
        let local = system.roots().is_live();
        Ok(Self {
            files: Arc::new(system.handle(ProcessId { pid, stamp })),
            elsewhere: (!local).then(|| System::local().handle(pid)),
            kept: Mutex::new(None),
        })
    }

    /// Its id.
    #[getter]
    fn pid(&self) -> u32 {
        self.files.pid()
    }

    /// Keeps what is read until `oneshot_exit`.
    fn oneshot_enter(&self) {
        let kept = psight::Process::oneshot_of(&self.files);
        let mut place = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = place.replace(kept);
        drop(place);
        drop(before);
    }

    fn oneshot_exit(&self) {
        let mut place = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = place.take();
        drop(place);
        drop(before);
    }

    /// When it started, in the kernel's ticks since boot.
    fn start_ticks(slf: &Bound<'_, Self>) -> PyResult<Option<u64>> {
        ask(slf, |process| Ok(process.identify()?.stamp))
    }

    /// Seconds since the epoch.
    fn wall_create_time(slf: &Bound<'_, Self>) -> PyResult<f64> {
        ask(slf, psight::Process::create_time)
    }

    /// As the kernel keeps it, cut at 15 bytes.
    fn name<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        text(slf.py(), &ask(slf, psight::Process::kernel_name)?)
    }

    /// `''` for a kernel thread.
    fn exe<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        path(slf.py(), ask(slf, psight::Process::exe_link)?)
    }

    fn cmdline<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
        let arguments = ask(slf, psight::Process::cmdline)?;
        strings(slf.py(), &arguments)
    }

    fn environ<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        variables(slf.py(), &ask(slf, psight::Process::environ)?)
    }

    fn cwd<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        path(slf.py(), Some(ask(slf, psight::Process::cwd)?))
    }

    fn status<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let status = ask(slf, psight::Process::status)?;
        Ok(values::word(slf.py(), status.as_str()))
    }

    fn ppid(slf: &Bound<'_, Self>) -> PyResult<u32> {
        ask(slf, psight::Process::ppid)
    }

    fn uids<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::uids)?)
    }

    fn gids<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::gids)?)
    }

    /// `None` without one.
    fn terminal<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let terminal = ask(slf, psight::Process::terminal)?;
        terminal
            .map(|terminal| path(slf.py(), Some(terminal)))
            .transpose()
    }

    fn cpu_times<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::cpu_times)?)
    }

    fn cpu_num(slf: &Bound<'_, Self>) -> PyResult<u32> {
        ask(slf, psight::Process::cpu_num)
    }

    fn num_ctx_switches<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::num_ctx_switches)?)
    }

    fn num_threads(slf: &Bound<'_, Self>) -> PyResult<u64> {
        ask(slf, psight::Process::num_threads)
    }

    fn threads<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        list(slf.py(), &ask(slf, psight::Process::threads)?)
    }

    fn page_faults<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::page_faults)?)
    }

    fn memory_info<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::memory_info)?)
    }

    fn memory_full_info<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::memory_full_info)?)
    }

    /// A list of `pmmap_grouped`, or of `pmmap_ext`.
    #[pyo3(signature = (grouped = false))]
    fn memory_maps<'py>(slf: &Bound<'py, Self>, grouped: bool) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if grouped {
            return list(py, &ask(slf, psight::Process::memory_maps_grouped)?);
        }
        list(py, &ask(slf, psight::Process::memory_maps)?)
    }

    fn io_counters<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        named(slf.py(), &ask(slf, psight::Process::io_counters)?)
    }

    fn num_fds(slf: &Bound<'_, Self>) -> PyResult<u64> {
        ask(slf, psight::Process::num_fds)
    }

    fn open_files<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        list(slf.py(), &ask(slf, psight::Process::open_files)?)
    }

    /// A list of `pconn`.
    fn net_connections<'py>(
        slf: &Bound<'py, Self>,
        kind: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyList>> {
        let kind = kind_of(kind)?;
        let sockets = ask(slf, |process| process.net_connections(kind))?;
        connections::of_process(slf.py(), &sockets)
    }

    /// `(pid, start ticks)` of its children, or of all its descendants.
    fn children(slf: &Bound<'_, Self>, recursive: bool) -> PyResult<Vec<(u32, Option<u64>)>> {
        let children = ask(slf, |process| {
            if recursive {
                process.descendants()
            } else {
                process.children()
            }
        })?;
        let ids = children.iter().map(psight::Process::id);
        Ok(ids.map(|id| (id.pid, id.stamp)).collect())
    }
}

/// A dict of texts.
pub(crate) fn variables<'py>(
    py: Python<'py>,
    environ: &BTreeMap<OsString, OsString>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (key, value) in environ {
        dict.set_item(text(py, key)?, text(py, value)?)?;
    }
    Ok(dict)
}

/// A list of texts.
pub(crate) fn strings<'py>(py: Python<'py>, texts: &[OsString]) -> PyResult<Bound<'py, PyList>> {
    let texts: PyResult<Vec<_>> = texts.iter().map(|item| text(py, item)).collect();
    PyList::new(py, texts?)
}
