//! This very process, and children it starts.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod control;
mod identity;
mod many;
mod popen;

use std::process::Command;
use std::time::{Duration, Instant};

use psight::Popen;

fn sleeper() -> Popen {
    Popen::spawn(Command::new("sleep").arg("60"))
        .unwrap()
        .kill_on_drop(true)
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{what} did not come"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}
