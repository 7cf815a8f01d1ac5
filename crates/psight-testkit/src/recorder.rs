//! Recording: patterns of paths into an archive.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use crate::archive::{Archive, Entry, Kind};
use crate::scrub::Scrub;

/// Copies what matches the patterns below `root` to entries below `name`, sorted by path.
///
/// Links on the way are kept as links, and what is behind them is recorded where it really is, if
/// that is below the root. A file that cannot be read is left out, as drivers have some that never
/// can be.
/// Errors: whatever stands against listing the root.
pub fn record(name: &str, root: &Path, patterns: &[&str], scrub: &Scrub) -> io::Result<Archive> {
    let root = root.canonicalize()?;
    let mut walk = Walk {
        name,
        root: &root,
        scrub,
        found: BTreeMap::new(),
    };
    for pattern in patterns {
        walk.follow(Path::new(""), pattern);
    }
    Ok(Archive {
        head: Vec::new(),
        entries: walk.found.into_values().collect(),
    })
}

struct Walk<'a> {
    name: &'a str,
    root: &'a Path,
    scrub: &'a Scrub,
    found: BTreeMap<Vec<u8>, Entry>,
}

impl Walk<'_> {
    /// Everything below a folder that matches.
    fn follow(&mut self, folder: &Path, pattern: &str) {
        let (part, rest) = match pattern.split_once('/') {
            Some((part, rest)) => (part, Some(rest)),
            None => (pattern, None),
        };
        for name in self.matching(folder, part) {
            let path = folder.join(name);
            let Ok(metadata) = self.root.join(&path).symlink_metadata() else {
                continue;
            };
            if metadata.is_symlink() {
                self.keep_link(&path);
                if let (Some(rest), Some(real)) = (rest, self.real(&path)) {
                    self.follow(&real, rest);
                }
            } else if metadata.is_dir() {
                match rest {
                    Some(rest) => self.follow(&path, rest),
                    None => self.keep(&path, Kind::Directory),
                }
            } else if metadata.is_file() && rest.is_none() {
                self.keep_file(&path);
            }
        }
    }

    fn matching(&self, folder: &Path, part: &str) -> Vec<OsString> {
        if !part.contains('*') {
            return vec![part.into()];
        }
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else {
            return Vec::new();
        };
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        names
            .filter(|name| matches(part.as_bytes(), name.as_bytes()))
            .collect()
    }

    /// Where a link leads, below the root.
    fn real(&self, path: &Path) -> Option<PathBuf> {
        let real = self.root.join(path).canonicalize().ok()?;
        Some(real.strip_prefix(self.root).ok()?.to_owned())
    }

    fn keep_link(&mut self, path: &Path) {
        if let Ok(target) = fs::read_link(self.root.join(path)) {
            let target = target.into_os_string().as_bytes().to_vec();
            let target = self.scrub.target(&self.entry_path(path), target);
            self.keep(path, Kind::Symlink(target));
        }
    }

    fn keep_file(&mut self, path: &Path) {
        if let Ok(content) = fs::read(self.root.join(path)) {
            let content = self.scrub.content(&self.entry_path(path), content);
            self.keep(path, Kind::File(content));
        }
    }

    fn keep(&mut self, path: &Path, kind: Kind) {
        let path = self.entry_path(path);
        self.found.insert(
            path.clone(),
            Entry {
                path,
                mode: None,
                kind,
            },
        );
    }

    fn entry_path(&self, path: &Path) -> Vec<u8> {
        let path: &OsStr = path.as_os_str();
        [self.name.as_bytes(), b"/", path.as_bytes()].concat()
    }
}

/// Whether a name matches a pattern in which `*` is any number of bytes.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => {
            (0..=name.len()).any(|taken| name.get(taken..).is_some_and(|name| matches(rest, name)))
        }
        Some((byte, rest)) => name
            .split_first()
            .is_some_and(|(first, name)| first == byte && matches(rest, name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "\
Path: class/hwmon/hwmon0
SymlinkTo: ../../devices/chip/hwmon0

Path: devices/chip/hwmon0/name
Lines: 1
chip

Path: devices/chip/hwmon0/temp1_input
Lines: 1
41000

Path: devices/chip/hwmon0/uevent
Lines: 0
";

    #[test]
    fn a_star_is_any_part_of_a_name() {
        assert!(matches(b"temp*_*", b"temp12_input") && matches(b"*", b"") && matches(b"a", b"a"));
        assert!(!matches(b"temp*_*", b"temp1") && !matches(b"a*b", b"abc"));
    }

    #[test]
    fn links_are_kept_and_followed() {
        let folder = tempfile::tempdir().unwrap();
        Archive::parse(TREE).unwrap().unpack(folder.path()).unwrap();
        let patterns = [
            "class/hwmon/*/name",
            "class/hwmon/*/temp*_*",
            "class/thermal/*",
            "devices",
        ];
        let archive = record("sys", folder.path(), &patterns, &Scrub::default()).unwrap();
        let paths: Vec<_> = archive
            .entries
            .iter()
            .map(|entry| String::from_utf8_lossy(&entry.path))
            .collect();
        let chip = "sys/devices/chip/hwmon0";
        assert_eq!(
            paths,
            [
                "sys/class/hwmon/hwmon0",
                "sys/devices",
                &format!("{chip}/name"),
                &format!("{chip}/temp1_input"),
            ]
        );
        assert_eq!(archive.entries[3].kind, Kind::File(b"41000\n".to_vec()));
    }

    #[test]
    fn what_was_unpacked_is_recorded_again() {
        let folder = tempfile::tempdir().unwrap();
        let text = TREE.replace("Path: ", "Path: sys/");
        let archive = Archive::parse(&text).unwrap();
        archive.unpack(folder.path()).unwrap();
        let patterns = ["class/*/*/*"];
        let root = folder.path().join("sys");
        assert_eq!(
            record("sys", &root, &patterns, &Scrub::default()).unwrap(),
            archive
        );
    }

    #[test]
    fn a_missing_root_is_an_error() {
        assert!(record("sys", Path::new("/nonexistent"), &[], &Scrub::default()).is_err());
    }
}
