//! The command over a recorded machine: exact text, no clock.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run its command has failed"
)]

use std::process::Command;

use psight_testkit::Tree;
use serde_json::Value;

/// What a command prints about the recorded machine.
fn told(args: &[&str]) -> String {
    let tree = Tree::open("generic-6.18-x86_64-recorded");
    let mut command = Command::new(env!("CARGO_BIN_EXE_psight"));
    let output = command
        .arg("--root")
        .arg(tree.root())
        .args(args)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn processes_as_a_table() {
    insta::assert_snapshot!(told(&["ps"]));
}

#[test]
fn chosen_facts_as_a_table() {
    let fields = "pid,name,memory_info,status,uids";
    insta::assert_snapshot!(told(&["ps", "--fields", fields, "--sort", "memory_info"]));
}

#[test]
fn chosen_facts_as_a_sheet() {
    let fields =
        "pid,ppid,name,cmdline,status,cpu_times,create_time,num_threads,threads,memory_info";
    insta::assert_snapshot!(told(&["ps", "--pid", "1200", "--fields", fields]));
}

#[test]
fn processes_as_json() {
    let fields = "pid,ppid,name,cmdline,status,cpu_times,create_time,memory_info,num_threads,nice";
    insta::assert_snapshot!(told(&["ps", "--json", "--fields", fields]));
}

#[test]
fn the_system_as_json() {
    let mut document: Value = serde_json::from_str(&told(&["system", "--json"])).unwrap();
    // Some things no file tells: they are asked of the kernel that runs the test.
    for key in [
        "disk_usage",
        "net_if_addrs",
        "net_if_stats",
        "cpu_count",
        "errors",
    ] {
        document.as_object_mut().unwrap().remove(key);
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}
