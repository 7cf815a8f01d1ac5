//! The machine's life, its people, and the ids of its processes.

use std::ffi::OsString;
use std::time::Duration;

use psight_core::types::{Pid, Resource, User};

use crate::error::Result;
use crate::seam::{Sessions, Table};
use crate::system::System;

impl System {
    /// When the machine booted, in seconds since the epoch; follows steps of the clock.
    ///
    /// Source: `btime` of `/proc/stat`. Errors: `Os`, `Parse` without that line.
    pub fn boot_time(&self) -> Result<f64> {
        self.ask(Sessions::boot_time)
    }

    /// Login sessions.
    ///
    /// Source: `/run/utmp`; a machine without that file has no sessions to tell. Errors: `Os`.
    pub fn users(&self) -> Result<Vec<User>> {
        self.ask(Sessions::users)
    }

    /// The machine's name.
    ///
    /// Source: `/proc/sys/kernel/hostname`. Errors: `Os`.
    pub fn host_name(&self) -> Result<OsString> {
        self.ask(Sessions::host_name)
    }

    /// The kernel in words, such as `Linux 6.12.3 x86_64`; without the processor's name for another
    /// machine's files.
    ///
    /// Source: `/proc/sys/kernel/{ostype,osrelease}`, `uname(2)`. Errors: `Os`.
    pub fn kernel(&self) -> Result<OsString> {
        self.ask(Sessions::kernel)
    }

    /// How long ago the machine booted, time asleep included; not moved by steps of the clock.
    ///
    /// Source: `/proc/uptime`. Errors: `Os`, `Parse`.
    pub fn uptime(&self) -> Result<Duration> {
        self.ask(Sessions::uptime)
    }

    /// Process ids, ascending; those `/proc` shows the caller.
    ///
    /// Source: the folder `/proc`. Errors: `Os`.
    pub fn pids(&self) -> Result<Vec<Pid>> {
        let mut pids = Vec::new();
        self.ask(|host| host.pids(&mut pids))?;
        Ok(pids)
    }

    /// Whether there is a process of that id, zombies included; the id of a thread is none.
    ///
    /// Source: `kill(pid, 0)`, then `/proc/PID/status`. Errors: `Os`.
    pub fn pid_exists(&self, pid: Pid) -> Result<bool> {
        self.ask(|host| host.pid_exists(pid))
    }

    /// The C library's number of a resource limit, which differs between architectures.
    ///
    /// Errors: `Unsupported` where there is no such limit.
    pub fn resource_number(&self, resource: Resource) -> Result<i32> {
        self.ask(|host| host.resource_number(resource))
    }
}

/// [`System::boot_time`] of this machine.
pub fn boot_time() -> Result<f64> {
    System::local().boot_time()
}

/// [`System::users`] of this machine.
pub fn users() -> Result<Vec<User>> {
    System::local().users()
}

/// [`System::pids`] of this machine.
pub fn pids() -> Result<Vec<Pid>> {
    System::local().pids()
}

/// [`System::pid_exists`] of this machine.
pub fn pid_exists(pid: Pid) -> Result<bool> {
    System::local().pid_exists(pid)
}
