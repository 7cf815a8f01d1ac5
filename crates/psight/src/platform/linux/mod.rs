//! Linux: `/proc`, `/sys`, netlink and a few system calls.

mod connections;
mod cpu;
mod disk;
mod facts;
mod family;
mod hold;
mod memory;
mod net;
mod owners;
mod sensors;
mod sessions;
mod sources;
mod table;
mod terminals;

use std::io;
use std::path::{Path, PathBuf};

use psight_core::layout::Endian;

use crate::error::{Fault, Outcome};
use crate::os;
use crate::roots::{Machine, Roots};

pub(crate) use self::facts::Facts;
pub(crate) use self::sources::Scratch;
pub(crate) use super::posix::meaning;

/// The machine.
#[derive(Debug)]
pub(crate) struct Host {
    roots: Roots,
    /// Whether the files are the running kernel's, so that system calls speak of the same processes.
    live: bool,
    /// Whether the files are another machine's, so that there is no kernel to act on.
    recorded: bool,
    page_size: u64,
    ticks: u64,
    endian: Endian,
    terminals: terminals::Terminals,
}

impl Host {
    pub(crate) fn new(roots: Roots, recorded: Option<Machine>) -> Self {
        let order = |big| if big { Endian::Big } else { Endian::Little };
        Self {
            live: recorded.is_none() && roots.is_live(),
            recorded: recorded.is_some(),
            page_size: recorded.map_or_else(os::clock::page_size, |machine| machine.page_size),
            ticks: recorded.map_or_else(os::clock::clock_ticks, |machine| machine.clock_ticks),
            endian: recorded.map_or(Endian::NATIVE, |machine| order(machine.big_endian)),
            terminals: terminals::Terminals::default(),
            roots,
        }
    }

    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }

    /// A whole file below `/proc` that has many records.
    fn read_proc(&self, name: &str) -> Outcome<Vec<u8>> {
        read(&self.roots.proc.join(name))
    }

    /// A file below `/proc` that is one record, and comes whole.
    fn read_proc_record(&self, name: &str) -> Outcome<Vec<u8>> {
        read_record(&self.roots.proc.join(name))
    }

    /// A whole file below `/sys`.
    fn read_sys(&self, name: impl AsRef<Path>) -> Outcome<Vec<u8>> {
        read_record(&self.roots.sys.join(name))
    }

    /// A path below one of the roots, for faults.
    fn proc_path(&self, name: &str) -> PathBuf {
        self.roots.proc.join(name)
    }
}

/// A whole file.
fn read(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    match os::files::read_path_into(path, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Fault::file("read", path, error)),
    }
}

/// A file of one record.
fn read_record(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    match os::files::read_record_path_into(path, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Fault::file("read", path, error)),
    }
}

/// A file of one record that may be missing: `None` then, and when its driver has nothing to say.
fn read_optional(path: &Path) -> Option<Vec<u8>> {
    read_record(path).ok()
}

/// Whether a fault says that there is no such file.
fn is_missing(fault: &Fault) -> bool {
    matches!(fault, Fault::Os { error, .. } if error.kind() == io::ErrorKind::NotFound)
}
