//! The names of the system and of the machine, from uname(2).

use rustix::system::uname as query;

/// The system's names, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Uname {
    /// The kernel: `Linux`.
    pub(crate) sysname: Vec<u8>,
    /// The host name.
    pub(crate) nodename: Vec<u8>,
    /// The kernel's release: `6.12.9-arch1-1`.
    pub(crate) release: Vec<u8>,
    /// The kernel's build: `#1 SMP PREEMPT_DYNAMIC ...`.
    pub(crate) version: Vec<u8>,
    /// The hardware: `x86_64`.
    pub(crate) machine: Vec<u8>,
}

/// The system's names.
pub(crate) fn uname() -> Uname {
    let names = query();
    Uname {
        sysname: names.sysname().to_bytes().to_vec(),
        nodename: names.nodename().to_bytes().to_vec(),
        release: names.release().to_bytes().to_vec(),
        version: names.version().to_bytes().to_vec(),
        machine: names.machine().to_bytes().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_says_its_name_and_processor() {
        let names = uname();
        assert_eq!(names.sysname, b"Linux");
        assert!(!names.machine.is_empty());
    }
}
