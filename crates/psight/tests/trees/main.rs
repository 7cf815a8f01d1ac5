//! Each recorded tree against what psight must make of it, `expected.json`, which was worked out
//! by hand and by psutil, not by psight.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod json;

use std::path::Path;

use json::{answer, as_set, differences, only};
use psight::{ConnectionKind, Machine, Process, Roots, System};
use psight_testkit::Tree;
use serde_json::{Map, Value as Json, json};

fn machine_of(tree: &Tree) -> System {
    let machine = tree.machine();
    let machine = Machine {
        page_size: machine.page_size,
        clock_ticks: machine.clock_ticks,
        big_endian: machine.big_endian,
    };
    System::recorded(Roots::under(tree.root()), machine)
}

fn system_facts(system: &System) -> Map<String, Json> {
    let percpu = system.cpu_times_percpu();
    let connections = answer(system.net_connections_without_owners(ConnectionKind::All));
    let facts = json!({
        "virtual_memory": answer(system.virtual_memory()),
        "swap_memory": answer(system.swap_memory()),
        "cpu_times": answer(system.cpu_times()),
        "cpu_times_percpu_count": percpu.as_ref().map_or(0, Vec::len),
        "cpu_times_percpu_last": answer(percpu.map(|cpus| cpus.last().copied())),
        "cpu_stats": answer(system.cpu_stats()),
        "cpu_count": {
            "logical": answer(system.cpu_count_logical()),
            "cores": answer(system.cpu_count_physical()),
        },
        "cpu_freq_percpu": answer(system.cpu_freq_percpu()),
        "load_average": answer(system.load_average()),
        "boot_time": answer(system.boot_time()),
        "disk_partitions": answer(system.disk_partitions()),
        "disk_partitions_all": answer(system.disk_partitions_all()),
        "disk_io_counters": answer(system.disk_io_counters()),
        "disk_io_counters_perdisk": answer(system.disk_io_counters_perdisk()),
        "net_io_counters": answer(system.net_io_counters()),
        "net_io_counters_pernic": answer(system.net_io_counters_pernic()),
        "sensors_temperatures": answer(system.sensors_temperatures()),
        "sensors_fans": answer(system.sensors_fans()),
        "sensors_battery": answer(system.sensors_battery()),
        "pids": answer(system.pids()),
        "net_connections_all": as_set(&connections),
    });
    facts.as_object().unwrap().clone()
}

fn process_facts(process: &Process) -> Map<String, Json> {
    let facts = json!({
        "name": answer(process.name()),
        "status": answer(process.status()),
        "ppid": answer(process.ppid()),
        "exe": answer(process.exe()),
        "cwd": answer(process.cwd()),
        "cmdline": answer(process.cmdline()),
        "environ": answer(process.environ()),
        "create_time": answer(process.create_time()),
        "terminal": answer(process.terminal()),
        "uids": answer(process.uids()),
        "gids": answer(process.gids()),
        "cpu_times": answer(process.cpu_times()),
        "cpu_num": answer(process.cpu_num()),
        "num_threads": answer(process.num_threads()),
        "threads": answer(process.threads()),
        "num_ctx_switches": answer(process.num_ctx_switches()),
        "memory_info": answer(process.memory_info()),
        "memory_full_info": answer(process.memory_full_info()),
        "io_counters": answer(process.io_counters()),
        "num_fds": answer(process.num_fds()),
    });
    facts.as_object().unwrap().clone()
}

