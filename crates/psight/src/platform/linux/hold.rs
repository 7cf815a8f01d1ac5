//! Signaling and waiting, on processes held by a pidfd wherever the kernel gives one.
//!
//! Sources: pidfd_open(2) since Linux 5.3, pidfd_send_signal(2), waitid(2) with `P_PIDFD` since 5.4.
//! A pidfd is opened first and the start compared after: if the process with that start still has
//! the id *after* the opening, it had it at the opening too, so the pidfd means that process.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use psight_core::types::ExitStatus;

use super::Host;
use super::table::is_exhausted;
use crate::error::{Fault, Outcome};
use crate::explain::Meaning;
use crate::os;
use crate::os::wait::RawExit;
use crate::platform::meaning;
use crate::seam::Subject;

/// Descriptors one wait may use, half of the usual soft limit of 1,024.
const BUDGET: usize = 512;

/// How long to rest between looks where nothing can wake us.
const REST: Duration = Duration::from_millis(40);

/// One process being waited for.
#[derive(Debug)]
enum Watch {
    /// Held: the kernel wakes us at its end.
    Held(OwnedFd),
    /// Ended, but its parent has not reaped it: it counts as there until then.
    Zombie(OwnedFd),
    /// Not held: no pidfds here, or too many already.
    Loose,
    /// Gone, and told.
    Done,
}

/// What one look at a process found.
enum Look {
    Ended(Option<ExitStatus>),
    Alive,
    Zombie,
}

impl Host {
    pub(super) fn signal(&self, subject: Subject, signal: i32) -> Outcome<()> {
        self.must_be_of_this_kernel("send_signal")?;
        let failed = |op| move |error| Fault::call(op, error);
        if let Some(pidfd) = self.hold(subject)? {
            let sent = os::pidfd::pidfd_send_signal(pidfd.as_fd(), signal);
            return sent.map_err(failed("pidfd_send_signal"));
        }
        self.check_stamp(subject)?;
        os::signal::kill(subject.pid, signal).map_err(failed("kill"))
    }

    /// A pidfd of exactly that process; `None` where the kernel, a sandbox or the limit of
    /// descriptors gives none.
    fn hold(&self, subject: Subject) -> Outcome<Option<OwnedFd>> {
        match os::pidfd::pidfd_open(subject.pid) {
            Ok(pidfd) => match self.check_stamp(subject) {
                Ok(()) => Ok(Some(pidfd)),
                // It took the last descriptor, and the start cannot be read without one.
                Err(fault) if is_exhausted(&fault) => Ok(None),
                Err(fault) => Err(fault),
            },
            Err(error) if meaning(&error) == Meaning::NoProcess => {
                Err(Fault::call("pidfd_open", error))
            }
            // ENOSYS before 5.3, EPERM in sandboxes, EMFILE and ENFILE when descriptors run out,
            // EINVAL for a thread's id, ENODEV without anonymous inodes.
            Err(_) => Ok(None),
        }
    }

