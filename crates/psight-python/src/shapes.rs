//! Records as named tuples: which class of `psight._ntuples` shows which record, field by field.
//!
//! The classes say which fields there are and in which order; they differ by platform. A field the
//! kernel did not tell is what psutil puts there: `None`, or 0 where psutil knows only numbers.

use psight::{
    ContextSwitches, CpuFreq, CpuStats, CpuTimes, DiskIoCounters, DiskPartition, Fan, Field, Gids,
    HeapInfo, InetAddress, IoCounters, MemoryFullInfo, MemoryInfo, MemoryMap, MemoryMapGrouped,
    NetIoCounters, OpenFile, PageFaults, ProcessCpuTimes, Record, SwapMemory, Temperature, Thread,
    Uids, Value, VirtualMemory,
};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyTuple};

use crate::class::Class;
use crate::values;

/// What stands where the kernel told nothing.
#[derive(Clone, Copy)]
pub(crate) enum Absent {
    None,
    Zero,
    ZeroSeconds,
}

/// A named tuple class, and the record's field behind each of its own.
pub(crate) struct Shape {
    class: Class,
    /// By place in the tuple, the place in the record; none where the record has no such field.
    places: Vec<Option<usize>>,
}

/// A record that has a named tuple.
pub(crate) trait Shaped: Record {
    /// What stands where the kernel told nothing.
    const ABSENT: Absent;
    /// Its class, found at first use.
    fn shape(py: Python<'_>) -> PyResult<&'static Shape>;
}

macro_rules! shapes {
    ($($record:ident $class:literal $absent:ident;)+) => {$(
        impl Shaped for $record {
            const ABSENT: Absent = Absent::$absent;

            fn shape(py: Python<'_>) -> PyResult<&'static Shape> {
                static SHAPE: PyOnceLock<Shape> = PyOnceLock::new();
                let class = Class::tuple($class);
                SHAPE.get_or_try_init(py, || Shape::of(py, class, $record::FIELDS))
            }
        }
    )+};
}

shapes! {
    CpuTimes "scputimes" ZeroSeconds;
    CpuStats "scpustats" None;
    CpuFreq "scpufreq" ZeroSeconds;
    VirtualMemory "svmem" Zero;
    SwapMemory "sswap" Zero;
    HeapInfo "pheap" None;
    DiskPartition "sdiskpart" None;
    DiskIoCounters "sdiskio" Zero;
    NetIoCounters "snetio" None;
    InetAddress "addr" None;
    Temperature "shwtemp" None;
    Fan "sfan" None;
    ProcessCpuTimes "pcputimes" ZeroSeconds;
    MemoryInfo "pmem" Zero;
    MemoryFullInfo "pfullmem" Zero;
    MemoryMap "pmmap_ext" None;
    MemoryMapGrouped "pmmap_grouped" None;
    IoCounters "pio" Zero;
    OpenFile "popenfile" None;
    Thread "pthread" None;
    Uids "puids" None;
    Gids "pgids" None;
    ContextSwitches "pctxsw" None;
    PageFaults "ppagefaults" None;
}

impl Shape {
    fn of(py: Python<'_>, class: Class, fields: &[Field]) -> PyResult<Self> {
        let shown: Vec<String> = class.get(py)?.getattr("_fields")?.extract()?;
        let place = |name: &String| fields.iter().position(|field| field.name == *name);
        Ok(Self {
            places: shown.iter().map(place).collect(),
            class,
        })
    }

    /// An instance of these values.
    pub(crate) fn tuple<'py>(&self, values: Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
        named_tuple(&self.class, values)
    }

    /// The values of a record, in the order of the class.
    pub(crate) fn values<'py>(
        &self,
        py: Python<'py>,
        record: &dyn Record,
        absent: Absent,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let values = self.places.iter().map(|place| {
            let told = place.map_or(Value::Absent, |place| record.value(place));
            match (told, absent) {
                (Value::Absent | Value::Omitted, Absent::Zero) => values::integer(py, 0),
                (Value::Absent | Value::Omitted, Absent::ZeroSeconds) => values::float(py, 0.0),
                (told, _) => values::object(py, told),
            }
        });
        PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)
    }
}

/// An instance of a named tuple class, made as the class's own constructor makes it but without
/// running its Python.
pub(crate) fn named_tuple<'py>(
    class: &Class,
    values: Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    static NEW: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = values.py();
    let new = NEW.get_or_try_init(py, || {
        let new = py.get_type::<PyTuple>().getattr("__new__")?;
        Ok::<_, PyErr>(new.unbind())
    })?;
    new.bind(py).call1((class.get(py)?, values))
}

/// A record as its named tuple.
pub(crate) fn named<'py, R: Shaped>(py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyAny>> {
    let shape = R::shape(py)?;
    shape.tuple(shape.values(py, record, R::ABSENT)?)
}

/// Records as a list of named tuples.
pub(crate) fn list<'py, R: Shaped>(py: Python<'py>, records: &[R]) -> PyResult<Bound<'py, PyAny>> {
    let rows: PyResult<Vec<_>> = records.iter().map(|record| named(py, record)).collect();
    Ok(PyList::new(py, rows?)?.into_any())
}

/// A record's values as a plain tuple, which `psight` dresses itself.
pub(crate) fn plain<'py, R: Shaped>(py: Python<'py>, record: &R) -> PyResult<Bound<'py, PyAny>> {
    Ok(R::shape(py)?.values(py, record, R::ABSENT)?.into_any())
}
