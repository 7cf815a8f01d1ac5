//! `/etc/passwd`: user names by number.
//!
//! Authority: `passwd(5)`. A machine may keep users elsewhere (LDAP, systemd); this file answers
//! the common case without the C library.

use std::collections::BTreeMap;
use std::ffi::OsString;

use crate::scan::{decimal, lines};
use crate::text::os_string;

/// One user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Login name.
    pub name: &'a [u8],
    /// User id.
    pub uid: u32,
    /// Id of the first group.
    pub gid: u32,
}

/// The users of the file, in its order. Comments, NIS references (`+name`, `-name`) and lines that
/// do not parse are skipped.
///
/// Example: `root:x:0:0:root:/root:/bin/bash`.
pub fn passwd(text: &[u8]) -> impl Iterator<Item = Entry<'_>> {
    lines(text).filter_map(|line| {
        let mut columns = line.split(|b| *b == b':');
        let name = columns
            .next()
            .filter(|name| !matches!(name.first(), None | Some(b'#' | b'+' | b'-')))?;
        Some(Entry {
            name,
            uid: decimal(columns.nth(1)?)?.try_into().ok()?,
            gid: decimal(columns.next()?)?.try_into().ok()?,
        })
    })
}

/// Names by user id. Of several names for one id the first counts, as for `getpwuid(3)`.
pub fn names_by_uid(text: &[u8]) -> BTreeMap<u32, OsString> {
    let mut names = BTreeMap::new();
    for entry in passwd(text) {
        names
            .entry(entry.uid)
            .or_insert_with(|| os_string(entry.name));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_name_of_an_id_counts() {
        let text = b"root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\n#off:x:5:5:::\n\
            +nis:x:6:6:::\n-nis::7:7:::\nbad:x:many:1:::\nshort:x:9\n\nweb:x:33:34:::\n";
        let names = names_by_uid(text);
        assert_eq!(names.len(), 2);
        assert_eq!(
            (names[&0].to_str(), names[&33].to_str()),
            (Some("root"), Some("web"))
        );
        let last = passwd(text).last().unwrap();
        assert_eq!(
            last,
            Entry {
                name: b"web",
                uid: 33,
                gid: 34
            }
        );
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = names_by_uid(&text);
        }
    }
}
