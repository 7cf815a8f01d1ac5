//! The files of one process below `/proc/PID`, one parser file per source.

pub mod cgroup;
pub mod children;
pub mod cmdline;
pub mod fdinfo;
pub mod io;
pub mod limits;
pub mod link;
pub mod name;
pub mod smaps;
pub mod stat;
pub mod statm;
pub mod status;
