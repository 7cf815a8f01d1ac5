//! The table of processes.

use std::time::Duration;

use psight_core::calc::tree::Kin;
use psight_core::parse::linux::pid::stat::Stat;
use psight_core::parse::linux::pid::status::Status;
use psight_core::types::{ExitStatus, Pid, Resource};

use super::Host;
use super::sources::{Scratch, at};
use crate::error::{Fault, Outcome};
use crate::explain::{Liveness, Meaning};
use crate::os;
use crate::os::files::Dir;
use crate::os::pid_path::PidPath;
use crate::platform::meaning;
use crate::seam::{Stamp, Subject, Table};

/// `PF_EXITING` of linux/sched.h: on its way to become a zombie, and most of it is gone already.
const EXITING: u64 = 0x4;

impl Table for Host {
    fn pids(&self, pids: &mut Vec<Pid>) -> Outcome<()> {
        let proc = &self.roots.proc;
        let listed = os::files::numeric_entries_of_path(proc, pids);
        listed.map_err(|error| Fault::file("list", proc, error))?;
        pids.sort_unstable();
        Ok(())
    }

    fn pid_exists(&self, pid: Pid) -> Outcome<bool> {
        if pid == 0 {
            return Ok(false);
        }
        if self.live {
            match os::signal::kill(pid, 0) {
                Err(error) if meaning(&error) == Meaning::NoProcess => return Ok(false),
                // EPERM: it is there, and not ours.
                _ => {}
            }
        }
        // kill(2) takes a thread's id for its process; only `status` tells them apart.
        let mut bytes = Vec::new();
        let path = PidPath::new(pid, "status");
        let read = at(self, None, "read", &path, |dir, path| {
            dir.read_record_into(path, &mut bytes)
        });
        if read.is_ok()
            && let Ok(status) = Status::parse(&bytes)
        {
            return Ok(status.tgid == pid);
        }
        let mut pids = Vec::new();
        self.pids(&mut pids)?;
        Ok(pids.binary_search(&pid).is_ok())
    }

    fn resource_number(&self, resource: Resource) -> Outcome<i32> {
        super::facts::resource_number(resource)
    }

    fn stamp(&self, pid: Pid) -> Outcome<Stamp> {
        self.look_at(None, pid, &mut Vec::new(), |stat| stat.starttime_ticks)
    }

    fn kin(&self) -> Outcome<Vec<Kin>> {
        let mut pids = Vec::new();
        self.pids(&mut pids)?;
        let scratch = Scratch::for_sweep(self, false)?;
        let mut bytes = Vec::new();
        let mut everyone = Vec::with_capacity(pids.len());
        for pid in pids {
            match self.kin_of(scratch.proc.as_ref(), pid, &mut bytes) {
                Ok(kin) => everyone.push(kin),
                // Nothing is wrong with that process: the answer would lack all that follow.
                Err(fault) if is_exhausted(&fault) => return Err(fault),
                Err(_) => {}
            }
        }
        Ok(everyone)
    }

    fn kin_below(&self, pid: Pid, all: bool) -> Outcome<Option<Vec<Kin>>> {
        self.family(pid, all)
    }

    fn liveness(&self, pid: Pid) -> Liveness {
        let look = |stat: Stat<'_>| (stat.state == b'Z' || stat.flags & EXITING != 0, stat.ppid);
        match self.look_at(None, pid, &mut Vec::new(), look) {
            Ok((true, ppid)) => Liveness::Zombie { ppid: Some(ppid) },
            Err(Fault::Os { error, .. })
                if matches!(meaning(&error), Meaning::NoFile | Meaning::NoProcess) =>
            {
                Liveness::Gone
            }
            Ok(_) | Err(_) => Liveness::Running,
        }
    }

    fn send_signal(&self, subject: Subject, signal: i32) -> Outcome<()> {
        self.signal(subject, signal)
    }

    fn wait(
        &self,
        subjects: &[Subject],
        timeout: Option<Duration>,
        ended: &mut dyn FnMut(usize, Option<ExitStatus>),
    ) -> Outcome<()> {
        self.wait_for(subjects, timeout, ended)
    }
}

/// Whether a fault says that the caller has run out of descriptors or memory, which is nothing that
/// the process asked about could help.
pub(super) fn is_exhausted(fault: &Fault) -> bool {
    matches!(
        fault.errno(),
        Some(libc::EMFILE | libc::ENFILE | libc::ENOMEM)
    )
}

impl Host {
    pub(super) fn kin_of(&self, proc: Option<&Dir>, pid: Pid, bytes: &mut Vec<u8>) -> Outcome<Kin> {
        self.look_at(proc, pid, bytes, |stat| Kin {
            pid,
            ppid: stat.ppid,
            stamp: stat.starttime_ticks,
        })
    }

    /// One look at `PID/task/PID/stat`, the cheapest file that tells who a process is; `PID/stat`
    /// in a recorded tree without that folder.
    fn look_at<T>(
        &self,
        proc: Option<&Dir>,
        pid: Pid,
        bytes: &mut Vec<u8>,
        take: impl FnOnce(Stat<'_>) -> T,
    ) -> Outcome<T> {
        let mut read = |path: &PidPath| {
            at(self, proc, "read", path, |dir, path| {
                dir.read_record_into(path, bytes)
            })
        };
        let whole = PidPath::new(pid, "stat");
        match read(&PidPath::task(pid, pid, "stat")) {
            Err(fault) if super::is_missing(&fault) && !self.live => read(&whole)?,
            other => other?,
        }
        let stat = Stat::parse(bytes);
        stat.map(take)
            .map_err(|error| Fault::parse(self.proc_path(&format!("{pid}/stat")), error))
    }

    /// The start of whoever has the id on this very machine, wherever `/proc` was relocated to.
    pub(super) fn live_stamp(&self, pid: Pid) -> Outcome<Stamp> {
        if self.live {
            return self.stamp(pid);
        }
        Self::new(crate::roots::Roots::default(), None).stamp(pid)
    }

    pub(super) fn liveness_is_gone(&self, pid: Pid) -> bool {
        self.liveness(pid) == Liveness::Gone
    }
}
