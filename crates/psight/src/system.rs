//! The machine that questions go to.

use std::sync::{Arc, OnceLock};

use crate::error::{Outcome, Result};
use crate::roots::{Machine, Roots};
use crate::{explain, platform};

/// A machine: this one, or one whose files are mounted somewhere below this one's.
///
/// Cheap to clone; holds no descriptor. The free functions of this crate ask [`System::local`].
#[derive(Debug, Clone)]
pub struct System {
    host: Arc<platform::Host>,
}

impl System {
    /// The machine this program runs on.
    pub fn local() -> &'static Self {
        static LOCAL: OnceLock<System> = OnceLock::new();
        LOCAL.get_or_init(|| Self::new(Roots::default()))
    }

    /// The machine whose files are below these roots. Nothing is opened before the first question.
    pub fn new(roots: Roots) -> Self {
        Self {
            host: Arc::new(platform::Host::new(roots, None)),
        }
    }

    /// A machine known only by files recorded from it, and by what they do not tell.
    pub fn recorded(roots: Roots, machine: Machine) -> Self {
        Self {
            host: Arc::new(platform::Host::new(roots, Some(machine))),
        }
    }

    /// Where this machine's files are.
    pub fn roots(&self) -> &Roots {
        self.host.roots()
    }

    /// The platform below the seam.
    pub(crate) fn host(&self) -> &platform::Host {
        &self.host
    }

    /// A system-wide question, its fault explained.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&platform::Host) -> Outcome<T>) -> Result<T> {
        question(&self.host).map_err(explain::system)
    }
}
