//! Many facts at once: `as_dict` of one process, and of as many as `process_iter` asks for.

use psight::{Answer, ProcessField, ProcessFields, ProcessId, ProcessInfo};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::process::{Process, ask, strings, variables};
use crate::scheduling::pionice;
use crate::shapes::{list, named};
use crate::{connections, machine, values};

/// What is asked, and what stands for an answer that the caller may not have.
struct Question<'py> {
    /// In the order asked, under the names that Python uses.
    names: Vec<(Bound<'py, PyString>, ProcessField)>,
    fields: ProcessFields,
    denied: Bound<'py, PyAny>,
    /// Whether a fact that this kernel has not is an error, not just left out.
    strict: bool,
}

impl<'py> Question<'py> {
    fn of(names: &Bound<'py, PyTuple>, denied: Bound<'py, PyAny>, strict: bool) -> PyResult<Self> {
        let known = |name: Bound<'py, PyAny>| -> PyResult<_> {
            let name = name.cast_into::<PyString>()?;
            let field = ProcessField::from_name(&name.to_string_lossy());
            match field {
                Some(field) => Ok((name, field)),
                None => Err(PyValueError::new_err(format!("invalid attr name {name:?}"))),
            }
        };
        let names: Vec<_> = names.iter().map(known).collect::<PyResult<_>>()?;
        let fields = names.iter().map(|(_, field)| *field).collect();
        Ok(Self {
            names,
            fields,
            denied,
            strict,
        })
    }

    /// The answers of one process.
    fn dict(&self, info: &ProcessInfo) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(self.denied.py());
        for (name, field) in &self.names {
            if let Some(value) = self.fact(info, *field)? {
                dict.set_item(name, value)?;
            }
        }
        Ok(dict)
    }

    fn fact(&self, info: &ProcessInfo, field: ProcessField) -> PyResult<Option<Bound<'py, PyAny>>> {
        use ProcessField as F;
        let py = self.denied.py();
        macro_rules! told {
            ($field:ident, $show:expr) => {
                self.shown(&info.$field, stringify!($field), $show)
            };
        }
        match field {
            F::Cmdline => told!(cmdline, |it| Ok(strings(py, it)?.into_any())),
            F::CpuAffinity => told!(cpu_affinity, |it| it.into_bound_py_any(py)),
            F::CpuNum => told!(cpu_num, |it| it.into_bound_py_any(py)),
            F::CpuPercent => told!(cpu_percent, |it| it.into_bound_py_any(py)),
            F::CpuTimes => told!(cpu_times, |it| named(py, it)),
            F::CreateTime => told!(create_time, |it| it.into_bound_py_any(py)),
            F::Cwd => told!(cwd, |it| values::text(py, it.as_os_str())),
            F::Environ => told!(environ, |it| Ok(variables(py, it)?.into_any())),
            F::Exe => told!(exe, |it| {
                values::text(py, it.as_ref().map_or("".as_ref(), |exe| exe.as_os_str()))
            }),
            F::Gids => told!(gids, |it| named(py, it)),
            F::IoCounters => told!(io_counters, |it| named(py, it)),
            F::Ionice => told!(ionice, |it| pionice(py, *it)),
            F::MemoryFullInfo => told!(memory_full_info, |it| named(py, it)),
            F::MemoryInfo => told!(memory_info, |it| named(py, it)),
            F::MemoryMaps => told!(memory_maps, |it| list(py, it)),
            F::MemoryPercent => told!(memory_percent, |it| it.into_bound_py_any(py)),
            F::Name => told!(name, |it| values::text(py, it)),
            F::NetConnections => told!(net_connections, |it| {
                Ok(connections::of_process(py, it)?.into_any())
            }),
            F::Nice => told!(nice, |it| it.into_bound_py_any(py)),
            F::NumCtxSwitches => told!(num_ctx_switches, |it| named(py, it)),
            F::NumFds => told!(num_fds, |it| it.into_bound_py_any(py)),
            F::NumThreads => told!(num_threads, |it| it.into_bound_py_any(py)),
            F::OpenFiles => told!(open_files, |it| list(py, it)),
            F::Pid => told!(pid, |it| it.into_bound_py_any(py)),
            F::Ppid => told!(ppid, |it| it.into_bound_py_any(py)),
            F::Status => told!(status, |it| Ok(values::word(py, it.as_str()))),
            F::Terminal => told!(terminal, |it| match it {
                Some(terminal) => values::text(py, terminal.as_os_str()),
                None => Ok(py.None().into_bound(py)),
            }),
            F::Threads => told!(threads, |it| list(py, it)),
            F::Uids => told!(uids, |it| named(py, it)),
            F::Username => told!(username, |it| values::text(py, it)),
            other => {
                let text = format!("{} is not a fact of psutil's", other.as_str());
                Err(PyValueError::new_err(text))
            }
        }
    }

    fn shown<T>(
        &self,
        answer: &Answer<T>,
        name: &str,
        show: impl FnOnce(&T) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        match answer {
            Answer::Value(value) => show(value).map(Some),
            Answer::Denied | Answer::Zombie => Ok(Some(self.denied.clone())),
            Answer::Unsupported if self.strict => {
                let text = format!("{name} is not known on this platform or kernel");
                Err(PyNotImplementedError::new_err(text))
            }
            Answer::NotAsked | Answer::Unsupported => Ok(None),
            Answer::Failed(why) => Err(pyo3::exceptions::PyOSError::new_err(why.to_string())),
        }
    }
}

/// One look at many processes: `(pid, start ticks, facts)` of each that is there, in order.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "PyO3 makes a Vec of a list")]
pub(crate) fn look<'py>(
    py: Python<'py>,
    pids: Vec<u32>,
    names: &Bound<'py, PyTuple>,
    ad_value: Bound<'py, PyAny>,
    strict: bool,
) -> PyResult<Bound<'py, PyList>> {
    let question = Question::of(names, ad_value, strict)?;
    let fields = question.fields;
    let found = machine::ask(py, |system| system.look(&pids, fields))?;
    let rows = found.iter().map(|(ProcessId { pid, stamp }, info)| {
        (*pid, *stamp, question.dict(info)?).into_pyobject(py)
    });
    PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
}

#[pymethods]
impl Process {
    /// Whether `facts` can be asked: files and system calls speak of the same process.
    #[getter]
    fn live(&self) -> bool {
        self.is_live()
    }

    /// Facts by name, each source read once. `NoSuchProcess` when it is gone.
    fn facts<'py>(
        slf: &Bound<'py, Self>,
        names: &Bound<'py, PyTuple>,
        ad_value: Bound<'py, PyAny>,
        strict: bool,
    ) -> PyResult<Bound<'py, PyDict>> {
        let question = Question::of(names, ad_value, strict)?;
        let fields = question.fields;
        question.dict(&ask(slf, |process| process.info(fields))?)
    }
}
