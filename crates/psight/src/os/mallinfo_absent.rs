//! The C library's heap where the C library does not tell about it: musl, uClibc.

/// Bytes the allocator holds; see the file for glibc.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawHeap {
    /// Bytes. Allocated blocks inside the heap.
    pub(crate) used: u64,
    /// Bytes. Blocks mapped on their own.
    pub(crate) mapped: u64,
}

/// Always `None`: this C library cannot tell.
pub(crate) fn mallinfo() -> Option<RawHeap> {
    None
}

/// Always `None`: this C library cannot do it.
pub(crate) fn malloc_trim() -> Option<bool> {
    None
}