#[test]
fn every_tree_gives_what_is_expected() {
    let names = Tree::names();
    assert!(names.len() >= 13, "{names:?}");
    let mut found = Vec::new();
    for name in names {
        let tree = Tree::open(&name);
        let mut expected: Json = serde_json::from_str(&tree.expected()).unwrap();
        expected["net_connections_all"] = as_set(&expected["net_connections_all"]);
        let system = machine_of(&tree);
        let mut facts = system_facts(&system);
        let mut processes = Map::new();
        for pid in system.pids().unwrap_or_default() {
            let wanted = &expected["processes"][pid.to_string()];
            let all = process_facts(&system.process(pid).unwrap());
            processes.insert(pid.to_string(), only(all, wanted));
        }
        facts.insert("processes".into(), Json::Object(processes));
        differences(&name, &Json::Object(facts), &expected, &mut found);
    }
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn a_sweep_of_a_tree_agrees_with_its_getters() {
    for name in Tree::names() {
        let tree = Tree::open(&name);
        let system = machine_of(&tree);
        let swept = system
            .sweep(psight::ProcessFields::PSUTIL)
            .unwrap_or_default();
        assert_eq!(
            swept.len(),
            system.pids().unwrap_or_default().len(),
            "{name}"
        );
        for info in swept {
            let process = system.process(*info.pid.value().unwrap()).unwrap();
            assert_eq!(info.name.value(), process.name().ok().as_ref(), "{name}");
            assert_eq!(
                info.cpu_times.value(),
                process.cpu_times().ok().as_ref(),
                "{name}"
            );
            assert_eq!(info.uids.value(), process.uids().ok().as_ref(), "{name}");
            assert_eq!(
                info.cmdline.value(),
                process.cmdline().ok().as_ref(),
                "{name}"
            );
        }
    }
}

/// What becomes of a file's bytes.
type Damage = fn(&[u8]) -> Vec<u8>;

/// Every file below a folder, through a damage.
fn damage(folder: &Path, by: Damage) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let meta = path.symlink_metadata().unwrap();
        if meta.is_dir() {
            damage(&path, by);
        } else if meta.is_file()
            && let Ok(bytes) = std::fs::read(&path)
        {
            // A file that may not be written keeps its bytes.
            let _ = std::fs::write(&path, by(&bytes));
        }
    }
}

/// Every number as large as the kernel could print it.
fn largest_numbers(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for run in bytes.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        match run.first() {
            Some(b'0'..=b'9') => out.extend_from_slice(b"18446744073709551615"),
            _ => out.extend_from_slice(run),
        }
    }
    out
}

#[test]
fn damaged_trees_never_panic_and_never_hang() {
    let damages: [Damage; 4] = [
        largest_numbers,
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| {
            bytes
                .iter()
                .map(|b| if b.is_ascii_digit() { b'9' } else { *b })
                .collect()
        },
        |bytes| {
            bytes
                .iter()
                .map(|b| if *b == b' ' { b'-' } else { *b })
                .collect()
        },
    ];
    let mut asked = 0;
    for by in damages {
        for name in Tree::names() {
            let tree = Tree::open(&name);
            damage(tree.root(), by);
            let system = machine_of(&tree);
            asked += system_facts(&system).len();
            asked += system
                .sweep(psight::ProcessFields::EVERY)
                .unwrap_or_default()
                .len();
            for pid in system.pids().unwrap_or_default() {
                if let Ok(process) = system.process(pid) {
                    asked += process_facts(&process).len();
                }
            }
        }
    }
    assert!(asked > 1000, "{asked}");
}

#[test]
fn a_recorded_machine_is_not_acted_on() {
    let tree = Tree::open("laptop-6.9-x86_64");
    let process = machine_of(&tree).processes().unwrap().remove(0);
    let unsupported = |error| matches!(error, psight::Error::Unsupported { .. });
    assert!(unsupported(
        process.send_signal(psight::Signal(0)).unwrap_err()
    ));
    assert!(unsupported(process.set_nice(0).unwrap_err()));
    assert!(unsupported(process.wait(None).unwrap_err()));
}

#[test]
fn an_empty_root_is_an_error_and_never_zero() {
    let empty = tempfile::tempdir().unwrap();
    let system = System::new(Roots::under(empty.path()));
    assert!(system.virtual_memory().is_err());
    assert!(system.cpu_times().is_err());
    assert!(system.cpu_times_percpu().is_err());
    assert!(system.boot_time().is_err());
    assert!(system.net_io_counters().is_err());
    assert!(system.net_connections(ConnectionKind::Inet).is_err());
    assert!(system.net_if_stats().is_err());
    assert!(system.disk_partitions().is_err());
    assert!(system.disk_io_counters().is_err());
    assert!(system.pids().is_err());
    assert!(system.processes().is_err());
    let gone = system.process(std::process::id()).unwrap_err();
    assert!(
        matches!(gone, psight::Error::NoSuchProcess { .. }),
        "{gone:?}"
    );
    assert_eq!(system.sensors_battery().unwrap(), None);
    assert!(system.sensors_fans().unwrap().is_empty());
}
