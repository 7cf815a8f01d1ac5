//! `cargo xtask targets`: type-checks the library and the command for every platform.
//!
//! Where the toolchain's own standard library can be had for a target, that is used. For the others
//! Debian's `rustc-web` and `rust-web-src` build it from source, which needs no linker because
//! nothing is linked. A target that could not be checked fails the run: silence is no check.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::process::{self, output, root, run as run_program};

/// What every change is checked for. The last proves that the seam's default answers suffice.
const TARGETS: &[&str] = &[
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-unknown-freebsd",
    "x86_64-unknown-netbsd",
    "x86_64-unknown-openbsd",
    "x86_64-unknown-illumos",
    "x86_64-pc-solaris",
    "x86_64-unknown-linux-musl",
    "i686-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "s390x-unknown-linux-gnu",
    "wasm32-unknown-unknown",
];

const PACKAGED_RUSTC: &str = "/usr/bin/rustc";
const PACKAGED_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

pub(crate) fn run(names: &[&str]) -> Result<(), String> {
    let names = if names.is_empty() { TARGETS } else { names };
    println!("{:28} {:10} {:11} seconds", "target", "library", "result");
    let mut failed = Vec::new();
    for name in names {
        let start = Instant::now();
        let (how, checked) = check(name);
        let seconds = start.elapsed().as_secs_f64();
        let result = if checked.is_ok() { "ok" } else { "NOT CHECKED" };
        println!("{name:28} {how:10} {result:11} {seconds:7.1}");
        if let Err(message) = checked {
            println!("{}", message.trim_end());
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("not checked: {}", failed.join(", ")))
    }
}

/// Where the standard library came from, and what the compiler said.
fn check(target: &str) -> (&'static str, Result<(), String>) {
    let Err(why) = add_with_rustup(target) else {
        return ("rustup", cargo(target, &[], &[]));
    };
    let environment = [("RUSTC", PACKAGED_RUSTC), ("RUSTC_BOOTSTRAP", "1")];
    let checked = install_packaged_compiler()
        .map_err(|error| format!("rustup: {why}\n{error}"))
        .and_then(|()| cargo(target, &["-Zbuild-std=std,panic_abort"], &environment));
    ("build-std", checked)
}

/// Has the toolchain's own library ready; an error says why there is none.
fn add_with_rustup(target: &str) -> Result<(), String> {
    let added = output(Command::new("rustup").args(["target", "add", target]))?;
    if added.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&added.stderr).trim().to_owned())
}

fn cargo(target: &str, flags: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
    let mut check = process::cargo();
    check
        .current_dir(root())
        .args(["check", "--quiet", "--locked", "--target", target]);
    check
        .args(["--target-dir", "target/foreign", "--package", "psight"])
        .args(flags);
    // There is no command to run in a browser.
    if !target.starts_with("wasm32") {
        check.args(["--package", "psight-cli"]);
    }
    // A platform without a backend leaves parts of the library without a caller.
    let flags = if target.contains("-linux-") {
        "-Dwarnings"
    } else {
        "-Adead_code -Dwarnings"
    };
    check
        .env("RUSTFLAGS", flags)
        .envs(environment.iter().copied());
    let checked = output(&mut check)?;
    if checked.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&checked.stderr).into_owned())
}

/// Debian's compiler and the library source that belongs to it. Installs them if it may.
fn install_packaged_compiler() -> Result<(), String> {
    if Path::new(PACKAGED_RUSTC).exists() && Path::new(PACKAGED_SOURCE).exists() {
        return Ok(());
    }
    let needed = "this target needs Debian's rustc-web and rust-web-src";
    let user = output(Command::new("id").arg("-u"))?;
    if user.stdout.trim_ascii() != b"0" {
        return Err(format!("{needed}: install them, or run this as root"));
    }
    println!("installing Debian's rustc-web and rust-web-src");
    let mut install = Command::new("apt-get");
    install
        .args(["install", "-qq", "-y", "--no-install-recommends"])
        .args(["rustc-web", "rust-web-src"])
        .env("DEBIAN_FRONTEND", "noninteractive");
    run_program(Command::new("apt-get").args(["update", "-qq"]))
        .and_then(|()| run_program(&mut install))
        .map_err(|error| format!("{needed}: {error}"))
}
