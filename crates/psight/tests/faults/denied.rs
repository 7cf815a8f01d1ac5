//! What an ordinary user may not know, and what nobody can know of a zombie.

use std::process::Command;
use std::time::Duration;

use psight::{Answer, Error, Popen, Process, ProcessFields, Roots, Status, System};

use super::{Told, every_getter, may_be_root, play, play_with, player, sleeper, until};

/// Names the process to look at.
const TARGET: &str = "PSIGHT_FAULTS_TARGET";
/// Where the procfs that hides processes is mounted.
const PROC: &str = "PSIGHT_FAULTS_PROC";
const NOBODY: libc::uid_t = 65_534;

/// Denied to others.
const PRIVATE: &[&str] = &[
    "exe",
    "environ",
    "cwd",
    "io_counters",
    "num_fds",
    "memory_full_info",
    "memory_maps",
    "memory_maps_grouped",
    "open_files",
    "net_connections",
    "rlimit",
];

/// Gives up root for good, and becomes a process that its own user may look into again.
fn become_nobody() {
    // SAFETY: no group is passed, so no memory is read.
    assert_eq!(unsafe { libc::setgroups(0, std::ptr::null()) }, 0);
    // SAFETY: setresgid touches no memory.
    assert_eq!(unsafe { libc::setresgid(NOBODY, NOBODY, NOBODY) }, 0);
    // SAFETY: setresuid touches no memory.
    assert_eq!(unsafe { libc::setresuid(NOBODY, NOBODY, NOBODY) }, 0);
    // SAFETY: PR_SET_DUMPABLE takes one number.
    assert_eq!(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 1, 0, 0, 0) }, 0);
}

/// Asserts that exactly these getters fail, and so.
fn assert_only(process: &Process, failing: &[&str], so: fn(&Error) -> bool) {
    for (getter, told) in every_getter(process) {
        let expected: fn(&Told) -> bool = if failing.contains(&getter) {
            Result::is_err
        } else {
            Result::is_ok
        };
        assert!(expected(&told), "{getter}: {told:?}");
        assert!(told.as_ref().err().is_none_or(so), "{getter}: {told:?}");
    }
}

fn is_denied(error: &Error) -> bool {
    matches!(error, Error::AccessDenied { .. })
}

fn is_zombie(error: &Error) -> bool {
    matches!(error, Error::ZombieProcess { ppid: Some(_), .. })
}

#[test]
fn an_ordinary_user_sees_what_is_public_of_roots_process() {
    if !may_be_root("the unprivileged view") {
        return;
    }
    let target = sleeper();
    let mut player = player(&[], "unprivileged");
    play_with("unprivileged", player.env(TARGET, target.pid().to_string()));
}

/// The process to look at.
fn target() -> u32 {
    std::env::var(TARGET).unwrap().parse().unwrap()
}

pub(super) fn unprivileged() {
    let process = Process::new(target()).unwrap();
    until("the start", || process.name().unwrap() == "sleep");
    become_nobody();
    assert_only(&process, PRIVATE, is_denied);
    for told in [
        process.suspend(),
        process.kill(),
        process.set_nice(5),
        process.set_ionice(psight::IoClass::Idle, None),
        process.set_cpu_affinity(&[]),
    ] {
        assert!(told.as_ref().is_err_and(is_denied), "{told:?}");
    }
    assert!(process.is_running());
    let zero = process.wait(Some(Duration::ZERO)).unwrap_err();
    assert!(matches!(zero, Error::TimeoutExpired { .. }), "{zero:?}");

    let info = process.info(ProcessFields::EVERY).unwrap();
    assert_eq!(info.environ, Answer::Denied);
    assert_eq!(info.cwd, Answer::Denied);
    assert_eq!(info.num_fds, Answer::Denied);
    assert_eq!(info.status.value(), Some(&process.status().unwrap()));
    let all = psight::sweep(ProcessFields::EVERY).unwrap();
    let listed = |pid| all.iter().any(|info| info.pid.value() == Some(&pid));
    assert!(listed(1) && listed(process.pid()) && listed(std::process::id()));
    for info in &all {
        let failures: Vec<_> = info.failures().collect();
        assert!(failures.is_empty(), "{:?}: {failures:?}", info.pid);
    }
    psight::net_connections(psight::ConnectionKind::All).unwrap();
    let me = Process::current().unwrap();
    assert_only(&me, &[], is_denied);
}

fn zombie() -> Popen {
    let child = Popen::spawn(Command::new("true").stdin(std::process::Stdio::null())).unwrap();
    until("the end", || child.status().unwrap() == Status::Zombie);
    child
}

