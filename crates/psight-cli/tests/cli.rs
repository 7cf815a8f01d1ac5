//! The command as people run it, on this machine.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run its command has failed"
)]

use std::io::Read;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn psight(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_psight"));
    command
        .args(args)
        .env_remove("COLUMNS")
        .env_remove("PSIGHT_ROOT")
        .env("LC_ALL", "C.UTF-8");
    command
}

fn ran(args: &[&str]) -> Output {
    psight(args).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = ran(args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn help_tells_examples_and_version_a_version() {
    let help = ran(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("psight ps --pid 1"));
    assert!(stdout(&ran(&["--version"])).starts_with("psight 0."));
}

#[test]
fn bad_arguments_are_exit_status_2() {
    for args in [
        &["frob"][..],
        &["ps", "--pid", "x"],
        &["ps", "--pid", "-1"],
        &["--color", "red"],
    ] {
        let output = ran(args);
        assert_eq!(
            (output.status.code(), stdout(&output)),
            (Some(2), ""),
            "{args:?}"
        );
    }
}

#[test]
fn an_unknown_field_is_answered_with_the_known_ones() {
    let output = ran(&["ps", "--fields", "pid,usrname"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains("'usrname'") && said.contains("memory_full_info"),
        "{said}"
    );
    assert!(
        said.contains("a similar value exists: 'username'"),
        "{said}"
    );
}

#[test]
fn an_unknown_pid_is_named_and_the_others_are_told() {
    let missing = ran(&["ps", "--pid", "4194304"]);
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!(stderr(&missing), "psight: no process with pid 4194304\n");
    let me = std::process::id();
    let some = ran(&["ps", "--pid", "4194304", "--pid", &me.to_string(), "--json"]);
    assert_eq!(some.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&some.stdout).unwrap();
    assert_eq!(
        (told[0]["pid"].as_u64(), told[1].is_null()),
        (Some(me.into()), true)
    );
}

#[test]
fn a_sheet_tells_this_process() {
    let me = std::process::id().to_string();
    let output = ran(&["ps", "--pid", &me, "--fields", "pid,name,num_threads"]);
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines.first(), Some(&format!("process {me}").as_str()));
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(
        lines.contains(&format!("  pid          {me}").as_str()),
        "{lines:?}"
    );
}

#[test]
fn every_fact_of_a_process_is_in_its_json() {
    let me = std::process::id();
    let told = json(&["ps", "--pid", &me.to_string(), "--json"]);
    assert_eq!(told.as_array().map(Vec::len), Some(1));
    for key in [
        "cmdline",
        "environ",
        "memory_maps",
        "rlimits",
        "threads",
        "uids",
        "username",
    ] {
        assert!(!told[0][key].is_null(), "{key}");
    }
    assert!(told[0]["memory_info"]["rss"].as_u64() > Some(100_000));
}

#[test]
fn a_table_has_the_asked_columns_sorted() {
    let output = ran(&["ps", "--fields", "pid,memory_info", "--sort", "pid"]);
    let mut lines = stdout(&output).lines();
    let heads: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    assert_eq!(&heads[..3], ["pid", "rss", "vms"]);
    let pids: Vec<u32> = lines
        .map(|line| line.split_whitespace().next().unwrap().parse().unwrap())
        .collect();
    assert!(pids.len() > 1 && pids.is_sorted(), "{pids:?}");

    let told = json(&[
        "ps",
        "--json",
        "--sort",
        "memory_percent",
        "--fields",
        "memory_percent",
    ]);
    let sizes: Vec<f64> = told
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["memory_percent"].as_f64())
        .collect();
    assert!(
        sizes.len() > 1 && sizes.is_sorted_by(|a, b| a >= b),
        "{sizes:?}"
    );
    assert_eq!(told[0].as_object().map(serde_json::Map::len), Some(1));
}

#[test]
fn nobody_has_no_processes() {
    let output = ran(&["ps", "--user", "no such user"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_document_of_the_system_has_every_key_in_order() {
    let output = ran(&["system", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys = "cpu_times cpu_times_percpu cpu_percent cpu_percent_percpu cpu_times_percent cpu_count \
        cpu_stats cpu_freq cpu_freq_percpu getloadavg virtual_memory swap_memory disk_partitions \
        disk_partitions_all disk_usage disk_io_counters disk_io_counters_perdisk net_io_counters \
        net_io_counters_pernic net_connections net_if_addrs net_if_stats sensors_temperatures \
        sensors_fans sensors_battery users boot_time pids";
    let mut rest = stdout(&output);
    for key in keys.split_whitespace() {
        assert!(told.get(key).is_some(), "{key}");
        let quoted = format!("\"{key}\":");
        let at = rest
            .find(&quoted)
            .unwrap_or_else(|| panic!("{key} out of order"));
        rest = &rest[at + quoted.len()..];
    }
    let extra = usize::from(told.get("errors").is_some());
    assert_eq!(
        told.as_object().unwrap().len(),
        keys.split_whitespace().count() + extra
    );
    assert!(told["virtual_memory"]["total"].as_u64() > Some(1 << 20));
    assert!(told["cpu_count"]["logical"].as_u64() > Some(0));
    let me = u64::from(std::process::id());
    assert!(
        told["pids"]
            .as_array()
            .unwrap()
            .iter()
            .any(|pid| pid.as_u64() == Some(me))
    );
}

#[test]
fn an_overview_is_never_wider_than_asked() {
    for width in [40, 80, 120, 200] {
        for color in ["never", "always"] {
            let output = psight(&["--color", color])
                .env("COLUMNS", width.to_string())
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(0));
            let text = stripped(stdout(&output));
            assert!(text.contains("Memory") && text.contains("Processes"));
            for line in text.lines() {
                // Bars and rules take one column each; names here are taken to be ASCII.
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }
}

/// Text without colors.
fn stripped(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    out.extend(parts.map(|part| part.split_once('m').unwrap_or(("", part)).1));
    out
}

#[test]
fn a_pipe_gets_no_colors_and_only_ascii_bars() {
    let output = ran(&[]);
    assert!(!stdout(&output).contains('\x1b'));
    assert!(!stdout(&output).contains('█') && stdout(&output).contains("Memory ---"));
    assert!(!stdout(&ran(&["ps"])).contains('\x1b'));
    let forced = psight(&["--color", "always"])
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert!(stdout(&forced).contains('\x1b'));
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    for args in [&["ps"][..], &["system", "--json"], &[]] {
        let mut command = psight(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), said.as_str()),
            (Some(0), ""),
            "{args:?}"
        );
    }
}

#[test]
fn another_root_is_another_machine() {
    let empty = tempfile::tempdir().unwrap();
    let root = empty.path().to_str().unwrap();
    let told = ran(&["--root", root]);
    assert_eq!(told.status.code(), Some(1));
    let from_environment = psight(&["ps"]).env("PSIGHT_ROOT", root).output().unwrap();
    assert_eq!(from_environment.status.code(), Some(1));
    assert_eq!(stdout(&from_environment), "");
    let system = ran(&["--root", root, "system", "--json"]);
    let told: Value = serde_json::from_slice(&system.stdout).unwrap();
    assert!(told["virtual_memory"].is_null());
    assert!(
        told["errors"]["virtual_memory"]
            .as_str()
            .unwrap()
            .contains("meminfo")
    );
}

/// A child that is ended when the test is over.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_hostile_name_cannot_drive_the_terminal() {
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"x\x1b[2J\xff\n");
    let program = folder.path().join(name);
    // A link, as a copy could still be open for writing in a child that another test is starting.
    std::os::unix::fs::symlink("/bin/sleep", &program).unwrap();
    let child = Ended(Command::new(&program).arg("60").spawn().unwrap());
    let pid = child.0.id().to_string();
    for args in [
        &["ps"][..],
        &["ps", "--pid", &pid],
        &["ps", "--fields", "name,exe,cmdline"],
    ] {
        let output = ran(args);
        assert!(!stdout(&output).contains('\x1b'), "{args:?}");
        assert!(stdout(&output).contains(r"x\u{1b}[2J\xff\n"), "{args:?}");
    }
    // JSON keeps the bytes, as the escapes Python gives back.
    let output = ran(&["ps", "--pid", &pid, "--fields", "name", "--json"]);
    assert_eq!(stdout(&output), "[{\"name\":\"x\\u001b[2J\\udcff\\n\"}]\n");
}
