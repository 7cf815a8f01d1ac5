//! The system calls without which an answer cannot be had, and nothing else: no parsing, no records,
//! no order. What a call must be told (ids, which processes are kernel threads) is known beforehand.

use std::fmt::{self, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};

use psight::{ProcessField, ProcessFields};
use rustix::fs::{CWD, Mode, OFlags, RawDir, fstat, openat, readlinkat_raw};
use rustix::io::read;
use rustix::net::netlink::SOCK_DIAG;
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, send, socket_with,
};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::ioctl::pidfd::{INFO, pidfd_info};

/// `PIDFD_INFO_CREDS` of linux/pidfd.h.
const CREDENTIALS: u64 = 1 << 1;
/// `NLMSG_DONE` of linux/netlink.h.
const DONE: u16 = 3;

/// Buffers, and `/proc`.
#[derive(Debug)]
pub(crate) struct Floor {
    proc: OwnedFd,
    buffer: Vec<u8>,
    pids: Vec<u32>,
    links: Vec<u32>,
    pidfd_tells: bool,
}

/// A path without an allocation, ended by NUL.
struct Path {
    bytes: [u8; 64],
    length: usize,
}

impl Path {
    fn new(arguments: fmt::Arguments<'_>) -> Self {
        let mut path = Self {
            bytes: [0; 64],
            length: 0,
        };
        path.write_fmt(arguments).expect("a short path");
        path
    }

    fn c_str(&self) -> &std::ffi::CStr {
        std::ffi::CStr::from_bytes_until_nul(&self.bytes).expect("a NUL after the path")
    }
}

impl Write for Path {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        // One byte stays NUL.
        let room = self.bytes[..63]
            .get_mut(self.length..end)
            .ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

fn open(below: impl AsFd, path: &std::ffi::CStr, flags: OFlags) -> OwnedFd {
    try_open(below, path, flags).expect("a file that is there")
}

fn try_open(
    below: impl AsFd,
    path: &std::ffi::CStr,
    flags: OFlags,
) -> Result<OwnedFd, rustix::io::Errno> {
    let flags = flags | OFlags::RDONLY | OFlags::CLOEXEC;
    openat(below, path, flags, Mode::empty())
}

fn numbers(folder: OwnedFd, buffer: &mut Vec<u8>, found: &mut Vec<u32>) {
    found.clear();
    buffer.clear();
    let mut entries = RawDir::new(folder, buffer.spare_capacity_mut());
    while let Some(Ok(entry)) = entries.next() {
        let name = entry.file_name().to_str();
        found.extend(name.ok().and_then(|name| name.parse::<u32>().ok()));
    }
}

impl Floor {
    /// Opens `/proc`, and finds out how this kernel tells who owns a process.
    pub(crate) fn new() -> Self {
        let flags = OFlags::PATH | OFlags::DIRECTORY;
        Self {
            proc: open(CWD, c"/proc", flags),
            buffer: Vec::with_capacity(64 << 10),
            pids: Vec::new(),
            links: Vec::new(),
            pidfd_tells: Self::ask_pidfd(std::process::id()),
        }
    }

    /// `getdents` of `/proc`.
    pub(crate) fn pids(&mut self) -> usize {
        let folder = open(&self.proc, c".", OFlags::DIRECTORY);
        numbers(folder, &mut self.buffer, &mut self.pids);
        self.pids.len()
    }

    /// One `open`, `read` and `close` below `/proc`. False when it is not there any more.
    pub(crate) fn file(&mut self, path: fmt::Arguments<'_>) -> bool {
        self.buffer.clear();
        let Ok(file) = try_open(&self.proc, Path::new(path).c_str(), OFlags::empty()) else {
            return false;
        };
        read(&file, rustix::buffer::spare_capacity(&mut self.buffer)).is_ok()
    }

    /// The same of a file that comes in parts, until it ends.
    pub(crate) fn whole_file(&mut self, path: fmt::Arguments<'_>) -> bool {
        self.buffer.clear();
        let Ok(file) = try_open(&self.proc, Path::new(path).c_str(), OFlags::empty()) else {
            return false;
        };
        while read(&file, rustix::buffer::spare_capacity(&mut self.buffer)).is_ok_and(|n| n > 0) {
            self.buffer.clear();
        }
        true
    }

    /// Who owns a process, by the cheapest source of this kernel.
    pub(crate) fn owner(&mut self, pid: u32) -> bool {
        if self.pidfd_tells {
            Self::ask_pidfd(pid)
        } else {
            self.file(format_args!("{pid}/status"))
        }
    }

    fn ask_pidfd(pid: u32) -> bool {
        let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
        let Some(Ok(pidfd)) = pid.map(|pid| pidfd_open(pid, PidfdFlags::empty())) else {
            return false;
        };
        pidfd_info(pidfd.as_fd(), &mut [0; INFO], CREDENTIALS).is_ok()
    }

    /// `file` of each process, under this name.
    pub(crate) fn one_file_each(&mut self, name: &str) -> usize {
        self.pids();
        let pids = std::mem::take(&mut self.pids);
        let read = pids
            .iter()
            .filter(|pid| self.file(format_args!("{pid}/{name}")))
            .count();
        self.pids = pids;
        read
    }

