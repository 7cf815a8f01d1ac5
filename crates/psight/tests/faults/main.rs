//! What goes wrong while somebody looks: processes that end, ids that come again, files that may
//! not be read, descriptors that run out, signals, forks and threads.
//!
//! What would disturb other tests happens in a process of its own: this program again, told by an
//! environment variable which part to play.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and says why it is skipped"
)]

mod churn;
mod denied;
mod exhausted;
mod forks;
mod odd_files;
mod reuse;
mod waiting;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use psight::{ConnectionKind, Error, Popen, Process, Resource};

/// Names the part to play.
const PART: &str = "PSIGHT_FAULTS_PART";

/// Plays one part in a process of its own.
#[test]
#[ignore = "run by the other tests, each in a process of its own"]
fn part() {
    let Ok(part) = std::env::var(PART) else {
        return;
    };
    match part.as_str() {
        "reuse" => reuse::part(),
        "unprivileged" => denied::unprivileged(),
        "zombie of an ordinary owner" => denied::zombie_of_an_ordinary_owner(),
        "hidepid" => denied::hidepid(),
        "few descriptors" => exhausted::few_descriptors(),
        "no descriptor" => exhausted::no_descriptor(),
        "closed descriptors" => exhausted::closed_descriptors(),
        "leaks" => exhausted::leaks(),
        "fork" => forks::part(),
        "thread locals" => forks::thread_locals(),
        "many" => waiting::many(),
        other => panic!("no such part: {other}"),
    }
}

/// A command that plays a part, below a launcher such as `unshare` when one is named.
fn player(launcher: &[&str], part: &str) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = match launcher {
        [] => Command::new(this),
        [program, options @ ..] => {
            let mut command = Command::new(program);
            command.args(options).arg(this);
            command
        }
    };
    command
        .args(["--exact", "part", "--ignored", "--nocapture"])
        .env(PART, part)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn play(part: &str) {
    play_with(part, &mut player(&[], part));
}

fn play_with(part: &str, player: &mut Command) {
    let output = player.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{part}: {}\n{told}", output.status);
    assert!(told.contains("1 passed"), "{part} was not played:\n{told}");
}

/// Whether this test may do what only root may; says so where it may not.
fn may_be_root(test: &str) -> bool {
    let root = effective_uid() == 0;
    if !root {
        eprintln!("skipped: {test} needs root");
    }
    root
}

fn effective_uid() -> u32 {
    // SAFETY: geteuid touches no memory and cannot fail.
    unsafe { libc::geteuid() }
}

fn sleeper() -> Popen {
    let mut sleep = Command::new("sleep");
    // A part that fails must not be waited for until its sleepers close its pipes.
    sleep.arg("60").stdout(Stdio::null()).stderr(Stdio::null());
    Popen::spawn(&mut sleep).unwrap().kill_on_drop(true)
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{what} did not come"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// An answer without its value.
type Told = Result<(), Error>;

/// Every getter's name and answer.
fn every_getter(process: &Process) -> Vec<(&'static str, Told)> {
    macro_rules! all {
        ($($getter:ident)+) => {
            vec![$((stringify!($getter), process.$getter().map(drop)),)+]
        };
    }
    let mut told = all! {
        name exe cmdline environ cwd status ppid uids gids username terminal create_time
        cpu_times cpu_num page_faults memory_info memory_full_info memory_percent memory_maps
        memory_maps_grouped io_counters num_ctx_switches num_threads threads num_fds open_files
        nice ionice cpu_affinity parent parents children descendants
    };
    told.push((
        "net_connections",
        process.net_connections(ConnectionKind::All).map(drop),
    ));
    told.push(("rlimit", process.rlimit(Resource::OpenFiles).map(drop)));
    told
}
