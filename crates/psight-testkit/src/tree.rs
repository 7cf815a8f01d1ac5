//! A recorded tree, unpacked for one test.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::archive::Archive;
use crate::machine::Machine;

/// A recorded tree in a temporary folder, which goes with it.
#[derive(Debug)]
pub struct Tree {
    folder: TempDir,
    machine: Machine,
    source: PathBuf,
}

impl Tree {
    /// Unpacks `fixtures/linux/NAME`.
    ///
    /// # Panics
    ///
    /// When there is no such tree, or when it does not parse: a test cannot go on without.
    #[must_use]
    pub fn open(name: &str) -> Self {
        let source = fixtures().join("linux").join(name);
        let machine = source.join("machine.toml");
        let machine = must(&machine, Machine::parse(&text(&machine)));
        let archive = source.join("tree.txt");
        let parsed = must(&archive, Archive::parse(&text(&archive)));
        let folder = must(&archive, tempfile::tempdir());
        must(&archive, parsed.unpack(folder.path()));
        Self {
            folder,
            machine,
            source,
        }
    }

    /// The folder that holds `proc`, `sys` and whatever else was recorded.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// What the files do not tell about their machine.
    #[must_use]
    pub const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The text of `expected.json`: what psight must make of the files.
    ///
    /// # Panics
    ///
    /// When there is no such file.
    #[must_use]
    pub fn expected(&self) -> String {
        text(&self.source.join("expected.json"))
    }

    /// The names of all trees, sorted.
    ///
    /// # Panics
    ///
    /// When the folder of trees cannot be listed.
    #[must_use]
    pub fn names() -> Vec<String> {
        let folder = fixtures().join("linux");
        let entries = must(&folder, fs::read_dir(&folder));
        let mut names: Vec<String> = entries
            .map(|entry| must(&folder, entry))
            .filter(|entry| entry.path().join("tree.txt").is_file())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        names
    }
}

/// The folder of all recorded things.
#[must_use]
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn text(path: &Path) -> String {
    must(path, fs::read_to_string(path))
}

#[track_caller]
fn must<T, E: Display>(path: &Path, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tree_unpacks_and_tells_what_is_expected() {
        let names = Tree::names();
        assert!(names.len() >= 9, "{names:?}");
        for name in names {
            let tree = Tree::open(&name);
            assert!(tree.root().join("proc").is_dir(), "{name}");
            assert!(tree.machine().page_size.is_power_of_two(), "{name}");
            assert!(!tree.machine().description.is_empty(), "{name}");
            assert!(tree.expected().starts_with('{'), "{name}");
        }
    }

    #[test]
    fn every_tree_is_printed_as_the_recorder_would() {
        for name in Tree::names() {
            let path = fixtures().join("linux").join(&name).join("tree.txt");
            let text = text(&path);
            let archive = must(&path, Archive::parse(&text));
            assert!(
                !archive.head.is_empty(),
                "{name} does not tell where it comes from"
            );
            assert!(
                archive.print() == text,
                "{name} is not in the recorder's form"
            );
        }
    }
}
