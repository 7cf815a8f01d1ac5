//! Physical memory, swap, and the allocator of this process.
//!
//! Sources: `/proc/meminfo`, `/proc/vmstat`, `/proc/zoneinfo`, sysinfo(2), mallinfo2(3). Authority:
//! `proc_meminfo(5)`, `proc_vmstat(5)`.

use psight_core::calc::memory;
use psight_core::parse::linux::meminfo::Meminfo;
use psight_core::parse::linux::vmstat::Vmstat;
use psight_core::parse::linux::zoneinfo;
use psight_core::types::{HeapInfo, SwapMemory, VirtualMemory};
use psight_core::{Expected, ParseError};

use super::Host;
use crate::error::{Fault, Outcome};
use crate::os;
use crate::seam::Memory;

/// Bytes. psutil counts swap traffic in pages of this size on every machine.
const SWAP_PAGE: u64 = 4096;

impl Memory for Host {
    fn virtual_memory(&self) -> Outcome<VirtualMemory> {
        let mut raw = raw(&self.meminfo()?);
        // Before Linux 3.14.
        if raw.wants_low_watermark() {
            let zones = self.read_proc("zoneinfo").ok();
            raw.low_watermark =
                zones.map(|zones| zoneinfo::low_pages(&zones).saturating_mul(self.page_size));
        }
        Ok(memory::virtual_memory(&raw))
    }

    fn swap_memory(&self) -> Outcome<SwapMemory> {
        let meminfo = self.meminfo()?;
        let (total, free) = match (meminfo.swap_total_kib, meminfo.swap_free_kib) {
            (Some(total), Some(free)) => (bytes(total), bytes(free)),
            // Containers that emulate the file may leave the lines out.
            _ if self.live => {
                let told = os::sysinfo::sysinfo();
                (told.total_swap, told.free_swap)
            }
            _ => {
                let error = ParseError::new("/proc/meminfo", "SwapTotal", Expected::Present);
                return Err(Fault::parse(self.proc_path("meminfo"), error));
            }
        };
        let traffic = self
            .read_proc("vmstat")
            .map(|vmstat| Vmstat::parse(&vmstat));
        let traffic = traffic.unwrap_or_default();
        let pages = |pages: u64| pages.saturating_mul(SWAP_PAGE);
        let (sin, sout) = (
            traffic.pswpin_pages.map(pages),
            traffic.pswpout_pages.map(pages),
        );
        Ok(memory::swap(total, free, sin, sout))
    }

    fn heap_info(&self) -> Outcome<HeapInfo> {
        let heap = os::mallinfo::mallinfo().filter(|_| self.live);
        let heap = heap.ok_or(Fault::Unsupported("heap_info"))?;
        Ok(HeapInfo {
            heap_used: heap.used,
            mmap_used: heap.mapped,
        })
    }

    fn heap_trim(&self) -> Outcome<()> {
        if !self.live {
            return Err(Fault::Unsupported("heap_trim"));
        }
        os::mallinfo::malloc_trim()
            .map(drop)
            .ok_or(Fault::Unsupported("heap_trim"))
    }
}

impl Host {
    fn meminfo(&self) -> Outcome<Meminfo> {
        Meminfo::parse(&self.read_proc_record("meminfo")?)
            .map_err(|error| Fault::parse(self.proc_path("meminfo"), error))
    }
}

const fn bytes(kib: u64) -> u64 {
    kib.saturating_mul(1024)
}

fn raw(meminfo: &Meminfo) -> memory::Raw {
    let told = |kib: Option<u64>| kib.map(bytes);
    memory::Raw {
        total: bytes(meminfo.mem_total_kib),
        free: bytes(meminfo.mem_free_kib),
        available: told(meminfo.mem_available_kib),
        buffers: told(meminfo.buffers_kib),
        cached: told(meminfo.cached_kib),
        sreclaimable: told(meminfo.sreclaimable_kib),
        shmem: told(meminfo.shmem_kib),
        mem_shared: told(meminfo.mem_shared_kib),
        slab: told(meminfo.slab_kib),
        active: told(meminfo.active_kib),
        inactive: told(meminfo.inactive_kib),
        inact_dirty: told(meminfo.inact_dirty_kib),
        inact_clean: told(meminfo.inact_clean_kib),
        inact_laundry: told(meminfo.inact_laundry_kib),
        active_file: told(meminfo.active_file_kib),
        inactive_file: told(meminfo.inactive_file_kib),
        low_watermark: None,
    }
}
