//! `cargo xtask tidy`: the rules of ARCHITECTURE.md that neither compiler nor clippy checks.
//!
//! Goes through the files git knows. What a rule looks for is in `tidy_rules.rs`, who may import whom
//! in `tidy_walls.rs`, each with tests that show the rule fail and pass.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{output, root};
use crate::tidy_rules::{Complaint, LONGEST_FILE, complaints, is_source};

pub(crate) fn run() -> Result<(), String> {
    let root = root();
    let mut all: Vec<Complaint> = Vec::new();
    let mut lengths: Vec<(usize, String)> = Vec::new();
    for path in tracked(&root)? {
        let bytes = fs::read(root.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        let text = String::from_utf8_lossy(&bytes);
        if is_source(&path) {
            lengths.push((text.lines().count(), path.clone()));
        }
        all.extend(complaints(&path, &text));
    }
    for complaint in &all {
        println!("{complaint}");
    }
    lengths.sort();
    let median = lengths
        .get(lengths.len() / 2)
        .map_or(0, |(lines, _)| *lines);
    let (most, longest) = lengths
        .last()
        .map_or((0, "none"), |(lines, path)| (*lines, path.as_str()));
    println!(
        "{} source files, median {median} lines, longest {most} of {LONGEST_FILE} ({longest})",
        lengths.len()
    );
    match all.len() {
        0 => Ok(()),
        count => Err(format!("{count} places break a rule")),
    }
}

/// Files in the index or new and not ignored, that are still there.
fn tracked(root: &Path) -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    git.current_dir(root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let listed = output(&mut git)?;
    if !listed.status.success() {
        return Err(String::from_utf8_lossy(&listed.stderr).into_owned());
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let names = names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(str::to_owned);
    Ok(names.filter(|name| root.join(name).is_file()).collect())
}
