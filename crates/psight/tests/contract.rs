//! The matrix of `support.rs` against what this platform really answers: `Unsupported` exactly
//! where the matrix says so.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use psight::support::{METRICS, Platform, Scope, metric};
use psight::{
    ConnectionKind, CpuMeter, Error, IoClass, PerCpuMeter, Popen, Process, ProcessFields,
    ProcessMeter, Resource, System, wait_procs,
};

/// The answer to one metric, reduced to whether the platform has it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every caller has just made it"
)]
fn has<T>(answer: Result<T, Error>) -> bool {
    !matches!(answer, Err(Error::Unsupported { .. }))
}

/// One question per metric of the matrix. A metric without a question here fails the test.
fn ask(scope: Scope, name: &str, process: &Process) -> Option<bool> {
    let system = System::local();
    Some(match (scope, name) {
        (Scope::System, "cpu_times") => has(system.cpu_times()) && has(system.cpu_times_percpu()),
        (Scope::System, "cpu_percent") => has(CpuMeter::new(system).and_then(|mut m| m.percent())),
        (Scope::System, "cpu_times_percent") => {
            has(PerCpuMeter::new(system).and_then(|mut m| m.times_percent()))
        }
        (Scope::System, "cpu_count") => {
            has(system.cpu_count_logical()) && has(system.cpu_count_physical())
        }
        (Scope::System, "cpu_stats") => has(system.cpu_stats()),
        (Scope::System, "cpu_freq") => has(system.cpu_freq()),
        (Scope::System, "getloadavg") => has(system.load_average()),
        (Scope::System, "virtual_memory") => has(system.virtual_memory()),
        (Scope::System, "swap_memory") => has(system.swap_memory()),
        (Scope::System, "heap_info") => has(psight::heap_info()) || cfg!(target_env = "musl"),
        (Scope::System, "heap_trim") => has(psight::heap_trim()) || cfg!(target_env = "musl"),
        (Scope::System, "disk_usage") => has(system.disk_usage(Path::new("/"))),
        (Scope::System, "disk_partitions") => has(system.disk_partitions()),
        (Scope::System, "disk_io_counters") => has(system.disk_io_counters()),
        (Scope::System, "net_io_counters") => has(system.net_io_counters()),
        (Scope::System, "net_connections") => has(system.net_connections(ConnectionKind::All)),
        (Scope::System, "net_if_addrs") => has(system.net_if_addrs()),
        (Scope::System, "net_if_stats") => has(system.net_if_stats()),
        (Scope::System, "sensors_temperatures") => has(system.sensors_temperatures()),
        (Scope::System, "sensors_fans") => has(system.sensors_fans()),
        (Scope::System, "sensors_battery") => has(system.sensors_battery()),
        (Scope::System, "boot_time") => has(system.boot_time()),
        (Scope::System, "users") => has(system.users()),
        (Scope::System, "pids") => has(system.pids()),
        (Scope::System, "pid_exists") => has(system.pid_exists(process.pid())),
        (Scope::System, "process_iter") => has(system.processes()),
        (Scope::System, "wait_procs") => has(wait_procs(
            std::slice::from_ref(process),
            Some(Duration::ZERO),
            |_| {},
        )),
        (Scope::Process, "ppid") => has(process.ppid()),
        (Scope::Process, "name") => has(process.name()),
        (Scope::Process, "exe") => has(process.exe()),
        (Scope::Process, "cmdline") => has(process.cmdline()),
        (Scope::Process, "environ") => has(process.environ()),
        (Scope::Process, "create_time") => has(process.create_time()),
        (Scope::Process, "status") => has(process.status()),
        (Scope::Process, "cwd") => has(process.cwd()),
        (Scope::Process, "username") => has(process.username()),
        (Scope::Process, "uids") => has(process.uids()),
        (Scope::Process, "gids") => has(process.gids()),
        (Scope::Process, "terminal") => has(process.terminal()),
        (Scope::Process, "cpu_times") => has(process.cpu_times()),
        (Scope::Process, "cpu_percent") => has(ProcessMeter::new(process)),
        (Scope::Process, "cpu_num") => has(process.cpu_num()),
        (Scope::Process, "num_ctx_switches") => has(process.num_ctx_switches()),
        (Scope::Process, "num_threads") => has(process.num_threads()),
        (Scope::Process, "threads") => has(process.threads()),
        (Scope::Process, "memory_info") => has(process.memory_info()),
        (Scope::Process, "page_faults") => has(process.page_faults()),
        (Scope::Process, "memory_full_info") => has(process.memory_full_info()),
        (Scope::Process, "memory_percent") => has(process.memory_percent()),
        (Scope::Process, "memory_maps") => has(process.memory_maps()),
        (Scope::Process, "io_counters") => has(process.io_counters()),
        (Scope::Process, "num_fds") => has(process.num_fds()),
        (Scope::Process, "open_files") => has(process.open_files()),
        (Scope::Process, "net_connections") => has(process.net_connections(ConnectionKind::Inet)),
        (Scope::Process, "nice") => has(process.nice()),
        (Scope::Process, "ionice") => has(process.ionice()),
        (Scope::Process, "rlimit") => has(process.rlimit(Resource::OpenFiles)),
        (Scope::Process, "cpu_affinity") => has(process.cpu_affinity()),
        (Scope::Process, "parent") => has(process.parent()),
        (Scope::Process, "parents") => has(process.parents()),
        (Scope::Process, "children") => has(process.children()),
        (Scope::Process, "is_running") => process.is_running(),
        (Scope::Process, "oneshot") => {
            let _kept = process.oneshot();
            has(process.name())
        }
        (Scope::Process, "as_dict") => has(process.info(ProcessFields::PSUTIL)),
        (Scope::Action, "set_nice") => has(process.nice().and_then(|n| process.set_nice(n))),
        (Scope::Action, "set_ionice") => has(process.set_ionice(IoClass::BestEffort, Some(4))),
        (Scope::Action, "set_rlimit") => has(process
            .rlimit(Resource::Core)
            .and_then(|limit| process.set_rlimit(Resource::Core, limit))),
        (Scope::Action, "set_cpu_affinity") => has(process.set_cpu_affinity(&[])),
        (Scope::Action, "suspend") => has(process.suspend()),
        (Scope::Action, "resume") => has(process.resume()),
        (Scope::Action, "send_signal") => has(process.send_signal(psight::Signal::CONTINUE)),
        (Scope::Action, "terminate") => has(process.terminate()),
        (Scope::Action, "kill") => has(process.kill()),
        (Scope::Action, "wait") => has(process.wait(Some(Duration::from_secs(10)))),
        (Scope::Action, "Popen") => true,
        _ => return None,
    })
}

