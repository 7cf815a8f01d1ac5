//! Whose sockets those are.

use std::collections::{HashMap, HashSet};

use psight_core::parse::linux::pid::link;
use psight_core::types::Pid;

use super::Host;
use super::sources::{Scratch, at};
use super::table::is_exhausted;
use crate::error::Outcome;
use crate::os::files::Dir;
use crate::os::pid_path::PidPath;
use crate::seam::Table;

/// Who holds a socket, and by which descriptors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) pid: Pid,
    /// Ascending.
    pub(super) fds: Vec<u32>,
}

/// Sockets by inode, with the owner found for each.
#[derive(Debug, Default)]
pub(super) struct Sockets(HashMap<u64, Owner>);

impl Sockets {
    /// Notes a descriptor of a socket. The first process to be noted stays its owner.
    pub(super) fn add(&mut self, inode: u64, pid: Pid, fd: u32) {
        let owner = self.0.entry(inode).or_insert_with(|| Owner {
            pid,
            fds: Vec::new(),
        });
        if owner.pid == pid {
            owner.fds.push(fd);
        }
    }

    pub(super) fn owner(&self, inode: u64) -> Option<&Owner> {
        self.0.get(&inode)
    }

    pub(super) fn inodes(&self) -> impl Iterator<Item = u64> {
        self.0.keys().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Host {
    /// The owners of these sockets, as far as the caller may look into processes.
    ///
    /// A socket that several processes share belongs to the one with the highest id, as in psutil,
    /// which goes through all of them and keeps the last. Going down from the highest finds that one
    /// first, and can stop when every socket has its owner.
    pub(super) fn owners_of(&self, inodes: impl Iterator<Item = u64>) -> Outcome<Sockets> {
        let mut missing: HashSet<u64> = inodes.filter(|inode| *inode != 0).collect();
        let mut sockets = Sockets::default();
        let mut pids = Vec::new();
        self.pids(&mut pids)?;
        let scratch = Scratch::for_sweep(self, false)?;
        let (mut fds, mut text) = (Vec::new(), Vec::new());
        for pid in pids.into_iter().rev() {
            if missing.is_empty() {
                break;
            }
            let proc = scratch.proc.as_ref();
            let folder = PidPath::new(pid, "fd");
            let listed = at(self, proc, "list", &folder, |dir, path| {
                dir.numeric_entries(path, &mut fds)
            });
            match listed {
                Ok(()) => {}
                Err(fault) if is_exhausted(&fault) => return Err(fault),
                // Gone, or not ours to look into: no owner to be found there.
                Err(_) => continue,
            }
            fds.sort_unstable();
            let mut found = Vec::new();
            for fd in &fds {
                if let Some(inode) = self.socket_behind(proc, pid, *fd, &mut text)
                    && missing.contains(&inode)
                {
                    sockets.add(inode, pid, *fd);
                    found.push(inode);
                }
            }
            for inode in found {
                missing.remove(&inode);
            }
        }
        Ok(sockets)
    }

    fn socket_behind(
        &self,
        proc: Option<&Dir>,
        pid: Pid,
        fd: u32,
        text: &mut Vec<u8>,
    ) -> Option<u64> {
        let path = PidPath::numbered(pid, "fd", fd);
        at(self, proc, "readlink", &path, |dir, path| {
            dir.read_link_into(path, text)
        })
        .ok()?;
        link::socket_inode(text)
    }
}
