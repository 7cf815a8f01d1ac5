//! `psight._psight`: psight for Python. A shell: it takes arguments apart, lets go of the
//! interpreter while the kernel is asked, and dresses the answers in Python's objects. What those
//! look like (named tuples, enums, exceptions) is declared in `python/psight`.

mod class;
mod command;
mod connections;
mod cpu;
mod disk;
mod enums;
mod errors;
mod host;
mod interpreter;
mod machine;
mod memory;
mod net;
mod process;
mod scheduling;
mod sensors;
mod shapes;
mod sweep;
mod values;

use pyo3::prelude::*;

/// Asks the kernel what processes and the machine are doing. Private: use `psight`.
#[pymodule(gil_used = false)]
mod _psight {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::command::main;
    #[pymodule_export]
    use super::connections::net_connections;
    #[pymodule_export]
    use super::cpu::{
        cpu_busy, cpu_count_cores, cpu_count_logical, cpu_freq, cpu_percent, cpu_stats, cpu_times,
        cpu_times_percent, cpu_times_width, cpu_total, percent_of_time,
    };
    #[pymodule_export]
    use super::disk::{disk_io_counters, disk_partitions};
    #[pymodule_export]
    use super::host::{boot_time, pid_exists, pids, users};
    #[pymodule_export]
    use super::memory::{heap_info, heap_trim, swap_memory, virtual_memory};
    #[pymodule_export]
    use super::net::{net_if_addrs, net_if_stats, net_io_counters};
    #[pymodule_export]
    use super::process::Process;
    #[pymodule_export]
    use super::sensors::{sensors_battery, sensors_fans, sensors_temperatures};
    #[pymodule_export]
    use super::sweep::look;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::interpreter::only_one(module.py())?;
        module.add("VERSION", env!("CARGO_PKG_VERSION"))?;
        let system = psight::System::local();
        for resource in psight::Resource::ALL {
            if let Ok(number) = system.resource_number(*resource) {
                module.add(resource.as_str(), number)?;
            }
        }
        Ok(())
    }
}
