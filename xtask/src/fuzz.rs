//! `cargo xtask fuzz`: libFuzzer on the stable compiler, each target for a fixed time.
//!
//! The compiler's own coverage counters are switched on by its flags, so neither a nightly compiler
//! nor another tool is needed. The files of recorded trees are the first corpus; what is found later is
//! kept in fuzz/corpus, which is not committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use psight_testkit::{Archive, Kind};

use crate::process::{cargo, output, root, run as run_program};

/// What `cargo fuzz` passes too.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

pub(crate) fn run(seconds: u32) -> Result<(), String> {
    let fuzz = root().join("fuzz");
    run_program(
        cargo()
            .current_dir(&fuzz)
            .env("RUSTFLAGS", COVERAGE)
            .args(["build", "--release", "--locked", "--target-dir", "target"])
            // A target of its own keeps the flags off build scripts.
            .args(["--target", host()?.as_str()]),
    )?;
    let seeds = seeds(&root().join("fixtures"), &fuzz.join("corpus/seeds"))?;
    println!("{seeds} seeds");
    for target in targets(&fuzz)? {
        let own = fuzz.join("corpus").join(&target);
        let artifacts = fuzz.join("artifacts").join(&target);
        for folder in [&own, &artifacts] {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let program = fuzz
            .join("target")
            .join(host()?)
            .join("release")
            .join(&target);
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
                "{log}\n{target} found an input, kept in fuzz/artifacts/{target}"
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

/// Every file of every recorded tree, as its bytes were, one file each below `into`.
fn seeds(fixtures: &Path, into: &Path) -> Result<usize, String> {
    fs::create_dir_all(into).map_err(|error| format!("{}: {error}", into.display()))?;
    let mut count = 0;
    for (name, tree) in trees(fixtures)? {
        let text =
            fs::read_to_string(&tree).map_err(|error| format!("{}: {error}", tree.display()))?;
        let archive =
            Archive::parse(&text).map_err(|error| format!("{}: {error}", tree.display()))?;
        for (number, entry) in archive.entries.iter().enumerate() {
            if let Kind::File(bytes) = &entry.kind {
                let seed = into.join(format!("{name}-{number}"));
                fs::write(&seed, bytes).map_err(|error| format!("{}: {error}", seed.display()))?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// `fixtures/SYSTEM/NAME/tree.txt`, by name.
fn trees(fixtures: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let mut found = Vec::new();
    for folder in listed(fixtures)?.iter().filter(|path| path.is_dir()) {
        for machine in listed(folder)? {
            let tree = machine.join("tree.txt");
            if let Some(name) = machine.file_name().filter(|_| tree.is_file()) {
                found.push((name.to_string_lossy().into_owned(), tree));
            }
        }
    }
    Ok(found)
}

/// The names of the targets, which are files.
fn targets(fuzz: &Path) -> Result<Vec<String>, String> {
    let files = listed(&fuzz.join("fuzz_targets"))?;
    let stems = files.iter().filter_map(|path| path.file_stem());
    Ok(stems
        .map(|stem| stem.to_string_lossy().into_owned())
        .collect())
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(told)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(told));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
