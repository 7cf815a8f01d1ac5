//! The command over a recorded machine: exact text, no clock.

use std::process::Command;

use psight_testkit::Tree;

#[test]
fn dump() {
    let tree = Tree::open("generic-6.18-x86_64-recorded");
    for args in [
        &["ps"][..],
        &["ps", "--pid", "1"],
        &["system", "--json"],
        &["system"],
        &[],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_psight"))
            .arg("--root")
            .arg(tree.root())
            .args(args)
            .output()
            .unwrap();
        println!(
            "{args:?} {:?}\n{}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
