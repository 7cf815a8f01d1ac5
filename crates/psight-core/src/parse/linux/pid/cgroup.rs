//! `/proc/PID/cgroup`: the control group of a process in every hierarchy.
//!
//! Authority: cgroups(7), Documentation/admin-guide/cgroup-v2.rst. Since Linux 2.6.24.

use crate::scan::{decimal, lines, split_once};
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/PID/cgroup";

/// The group of a process in one hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership<'a> {
    /// The hierarchy's number; 0 for version 2.
    pub hierarchy: u32,
    /// Its controllers between commas, or its name as `name=systemd`; empty for version 2.
    pub controllers: &'a [u8],
    /// The group below the root of the hierarchy, as seen from the reader's namespace; `/../` leads
    /// out of it. ` (deleted)` stands behind a group that is gone, since Linux 4.4.
    pub path: &'a [u8],
}

impl Membership<'_> {
    /// Whether this is the hierarchy of version 2.
    pub const fn is_unified(&self) -> bool {
        self.hierarchy == 0 && self.controllers.is_empty()
    }

    /// Whether a controller such as `memory` is tied to this hierarchy of version 1.
    pub fn has_controller(&self, name: &[u8]) -> bool {
        self.controllers
            .split(|byte| *byte == b',')
            .any(|one| one == name)
    }
}

/// The rows of a text, in the kernel's order: the newest hierarchy first, version 2 last.
///
/// Example: `4:cpu,cpuacct:/user.slice` of version 1, `0::/user.slice/user-1000.slice` of version 2.
/// Errors: [`ParseError`] naming the field a row lacks; the rows after it follow.
pub fn memberships(text: &[u8]) -> impl Iterator<Item = Result<Membership<'_>, ParseError>> {
    lines(text).map(|line| {
        let missing = |field| ParseError::new(SOURCE, field, Expected::Delimiter);
        let (hierarchy, rest) = split_once(line, b':').ok_or(missing("hierarchy"))?;
        let hierarchy = decimal(hierarchy).and_then(|number| u32::try_from(number).ok());
        // A group's name may hold colons, a controller's may not.
        let (controllers, path) = split_once(rest, b':').ok_or(missing("controllers"))?;
        Ok(Membership {
            hierarchy: hierarchy.ok_or(ParseError::new(SOURCE, "hierarchy", Expected::Number))?,
            controllers,
            path,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &[u8] = b"4:cpu,cpuacct:/docker/4711\n1:name=systemd:/a:b c\n0::/init.scope\n";

    #[test]
    fn a_path_may_hold_colons_and_blanks() {
        let rows: Vec<_> = memberships(TEXT).map(Result::unwrap).collect();
        assert_eq!((rows[0].hierarchy, rows[0].path), (4, &b"/docker/4711"[..]));
        assert_eq!(rows[1].controllers, b"name=systemd");
        assert_eq!(rows[1].path, b"/a:b c");
        assert_eq!(rows[2].path, b"/init.scope");
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn controllers_are_whole_words_between_commas() {
        let rows: Vec<_> = memberships(TEXT).map(Result::unwrap).collect();
        assert!(rows[0].has_controller(b"cpu") && rows[0].has_controller(b"cpuacct"));
        assert!(!rows[0].has_controller(b"cpua") && !rows[2].has_controller(b"cpu"));
        let unified: Vec<bool> = rows.iter().map(Membership::is_unified).collect();
        assert_eq!(unified, [false, false, true]);
    }

    #[test]
    fn a_missing_field_is_named() {
        let fields: Vec<_> = memberships(b"x\n1:cpu\nx:cpu:/\n0::/\n")
            .map(|row| row.map_err(|error| error.field).err())
            .collect();
        let expected = [
            Some("hierarchy"),
            Some("controllers"),
            Some("hierarchy"),
            None,
        ];
        assert_eq!(fields, expected);
        assert_eq!(memberships(b"").count(), 0);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            for row in memberships(&text).flatten() {
                let _ = (row.is_unified(), row.has_controller(b"cpu"));
            }
        }
    }
}
