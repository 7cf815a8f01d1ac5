//! Safe handles and calls to the operating system: the only module with unsafe code.
//!
//! It knows handles and bytes, never a metric or a record. Every function answers with
//! `io::Result` that keeps the error number; what the number means is for others to say. With
//! `platform/mod.rs` this is the only file that names operating systems: the table below says
//! which files exist where.
#![allow(
    unsafe_code,
    reason = "This module is where the calls to the operating system live."
)]

#[cfg(target_os = "linux")]
pub(crate) mod affinity;
#[cfg(target_os = "linux")]
pub(crate) mod call;
#[cfg(target_os = "linux")]
pub(crate) mod clock;
#[cfg(target_os = "linux")]
pub(crate) mod directory;
#[cfg(target_os = "linux")]
pub(crate) mod ethtool;
#[cfg(target_os = "linux")]
pub(crate) mod files;
#[cfg(target_os = "linux")]
pub(crate) mod ids;
#[cfg(target_os = "linux")]
pub(crate) mod ifaddrs;
#[cfg(target_os = "linux")]
pub(crate) mod netlink;
#[cfg(target_os = "linux")]
pub(crate) mod pid_path;
#[cfg(target_os = "linux")]
pub(crate) mod pidfd;
#[cfg(target_os = "linux")]
pub(crate) mod priority;
#[cfg(target_os = "linux")]
pub(crate) mod rlimit;
#[cfg(target_os = "linux")]
pub(crate) mod signal;
#[cfg(target_os = "linux")]
pub(crate) mod statvfs;
#[cfg(target_os = "linux")]
pub(crate) mod sysinfo;
#[cfg(target_os = "linux")]
pub(crate) mod uname;
#[cfg(target_os = "linux")]
pub(crate) mod wait;

// musl's allocator has neither mallinfo nor malloc_trim.
#[cfg(all(target_os = "linux", not(target_env = "gnu")))]
#[path = "mallinfo_absent.rs"]
pub(crate) mod mallinfo;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) mod mallinfo;
