//! The archive: many small files as one text.
//!
//! ```text
//! # Comments and empty lines may stand at the head and between entries.
//! Path: proc/self
//! SymlinkTo: 1
//!
//! Path: proc/1/cmdline
//! Mode: 444
//! EOF-no-newline
//! Lines: 1
//! init\x00splash\x00
//!
//! Path: proc/1/fd
//! Directory
//! ```
//!
//! Paths, targets and lines are escaped as in [`crate::escaped`]. `Lines: N` is the last line before
//! the content of N lines; `EOF-no-newline` before it says that the last of them has no newline.
//! `Mode` is octal and may be left out. Folders above an entry need none of their own.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use crate::escape::{escaped, unescaped};

/// Files, links and folders, with some lines that tell where they come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    /// The comment lines at the head, without `#`.
    pub head: Vec<String>,
    /// What is in it, in its order.
    pub entries: Vec<Entry>,
}

/// One file, link or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where, below the root; neither absolute nor with `..`.
    pub path: Vec<u8>,
    /// Permission bits; `None` where nobody cares.
    pub mode: Option<u32>,
    /// What it is.
    pub kind: Kind,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A file and its bytes.
    File(Vec<u8>),
    /// A link and its target, which need not exist.
    Symlink(Vec<u8>),
    /// A folder, perhaps empty.
    Directory,
}

/// A line that is no archive's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveError {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for ArchiveError {}

impl Archive {
    /// Reads an archive's text.
    pub fn parse(text: &str) -> Result<Self, ArchiveError> {
        let mut lines = Lines {
            rest: text,
            number: 0,
        };
        let mut archive = Self::default();
        let mut seen = HashSet::new();
        while let Some(line) = lines.next() {
            if let Some(comment) = line.strip_prefix('#') {
                if archive.entries.is_empty() {
                    archive
                        .head
                        .push(comment.strip_prefix(' ').unwrap_or(comment).to_owned());
                }
            } else if !line.is_empty() {
                let entry = lines.entry(line)?;
                if !seen.insert(entry.path.clone()) {
                    return Err(lines.error("a path comes twice"));
                }
                archive.entries.push(entry);
            }
        }
        Ok(archive)
    }

    /// The text that [`Archive::parse`] reads.
    pub fn print(&self) -> String {
        let mut text = String::new();
        for line in &self.head {
            text.push_str(format!("# {line}").trim_end());
            text.push('\n');
        }
        for entry in &self.entries {
            // Writing to a string cannot fail.
            let _ = entry.print(&mut text);
        }
        text
    }

    /// Makes the files below a folder.
    pub fn unpack(&self, folder: &Path) -> io::Result<()> {
        for entry in &self.entries {
            let path = folder.join(OsStr::from_bytes(&entry.path));
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            match &entry.kind {
                Kind::File(content) => fs::write(&path, content)?,
                Kind::Symlink(target) => symlink(OsStr::from_bytes(target), &path)?,
                Kind::Directory => fs::create_dir_all(&path)?,
            }
        }
        // At last, since a folder may forbid its own filling.
        for entry in &self.entries {
            if let (Some(mode), Kind::File(_) | Kind::Directory) = (entry.mode, &entry.kind) {
                let path = folder.join(OsStr::from_bytes(&entry.path));
                fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
            }
        }
        Ok(())
    }
}

impl Entry {
    fn print(&self, text: &mut String) -> fmt::Result {
        writeln!(text, "\nPath: {}", escaped(&self.path))?;
        if let Some(mode) = self.mode {
            writeln!(text, "Mode: {mode:o}")?;
        }
        match &self.kind {
            Kind::Directory => writeln!(text, "Directory"),
            Kind::Symlink(target) => writeln!(text, "SymlinkTo: {}", escaped(target)),
            Kind::File(content) => {
                let whole = content.strip_suffix(b"\n");
                let mut lines: Vec<&[u8]> = whole
                    .unwrap_or(content)
                    .split(|byte| *byte == b'\n')
                    .collect();
                if content.is_empty() {
                    lines.clear();
                } else if whole.is_none() {
                    writeln!(text, "EOF-no-newline")?;
                }
                writeln!(text, "Lines: {}", lines.len())?;
                lines
                    .iter()
                    .try_for_each(|line| writeln!(text, "{}", escaped(line)))
            }
        }
    }
}

/// The lines of a text with their numbers.
struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    /// The next line; a carriage return is part of it.
    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(line)
    }

    const fn error(&self, what: &'static str) -> ArchiveError {
        ArchiveError {
            line: self.number,
            what,
        }
    }

    /// The bytes of an escaped line.
    fn bytes(&self, line: &str) -> Result<Vec<u8>, ArchiveError> {
        unescaped(line).ok_or(self.error("a backslash starts none of \\\\, \\n and \\xNN"))
    }

    fn entry(&mut self, line: &str) -> Result<Entry, ArchiveError> {
        let path = line
            .strip_prefix("Path: ")
            .ok_or(self.error("expected `Path: `"))?;
        let path = self.bytes(path)?;
        if !is_inside(&path) {
            return Err(self.error("a path leads out of the tree"));
        }
        let (mut mode, mut newline) = (None, true);
        let kind = loop {
            let line = self.next().ok_or(self.error("an entry ends early"))?;
            if let Some(digits) = line.strip_prefix("Mode: ") {
                let bits = u32::from_str_radix(digits, 8)
                    .ok()
                    .filter(|mode| *mode <= 0o7777);
                mode = Some(bits.ok_or(self.error("a mode is up to four octal digits"))?);
            } else if line == "EOF-no-newline" {
                newline = false;
            } else if line == "Directory" {
                break Kind::Directory;
            } else if let Some(target) = line.strip_prefix("SymlinkTo: ") {
                break Kind::Symlink(self.bytes(target)?);
            } else if let Some(count) = line.strip_prefix("Lines: ") {
                let count = count
                    .parse()
                    .map_err(|_| self.error("expected a count of lines"))?;
                break Kind::File(self.content(count, newline)?);
            } else {
                return Err(self.error("an entry's head has no such line"));
            }
        };
        Ok(Entry { path, mode, kind })
    }

    fn content(&mut self, count: usize, newline: bool) -> Result<Vec<u8>, ArchiveError> {
        let mut content = Vec::new();
        for _ in 0..count {
            let line = self
                .next()
                .ok_or(self.error("there are fewer lines than told"))?;
            content.extend_from_slice(&self.bytes(line)?);
            content.push(b'\n');
        }
        if !newline {
            content.pop();
        }
        Ok(content)
    }
}

/// Whether a path stays below its root.
fn is_inside(path: &[u8]) -> bool {
    let mut parts = path.split(|byte| *byte == b'/');
    parts.all(|part| !part.is_empty() && part != b"." && part != b".." && !part.contains(&0))
}

#[cfg(test)]
mod tests;
