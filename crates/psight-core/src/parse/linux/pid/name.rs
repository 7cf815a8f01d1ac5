//! A process's name, which the kernel cuts short.

use crate::scan::rsplit_once;

/// Bytes of a name that may have been cut: `TASK_COMM_LEN` less the NUL.
pub const COMM_MAX: usize = 15;

/// The name completed from the first item of the command line, when that item's last path part
/// begins with what the kernel kept.
pub fn completed<'a>(comm: &'a [u8], program: &'a [u8]) -> &'a [u8] {
    let base = rsplit_once(program, b'/').map_or(program, |(_, base)| base);
    if base.starts_with(comm) { base } else { comm }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_name_is_completed_from_its_program() {
        let comm = b"gnome-session-b";
        assert_eq!(
            completed(comm, b"/usr/lib/gnome-session-binary"),
            b"gnome-session-binary"
        );
        assert_eq!(completed(comm, b"gnome-session-b"), comm);
        assert_eq!(completed(comm, b"/usr/bin/python3"), comm);
        assert_eq!(completed(comm, b""), comm);
        assert_eq!(completed(comm, b"/dir/"), comm);
    }
}
