//! Where the kernel's and the system's files are mounted.

use std::path::{Path, PathBuf};

/// The folders psight reads, all relocatable at once or one by one.
///
/// A container that mounts the host's `/proc` at `/host/proc` asks about the host with
/// `Roots::under("/host")`; a test points it at a recorded tree.
///
/// Where a question is usually settled by a system call about *this* machine (descriptor limits,
/// CPU affinity, socket tables by netlink), a relocated `proc` is asked through its files instead,
/// or the answer is `Unsupported`: never a mixture of two machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// Process and kernel state, usually `/proc`.
    pub proc: PathBuf,
    /// Devices and drivers, usually `/sys`.
    pub sys: PathBuf,
    /// System configuration, usually `/etc`.
    pub etc: PathBuf,
    /// Device files, usually `/dev`.
    pub dev: PathBuf,
    /// State of running services, usually `/run`.
    pub run: PathBuf,
}

impl Default for Roots {
    fn default() -> Self {
        Self::under("/")
    }
}

impl Roots {
    /// Everything below one folder: `proc`, `sys`, `etc`, `dev`, `run`.
    pub fn under(folder: impl AsRef<Path>) -> Self {
        let at = |name| folder.as_ref().join(name);
        Self {
            proc: at("proc"),
            sys: at("sys"),
            etc: at("etc"),
            dev: at("dev"),
            run: at("run"),
        }
    }

    /// The same, with `proc` elsewhere: psutil's `PROCFS_PATH`.
    #[must_use]
    pub fn with_proc(mut self, proc: impl Into<PathBuf>) -> Self {
        self.proc = proc.into();
        self
    }

    /// Whether `proc` is the running kernel's own, so that system calls speak of the same processes.
    pub fn is_live(&self) -> bool {
        self.proc == Path::new("/proc")
    }
}

/// What a recorded tree does not tell about the machine it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// Bytes in a page of memory.
    pub page_size: u64,
    /// Clock ticks per second, as `sysconf(_SC_CLK_TCK)` tells.
    pub clock_ticks: u64,
    /// Whether the most significant byte comes first.
    pub big_endian: bool,
}