    /// `PID/task/PID/stat` of each process.
    pub(crate) fn identity_each(&mut self) -> usize {
        self.pids();
        let pids = std::mem::take(&mut self.pids);
        let identity = |pid: &&u32| self.file(format_args!("{pid}/task/{pid}/stat"));
        let read = pids.iter().filter(identity).count();
        self.pids = pids;
        read
    }

    /// The four sources of the usual eleven facts, of kernel threads only `stat`; and the files of
    /// the machine behind `memory_percent`, `create_time` and `username`.
    pub(crate) fn four_sources_each(&mut self, kernel_threads: &[u32]) -> usize {
        self.pids();
        let pids = std::mem::take(&mut self.pids);
        for name in ["meminfo", "stat"] {
            self.file(format_args!("{name}"));
        }
        self.file(format_args!("/etc/passwd"));
        for pid in &pids {
            self.file(format_args!("{pid}/stat"));
            if kernel_threads.binary_search(pid).is_err() {
                self.file(format_args!("{pid}/cmdline"));
                self.owner(*pid);
                self.file(format_args!("{pid}/statm"));
            }
        }
        self.pids = pids;
        self.pids.len()
    }

    /// How many descriptors a process has, as the size of their folder tells since Linux 6.2.
    pub(crate) fn folder_size(&mut self, path: fmt::Arguments<'_>) -> i64 {
        let folder = open(&self.proc, Path::new(path).c_str(), OFlags::DIRECTORY);
        fstat(folder).expect("an open folder").st_size
    }

    /// The threads of a process, and `stat` of each.
    pub(crate) fn threads(&mut self, pid: u32) -> usize {
        let path = Path::new(format_args!("{pid}/task"));
        let folder = open(&self.proc, path.c_str(), OFlags::DIRECTORY);
        let mut threads = std::mem::take(&mut self.links);
        numbers(folder, &mut self.buffer, &mut threads);
        for thread in &threads {
            self.file(format_args!("{pid}/task/{thread}/stat"));
        }
        self.links = threads;
        self.links.len()
    }

    /// Every link to an open file of the processes from the highest id down to `last`.
    pub(crate) fn descriptor_links(&mut self, last: u32) -> usize {
        self.pids();
        self.pids.sort_unstable();
        let pids = std::mem::take(&mut self.pids);
        let mut links = std::mem::take(&mut self.links);
        let mut target = [MaybeUninit::<u8>::uninit(); 256];
        let mut read = 0;
        for pid in pids.iter().rev().take_while(|pid| **pid >= last) {
            let path = Path::new(format_args!("{pid}/fd"));
            let Ok(folder) = try_open(&self.proc, path.c_str(), OFlags::DIRECTORY) else {
                continue;
            };
            numbers(folder, &mut self.buffer, &mut links);
            for link in &links {
                let path = Path::new(format_args!("{pid}/fd/{link}"));
                read += usize::from(
                    readlinkat_raw(&self.proc, path.c_str(), target.as_mut_slice()).is_ok(),
                );
            }
        }
        (self.pids, self.links) = (pids, links);
        read
    }

    /// The tables behind these requests over one netlink socket. Bytes.
    pub(crate) fn netlink(&mut self, requests: &[Vec<u8>]) -> usize {
        let (family, kind) = (AddressFamily::NETLINK, SocketType::RAW);
        let socket = socket_with(family, kind, SocketFlags::CLOEXEC, Some(SOCK_DIAG));
        let socket = socket.expect("a netlink socket");
        self.buffer.resize(self.buffer.capacity(), 0);
        let mut bytes = 0;
        for request in requests {
            send(&socket, request, SendFlags::empty()).expect("a request");
            loop {
                let buffer = self.buffer.as_mut_slice();
                let (length, _) = recv(&socket, buffer, RecvFlags::empty()).expect("an answer");
                bytes += length;
                if is_done(&self.buffer[..length]) {
                    break;
                }
            }
        }
        bytes
    }
}

/// Whether an end stands among the messages of a datagram.
fn is_done(mut messages: &[u8]) -> bool {
    while let [l0, l1, l2, l3, t0, t1, ..] = *messages {
        if u16::from_ne_bytes([t0, t1]) == DONE {
            return true;
        }
        let length = u32::from_ne_bytes([l0, l1, l2, l3]) as usize;
        messages = messages
            .get(length.next_multiple_of(4).max(16)..)
            .unwrap_or_default();
    }
    false
}

/// The kernel threads of this machine, ascending: 2, and the children of 2.
pub(crate) fn kernel_threads() -> Vec<u32> {
    let fields = ProcessFields::of(&[ProcessField::Pid, ProcessField::Ppid]);
    let processes = psight::sweep(fields).expect("a sweep");
    let of_kernel = |process: &psight::ProcessInfo| {
        let (pid, parent) = (*process.pid.value()?, *process.ppid.value()?);
        (pid == 2 || parent == 2).then_some(pid)
    };
    processes.iter().filter_map(of_kernel).collect()
}
