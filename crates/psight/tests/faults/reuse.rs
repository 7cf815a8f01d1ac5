//! An id that comes again, in a namespace of process ids where nobody else takes one.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use psight::{Error, IoClass, Limit, Process, Resource, Result, Rlimit, Signal, Status};

use super::{play_with, player, until};

#[test]
fn a_reused_id_is_noticed_and_its_new_owner_left_alone() {
    let launcher: &[&str] = if super::effective_uid() == 0 {
        &["unshare", "--pid", "--fork", "--mount-proc"]
    } else {
        &[
            "unshare",
            "--map-root-user",
            "--pid",
            "--fork",
            "--mount-proc",
        ]
    };
    let able = Command::new(launcher[0])
        .args(&launcher[1..])
        .arg("true")
        .output();
    if !able.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no namespace of process ids can be made here");
        return;
    }
    play_with("reuse", &mut player(launcher, "reuse"));
}

/// A child with that very id.
fn spawn_as(pid: u32, program: &str, argument: &str) -> Child {
    for _ in 0..200 {
        fs::write("/proc/sys/kernel/ns_last_pid", (pid - 1).to_string()).unwrap();
        let mut command = Command::new(program);
        command.arg(argument).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        if child.id() == pid {
            return child;
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    panic!("id {pid} was not given");
}

/// A process and its end, known to nobody but the caller.
fn ended(pid: u32) -> Process {
    let mut child = spawn_as(pid, "sleep", "60");
    let process = Process::new(pid).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // Starts are counted in ticks of 10 ms.
    thread::sleep(Duration::from_millis(50));
    process
}

fn says_reused<T: std::fmt::Debug>(told: Result<T>) {
    match told {
        Err(Error::NoSuchProcess { reused: true, .. }) => {}
        other => panic!("{other:?}"),
    }
}

/// Every way to change a process.
fn change(process: &Process) -> Vec<Result<()>> {
    let limit = Rlimit {
        soft: Limit::Value(0),
        hard: Limit::Unlimited,
    };
    vec![
        process.set_nice(19),
        process.set_ionice(IoClass::Idle, None),
        process.set_rlimit(Resource::Core, limit),
        process.set_cpu_affinity(&[0]),
        process.suspend(),
        process.terminate(),
        process.kill(),
        process.send_signal(Signal::USER1),
        process.parent().map(drop),
        process.children().map(drop),
    ]
}

fn assert_untouched(stranger: &Process, as_before: &(i32, psight::IoPriority, Vec<u32>)) {
    assert_eq!(stranger.nice().unwrap(), as_before.0);
    assert_eq!(stranger.ionice().unwrap(), as_before.1);
    assert_eq!(stranger.cpu_affinity().unwrap(), as_before.2);
    assert!(stranger.is_running());
    assert!(!matches!(
        stranger.status().unwrap(),
        Status::Stopped | Status::Zombie
    ));
}

pub(super) fn part() {
    assert_eq!(std::process::id(), 1, "a namespace of our own");

    // Nobody has looked since the first one ended.
    let old = ended(1000);
    let mut child = spawn_as(1000, "sleep", "60");
    let stranger = Process::new(1000).unwrap();
    until("the start", || stranger.name().unwrap() == "sleep");
    let before = (
        stranger.nice().unwrap(),
        stranger.ionice().unwrap(),
        stranger.cpu_affinity().unwrap(),
    );
    assert_ne!(old, stranger);
    change(&old).into_iter().for_each(says_reused);
    says_reused(old.status());
    says_reused(old.info(psight::ProcessFields::EVERY));
    assert!(!old.is_running());
    assert!(old.to_string().contains("reused"), "{old}");
    assert_untouched(&stranger, &before);
    assert_eq!(old.wait(None).unwrap(), None);
    assert_untouched(&stranger, &before);
    child.kill().unwrap();
    child.wait().unwrap();

    // The end was noticed before the id came again.
    let noticed = ended(2000);
    assert!(!noticed.is_running());
    let mut child = spawn_as(2000, "sleep", "60");
    let stranger = Process::new(2000).unwrap();
    change(&noticed).into_iter().for_each(says_reused);
    assert!(!noticed.is_running());
    assert_untouched(&stranger, &before);
    child.kill().unwrap();
    child.wait().unwrap();

    // The new owner is a child of ours that has ended too: its status is not the old one's.
    let old = ended(3000);
    let mut child = spawn_as(3000, "false", "");
    let stranger = Process::new(3000).unwrap();
    until("the end", || stranger.status().unwrap() == Status::Zombie);
    assert_eq!(old.wait(Some(Duration::from_secs(5))).unwrap(), None);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
