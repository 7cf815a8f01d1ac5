//! All processes at once.

use std::collections::HashSet;
use std::process::Command;
use std::time::Duration;

use psight::{Answer, Popen, Process, ProcessField, ProcessFields, Sweeper, System};

use crate::{sleeper, until};

#[test]
fn a_sweep_holds_no_descriptor_and_knows_everybody() {
    let children: Vec<Popen> = (0..20).map(|_| sleeper()).collect();
    let me = Process::current().unwrap();
    let before = me.num_fds().unwrap();
    let fields = ProcessFields::of(&[ProcessField::Pid, ProcessField::Name, ProcessField::Ppid]);
    let swept = psight::sweep(fields).unwrap();
    let mine: HashSet<u32> = swept
        .iter()
        .filter(|info| info.ppid.value() == Some(&me.pid()))
        .filter_map(|info| info.pid.value().copied())
        .collect();
    assert!(children.iter().all(|child| mine.contains(&child.pid())));
    assert!(swept.iter().all(|info| info.cmdline == Answer::NotAsked));
    let all = psight::processes().unwrap();
    assert!(children.iter().all(|child| all.contains(child)));
    assert_eq!(me.num_fds().unwrap(), before);
}

#[test]
fn a_sweeper_measures_cpu_between_looks() {
    let busy = Popen::spawn(Command::new("sh").args(["-c", "while :; do :; done"])).unwrap();
    let busy = busy.kill_on_drop(true);
    let mut sweeper = Sweeper::new(System::local());
    let fields = ProcessFields::of(&[ProcessField::Pid, ProcessField::CpuPercent]);
    let percent = |swept: &[psight::ProcessInfo]| {
        let mine = swept
            .iter()
            .find(|info| info.pid.value() == Some(&busy.pid()))
            .unwrap();
        *mine.cpu_percent.value().unwrap()
    };
    assert!(percent(&sweeper.sweep(fields).unwrap()).abs() < f64::EPSILON);
    until("CPU time", || {
        std::thread::sleep(Duration::from_millis(100));
        percent(&sweeper.sweep(fields).unwrap()) > 1.0
    });
}
