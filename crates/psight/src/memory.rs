//! Physical memory, swap, and this process's heap.

use psight_core::types::{HeapInfo, SwapMemory, VirtualMemory};

use crate::error::Result;
use crate::seam::Memory;
use crate::system::System;

impl System {
    /// Physical memory of the machine, whatever limits this process is under.
    ///
    /// Source: `/proc/meminfo`; `/proc/zoneinfo` too on kernels before 3.14, which do not print
    /// `MemAvailable`. Cost: one file. Errors: `Os`, `Parse` when a total is missing.
    pub fn virtual_memory(&self) -> Result<VirtualMemory> {
        self.ask(Memory::virtual_memory)
    }

    /// Swap space, and its traffic since boot in bytes.
    ///
    /// Source: `/proc/meminfo` and `/proc/vmstat`; `sysinfo(2)` when meminfo has no swap lines.
    /// Cost: two files. Errors: `Os`.
    pub fn swap_memory(&self) -> Result<SwapMemory> {
        self.ask(Memory::swap_memory)
    }
}

/// [`System::virtual_memory`] of this machine.
pub fn virtual_memory() -> Result<VirtualMemory> {
    System::local().virtual_memory()
}

/// [`System::swap_memory`] of this machine.
pub fn swap_memory() -> Result<SwapMemory> {
    System::local().swap_memory()
}

/// What the C library's allocator of this process has handed out.
///
/// Source: `mallinfo2(3)`, since glibc 2.33; `mallinfo(3)` before, whose numbers wrap at 2 GiB.
/// Errors: `Unsupported` on musl.
pub fn heap_info() -> Result<HeapInfo> {
    System::local().ask(Memory::heap_info)
}

/// Asks the C library's allocator to give unused memory back to the system.
///
/// Source: `malloc_trim(3)`. Errors: `Unsupported` on musl.
pub fn heap_trim() -> Result<()> {
    System::local().ask(Memory::heap_trim)
}
