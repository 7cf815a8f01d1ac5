//! A fork in the middle of another thread's look, and a look while a thread is being torn down.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use psight::{Process, ProcessFields};

use super::{every_getter, play};

#[test]
fn a_forked_child_can_look_at_once() {
    play("fork");
}

#[test]
fn a_thread_may_look_while_its_locals_are_dropped() {
    play("thread locals");
}

pub(super) fn part() {
    let stop = AtomicBool::new(false);
    let process = Process::current().unwrap();
    process.name().unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Acquire) {
                    psight::sweep(ProcessFields::EVERY).unwrap();
                }
            });
        }
        for _ in 0..40 {
            // SAFETY: the child runs only what is under test and leaves by `_exit`.
            let child = unsafe { libc::fork() };
            assert!(child >= 0);
            if child == 0 {
                let sound = look_in_the_child();
                // SAFETY: ends the child without running anything of its parent.
                unsafe { libc::_exit(i32::from(!sound)) };
            }
            assert_ends_well(child);
        }
        stop.store(true, Ordering::Release);
    });
}

fn look_in_the_child() -> bool {
    let Ok(me) = Process::current() else {
        return false;
    };
    let told = every_getter(&me);
    me.pid() == std::process::id()
        && told.iter().all(|(_, told)| told.is_ok())
        && psight::sweep(ProcessFields::EVERY).is_ok_and(|all| !all.is_empty())
}

fn assert_ends_well(child: libc::pid_t) {
    let start = Instant::now();
    loop {
        let mut status = 0;
        // SAFETY: `status` is valid for writing.
        let reaped = unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) };
        if reaped == child {
            assert_eq!(status, 0, "the child's look failed");
            return;
        }
        if start.elapsed() > Duration::from_secs(20) {
            // SAFETY: the child is ours and has not been reaped.
            unsafe { libc::kill(child, libc::SIGKILL) };
            panic!("the child hangs");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

static LOOKED: AtomicBool = AtomicBool::new(false);

/// Looks when it is dropped.
struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        let me = Process::current().unwrap();
        LOOKED.store(
            me.name().is_ok() && me.cpu_times().is_ok(),
            Ordering::Release,
        );
    }
}

thread_local! {
    static LATE: RefCell<Option<Late>> = const { RefCell::new(None) };
}

pub(super) fn thread_locals() {
    thread::spawn(|| {
        LATE.with(|late| late.replace(Some(Late)));
        // Makes the library's own locals, which go before ours.
        Process::current().unwrap().name().unwrap();
    })
    .join()
    .unwrap();
    assert!(LOOKED.load(Ordering::Acquire));
}
