//! Whose process it is.
//!
//! Since Linux 6.13 a pidfd answers in a third of the time that `status` takes; before, and where
//! pidfds are forbidden, `status` it is.

use std::ffi::OsString;
use std::os::fd::AsFd;

use psight_core::layout::Endian;
use psight_core::parse::linux::pid::status::Status;
use psight_core::parse::linux::pidfd_info::{CREDENTIALS, PidfdInfo};
use psight_core::text::os_string;
use psight_core::types::{Gids, Uids};

use super::Facts;
use crate::error::Outcome;
use crate::os;
use crate::platform::linux::sources::Source;

impl Facts<'_> {
    pub(super) fn owner_uids(&mut self) -> Outcome<Uids> {
        let kernel_thread = self.known_kernel_thread();
        if kernel_thread && let Some(uids) = self.scratch.machine.kernel_uids {
            return Ok(uids);
        }
        let uids = match self.pidfd_info() {
            Some(info) => Uids {
                real: info.ruid,
                effective: info.euid,
                saved: info.suid,
            },
            None => self.status_file(|status| status.uids)?,
        };
        if kernel_thread {
            self.scratch.machine.kernel_uids = Some(uids);
        }
        Ok(uids)
    }

    pub(super) fn owner_gids(&mut self) -> Outcome<Gids> {
        match self.pidfd_info() {
            Some(info) => Ok(Gids {
                real: info.rgid,
                effective: info.egid,
                saved: info.sgid,
            }),
            None => self.status_file(|status| status.gids),
        }
    }

    /// `/proc/PID/status`, parsed.
    pub(super) fn status_file<T>(&mut self, take: impl FnOnce(Status<'_>) -> T) -> Outcome<T> {
        let parsed = Status::parse(self.source(Source::Status)?).map(take);
        parsed.map_err(|error| self.odd("status", error))
    }

    /// What a pidfd tells; `None` whenever `status` should be asked instead: it is kept already, the
    /// files are not the running kernel's, or there is any doubt.
    fn pidfd_info(&mut self) -> Option<PidfdInfo> {
        if !self.host.live || self.scratch.has(Source::Status) {
            return None;
        }
        if let Some(info) = &self.scratch.pidfd_info {
            return Some(*info);
        }
        let pidfd = os::pidfd::pidfd_open(self.pid()).ok()?;
        let mut bytes = [0; os::pidfd::INFO];
        os::pidfd::pidfd_info(pidfd.as_fd(), &mut bytes, CREDENTIALS).ok()?;
        let info = PidfdInfo::parse(&bytes, Endian::NATIVE).ok()?;
        // What is kept serves a second question of the same look.
        self.scratch.pidfd_info = Some(info);
        Some(info)
    }

    /// The name of a user, looked up once per look; the number where there is no name.
    pub(super) fn user_name(&mut self, uid: u32) -> OsString {
        if let Some(name) = self.scratch.machine.user_names.get(&uid) {
            return name.clone();
        }
        let name = self
            .host
            .user_name(uid)
            .unwrap_or_else(|| uid.to_string().into());
        self.scratch.machine.user_names.insert(uid, name.clone());
        name
    }
}

impl super::Host {
    /// By the system's name services for this machine, by `/etc/passwd` for another's files.
    fn user_name(&self, uid: u32) -> Option<OsString> {
        if self.live {
            return os::ids::user_name(uid)
                .ok()
                .flatten()
                .map(|name| os_string(&name));
        }
        let passwd = super::super::read_optional(&self.roots.etc.join("passwd"))?;
        psight_core::parse::posix::passwd::names_by_uid(&passwd).remove(&uid)
    }
}
