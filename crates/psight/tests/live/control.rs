//! Signals, waits and settings.

use std::process::{Command, Stdio};
use std::time::Duration;

use psight::{
    Answer, Error, ExitStatus, IoClass, Limit, Popen, Process, ProcessFields, Resource, Rlimit,
    Signal, Status, wait_procs,
};

use crate::{sleeper, until};

#[test]
fn signals_stop_resume_and_end_a_child() {
    let child = sleeper();
    until("sleep", || child.status().unwrap() == Status::Sleeping);
    child.suspend().unwrap();
    until("stop", || child.status().unwrap() == Status::Stopped);
    child.resume().unwrap();
    until("resume", || child.status().unwrap() == Status::Sleeping);
    assert!(matches!(
        child.wait(Some(Duration::ZERO)),
        Err(Error::TimeoutExpired { .. })
    ));
    child.terminate().unwrap();
    assert_eq!(
        child.wait(None).unwrap(),
        Some(ExitStatus::Signal(Signal::TERMINATE.0))
    );
    assert_eq!(
        child.wait(None).unwrap(),
        Some(ExitStatus::Signal(Signal::TERMINATE.0))
    );
    assert!(!child.is_running());
    for error in [
        child.kill().unwrap_err(),
        child.name().unwrap_err(),
        child.ppid().unwrap_err(),
    ] {
        assert!(matches!(error, Error::NoSuchProcess { .. }), "{error:?}");
    }
}

#[test]
fn an_exit_code_is_told_and_kept() {
    let child = Popen::spawn(Command::new("sh").args(["-c", "exit 7"])).unwrap();
    assert_eq!(
        child.wait(Some(Duration::from_secs(10))).unwrap(),
        Some(ExitStatus::Code(7))
    );
    assert_eq!(child.exit_status(), Some(Some(ExitStatus::Code(7))));
}

#[test]
fn a_zombie_is_alive_and_has_lost_some_facts() {
    let child = sleeper();
    child.kill().unwrap();
    until("zombie", || child.status().unwrap() == Status::Zombie);
    assert!(child.is_running());
    assert_eq!(child.name().unwrap(), "sleep");
    assert_eq!(child.memory_info().unwrap().rss, 0);
    for error in [
        child.cmdline().unwrap_err(),
        child.exe().unwrap_err(),
        child.cwd().unwrap_err(),
        child.environ().unwrap_err(),
        child.memory_maps().unwrap_err(),
    ] {
        let told = matches!(
            error,
            Error::ZombieProcess { .. } | Error::AccessDenied { .. }
        );
        assert!(told, "{error:?}");
    }
    let info = child.info(ProcessFields::PSUTIL).unwrap();
    assert_eq!(info.status, Answer::Value(Status::Zombie));
    assert_eq!(info.cmdline, Answer::Zombie);
    child.suspend().unwrap();
    assert!(psight::pids().unwrap().contains(&child.pid()));
    assert_eq!(
        child.wait(None).unwrap(),
        Some(ExitStatus::Signal(Signal::KILL.0))
    );
}

#[test]
fn settings_are_read_back() {
    let child = sleeper();
    child.set_nice(5).unwrap();
    assert_eq!(child.nice().unwrap(), 5);
    child.set_ionice(IoClass::BestEffort, Some(6)).unwrap();
    let ionice = child.ionice().unwrap();
    assert_eq!((ionice.ioclass, ionice.value), (IoClass::BestEffort, 6));
    let limit = Rlimit {
        soft: Limit::Value(64),
        hard: Limit::Value(128),
    };
    child.set_rlimit(Resource::OpenFiles, limit).unwrap();
    assert_eq!(child.rlimit(Resource::OpenFiles).unwrap(), limit);
    let all = child.cpu_affinity().unwrap();
    child.set_cpu_affinity(&all[..1]).unwrap();
    assert_eq!(child.cpu_affinity().unwrap(), all[..1]);
    child.set_cpu_affinity(&[]).unwrap();
    assert!(child.cpu_affinity().unwrap().len() >= all.len());
}

#[test]
fn senseless_arguments_are_named() {
    let child = sleeper();
    let message = |error: Error| match error {
        Error::InvalidArgument { message } => message,
        other => panic!("{other:?}"),
    };
    assert!(message(child.set_cpu_affinity(&[0, 9999]).unwrap_err()).contains("9999"));
    assert!(message(child.set_ionice(IoClass::Idle, Some(3)).unwrap_err()).contains("IDLE"));
    assert!(message(child.set_ionice(IoClass::BestEffort, Some(8)).unwrap_err()).contains('8'));
    let upside_down = Rlimit {
        soft: Limit::Unlimited,
        hard: Limit::Value(1),
    };
    message(child.set_rlimit(Resource::Core, upside_down).unwrap_err());
    assert!(matches!(child.send_signal(Signal(4711)), Err(Error::Os(_))));
    assert!(child.is_running());
}

#[test]
fn a_stranger_is_waited_for_without_a_status() {
    let mut shell = Popen::spawn(
        Command::new("sh")
            .args(["-c", "sleep 0.2 & echo $!; wait"])
            .stdout(Stdio::piped()),
    )
    .unwrap();
    let mut line = String::new();
    let out = shell.stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
    let stranger = Process::new(line.trim().parse().unwrap()).unwrap();
    assert_eq!(stranger.wait(Some(Duration::from_secs(10))).unwrap(), None);
    assert_eq!(shell.wait(None).unwrap(), Some(ExitStatus::Code(0)));
}

#[test]
fn many_are_waited_for_at_once() {
    let scripts = ["exit 1", "exit 2", "exec sleep 60"];
    let children = scripts.map(|script| {
        Popen::spawn(Command::new("sh").args(["-c", script]))
            .unwrap()
            .kill_on_drop(true)
    });
    let processes: Vec<Process> = children
        .iter()
        .map(|child| Process::new(child.pid()).unwrap())
        .collect();
    let mut told = Vec::new();
    let outcome = wait_procs(&processes, Some(Duration::from_secs(1)), |gone| {
        told.push(gone.exit_status());
    });
    let outcome = outcome.unwrap();
    assert_eq!(outcome.alive, [&processes[2]]);
    assert_eq!(outcome.gone.len(), 2);
    told.sort_by_key(|status| format!("{status:?}"));
    assert_eq!(told, [1, 2].map(|code| Some(Some(ExitStatus::Code(code)))));
}
