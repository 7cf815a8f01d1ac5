//! Who a process is.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use psight_core::calc::times;
use psight_core::parse::linux::pid::{cmdline, link, name};
use psight_core::parse::posix::environ_block;
use psight_core::text::os_string;
use psight_core::types::{Gids, Pid, Status, Uids};

use super::Facts;
use super::usage::went_away;
use crate::error::Outcome;
use crate::os;
use crate::os::pid_path::PidPath;
use crate::platform::linux::sources::Source;
use crate::seam::{Identity, Sessions, Stamp};

impl Identity for Facts<'_> {
    fn stamp(&mut self) -> Outcome<Stamp> {
        Ok(self.stat()?.starttime_ticks)
    }

    fn name(&mut self) -> Outcome<OsString> {
        let comm = self.comm()?.to_vec();
        if comm.len() < name::COMM_MAX || self.known_kernel_thread() {
            return Ok(os_string(&comm));
        }
        let full = self.source(Source::Cmdline).map(|text| {
            let argv = cmdline::cmdline(text);
            os_string(name::completed(
                &comm,
                argv.first().map_or(&[][..], |program| program),
            ))
        });
        match full {
            Err(fault) if went_away(&fault) && self.host.liveness_is_gone(self.pid()) => Err(fault),
            // The command line may be forbidden or, of a zombie, gone: then the short name it is.
            full => Ok(full.unwrap_or_else(|_| os_string(&comm))),
        }
    }

    fn kernel_name(&mut self) -> Outcome<OsString> {
        Ok(os_string(self.comm()?))
    }

    fn exe(&mut self) -> Outcome<Option<PathBuf>> {
        match self.linked_path("exe") {
            // A kernel thread has the link and nothing behind it.
            Err(fault) if went_away(&fault) && self.is_alive() => Ok(None),
            path => path.map(Some),
        }
    }

    fn guessed_exe(&mut self) -> Outcome<Option<PathBuf>> {
        let guess = self.cmdline()?.into_iter().next().map(PathBuf::from);
        Ok(guess.filter(|path| path.is_absolute() && os::files::is_executable_file(path)))
    }

    fn cmdline(&mut self) -> Outcome<Vec<OsString>> {
        if self.known_kernel_thread() {
            return Ok(Vec::new());
        }
        let text = self.source(Source::Cmdline)?;
        if !text.is_empty() {
            return Ok(cmdline::cmdline(text).into_iter().map(os_string).collect());
        }
        if self.is_zombie()? {
            return Err(self.gone_from("cmdline"));
        }
        Ok(Vec::new())
    }

    fn environ(&mut self) -> Outcome<BTreeMap<OsString, OsString>> {
        let block = self.read_once(&PidPath::new(self.pid(), "environ"));
        let told =
            block.map(|block| (!block.is_empty()).then(|| environ_block::environ_block(block)));
        match told {
            Ok(Some(environ)) => return Ok(environ),
            Ok(None) => {}
            // A kernel thread's environment reads as ESRCH though the thread lives.
            Err(fault) if went_away(&fault) && self.is_alive() => {}
            Err(fault) => return Err(fault),
        }
        if self.is_zombie()? {
            return Err(self.gone_from("environ"));
        }
        Ok(BTreeMap::new())
    }

    fn cwd(&mut self) -> Outcome<PathBuf> {
        self.linked_path("cwd")
    }

    fn status(&mut self) -> Outcome<Status> {
        Ok(self.stat()?.status())
    }

    fn ppid(&mut self) -> Outcome<Pid> {
        Ok(self.stat()?.ppid)
    }

    fn uids(&mut self) -> Outcome<Uids> {
        self.owner_uids()
    }

    fn gids(&mut self) -> Outcome<Gids> {
        self.owner_gids()
    }

    fn username(&mut self) -> Outcome<OsString> {
        let uid = self.owner_uids()?.real;
        Ok(self.user_name(uid))
    }

    fn terminal(&mut self) -> Outcome<Option<PathBuf>> {
        let device = self.stat()?.tty_nr;
        Ok(self.host.terminal(device.into()))
    }

    fn create_time(&mut self) -> Outcome<f64> {
        let ticks = self.stat()?.starttime_ticks;
        let boot_time = match self.scratch.machine.boot_time {
            Some(time) => time,
            None => *self
                .scratch
                .machine
                .boot_time
                .insert(self.host.boot_time()?),
        };
        Ok(boot_time + times::seconds(ticks, self.host.ticks))
    }
}

impl Facts<'_> {
    /// A link's target, without the marks the kernel adds.
    fn linked_path(&mut self, file: &str) -> Outcome<PathBuf> {
        let path = PidPath::new(self.pid(), file);
        let text = link::until_nul(self.link(&path)?);
        Ok(PathBuf::from(os_string(real_path(text))))
    }
}

/// The path without the mark of a deleted file, unless a file of exactly that name is there.
pub(super) fn real_path(text: &[u8]) -> &[u8] {
    match link::without_deleted(text) {
        Some(path) if !os::files::exists(&PathBuf::from(os_string(text))) => path,
        _ => text,
    }
}
