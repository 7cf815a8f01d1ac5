//! The family of one process from `task/TID/children`, without a look at all others.
//!
//! Authority: proc_tid_children(5), fs/proc/array.c. The kernel looks for each child anew, so one that
//! ends meanwhile can hide the next: a list counts when it is read twice the same. Not everything
//! can be had this way (no `CONFIG_PROC_CHILDREN`, lists that go on changing) and a large family is
//! had faster by a look at everyone; then there is no answer, and everyone is looked at.

use psight_core::calc::tree::Kin;
use psight_core::parse::linux::pid::children::children;
use psight_core::types::Pid;

use super::sources::{Scratch, at};
use super::table::is_exhausted;
use super::{Host, is_missing};
use crate::error::{Fault, Outcome};
use crate::os::files::Dir;
use crate::os::pid_path::PidPath;
use crate::seam::Table;

/// For a family of this size it pays not to count all processes first.
const SMALL: usize = 64;
/// A look at everyone reads one file of each; this way it is two or three of each descendant.
const SHARE: usize = 4;
/// Readings of a list that goes on changing.
const READINGS: usize = 4;

/// The lists of children of one process after another.
struct Reader<'a> {
    host: &'a Host,
    proc: Option<Dir>,
    bytes: Vec<u8>,
    threads: Vec<u32>,
    before: Vec<Pid>,
    found: Vec<Pid>,
}

impl Host {
    /// The process, its children, and with `all` its descendants, by ascending id; `None` where a
    /// look at everyone is needed.
    pub(super) fn family(&self, pid: Pid, all: bool) -> Outcome<Option<Vec<Kin>>> {
        let mut reader = Reader {
            host: self,
            proc: Scratch::for_sweep(self, false)?.proc,
            bytes: Vec::new(),
            threads: Vec::new(),
            before: Vec::new(),
            found: Vec::new(),
        };
        let mut most = SMALL;
        let Ok(me) = reader.kin(pid) else {
            return Ok(None);
        };
        let mut family = vec![me];
        let mut parents = vec![pid];
        while let Some(parent) = parents.pop() {
            if !reader.read_children(parent)? {
                return Ok(None);
            }
            if family.len() + reader.found.len() > most {
                let mut everyone = Vec::new();
                self.pids(&mut everyone)?;
                most = SMALL.max(everyone.len() / SHARE);
                if family.len() + reader.found.len() > most {
                    return Ok(None);
                }
            }
            for child in std::mem::take(&mut reader.found) {
                match reader.kin(child) {
                    Ok(kin) => family.push(kin),
                    Err(fault) if is_exhausted(&fault) => return Err(fault),
                    // It ended since.
                    Err(_) => continue,
                }
                if all {
                    parents.push(child);
                }
            }
        }
        family.sort_unstable_by_key(|kin| kin.pid);
        // A child can be seen twice when it changes its parent.
        family.dedup_by_key(|kin| kin.pid);
        Ok(Some(family))
    }
}

impl Reader<'_> {
    fn kin(&mut self, pid: Pid) -> Outcome<Kin> {
        self.host.kin_of(self.proc.as_ref(), pid, &mut self.bytes)
    }

    /// Puts the children of all threads of a process into `found`; none for a process that ended.
    /// False where they cannot be known.
    fn read_children(&mut self, pid: Pid) -> Outcome<bool> {
        self.before.clear();
        for reading in 0..READINGS {
            if !self.read_once(pid)? {
                return Ok(false);
            }
            // An empty list hides nobody.
            if self.found.is_empty() && reading == 0 || reading > 0 && self.found == self.before {
                return Ok(true);
            }
            std::mem::swap(&mut self.before, &mut self.found);
        }
        Ok(false)
    }

    fn read_once(&mut self, pid: Pid) -> Outcome<bool> {
        self.found.clear();
        let listed = at(
            self.host,
            self.proc.as_ref(),
            "list",
            &PidPath::new(pid, "task"),
            |dir, path| dir.numeric_entries(path, &mut self.threads),
        );
        match listed {
            Ok(()) => {}
            Err(fault) if is_exhausted(&fault) => return Err(fault),
            // It ended since, or it may not be looked into.
            Err(fault) => return Ok(is_missing(&fault)),
        }
        for thread in std::mem::take(&mut self.threads) {
            let path = PidPath::task(pid, thread, "children");
            let read = at(self.host, self.proc.as_ref(), "read", &path, |dir, path| {
                dir.read_into(path, &mut self.bytes)
            });
            match read {
                Err(fault) if is_exhausted(&fault) => return Err(fault),
                // The kernel has no such file, or the thread ended and left its children to another.
                Err(_) => return Ok(false),
                Ok(()) => {}
            }
            for child in children(&self.bytes) {
                match child {
                    Ok(child) => self.found.push(child),
                    Err(error) => {
                        let path = self.host.proc_path(&path.to_string_lossy());
                        return Err(Fault::parse(path, error));
                    }
                }
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roots::Roots;
    use psight_core::calc::tree;
    use std::process::{Child, Command};

    /// A shell with a child of its own, which both wait.
    fn parent() -> Child {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 60 & echo; wait"]);
        let mut child = shell.stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut line = [0];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut line).unwrap();
        child
    }

    #[test]
    fn the_kernels_lists_agree_with_a_look_at_everyone() {
        let host = Host::new(Roots::default(), None);
        let me = std::process::id();
        let mut mine = vec![parent(), std::thread::spawn(parent).join().unwrap()];
        // Other tests of this program start children too.
        let ours: Vec<Pid> = mine.iter().map(Child::id).collect();
        for child in &ours {
            let all = host.family(*child, true).unwrap().unwrap();
            let everyone = host.kin().unwrap();
            let stamp = all.iter().find(|kin| kin.pid == *child).unwrap().stamp;
            assert_eq!(all.len(), 2);
            assert_eq!(
                tree::descendants(&all, *child, stamp),
                tree::descendants(&everyone, *child, stamp)
            );
            assert_eq!(host.family(*child, false).unwrap().unwrap(), all);
        }
        if let Some(family) = host.family(me, false).unwrap() {
            assert!(
                ours.iter()
                    .all(|pid| family.iter().any(|kin| kin.pid == *pid))
            );
        }
        for child in &mut mine {
            for kin in host.family(child.id(), false).unwrap().unwrap() {
                crate::os::signal::kill(kin.pid, libc::SIGKILL).unwrap();
            }
            child.wait().unwrap();
        }
    }

    #[test]
    fn a_process_that_is_not_there_has_no_family() {
        assert_eq!(
            Host::new(Roots::default(), None)
                .family(1 << 30, true)
                .unwrap(),
            None
        );
    }
}
