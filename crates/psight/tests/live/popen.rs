//! Children with pipes.

use std::process::{Command, Stdio};

use psight::{ExitStatus, Popen, Status};

use crate::{sleeper, until};

#[test]
fn pipes_larger_than_a_pipe_pass_both_ways() {
    let input = vec![b'x'; 1 << 20];
    let mut cat = Popen::spawn(
        Command::new("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped()),
    )
    .unwrap();
    let output = cat.communicate(&input).unwrap();
    assert_eq!(output.stdout.len(), input.len());
    assert_eq!(output.status, Some(ExitStatus::Code(0)));
}

#[test]
fn dropping_a_child_reaps_it_or_ends_it() {
    let child = sleeper();
    let pid = child.pid();
    drop(child);
    assert!(!psight::pid_exists(pid).unwrap());
    let short = Popen::spawn(&mut Command::new("true")).unwrap();
    let pid = short.pid();
    until("end", || short.status().unwrap() == Status::Zombie);
    drop(short);
    assert!(!psight::pid_exists(pid).unwrap());
}

#[test]
fn a_program_that_does_not_exist_is_named() {
    let error = Popen::spawn(&mut Command::new("/no/such/program")).unwrap_err();
    assert!(error.to_string().contains("/no/such/program"), "{error}");
}

#[test]
fn polling_tells_running_from_gone() {
    let child = sleeper();
    assert_eq!(child.poll().unwrap(), None);
    child.kill().unwrap();
    until("end", || child.poll().unwrap().is_some());
    let killed = ExitStatus::Signal(psight::Signal::KILL.0);
    assert_eq!(child.poll().unwrap(), Some(Some(killed)));
}
