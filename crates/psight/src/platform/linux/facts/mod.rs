//! One process: what its files under `/proc/PID` say, each read at most once.
//!
//! Authority: proc(5) and Documentation/filesystems/proc.rst.

mod descriptors;
mod identity;
mod owner;
mod scheduling;
mod usage;

use psight_core::parse::linux::pid::stat::Stat;

pub(super) use self::scheduling::number as resource_number;

use super::Host;
use super::sources::{Scratch, Source, StatFile, at};
use crate::error::{Fault, Outcome};
use crate::explain::Liveness;
use crate::os::files::Dir;
use crate::os::pid_path::PidPath;
use crate::seam::{Subject, Table};

/// One process, its sources read at most once.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    host: &'a Host,
    subject: Subject,
    scratch: &'a mut Scratch,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(host: &'a Host, subject: Subject, scratch: &'a mut Scratch) -> Self {
        Self {
            host,
            subject,
            scratch,
        }
    }

    fn pid(&self) -> u32 {
        self.subject.pid
    }

    /// Does something with a file of this process.
    fn at<T>(
        &self,
        op: &'static str,
        path: &PidPath,
        act: impl FnOnce(&Dir, &std::ffi::CStr) -> std::io::Result<T>,
    ) -> Outcome<T> {
        at(self.host, self.scratch.proc.as_ref(), op, path, act)
    }

    /// A file of one record that is not kept.
    fn read_once(&mut self, path: &PidPath) -> Outcome<&[u8]> {
        let Scratch { proc, other, .. } = &mut *self.scratch;
        at(self.host, proc.as_ref(), "read", path, |dir, path| {
            dir.read_record_into(path, other)
        })?;
        Ok(other)
    }

    /// A link's text that is not kept.
    fn link(&mut self, path: &PidPath) -> Outcome<&[u8]> {
        let Scratch { proc, other, .. } = &mut *self.scratch;
        at(self.host, proc.as_ref(), "readlink", path, |dir, path| {
            dir.read_link_into(path, other)
        })?;
        Ok(other)
    }

    fn source(&mut self, source: Source) -> Outcome<&[u8]> {
        self.scratch.load(self.host, self.subject.pid, source)
    }

    /// A source's bytes that did not parse.
    fn odd(&self, file: &str, error: psight_core::ParseError) -> Fault {
        Fault::parse(
            self.host.proc_path(&format!("{}/{file}", self.pid())),
            error,
        )
    }

    /// Identity, state and thread count; times only of the main thread unless they were expected.
    fn stat(&mut self) -> Outcome<Stat<'static>> {
        let file = if self.scratch.wants_sums {
            StatFile::Process
        } else {
            StatFile::Task
        };
        self.load_stat(file)
    }

    /// The same with the sums over all threads.
    fn stat_with_sums(&mut self) -> Outcome<Stat<'static>> {
        self.load_stat(StatFile::Process)
    }

    fn load_stat(&mut self, wanted: StatFile) -> Outcome<Stat<'static>> {
        if self.scratch.stat.file >= wanted
            && let Some(numbers) = &self.scratch.stat.numbers
        {
            return Ok(*numbers);
        }
        let pid = self.pid();
        let kept = &mut self.scratch.stat;
        let proc = self.scratch.proc.as_ref();
        let whole = PidPath::new(pid, "stat");
        let mut read = |path: &PidPath| {
            at(self.host, proc, "read", path, |dir, path| {
                dir.read_record_into(path, &mut kept.bytes)
            })
        };
        match wanted {
            StatFile::Task => read(&PidPath::task(pid, pid, "stat")).or_else(|fault| {
                // A recorded tree may lack the folder of tasks; a live process has it.
                if super::is_missing(&fault) {
                    read(&whole)
                } else {
                    Err(fault)
                }
            })?,
            StatFile::Process | StatFile::None => read(&whole)?,
        }
        let parsed = match Stat::parse(&kept.bytes) {
            Ok(stat) => {
                let start = stat
                    .comm
                    .as_ptr()
                    .addr()
                    .saturating_sub(kept.bytes.as_ptr().addr());
                kept.comm = start..start.saturating_add(stat.comm.len());
                stat.without_comm()
            }
            Err(error) => return Err(self.odd("stat", error)),
        };
        // Whoever has the id now is not the process that is meant.
        if self
            .subject
            .stamp
            .is_some_and(|stamp| stamp != parsed.starttime_ticks)
        {
            return Err(Fault::Reused);
        }
        kept.file = wanted;
        kept.numbers = Some(parsed);
        Ok(parsed)
    }

    /// The name between the parentheses of `stat`.
    fn comm(&mut self) -> Outcome<&[u8]> {
        self.stat()?;
        let kept = &self.scratch.stat;
        Ok(kept.bytes.get(kept.comm.clone()).unwrap_or_default())
    }

    /// Whether `stat`, if it has been read, says that this is a kernel thread: those have no
    /// command line and no memory to ask for.
    fn known_kernel_thread(&self) -> bool {
        self.scratch
            .stat
            .numbers
            .as_ref()
            .is_some_and(Stat::is_kernel_thread)
    }

    fn is_zombie(&mut self) -> Outcome<bool> {
        let kept = self.scratch.stat.numbers.is_some();
        let stat = self.stat()?;
        // What was kept may be older than the end.
        let may_have_ended = kept && !stat.is_kernel_thread();
        Ok(stat.state == b'Z'
            || may_have_ended && matches!(self.host.liveness(self.pid()), Liveness::Zombie { .. }))
    }

    /// What an empty file of a zombie means: the same as the error a later kernel gives.
    fn gone_from(&self, file: &str) -> Fault {
        let path = self.host.proc_path(&format!("{}/{file}", self.pid()));
        Fault::file("read", path, std::io::Error::from_raw_os_error(libc::ESRCH))
    }

    /// Whether the process is there and no zombie, asked after one of its files was missing.
    fn is_alive(&self) -> bool {
        self.host.liveness(self.pid()) == Liveness::Running
    }
}
