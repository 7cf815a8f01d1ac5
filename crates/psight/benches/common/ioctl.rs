//! psight's own wrapper of the one call no safe library wraps, `PIDFD_GET_INFO`.

#[path = "../../src/os/call.rs"]
mod call;
#[path = "../../src/os/pidfd.rs"]
pub(super) mod pidfd;
#[path = "../../src/os/wait.rs"]
mod wait;
