//! The public records, one file per domain, in psutil's names, bytes and seconds.
//!
//! A number every platform knows is plain; one that some kernel, platform or permission withholds
//! is an `Option`, and its documentation says why. Absent is never 0.

mod by_name;
mod cpu;
mod disk;
mod host;
mod memory;
mod net;
mod process;
mod process_info;
mod sensors;

pub use by_name::ByName;
pub use cpu::{CpuFreq, CpuStats, CpuTimes, LoadAverage};
pub use disk::{DiskIoCounters, DiskPartition, DiskUsage};
pub use host::User;
pub use memory::{HeapInfo, SwapMemory, VirtualMemory};
pub use net::{
    AddressFamily, Connection, ConnectionKind, ConnectionStatus, Endpoint, InetAddress,
    NetIoCounters, NicAddress, NicDuplex, NicStats, SocketType,
};
pub use process::{
    ContextSwitches, ExitStatus, Gids, IoClass, IoCounters, IoPriority, Limit, MemoryFullInfo,
    MemoryInfo, MemoryMap, MemoryMapGrouped, OpenFile, PageFaults, ProcessCpuTimes, Resource,
    Rlimit, Status, Thread, Uids,
};
pub use process_info::{Answer, ProcessField, ProcessFields, ProcessInfo};
pub use sensors::{Battery, BatteryTime, Fan, Temperature};

/// A process id. Unsigned on every platform; the kernels give no negative one.
pub type Pid = u32;
