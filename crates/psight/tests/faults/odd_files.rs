//! A `/proc` full of nonsense: errors name the file, nothing panics, looks go on.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use proptest::prelude::*;
use psight::{ConnectionKind, Error, Machine, Process, ProcessFields, Resource, Roots, System};

use super::every_getter;

const GOOD: &[u8] = b"7 (good) S 1 7 7 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 99 1000 10 \
    18446744073709551615 1 1 1 1 1 0 0 0 0 0 0 0 17 0 0 0 0 0 0 1 1 1 1 1 1 1 0\n";

const FILES: &[&str] = &[
    "stat",
    "status",
    "statm",
    "cmdline",
    "environ",
    "io",
    "limits",
    "smaps",
    "smaps_rollup",
    "task/7/stat",
    "fdinfo/3",
];

/// A recorded machine below that folder.
fn machine(folder: &Path) -> System {
    let machine = Machine {
        page_size: 4096,
        clock_ticks: 100,
        big_endian: false,
    };
    System::recorded(Roots::under(folder), machine)
}

/// A tree whose process 7 has these bytes in every file.
fn tree(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let proc = folder.path().join("proc");
    for below in ["7/task/7", "7/fd", "7/fdinfo", "net"] {
        fs::create_dir_all(proc.join(below)).unwrap();
    }
    for file in FILES {
        fs::write(proc.join("7").join(file), bytes).unwrap();
    }
    for file in [
        "stat", "meminfo", "net/tcp", "net/tcp6", "net/udp", "net/udp6", "net/unix",
    ] {
        fs::write(proc.join(file), bytes).unwrap();
    }
    symlink("socket:[1]", proc.join("7/fd/3")).unwrap();
    symlink("/dev/null", proc.join("7/fd/4")).unwrap();
    symlink("/", proc.join("7/cwd")).unwrap();
    folder
}

fn set(folder: &tempfile::TempDir, file: &str, bytes: &[u8]) {
    fs::write(folder.path().join("proc/7").join(file), bytes).unwrap();
}

#[test]
fn an_odd_stat_is_an_error_that_names_it() {
    let empty: &[u8] = b"";
    for stat in [empty, &GOOD[..20], b"\xff\xfe\0\x01garbage", b"7 (x"] {
        let folder = tree(GOOD);
        let system = machine(folder.path());
        set(&folder, "task/7/stat", stat);
        set(&folder, "stat", stat);
        let error = system.process(7).unwrap_err();
        assert!(matches!(error, Error::Parse(_)), "{error:?}");
        assert!(error.to_string().contains("7/stat"), "{error}");
        assert!(system.processes().unwrap().is_empty());
        for info in system
            .sweep(ProcessFields::EVERY.without(memory()))
            .unwrap()
        {
            assert!(info.failures().next().is_some());
        }
    }
}

/// What needs a sound `meminfo`.
fn memory() -> ProcessFields {
    ProcessFields::of(&[psight::ProcessField::MemoryPercent])
}

#[test]
fn odd_files_spoil_their_own_facts_only() {
    let folder = tree(b"\x00\xffnonsense\n7 7 7\n");
    set(&folder, "stat", GOOD);
    set(&folder, "task/7/stat", GOOD);
    let system = machine(folder.path());
    let process = system.process(7).unwrap();
    assert_eq!(process.name().unwrap(), "good");
    assert_eq!(process.ppid().unwrap(), 1);
    let error = process.memory_info().unwrap_err();
    assert!(error.to_string().contains("7/statm"), "{error}");
    let error = process.io_counters().unwrap_err();
    assert!(error.to_string().contains("7/io"), "{error}");
    let all = system
        .sweep(ProcessFields::EVERY.without(memory()))
        .unwrap();
    assert_eq!(all.len(), 1);
    assert!(all[0].memory_info.failure().is_some());
    assert!(all[0].ppid.value().is_some());
}

#[test]
fn folders_and_loops_where_files_should_be() {
    let folder = tree(GOOD);
    let process = machine(folder.path()).process(7).unwrap();
    for file in [
        "stat",
        "task/7/stat",
        "status",
        "statm",
        "cmdline",
        "environ",
    ] {
        let path = folder.path().join("proc/7").join(file);
        fs::remove_file(&path).unwrap();
        if file == "status" {
            symlink("status", &path).unwrap();
        } else {
            fs::create_dir(&path).unwrap();
        }
    }
    for (getter, told) in every_getter(&process) {
        if let Err(error) = told {
            assert!(!error.is_gone(), "{getter}: {error:?}");
        }
    }
    let error = process.ppid().unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::EISDIR));
    assert!(error.to_string().contains("7/"), "{error}");
    let system = machine(folder.path());
    assert!(system.processes().unwrap().is_empty());
    system
        .sweep(ProcessFields::EVERY.without(memory()))
        .unwrap();

    let broken = folder.path().join("proc/8");
    symlink("8", broken).unwrap();
    assert_eq!(system.pids().unwrap(), [7, 8]);
    assert!(system.process(8).is_err());
    system
        .sweep(ProcessFields::EVERY.without(memory()))
        .unwrap();
}

#[test]
fn without_a_proc_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let system = machine(folder.path());
    for error in [
        system.pids().map(drop).unwrap_err(),
        system.processes().map(drop).unwrap_err(),
        system.sweep(ProcessFields::EVERY).map(drop).unwrap_err(),
    ] {
        assert_eq!(error.raw_os_error(), Some(libc::ENOENT), "{error}");
        assert!(error.to_string().contains("proc"), "{error}");
    }
    assert!(matches!(
        system.process(1),
        Err(Error::NoSuchProcess { .. })
    ));
}

fn ask_everything(system: &System, process: &Process) {
    drop(every_getter(process));
    for resource in Resource::ALL {
        drop(process.rlimit(*resource));
    }
    drop(system.sweep(ProcessFields::EVERY));
    drop(system.sweep(ProcessFields::EVERY.without(memory())));
    drop(system.net_connections(ConnectionKind::All));
    drop(process.to_string());
    process.is_running();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_in_any_file_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        numbers in proptest::collection::vec(any::<u64>(), 60),
    ) {
        let folder = tree(GOOD);
        let system = machine(folder.path());
        let process = system.process(7).unwrap();
        for file in FILES {
            set(&folder, file, &bytes);
        }
        ask_everything(&system, &process);
        // Well-formed, with numbers that no kernel would write.
        let mut stat = b"7 (x) S".to_vec();
        for number in numbers {
            stat.extend(format!(" {number}").bytes());
        }
        set(&folder, "stat", &stat);
        set(&folder, "task/7/stat", &stat);
        ask_everything(&system, &process);
        if let Ok(process) = system.process(7) {
            ask_everything(&system, &process);
        }
    }
}
