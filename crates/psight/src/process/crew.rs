//! A look at many processes by one thread, or by two when that pays.
//!
//! Reading `/proc` is the kernel's work, and two CPUs do it nearly twice as fast as one; starting a
//! thread costs as much as some ten processes. More than two bring nothing: they wait for each other
//! in the kernel.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZero;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

/// Items from which on a second thread is worth its start.
const MANY: usize = 256;

/// Items dealt at once. Neighbors are alike (kernel threads have low ids and little to read), so a
/// fine deal gives both about the same work.
const BLOCK: usize = 16;

/// What a thread found in each of its blocks, and what it noted on the way.
type Found<T, K, V> = (Vec<Vec<T>>, HashMap<K, V>);

/// Looks at all items, in blocks; what is found comes back in the order of the items.
pub(super) fn look_at_all<I, T, K, V, E>(
    items: &[I],
    look_at: impl Fn(&mut dyn Iterator<Item = &[I]>) -> Result<Found<T, K, V>, E> + Sync,
) -> Result<(Vec<T>, HashMap<K, V>), E>
where
    I: Sync,
    T: Send,
    K: Send + Eq + Hash,
    V: Send,
    E: Send,
{
    let alone = || look_at(&mut items.chunks(BLOCK));
    let (found, notes) = if items.len() < MANY || !a_second_cpu() {
        alone()?
    } else {
        thread::scope(|scope| {
            let second = thread::Builder::new().spawn_scoped(scope, || {
                look_at(&mut items.chunks(BLOCK).skip(1).step_by(2))
            });
            // No second thread to be had: the limit of threads is reached.
            let Ok(second) = second else { return alone() };
            let first = look_at(&mut items.chunks(BLOCK).step_by(2));
            // A panic there is a panic here.
            let second = second
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let ((firsts, mut notes), (seconds, more)) = (first?, second?);
            notes.extend(more);
            Ok((alternating(firsts, seconds), notes))
        })?
    };
    Ok((found.into_iter().flatten().collect(), notes))
}

/// The first of the first, the first of the second, the second of the first, and so on.
fn alternating<T>(firsts: Vec<T>, seconds: Vec<T>) -> Vec<T> {
    let mut all = Vec::with_capacity(firsts.len().saturating_add(seconds.len()));
    let mut seconds = seconds.into_iter();
    for first in firsts {
        all.push(first);
        all.extend(seconds.next());
    }
    all.extend(seconds);
    all
}

/// Whether this process may use a second CPU; looked up once, as it costs a dozen calls.
fn a_second_cpu() -> bool {
    // No `OnceLock`: a process forked while another thread is looking would wait for it for ever.
    static KNOWN: AtomicU8 = AtomicU8::new(UNKNOWN);
    const UNKNOWN: u8 = 2;
    match KNOWN.load(Ordering::Relaxed) {
        UNKNOWN => {
            let second =
                thread::available_parallelism().is_ok_and(|cpus| cpus > NonZero::<usize>::MIN);
            KNOWN.store(second.into(), Ordering::Relaxed);
            second
        }
        known => known != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items_with_one_thread_and_with_two() {
        for count in [0, 1, 15, 16, 17, 255, 256, 257, 1000, 1023] {
            let items: Vec<usize> = (0..count).collect();
            let look_at = |blocks: &mut dyn Iterator<Item = &[usize]>| {
                let blocks: Vec<Vec<usize>> = blocks.map(<[usize]>::to_vec).collect();
                let notes = blocks.iter().flatten().map(|item| (*item, *item)).collect();
                Ok::<_, ()>((blocks, notes))
            };
            let (found, notes) = look_at_all(&items, look_at).unwrap();
            assert_eq!(found, items);
            assert_eq!(notes.len(), count);
        }
    }

    #[test]
    fn an_error_of_either_thread_is_told() {
        let items: Vec<usize> = (0..1000).collect();
        let fails_at = |bad: usize| {
            let look_at = |blocks: &mut dyn Iterator<Item = &[usize]>| {
                let bad = blocks.flatten().any(|item| *item == bad);
                if bad {
                    Err(())
                } else {
                    Ok((Vec::<Vec<usize>>::new(), HashMap::<usize, usize>::new()))
                }
            };
            look_at_all(&items, look_at).is_err()
        };
        assert!(fails_at(0) && fails_at(16) && fails_at(999));
        assert!(!fails_at(1000));
    }
}
