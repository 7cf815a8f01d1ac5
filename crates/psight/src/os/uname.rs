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

/// The host name; gethostname(2) reads the same one.
pub(crate) fn hostname() -> Vec<u8> {
    query().nodename().to_bytes().to_vec()
}

/// The kernel's version as numbers: `(6, 12)`. `None` for a release that starts otherwise.
pub(crate) fn kernel_version() -> Option<(u32, u32)> {
    let names = query();
    let release = names.release().to_str().ok()?;
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_says_its_name_and_release() {
        let names = uname();
        assert_eq!(names.sysname, b"Linux");
        let (major, minor) = kernel_version().unwrap();
        assert!(
            names
                .release
                .starts_with(format!("{major}.{minor}").as_bytes())
        );
        assert_eq!(names.nodename, hostname());
    }
}
