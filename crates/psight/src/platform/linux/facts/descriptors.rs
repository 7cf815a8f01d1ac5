//! What a process holds open.

use std::path::PathBuf;

use psight_core::parse::linux::pid::fdinfo::Fdinfo;
use psight_core::parse::linux::pid::link;
use psight_core::text::os_string;
use psight_core::types::{Connection, ConnectionKind, OpenFile};

use super::Facts;
use super::identity::real_path;
use super::usage::went_away;
use crate::error::{Fault, Outcome};
use crate::os;
use crate::os::pid_path::PidPath;
use crate::platform::linux::owners::Sockets;

impl Facts<'_> {
    /// The folder's size is their number since Linux 6.2; before, and in a recorded tree, they are
    /// listed. Opening it comes first: the size is told to everybody, the list to those who may look.
    pub(super) fn count_descriptors(&mut self) -> Outcome<u64> {
        let path = PidPath::new(self.pid(), "fd");
        if self.host.live {
            let size = self.at("open", &path, os::files::Dir::listable_size)?;
            if size > 0 {
                return Ok(size);
            }
        }
        self.descriptors()
            .map(|fds| fds.len().try_into().unwrap_or(u64::MAX))
    }

    /// Numbers of the open descriptors, ascending.
    fn descriptors(&mut self) -> Outcome<Vec<u32>> {
        let mut fds = Vec::new();
        let path = PidPath::new(self.pid(), "fd");
        self.at("list", &path, |dir, path| {
            dir.numeric_entries(path, &mut fds)
        })?;
        fds.sort_unstable();
        Ok(fds)
    }

    pub(super) fn list_open_files(&mut self) -> Outcome<Vec<OpenFile>> {
        let mut files = Vec::new();
        let mut lost = None;
        for fd in self.descriptors()? {
            match self.open_file(fd) {
                Ok(file) => files.extend(file),
                Err(fault) if went_away(&fault) => lost = Some(fault),
                Err(fault) => return Err(fault),
            }
        }
        self.still_there(lost)?;
        Ok(files)
    }

    /// The file behind a descriptor; `None` when it is no regular file or has no name any more.
    fn open_file(&mut self, fd: u32) -> Outcome<Option<OpenFile>> {
        let path = match self.link(&PidPath::numbered(self.pid(), "fd", fd)) {
            Ok(text @ [b'/', ..]) => PathBuf::from(os_string(real_path(text))),
            Ok(_) => return Ok(None),
            // Since Linux 3.x some links answer EINVAL or ENAMETOOLONG: nothing psutil could list.
            Err(fault) if matches!(fault.errno(), Some(libc::EINVAL | libc::ENAMETOOLONG)) => {
                return Ok(None);
            }
            Err(fault) => return Err(fault),
        };
        match os::files::stat_path(&path) {
            Ok(stat) if stat.is_regular() => {}
            Err(error) if matches!(error.raw_os_error(), Some(libc::EPERM | libc::EACCES)) => {
                return Err(Fault::file("stat", path, error));
            }
            _ => return Ok(None),
        }
        let text = self.read_once(&PidPath::numbered(self.pid(), "fdinfo", fd))?;
        let info = Fdinfo::parse(text).map_err(|error| self.odd(&format!("fdinfo/{fd}"), error))?;
        Ok(Some(OpenFile {
            path,
            fd: Some(fd),
            position: Some(info.pos_bytes),
            mode: Some(info.mode().to_owned()),
            flags: Some(info.flags),
        }))
    }

    /// Its sockets: descriptors first, and only if there are any, the tables of the system.
    pub(super) fn list_connections(&mut self, kind: ConnectionKind) -> Outcome<Vec<Connection>> {
        let mut sockets = Sockets::default();
        let mut lost = None;
        for fd in self.descriptors()? {
            match self.link(&PidPath::numbered(self.pid(), "fd", fd)) {
                Ok(text) => {
                    if let Some(inode) = link::socket_inode(text) {
                        sockets.add(inode, self.pid(), fd);
                    }
                }
                Err(fault) if went_away(&fault) => lost = Some(fault),
                Err(fault) if matches!(fault.errno(), Some(libc::EINVAL | libc::ENAMETOOLONG)) => {}
                Err(fault) => return Err(fault),
            }
        }
        self.still_there(lost)?;
        if sockets.is_empty() {
            return Ok(Vec::new());
        }
        let sweeping = self.scratch.proc.is_some();
        let kept = self.scratch.machine.sockets.take();
        let table = match kept.filter(|(kept, _)| sweeping && *kept == kind) {
            Some((_, table)) => table,
            None => self.host.socket_table(kind)?,
        };
        let found = table.of(&sockets);
        if sweeping {
            self.scratch.machine.sockets = Some((kind, table));
        }
        if self.host.liveness_is_gone(self.pid()) {
            return Err(self.gone_from("fd"));
        }
        Ok(found)
    }
}
