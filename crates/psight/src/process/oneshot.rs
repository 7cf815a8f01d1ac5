//! Sources read at most once while somebody looks at many facts of one process.
//!
//! Cached is the source (one stat file), not the fact, so ten getters that live on `stat` cost one
//! read. Outside a [`Oneshot`] every getter reads afresh, into buffers its thread keeps.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use super::Process;
use crate::platform::Scratch;

/// While it lives, each source of its process is read at most once; see [`Process::oneshot`].
#[derive(Debug)]
#[must_use = "the sources are kept only while this value lives"]
pub struct Oneshot<'a>(&'a Sources);

/// The sources of one process.
///
/// No lock is waited for: a process forked while another thread reads would wait for ever. Who finds
/// the kept sources in use reads for itself.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// How many `Oneshot`s live.
    depth: AtomicU32,
    /// Counts the outermost ones, so that none finds what an earlier one has kept.
    turn: AtomicU32,
    kept: Mutex<Option<Box<Kept>>>,
}

#[derive(Debug)]
struct Kept {
    turn: u32,
    scratch: Scratch,
}

thread_local! {
    static BUFFERS: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

impl Sources {
    /// Runs a question on kept sources inside a `Oneshot`, else on forgotten ones.
    pub(super) fn with<T>(&self, question: impl FnOnce(&mut Scratch) -> T) -> T {
        if self.depth.load(Ordering::Acquire) > 0
            && let Some(mut place) = self.free()
        {
            let turn = self.turn.load(Ordering::Acquire);
            let kept = place.take().filter(|kept| kept.turn == turn);
            let kept = place.insert(kept.unwrap_or_else(|| {
                let scratch = Scratch::for_oneshot();
                Box::new(Kept { turn, scratch })
            }));
            return question(&mut kept.scratch);
        }
        // A question inside a question, or one asked while the thread ends and its buffers are gone
        // already, finds none and makes its own.
        let kept = BUFFERS.try_with(Cell::take).ok().flatten();
        let mut scratch = kept.unwrap_or_default();
        scratch.forget_all();
        let answer = question(&mut scratch);
        // At the end of a thread there is nowhere to put them.
        let _ = BUFFERS.try_with(|buffers| buffers.set(Some(scratch)));
        answer
    }

    /// What is kept, if nobody uses it.
    fn free(&self) -> Option<MutexGuard<'_, Option<Box<Kept>>>> {
        match self.kept.try_lock() {
            Ok(place) => Some(place),
            Err(TryLockError::Poisoned(place)) => Some(place.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn enter(&self) {
        if self.depth.fetch_add(1, Ordering::AcqRel) == 0 {
            self.turn.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn leave(&self) {
        if self.depth.fetch_sub(1, Ordering::AcqRel) == 1
            && let Some(mut place) = self.free()
        {
            // Gives the buffers back too: many a process object outlives its one look.
            *place = None;
        }
    }
}

/// An [`Oneshot`] that owns its process, for callers who cannot borrow; see [`Process::oneshot_of`].
#[derive(Debug)]
#[must_use = "the sources are kept only while this value lives"]
pub struct OwnedOneshot(Arc<Process>);

impl Drop for OwnedOneshot {
    fn drop(&mut self) {
        self.0.sources.leave();
    }
}

impl Drop for Oneshot<'_> {
    /// The outermost one to go takes everything with it.
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl Process {
    /// Keeps this process's sources until the returned value is dropped.
    ///
    /// ```
    /// let me = psight::Process::current()?;
    /// let kept = me.oneshot();
    /// let (name, parent, times) = (me.name()?, me.ppid()?, me.cpu_times()?); // one read of `stat`
    /// drop(kept);
    /// # Ok::<(), psight::Error>(())
    /// ```
    ///
    /// Only successful reads are kept. Nested ones count as one. A thread that asks while another
    /// one is reading into the same `Oneshot` reads for itself.
    pub fn oneshot(&self) -> Oneshot<'_> {
        self.sources.enter();
        Oneshot(&self.sources)
    }

    /// The same for a shared process: what is returned keeps the process too.
    pub fn oneshot_of(process: &Arc<Self>) -> OwnedOneshot {
        process.sources.enter();
        OwnedOneshot(Arc::clone(process))
    }
}
