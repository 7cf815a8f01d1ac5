//! Sources read at most once while somebody looks at many facts of one process.
//!
//! Cached is the source (one stat file), not the fact, so ten getters that live on `stat` cost one
//! read. Outside a [`Oneshot`] every getter reads afresh, into buffers its thread keeps.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Process;
use crate::platform::Scratch;

/// While it lives, each source of its process is read at most once; see [`Process::oneshot`].
#[derive(Debug)]
#[must_use = "the sources are kept only while this value lives"]
pub struct Oneshot<'a>(&'a Sources);

/// The sources of one process.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// How many `Oneshot`s live.
    depth: AtomicU32,
    kept: OnceLock<Box<Mutex<Scratch>>>,
}

thread_local! {
    static BUFFERS: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

impl Sources {
    /// Runs a question on kept sources inside a `Oneshot`, else on forgotten ones.
    pub(super) fn with<T>(&self, question: impl FnOnce(&mut Scratch) -> T) -> T {
        if self.depth.load(Ordering::Acquire) > 0 {
            let kept = self
                .kept
                .get_or_init(|| Box::new(Mutex::new(Scratch::for_oneshot())));
            return question(&mut kept.lock().unwrap_or_else(PoisonError::into_inner));
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

    fn enter(&self) {
        if self.depth.fetch_add(1, Ordering::AcqRel) == 0 {
            // A getter of another thread may have filled them after the last one had gone.
            self.forget();
        }
    }

    fn leave(&self) {
        if self.depth.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.forget();
        }
    }

    /// Gives the buffers back too: many a process object outlives its one look.
    fn forget(&self) {
        if let Some(kept) = self.kept.get() {
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Scratch::for_oneshot();
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
    /// Only successful reads are kept. Nested ones count as one. Two threads inside the same
    /// process's `Oneshot` take turns.
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
