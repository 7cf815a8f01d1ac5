//! `cargo xtask targets`: type-checks the library and the command for every platform.
//!
//! Where the toolchain's own standard library can be had for a target, that is used. For the others
//! Debian's `rustc-web` and `rust-web-src` build it from source, which needs no linker because
//! nothing is linked. A target that could not be checked fails the run: silence is no check.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::process::{output, root, run as run_program};

/// What every change is checked for. The last proves that the seam's default answers suffice.
const TARGETS: &[&str] = &[
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
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
    let mut failed = Vec::new();
    for name in names {
        let start = Instant::now();
        let checked = check(name);
        let seconds = start.elapsed().as_secs_f64();
        match checked {
            Ok(how) => println!("{name:28} {how:16} {seconds:6.1} s"),
            Err(message) => {
                println!("{name:28} failed           {seconds:6.1} s\n{message}");
                failed.push(*name);
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("not checked: {}", failed.join(", ")))
    }
}

/// How the target was checked.
fn check(target: &str) -> Result<&'static str, String> {
    let own = output(Command::new("rustup").args(["target", "add", target]));
    if own.is_ok_and(|own| own.status.success()) {
        cargo(target, &[], &[])?;
        return Ok("own library");
    }
    install_packaged_compiler()?;
    let environment = [("RUSTC", PACKAGED_RUSTC), ("RUSTC_BOOTSTRAP", "1")];
    cargo(target, &["-Zbuild-std=std,panic_abort"], &environment)?;
    Ok("built library")
}

fn cargo(target: &str, flags: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
    let mut check = Command::new(env!("CARGO"));
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
    check
        .env("RUSTFLAGS", "-Adead_code -Dwarnings")
        .envs(environment.iter().copied());
    let checked = output(&mut check)?;
    if checked.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&checked.stderr).into_owned())
}

fn install_packaged_compiler() -> Result<(), String> {
    if Path::new(PACKAGED_RUSTC).exists() && Path::new(PACKAGED_SOURCE).exists() {
        return Ok(());
    }
    println!("installing Debian's rustc-web and rust-web-src");
    let mut install = Command::new("apt-get");
    install.args([
        "install",
        "-qq",
        "-y",
        "--no-install-recommends",
        "rustc-web",
        "rust-web-src",
    ]);
    run_program(Command::new("apt-get").args(["update", "-qq"]))
        .and_then(|()| run_program(&mut install))
        .map_err(|error| format!("this target needs rustc-web and rust-web-src: {error}"))
}
