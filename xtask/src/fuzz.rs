//! `cargo xtask fuzz`: libFuzzer on the stable compiler, each target for a fixed time.
//!
//! The compiler's own coverage counters are switched on by its flags, so neither a nightly compiler
//! nor another tool is needed. Recorded trees are the first corpus; what is found later is kept in
//! fuzz/corpus, which is not committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{output, root, run as run_program};

const TARGETS: &[&str] = &["linux_pid", "linux_system", "binary_records", "scan"];

/// What `cargo fuzz` passes too.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

pub(crate) fn run(seconds: u32) -> Result<(), String> {
    let fuzz = root().join("fuzz");
    run_program(
        Command::new(env!("CARGO"))
            .current_dir(&fuzz)
            .env("RUSTFLAGS", COVERAGE)
            .args(["build", "--release", "--locked", "--target-dir", "target"])
            // A target of its own keeps the flags off build scripts.
            .args(["--target", host()?.as_str()]),
    )?;
    let seeds = seeds(&root().join("fixtures"), &fuzz.join("corpus/seeds"))?;
    println!("{seeds} seeds");
    for target in TARGETS {
        let own = fuzz.join("corpus").join(target);
        let artifacts = fuzz.join("artifacts").join(target);
        for folder in [&own, &artifacts] {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let program = fuzz
            .join("target")
            .join(host()?)
            .join("release")
            .join(target);
        let told = output(
            Command::new(program)
                .arg(&own)
                .arg(fuzz.join("corpus/seeds"))
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-artifact_prefix={}/", artifacts.display()))
                .args(["-max_len=65536", "-print_final_stats=1"]),
        )?;
        let log = String::from_utf8_lossy(&told.stderr);
        if !told.status.success() {
            return Err(format!(
                "{target} found an input, kept in fuzz/artifacts/{target}\n{log}"
            ));
        }
        let runs = log
            .lines()
            .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        println!("{target:16} {} runs, no panic", runs.unwrap_or("?").trim());
    }
    Ok(())
}

/// The compiler's own platform.
fn host() -> Result<String, String> {
    let told = output(Command::new("rustc").arg("-vV"))?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned)
        .ok_or_else(|| "rustc does not tell its host".to_owned())
}

/// Copies every fixture's text below `into`, one file each.
fn seeds(fixtures: &Path, into: &Path) -> Result<usize, String> {
    fs::create_dir_all(into).map_err(|error| format!("{}: {error}", into.display()))?;
    let mut count = 0;
    let mut folders: Vec<PathBuf> = vec![fixtures.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "tree.txt") {
                count += split_tree(&path, into)?;
            }
        }
    }
    Ok(count)
}

/// A tree's files, as they stand between its `Path:` lines.
fn split_tree(tree: &Path, into: &Path) -> Result<usize, String> {
    let text = fs::read_to_string(tree).map_err(|error| format!("{}: {error}", tree.display()))?;
    let folder = tree
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default()
        .to_string_lossy();
    let mut count = 0;
    for part in text.split("\nPath: ").skip(1) {
        let body = part
            .split_once("\nLines: ")
            .and_then(|(_, rest)| rest.split_once('\n'));
        let Some((_, body)) = body else { continue };
        let seed = into.join(format!("{folder}-{count}"));
        fs::write(&seed, body).map_err(|error| format!("{}: {error}", seed.display()))?;
        count += 1;
    }
    Ok(count)
}
