//! What the Linux kernel prints below `/proc` and `/sys`, and what it answers over netlink.
//!
//! The files of the whole system stand here, those of one process in [`pid`].

pub mod cpuinfo;
pub mod cpulist;
pub mod diskstats;
pub mod filesystems;
pub mod loadavg;
pub mod meminfo;
pub mod mounts;
pub mod net_dev;
pub mod net_sockets;
pub mod netlink;
pub mod partitions;
pub mod pid;
pub mod pidfd_info;
pub mod rtnetlink;
pub mod sock_diag;
pub mod stat;
pub mod tcp_state;
pub mod uevent;
pub mod uptime;
pub mod vmstat;
pub mod zoneinfo;
