//! Reads files, links and folders below a held directory, into buffers the caller reuses.
//!
//! Every read of `/proc` and `/sys` goes through here: relative to a directory opened once, so that
//! the root may be elsewhere, and without an allocation or a call too many.

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fs::{Access, CWD, FileType, Mode, OFlags, RawDir};

use super::call::{grow, retry};

/// Bytes. A procfs file of one record is shorter, with very few exceptions.
const RECORD: usize = 4096;
/// Bytes. The first buffer for files of many records, and for folders.
const TABLE: usize = 32 << 10;
/// Bytes. The first buffer for the target of a link.
const LINK: usize = 256;
/// Bytes. The kernel gives no longer target.
const LONGEST_LINK: usize = 1 << 16;

/// How everything is opened: a file of another machine's tree may be a pipe that nobody writes to.
const READING: OFlags = OFlags::RDONLY
    .union(OFlags::CLOEXEC)
    .union(OFlags::NONBLOCK);

/// What fstatat(2) tells of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileStat {
    /// Type and permissions.
    pub(crate) mode: u32,
    /// The device the file is.
    pub(crate) rdev: u64,
    /// The device the file is on.
    pub(crate) dev: u64,
    /// Bytes, or what the file system says in their place.
    pub(crate) size: u64,
    /// How many names the file has; for a folder of procfs its subfolders and two.
    pub(crate) nlink: u64,
    /// The owner.
    pub(crate) uid: u32,
    /// The number of the file on its device.
    pub(crate) ino: u64,
}

impl FileStat {
    /// Whether this is a regular file.
    pub(crate) fn is_regular(&self) -> bool {
        FileType::from_raw_mode(self.mode) == FileType::RegularFile
    }

    #[allow(
        clippy::useless_conversion,
        clippy::unnecessary_fallible_conversions,
        reason = "The width of the fields differs by architecture."
    )]
    fn from_raw(raw: &rustix::fs::Stat) -> Self {
        Self {
            mode: raw.st_mode,
            rdev: u64::from(raw.st_rdev),
            dev: u64::from(raw.st_dev),
            size: u64::try_from(raw.st_size).unwrap_or(0),
            nlink: u64::from(raw.st_nlink),
            uid: raw.st_uid,
            ino: u64::from(raw.st_ino),
        }
    }
}

/// A directory held open, to which paths are relative.
#[derive(Debug)]
pub(crate) struct Dir(Option<OwnedFd>);

impl Dir {
    /// No directory held: names are paths from the root or from the working directory.
    pub(crate) const UNHELD: Self = Self(None);

    /// Opens a directory only to name things below it, which needs no permission to read it.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        retry(|| Ok(rustix::fs::open(path, flags, Mode::empty())?)).map(Self::held)
    }

    fn held(folder: OwnedFd) -> Self {
        Self(Some(folder))
    }

    /// Reads a file of one record, such as `PID/stat`, in place of what is in `buf`.
    ///
    /// procfs hands out such a record whole, so a read that leaves the buffer unfilled has it all.
    /// Cost: three calls.
    pub(crate) fn read_record_into(&self, rel: &CStr, buf: &mut Vec<u8>) -> io::Result<()> {
        buf.clear();
        let file = self.openat(rel, OFlags::empty())?;
        buf.reserve(RECORD);
        read_until_unfilled(file.as_fd(), buf)
    }

    /// Reads a whole file in place of what is in `buf`, until the kernel says that it ends.
    ///
    /// For files of many records, which may come a page at a time: `PID/maps`, `net/tcp`, and all
    /// that are not on procfs.
    pub(crate) fn read_into(&self, rel: &CStr, buf: &mut Vec<u8>) -> io::Result<()> {
        buf.clear();
        read_to_end(self.openat(rel, OFlags::empty())?.as_fd(), buf)
    }

    /// Reads the target of a link, in place of what is in `buf`.
    pub(crate) fn read_link_into(&self, rel: &CStr, buf: &mut Vec<u8>) -> io::Result<()> {
        grow(
            LINK.max(buf.capacity()),
            LONGEST_LINK.max(buf.capacity()),
            |size| {
                buf.clear();
                buf.reserve(size);
                let room = buf.capacity();
                let length = rustix::fs::readlinkat_raw(self.as_fd(), rel, spare_capacity(buf))?;
                // A full buffer may hold a target cut short.
                Ok((length < room).then_some(()))
            },
        )
    }

    /// The size of a folder that the caller may list; on `/proc/PID/fd` the number of descriptors
    /// since Linux 6.2, 0 before. Errors: those of listing it, `EACCES` above all.
    pub(crate) fn listable_size(&self, rel: &CStr) -> io::Result<u64> {
        let folder = self.openat(rel, OFlags::DIRECTORY)?;
        Ok(FileStat::from_raw(&rustix::fs::fstat(folder)?).size)
    }

    /// Calls `each` with the names in a folder, without `.` and `..`, in the kernel's order.
    pub(crate) fn entries(&self, rel: &CStr, each: impl FnMut(&[u8])) -> io::Result<()> {
        list(self.openat(rel, OFlags::DIRECTORY)?, each)
    }

    /// The names in a folder that are numbers, in place of what is in `found`: the processes of
    /// `.`, the threads of `PID/task`, the descriptors of `PID/fd`.
    pub(crate) fn numeric_entries(&self, rel: &CStr, found: &mut Vec<u32>) -> io::Result<()> {
        found.clear();
        self.entries(rel, |name| found.extend(number(name)))
    }

    fn openat(&self, rel: &CStr, flags: OFlags) -> io::Result<OwnedFd> {
        retry(|| {
            Ok(rustix::fs::openat(
                self.as_fd(),
                rel,
                flags | READING,
                Mode::empty(),
            )?)
        })
    }
}

