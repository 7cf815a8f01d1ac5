//! Records what psight reads of a machine: `record PROC SYS OUT [PID...]`.
//!
//! Writes an archive without private things to the file OUT, usually `tree.txt`. Without process ids
//! all processes are recorded.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use psight_testkit::{Archive, ETC, PROC, PROCESS, SYS, Scrub, record};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os()
        .skip(1)
        .filter(|word| word != "--")
        .collect();
    let [proc, sys, out, pids @ ..] = &*arguments else {
        eprintln!("usage: record PROC SYS OUT [PID...]");
        return ExitCode::from(2);
    };
    match run(proc.as_ref(), sys.as_ref(), out.as_ref(), pids) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("record: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(proc: &Path, sys: &Path, out: &Path, pids: &[OsString]) -> Result<(), Box<dyn Error>> {
    // The recorder itself is always among them, since `self` leads to it.
    let mut folders = vec!["self".to_owned()];
    folders.extend(pids.iter().map(|pid| pid.to_string_lossy().into_owned()));
    if pids.is_empty() {
        folders.push("*".to_owned());
    }
    let processes = folders
        .iter()
        .flat_map(|pid| PROCESS.iter().map(move |file| format!("{pid}/{file}")));
    let mut patterns: Vec<String> = PROC.iter().map(|file| (*file).to_owned()).collect();
    patterns.extend(processes);
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();

    let host_name = fs::read(proc.join("sys/kernel/hostname")).ok();
    let scrub = Scrub {
        host_name: host_name.map(|name| name.trim_ascii_end().to_vec()),
    };
    let release = fs::read_to_string(proc.join("sys/kernel/osrelease")).unwrap_or_default();
    let mut archive = Archive::default();
    archive
        .head
        .push(format!("Recorded from Linux {}.", release.trim_end()));
    archive
        .entries
        .extend(record("etc", Path::new("/etc"), ETC, &scrub)?.entries);
    archive
        .entries
        .extend(record("proc", proc, &patterns, &scrub)?.entries);
    archive
        .entries
        .extend(record("sys", sys, SYS, &scrub)?.entries);
    fs::write(out, archive.print())?;
    Ok(())
}