    /// Whether that process still has its id. A start that may not be read proves nothing.
    fn check_stamp(&self, subject: Subject) -> Outcome<()> {
        let Some(mine) = subject.stamp else {
            return Ok(());
        };
        match self.live_stamp(subject.pid) {
            Ok(now) if now == mine => Ok(()),
            Ok(_) => Err(Fault::Reused),
            Err(Fault::Os { error, .. }) if meaning(&error) == Meaning::Denied => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// A recorded machine has no kernel to act on.
    fn must_be_of_this_kernel(&self, metric: &'static str) -> Outcome<()> {
        if self.recorded {
            Err(Fault::Unsupported(metric))
        } else {
            Ok(())
        }
    }

    /// Whether a setter may go by id: the facade has compared the start in these files; where they
    /// are not the running kernel's own, it is compared there too.
    pub(super) fn may_change(&self, subject: Subject, metric: &'static str) -> Outcome<()> {
        self.must_be_of_this_kernel(metric)?;
        if self.live {
            Ok(())
        } else {
            self.check_stamp(subject)
        }
    }

    pub(super) fn wait_for(
        &self,
        subjects: &[Subject],
        timeout: Option<Duration>,
        ended: &mut dyn FnMut(usize, Option<ExitStatus>),
    ) -> Outcome<()> {
        self.must_be_of_this_kernel("wait")?;
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut watches: Vec<Watch> = subjects.iter().map(|_| Watch::Loose).collect();
        loop {
            self.hold_some(subjects, &mut watches)?;
            for (place, (watch, subject)) in watches.iter_mut().zip(subjects).enumerate() {
                match self.look(watch, *subject)? {
                    Look::Ended(status) => {
                        *watch = Watch::Done;
                        ended(place, status);
                    }
                    Look::Zombie => {
                        *watch = match std::mem::replace(watch, Watch::Done) {
                            Watch::Held(pidfd) => Watch::Zombie(pidfd),
                            same => same,
                        };
                    }
                    Look::Alive => {}
                }
            }
            let left = deadline.map(|end| end.saturating_duration_since(Instant::now()));
            let over = left.is_some_and(|left| left.is_zero());
            if over || watches.iter().all(|watch| matches!(watch, Watch::Done)) {
                return Ok(());
            }
            rest(&watches, left)?;
        }
    }

    /// Holds as many of the loose ones as the budget allows.
    fn hold_some(&self, subjects: &[Subject], watches: &mut [Watch]) -> Outcome<()> {
        let holding = |watch: &Watch| matches!(watch, Watch::Held(_) | Watch::Zombie(_));
        let mut room = BUDGET.saturating_sub(watches.iter().filter(|watch| holding(watch)).count());
        for (watch, subject) in watches.iter_mut().zip(subjects) {
            if room == 0 {
                break;
            }
            if let Watch::Loose = watch
                && let Some(pidfd) = found(self.hold(*subject))?.flatten()
            {
                *watch = Watch::Held(pidfd);
                room -= 1;
            }
        }
        Ok(())
    }

    /// One look, which never blocks.
    fn look(&self, watch: &Watch, subject: Subject) -> Outcome<Look> {
        let mut start_known = subject.stamp.is_some();
        if let Watch::Loose = watch {
            // First of all: a child of ours that has the id by now must not be reaped in its place.
            match found(self.check_stamp(subject)) {
                Ok(Some(())) => {}
                Ok(None) => return Ok(Look::Ended(None)),
                Err(fault) if is_exhausted(&fault) => start_known = false,
                Err(fault) => return Err(fault),
            }
        }
        let reaped = match watch {
            Watch::Done => return Ok(Look::Alive),
            Watch::Held(pidfd) | Watch::Zombie(pidfd) => {
                match os::pidfd::waitid_pidfd(pidfd.as_fd(), true) {
                    // No `P_PIDFD` before Linux 5.4. The id of a child of ours is ours until reaped.
                    Err(error) if error.raw_os_error() == Some(libc::EINVAL) => {
                        os::wait::waitpid(subject.pid, true)
                    }
                    answer => answer,
                }
            }
            Watch::Loose => os::wait::waitpid(subject.pid, true),
        };
        match reaped {
            Ok(Some(exit)) => return Ok(Look::Ended(exit_status(exit))),
            Ok(None) => return Ok(Look::Alive),
            // Not a child of ours, or reaped already.
            Err(_) => {}
        }
        match watch {
            Watch::Held(pidfd) | Watch::Zombie(pidfd) => {
                match os::pidfd::pidfd_send_signal(pidfd.as_fd(), 0) {
                    Err(error) if meaning(&error) == Meaning::NoProcess => Ok(Look::Ended(None)),
                    _ if os::pidfd::has_ended(pidfd.as_fd()) => Ok(Look::Zombie),
                    _ => Ok(Look::Alive),
                }
            }
            _ if start_known || is_there(subject) => Ok(Look::Alive),
            _ => Ok(Look::Ended(None)),
        }
    }
}

fn is_there(subject: Subject) -> bool {
    let sent = os::signal::kill(subject.pid, 0);
    !matches!(sent, Err(error) if meaning(&error) == Meaning::NoProcess)
}

/// `None` for a process that is gone or replaced.
fn found<T>(held: Outcome<T>) -> Outcome<Option<T>> {
    match held {
        Ok(value) => Ok(Some(value)),
        Err(Fault::Reused) => Ok(None),
        Err(Fault::Os { error, .. })
            if matches!(meaning(&error), Meaning::NoProcess | Meaning::NoFile) =>
        {
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// Sleeps until a held process ends, time is over, or the next look is due.
fn rest(watches: &[Watch], left: Option<Duration>) -> Outcome<()> {
    let mut held: Vec<BorrowedFd<'_>> = Vec::new();
    let mut looks_due = false;
    for watch in watches {
        match watch {
            Watch::Held(pidfd) => held.push(pidfd.as_fd()),
            Watch::Zombie(_) | Watch::Loose => looks_due = true,
            Watch::Done => {}
        }
    }
    let longest = if looks_due { Some(REST) } else { None };
    let time = match (left, longest) {
        (Some(left), Some(longest)) => Some(left.min(longest)),
        (left, longest) => left.or(longest),
    };
    os::pidfd::wait_many(&held, time)
        .map(drop)
        .map_err(|error| Fault::call("poll", error))
}

fn exit_status(exit: RawExit) -> Option<ExitStatus> {
    exit.exit_status()
        .map(ExitStatus::Code)
        .or_else(|| exit.signal().map(ExitStatus::Signal))
}