#[test]
fn what_the_matrix_says_is_what_is_answered() {
    let Some(here) = Platform::current() else {
        return;
    };
    let child = Popen::spawn(Command::new("sleep").arg("60"))
        .unwrap()
        .kill_on_drop(true);
    for metric in METRICS {
        let answered = ask(metric.scope, metric.name, &child);
        let answered = answered.unwrap_or_else(|| panic!("no question for {}", metric.name));
        assert_eq!(
            answered,
            metric.on.contains(&here),
            "{:?} {}",
            metric.scope,
            metric.name
        );
    }
}

#[test]
fn every_psutil_field_of_a_process_is_a_metric() {
    for field in ProcessFields::PSUTIL
        .iter()
        .filter(|field| field.as_str() != "pid")
    {
        assert!(
            metric(Scope::Process, field.as_str()).is_some(),
            "{}",
            field.as_str()
        );
    }
}

#[test]
fn public_types_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Process>();
    crosses::<System>();
    crosses::<Error>();
    crosses::<Popen>();
    crosses::<psight::Sweeper>();
    crosses::<psight::ProcessInfo>();
}

/// The README's support table, as the matrix gives it.
fn table() -> String {
    let count = |scope, platform| {
        let all = METRICS.iter().filter(|metric| metric.scope == scope);
        let on = all
            .clone()
            .filter(|metric| metric.on.contains(&platform))
            .count();
        (on, all.count())
    };
    let mut table =
        String::from("| Platform | System | Process | Actions | State |\n|---|---|---|---|---|\n");
    for platform in Platform::ALL {
        let cells: Vec<String> = [Scope::System, Scope::Process, Scope::Action]
            .map(|scope| count(scope, *platform))
            .map(|(on, all)| format!("{on} of {all}"))
            .into();
        let some = METRICS.iter().any(|metric| metric.on.contains(platform));
        let state = if some {
            "answers"
        } else {
            "type-checked, answers `Unsupported`"
        };
        table.extend([
            "| ",
            platform.name(),
            " | ",
            &cells.join(" | "),
            " | ",
            state,
            " |\n",
        ]);
    }
    table
}

#[test]
fn the_readme_shows_the_matrix() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (head, rest) = readme.split_once("<!-- support table").unwrap();
    let (mark, rest) = rest.split_once("-->\n").unwrap();
    let (shown, tail) = rest.split_once("<!-- end of support table").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let fresh = format!(
            "{head}<!-- support table{mark}-->\n{}<!-- end of support table{tail}",
            table()
        );
        std::fs::write(path, fresh).unwrap();
    } else {
        assert_eq!(shown, table(), "run `make docs` to write the table anew");
    }
}
