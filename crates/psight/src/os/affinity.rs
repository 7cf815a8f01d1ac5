//! The CPUs a thread may run on, also beyond the 1024 of a fixed `cpu_set_t`.

use std::ffi::c_ulong;
use std::io;

use super::call::{checked, grow, process_id, retry};

/// CPUs in one word of the kernel's mask.
const WORD: usize = c_ulong::BITS as usize;
/// Words of the first mask: 1024 CPUs.
const FIRST: usize = 1024 / WORD;
/// Words of the largest mask: over a million CPUs, far above what a kernel can be built for.
const LARGEST: usize = (1 << 20) / WORD;

/// The numbers of the CPUs a thread may run on, ascending.
///
/// Source: `sched_getaffinity(2)`, which refuses a mask smaller than the kernel's own.
/// Errors: `ESRCH`; `EPERM`.
pub(crate) fn sched_getaffinity(pid: u32) -> io::Result<Vec<u32>> {
    let pid = process_id(pid)?;
    let mask = grow(FIRST, LARGEST, |words| {
        let mut mask: Vec<c_ulong> = vec![0; words];
        let size = size_of_val(mask.as_slice());
        // SAFETY: `mask` is valid for writing for the stated number of bytes.
        match checked(unsafe { libc::sched_getaffinity(pid, size, mask.as_mut_ptr().cast()) }) {
            Ok(_) => Ok(Some(mask)),
            Err(error) if error.raw_os_error() == Some(libc::EINVAL) => Ok(None),
            Err(error) => Err(error),
        }
    })?;
    Ok(cpus(&mask))
}

/// Sets the CPUs a thread may run on. The kernel leaves out those the machine has not.
///
/// Source: `sched_setaffinity(2)`.
/// Errors: `EINVAL` none of them can be used, or a number no machine has; `ESRCH`; `EPERM`.
pub(crate) fn sched_setaffinity(pid: u32, cpus: &[u32]) -> io::Result<()> {
    let pid = process_id(pid)?;
    let mask = mask(cpus).ok_or_else(|| io::Error::from_raw_os_error(libc::EINVAL))?;
    let size = size_of_val(mask.as_slice());
    retry(|| {
        // SAFETY: `mask` is valid for reading for the stated number of bytes.
        checked(unsafe { libc::sched_setaffinity(pid, size, mask.as_ptr().cast()) })
    })
    .map(drop)
}

/// The numbers of the bits set.
fn cpus(mask: &[c_ulong]) -> Vec<u32> {
    let mut found = Vec::new();
    for (first, word) in (0u32..).step_by(WORD).zip(mask) {
        let mut left = *word;
        while left != 0 {
            found.push(first + left.trailing_zeros());
            // The lowest of the bits left.
            left &= left - 1;
        }
    }
    found
}

/// The mask with those bits set, as long as it must be; `None` when that is longer than any.
fn mask(cpus: &[u32]) -> Option<Vec<c_ulong>> {
    let mut mask: Vec<c_ulong> = vec![0; FIRST];
    for cpu in cpus {
        let cpu = usize::try_from(*cpu).ok()?;
        let word = cpu / WORD;
        if word >= LARGEST {
            return None;
        }
        if word >= mask.len() {
            mask.resize(word + 1, 0);
        }
        *mask.get_mut(word)? |= 1 << (cpu % WORD);
    }
    Some(mask)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::process::Command;

    #[test]
    fn a_childs_cpus_are_set_and_read_back() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let all = sched_getaffinity(child.id()).unwrap();
        let first = *all.first().unwrap();
        sched_setaffinity(child.id(), &[first]).unwrap();
        assert_eq!(sched_getaffinity(child.id()).unwrap(), [first]);
        // CPUs the machine has not are left out by the kernel, also beyond 1024.
        let mut more = all.clone();
        more.push(9999);
        sched_setaffinity(child.id(), &more).unwrap();
        assert_eq!(sched_getaffinity(child.id()).unwrap(), all);
        for none in [&[][..], &[9999], &[u32::MAX]] {
            let error = sched_setaffinity(child.id(), none).unwrap_err();
            assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn pid_zero_is_not_ourselves() {
        assert_eq!(
            sched_getaffinity(0).unwrap_err().raw_os_error(),
            Some(libc::ESRCH)
        );
    }

    proptest! {
        #[test]
        fn a_mask_keeps_its_cpus(set in proptest::collection::btree_set(0u32..100_000, 0..50)) {
            let wanted: Vec<u32> = set.into_iter().collect();
            prop_assert_eq!(cpus(&mask(&wanted).unwrap()), wanted);
        }

        #[test]
        fn never_panics(wanted: Vec<u32>) {
            let _ = mask(&wanted);
        }
    }
}
