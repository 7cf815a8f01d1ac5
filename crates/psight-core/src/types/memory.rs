//! Physical memory, swap and the allocator's heap.

record! {
    /// Physical memory, as psutil 7 computes it.
    #[derive(Copy)]
    pub struct VirtualMemory {
        /// Bytes. All physical memory the kernel manages.
        total: u64 = Bytes,
        /// Bytes. What a new program can have without swapping.
        available: u64 = Bytes,
        /// Percent. `(total - available) / total`, one decimal.
        percent: f64 = Percent,
        /// Bytes. `total - available` on Linux.
        used: u64 = Bytes,
        /// Bytes. Used for nothing at all, caches included in "something".
        free: u64 = Bytes,
        /// Bytes. Recently used. Absent where the kernel does not print it.
        active: Option<u64> = Bytes,
        /// Bytes. Not recently used. Absent where the kernel does not print it.
        inactive: Option<u64> = Bytes,
        /// Bytes. Raw block-device cache. Absent where the kernel does not print it.
        buffers: Option<u64> = Bytes,
        /// Bytes. Page cache with reclaimable slab. Absent where the kernel does not print it.
        cached: Option<u64> = Bytes,
        /// Bytes. Shared memory and tmpfs. Absent where the kernel does not print it.
        shared: Option<u64> = Bytes,
        /// Bytes. The kernel's own structures. Linux.
        slab: Option<u64> = Bytes,
    }
}

record! {
    /// Swap space and its traffic since boot.
    #[derive(Copy)]
    pub struct SwapMemory {
        /// Bytes. All swap devices; 0 is a machine without swap.
        total: u64 = Bytes,
        /// Bytes. In use.
        used: u64 = Bytes,
        /// Bytes. Not in use.
        free: u64 = Bytes,
        /// Percent. `used / total`, one decimal; 0 without swap.
        percent: f64 = Percent,
        /// Bytes. Read back from swap since boot. Absent when `/proc/vmstat` cannot tell.
        sin: Option<u64> = Bytes,
        /// Bytes. Written to swap since boot. Absent when `/proc/vmstat` cannot tell.
        sout: Option<u64> = Bytes,
    }
}

record! {
    /// The C library's allocator in this process.
    #[derive(Copy)]
    pub struct HeapInfo {
        /// Bytes. Handed out from the heap.
        heap_used: u64 = Bytes,
        /// Bytes. Handed out by separate mappings.
        mmap_used: u64 = Bytes,
    }
}