fn assert_alive_as_a_zombie_is(zombie: &Process) {
    assert!(zombie.is_running());
    assert!(psight::pids().unwrap().contains(&zombie.pid()));
    assert!(psight::pid_exists(zombie.pid()).unwrap());
    assert_eq!(&Process::new(zombie.pid()).unwrap(), zombie);
    assert!(zombie.to_string().contains("zombie"));
    zombie.suspend().unwrap();
    zombie.resume().unwrap();
    zombie.terminate().unwrap();
    zombie.kill().unwrap();
    let info = zombie.info(ProcessFields::EVERY).unwrap();
    assert_eq!(info.exe, Answer::Zombie);
    assert_eq!(info.cmdline, Answer::Zombie);
    assert!(info.failures().next().is_none());
}

#[test]
fn a_zombie_as_root() {
    if !may_be_root("root's view of a zombie") {
        return;
    }
    let zombie = zombie();
    let lost = [
        "exe",
        "cmdline",
        "environ",
        "cwd",
        "memory_maps",
        "memory_maps_grouped",
    ];
    assert_only(&zombie, &lost, is_zombie);
    assert_alive_as_a_zombie_is(&zombie);
    let status = zombie.wait(None).unwrap();
    assert_eq!(status, Some(psight::ExitStatus::Code(0)));
    for (getter, told) in every_getter(&zombie) {
        let gone = matches!(told, Err(Error::NoSuchProcess { reused: false, .. }));
        let remembered = getter == "create_time" && told.is_ok();
        assert!(gone || remembered, "{getter}: {told:?}");
    }
}

#[test]
fn a_zombie_as_an_ordinary_user() {
    if super::effective_uid() == 0 {
        play("zombie of an ordinary owner");
    } else {
        zombie_of_an_ordinary_owner();
    }
}

pub(super) fn zombie_of_an_ordinary_owner() {
    if super::effective_uid() == 0 {
        become_nobody();
    }
    let zombie = zombie();
    let denied = [
        "environ",
        "io_counters",
        "num_fds",
        "open_files",
        "net_connections",
    ];
    let lost = [
        "exe",
        "cmdline",
        "cwd",
        "memory_maps",
        "memory_maps_grouped",
    ];
    for (getter, told) in every_getter(&zombie) {
        let as_the_table_says = match &told {
            Ok(()) => !denied.contains(&getter) && !lost.contains(&getter),
            Err(error) if denied.contains(&getter) => is_denied(error),
            Err(error) => lost.contains(&getter) && is_zombie(error),
        };
        assert!(as_the_table_says, "{getter}: {told:?}");
    }
    assert_alive_as_a_zombie_is(&zombie);
    zombie.wait(None).unwrap();
}

#[test]
fn hidden_processes_are_left_out() {
    if !may_be_root("a procfs that hides processes") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let mount = format!(
        "mount -t proc -o hidepid=2 proc {} && exec \"$@\"",
        folder.path().display()
    );
    let hidden = sleeper();
    let launcher = ["unshare", "--mount", "sh", "-c", &mount, "sh"];
    let mut player = player(&launcher, "hidepid");
    player.env(TARGET, hidden.pid().to_string());
    play_with("hidepid", player.env(PROC, folder.path()));
}

pub(super) fn hidepid() {
    let hidden_pid = target();
    become_nobody();
    let shown = sleeper();
    let proc = std::env::var(PROC).unwrap();
    let system = System::new(Roots::default().with_proc(proc));
    let pids = system.pids().unwrap();
    assert!(
        !pids.contains(&1) && !pids.contains(&hidden_pid),
        "{pids:?}"
    );
    assert!(pids.contains(&std::process::id()));
    let all = system.sweep(ProcessFields::EVERY).unwrap();
    assert!(!all.is_empty());
    for info in &all {
        let failures: Vec<_> = info.failures().collect();
        assert!(failures.is_empty(), "{:?}: {failures:?}", info.pid);
    }
    let me = system.process(std::process::id()).unwrap();
    let children = me.children().unwrap();
    assert_eq!(children.len(), 1, "{children:?}");
    assert_eq!(children[0].pid(), shown.pid());
    assert!(me.parents().unwrap().is_empty());
    assert!(matches!(
        system.process(hidden_pid),
        Err(Error::NoSuchProcess { .. })
    ));
    system.processes().unwrap();
    system.net_connections(psight::ConnectionKind::All).unwrap();
}