impl AsFd for Dir {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_ref().map_or(CWD, OwnedFd::as_fd)
    }
}

/// Reads a whole file by its path, in place of what is in `buf`, until the kernel says that it ends.
pub(crate) fn read_path_into(path: &Path, buf: &mut Vec<u8>) -> io::Result<()> {
    buf.clear();
    read_to_end(open_path(path, OFlags::empty())?.as_fd(), buf)
}

/// Reads a file of one record by its path, in place of what is in `buf`: `meminfo`, `stat`, and the
/// files of sysfs, which come whole. Cost: three calls.
pub(crate) fn read_record_path_into(path: &Path, buf: &mut Vec<u8>) -> io::Result<()> {
    buf.clear();
    let file = open_path(path, OFlags::empty())?;
    buf.reserve(TABLE);
    read_until_unfilled(file.as_fd(), buf)
}

/// Calls `each` with the names in a folder, as `Dir::entries` does.
pub(crate) fn entries_of_path(folder: &Path, each: impl FnMut(&[u8])) -> io::Result<()> {
    list(open_path(folder, OFlags::DIRECTORY)?, each)
}

/// The names in a folder that are numbers, as `Dir::numeric_entries` does.
pub(crate) fn numeric_entries_of_path(folder: &Path, found: &mut Vec<u32>) -> io::Result<()> {
    found.clear();
    entries_of_path(folder, |name| found.extend(number(name)))
}

fn open_path(path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    retry(|| {
        Ok(rustix::fs::openat(
            CWD,
            path,
            flags | READING,
            Mode::empty(),
        )?)
    })
}

fn list(folder: OwnedFd, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buf = Vec::<u8>::with_capacity(TABLE);
    let mut entries = RawDir::new(folder, buf.spare_capacity_mut());
    while let Some(entry) = entries.next() {
        match entry?.file_name().to_bytes() {
            b"." | b".." => {}
            name => each(name),
        }
    }
    Ok(())
}

/// What a path leads to, links followed.
pub(crate) fn stat_path(path: &Path) -> io::Result<FileStat> {
    let raw = retry(|| Ok(rustix::fs::stat(path)?))?;
    Ok(FileStat::from_raw(&raw))
}

/// Whether a path leads to anything the caller may know of.
pub(crate) fn exists(path: &Path) -> bool {
    stat_path(path).is_ok()
}

/// Whether a path leads to a regular file that the caller may run.
pub(crate) fn is_executable_file(path: &Path) -> bool {
    stat_path(path).is_ok_and(|stat| stat.is_regular())
        && rustix::fs::access(path, Access::EXEC_OK).is_ok()
}

/// Appends until a read leaves room, which has to be there.
fn read_until_unfilled(file: BorrowedFd<'_>, buf: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let room = buf.capacity().saturating_sub(buf.len());
        if append(file, buf)? < room {
            return Ok(());
        }
        buf.reserve(buf.len());
    }
}

/// Appends until a read returns nothing.
fn read_to_end(file: BorrowedFd<'_>, buf: &mut Vec<u8>) -> io::Result<()> {
    buf.reserve(TABLE);
    while append(file, buf)? > 0 {
        if buf.capacity().saturating_sub(buf.len()) < RECORD {
            buf.reserve(buf.len());
        }
    }
    Ok(())
}

/// One read into the room left; how many bytes came.
fn append(file: BorrowedFd<'_>, buf: &mut Vec<u8>) -> io::Result<usize> {
    retry(|| Ok(rustix::io::read(file, spare_capacity(buf))?))
}

/// A name that is a decimal number and nothing else.
fn number(name: &[u8]) -> Option<u32> {
    if name.is_empty() {
        return None;
    }
    name.iter().try_fold(0u32, |n, b| {
        b.is_ascii_digit().then_some(())?;
        n.checked_mul(10)?.checked_add(u32::from(b - b'0'))
    })
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
