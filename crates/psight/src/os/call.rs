//! What every call has in common: the last error, a retry after a signal, a buffer that grows,
//! and a process id in the kernel's type.

use std::io;

/// The answer of a call that says -1 when it fails and leaves the reason in `errno`.
pub(crate) fn checked<T: Copy + PartialEq + From<i8>>(answer: T) -> io::Result<T> {
    if answer == T::from(-1) {
        Err(io::Error::last_os_error())
    } else {
        Ok(answer)
    }
}

/// Repeats a call for as long as a signal interrupts it.
///
/// Only for calls that end by themselves: one that waits must let its caller see the signal.
pub(crate) fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
}

/// Ask, allocate, ask again: calls `ask` with a growing size until it has an answer.
///
/// `ask` says `Ok(None)` when the size was too small. Starts at `start`, doubles, and gives up
/// with `ENOMEM` above `limit`. Units are the caller's.
pub(crate) fn grow<T>(
    start: usize,
    limit: usize,
    mut ask: impl FnMut(usize) -> io::Result<Option<T>>,
) -> io::Result<T> {
    let mut size = start.max(1);
    while size <= limit {
        if let Some(answer) = retry(|| ask(size))? {
            return Ok(answer);
        }
        size = size.saturating_mul(2);
    }
    Err(io::Error::from_raw_os_error(libc::ENOMEM))
}

/// A process or thread id in the kernel's type.
///
/// Errors: `ESRCH` for 0, which the kernel would take for the caller or its whole group, and for
/// what no process can have.
pub(crate) fn process_id(pid: u32) -> io::Result<libc::pid_t> {
    libc::pid_t::try_from(pid)
        .ok()
        .filter(|pid| *pid > 0)
        .ok_or_else(|| io::Error::from_raw_os_error(libc::ESRCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_call_is_made_again() {
        let mut left = 3;
        let answer = retry(|| {
            left -= 1;
            if left > 0 {
                Err(io::ErrorKind::Interrupted.into())
            } else {
                Ok(left)
            }
        });
        assert_eq!(answer.unwrap(), 0);
    }

    #[test]
    fn the_buffer_doubles_until_the_answer_fits() {
        let mut sizes = Vec::new();
        let answer = grow(4, 64, |size| {
            sizes.push(size);
            Ok((size >= 30).then_some(size))
        });
        assert_eq!(answer.unwrap(), 32);
        assert_eq!(sizes, [4, 8, 16, 32]);
    }

    #[test]
    fn growth_ends_at_the_limit() {
        let error = grow(4, 64, |_| Ok(None::<()>)).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ENOMEM));
    }

    #[test]
    fn zero_and_impossible_ids_are_no_process() {
        assert_eq!(process_id(1).unwrap(), 1);
        for pid in [0, 1 << 31, u32::MAX] {
            assert_eq!(
                process_id(pid).unwrap_err().raw_os_error(),
                Some(libc::ESRCH)
            );
        }
    }
}
