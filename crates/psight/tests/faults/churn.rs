//! Looking while processes come and go, from one thread and from many.

use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use psight::{ConnectionKind, Error, Process, ProcessFields, System};

use super::{every_getter, sleeper};

/// Keeps up to 200 children, ever others, until told to stop.
fn churn(stop: &AtomicBool) {
    let mut children: Vec<Child> = Vec::new();
    let mut turn = 0_usize;
    while !stop.load(Ordering::Acquire) {
        if children.len() < 200 {
            children.push(Command::new("sleep").arg("30").spawn().unwrap());
        }
        turn += 1;
        if !turn.is_multiple_of(3) && children.len() > 100 {
            let mut child = children.swap_remove(turn % children.len());
            child.kill().unwrap();
            if turn.is_multiple_of(4) {
                // A zombie for a moment.
                thread::sleep(Duration::from_millis(1));
            }
            child.wait().unwrap();
        }
    }
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// What may keep a getter from answering about a process that comes and goes.
fn is_expected(error: &Error) -> bool {
    matches!(
        error,
        Error::NoSuchProcess { .. } | Error::ZombieProcess { .. } | Error::AccessDenied { .. }
    )
}

fn look(seconds: u64) {
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut looks = 0;
    while Instant::now() < end {
        for info in psight::sweep(ProcessFields::EVERY).unwrap() {
            let failures: Vec<_> = info.failures().collect();
            assert!(failures.is_empty(), "{:?}: {failures:?}", info.pid);
        }
        psight::net_connections(ConnectionKind::All).unwrap();
        psight::pids().unwrap();
        let me = Process::current().unwrap();
        let mine = me.children().unwrap();
        me.descendants().unwrap();
        let all = psight::processes().unwrap();
        for process in mine.iter().chain(all.iter().rev().take(50)) {
            for (getter, told) in every_getter(process) {
                let told = told.err().filter(|error| !is_expected(error));
                assert!(told.is_none(), "{getter}: {told:?}");
            }
            if Instant::now() > end {
                break;
            }
        }
        looks += 1;
    }
    assert!(looks > 0);
}

#[test]
fn looks_go_on_while_processes_come_and_go() {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let churning = scope.spawn(|| churn(&stop));
        let looking = scope.spawn(|| look(4));
        let looked = looking.join();
        stop.store(true, Ordering::Release);
        churning.join().unwrap();
        looked.unwrap();
    });
}

#[test]
fn a_process_may_end_between_two_reads_of_one_look() {
    for turn in 0..120_u64 {
        let child = sleeper();
        let other = Process::new(child.pid()).unwrap();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_micros(turn * 13 % 700));
                child.kill().unwrap();
                if turn.is_multiple_of(2) {
                    child.wait(None).unwrap();
                }
            });
            let end = Instant::now() + Duration::from_millis(3);
            while Instant::now() < end {
                match other.info(ProcessFields::EVERY) {
                    Ok(info) => {
                        let failures: Vec<_> = info.failures().collect();
                        assert!(failures.is_empty(), "{failures:?}");
                    }
                    Err(error) => assert!(is_expected(&error), "{error:?}"),
                }
            }
        });
    }
}

#[test]
fn a_killed_process_never_leaks_a_raw_error() {
    for turn in 0..150_u64 {
        let child = sleeper();
        let other = Process::new(child.pid()).unwrap();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_micros(turn * 7 % 300));
                child.kill().unwrap();
            });
            let end = Instant::now() + Duration::from_millis(2);
            while Instant::now() < end {
                for told in [other.cwd().map(drop), other.exe().map(drop)] {
                    let told = told.err().filter(|error| !is_expected(error));
                    assert!(told.is_none(), "{told:?}");
                }
            }
        });
    }
}

#[test]
fn sixteen_threads_ask_one_process_everything_at_once() {
    let child = sleeper();
    let process = Process::new(child.pid()).unwrap();
    let born = process.create_time().unwrap();
    thread::scope(|scope| {
        for number in 0..16 {
            let process = &process;
            scope.spawn(move || {
                for turn in 0..6 {
                    let kept = ((number + turn) % 3 != 0).then(|| process.oneshot());
                    let nested = process.oneshot();
                    for (getter, told) in every_getter(process) {
                        assert!(told.is_ok(), "{getter}: {told:?}");
                    }
                    drop(kept);
                    assert!(process.is_running());
                    drop(nested);
                    process.info(ProcessFields::EVERY).unwrap();
                    assert!(process.to_string().contains("sleep"), "{process}");
                }
            });
        }
    });
    assert_eq!(process.create_time().unwrap().to_bits(), born.to_bits());
    // Nothing is kept once the last one is over: the state of now is told.
    child.suspend().unwrap();
    super::until("the stop", || {
        process.status().unwrap() == psight::Status::Stopped
    });
    drop(process.oneshot());
    child.resume().unwrap();
    super::until("the going on", || {
        let _kept = process.oneshot();
        process.status().unwrap() != psight::Status::Stopped
    });
    System::local().processes().unwrap();
}
