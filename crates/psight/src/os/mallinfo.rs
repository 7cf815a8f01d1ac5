//! The C library's own heap: what glibc's allocator holds, and giving free memory back.
//!
//! mallinfo2(3) came with glibc 2.33. It is looked up when asked for, so that a program built
//! with a newer glibc still starts on an older one.

use std::ffi::{c_int, c_void};
use std::mem::transmute;

/// mallinfo2(3).
type Mallinfo2 = unsafe extern "C" fn() -> libc::mallinfo2;

/// Bytes the allocator holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawHeap {
    /// Bytes. Allocated blocks inside the heap (`uordblks`).
    pub(crate) used: u64,
    /// Bytes. Blocks large enough to be mapped on their own (`hblkhd`).
    pub(crate) mapped: u64,
}

/// The heap of this process, of all arenas. `None` when the C library cannot tell.
///
/// Source: mallinfo(3). The older function counts in `int`, so it wraps above 4 GiB.
pub(crate) fn mallinfo() -> Option<RawHeap> {
    if let Some(mallinfo2) = mallinfo2() {
        // SAFETY: the symbol has this signature since glibc 2.33, where it first appeared.
        let heap = unsafe { mallinfo2() };
        return Some(RawHeap {
            used: u64::try_from(heap.uordblks).ok()?,
            mapped: u64::try_from(heap.hblkhd).ok()?,
        });
    }
    // SAFETY: mallinfo has no arguments and returns its record by value.
    let heap = unsafe { libc::mallinfo() };
    Some(RawHeap {
        used: wrapped(heap.uordblks),
        mapped: wrapped(heap.hblkhd),
    })
}

/// An `int` that counts past its sign bit.
fn wrapped(count: c_int) -> u64 {
    u64::from(count.cast_unsigned())
}

/// The newer function, when the C library of this process has it.
fn mallinfo2() -> Option<Mallinfo2> {
    // SAFETY: the name is a C string, and RTLD_DEFAULT is a handle that is always valid.
    let symbol = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"mallinfo2".as_ptr()) };
    // SAFETY: an address or null becomes a function pointer or None, of the same size; the
    // signature is that of mallinfo2(3).
    unsafe { transmute::<*mut c_void, Option<Mallinfo2>>(symbol) }
}

/// Gives free memory at the top of the heap, and whole free pages, back to the kernel. Whether any
/// was given; `None` when the C library cannot do it.
///
/// Source: `malloc_trim(3)`.
#[expect(clippy::unnecessary_wraps, reason = "Other C libraries answer `None`.")]
pub(crate) fn malloc_trim() -> Option<bool> {
    // SAFETY: malloc_trim takes a number and locks the arenas by itself.
    Some(unsafe { libc::malloc_trim(0) } == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allocation_shows() {
        let before = mallinfo().unwrap();
        let block = std::hint::black_box(vec![1u8; 64 << 20]);
        let after = mallinfo().unwrap();
        let grown = |heap: RawHeap| heap.used.saturating_add(heap.mapped);
        assert!(grown(after) >= grown(before) + (block.len() as u64) / 2);
        assert!(malloc_trim().is_some());
    }

    #[test]
    fn an_int_past_its_sign_bit_is_still_a_count() {
        assert_eq!(wrapped(-1), u64::from(u32::MAX));
    }
}
