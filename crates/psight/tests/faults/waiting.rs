//! Waiting: for strangers, for threads, for thousands, for ever, and with signals in between.

use std::io::Read;
use std::os::unix::thread::JoinHandleExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use psight::{Error, ExitStatus, Popen, Process, Status, wait_procs};

use super::{play, sleeper, until};

/// A shell that has a child end and never waits for it; the grandchild is a zombie.
fn parent_of_a_zombie() -> (Popen, Process) {
    let mut command = Command::new("sh");
    command.args(["-c", "sleep 0.05 & exec sleep 60"]);
    let parent = Popen::spawn(&mut command).unwrap().kill_on_drop(true);
    let mut zombie = None;
    until("the zombie", || {
        zombie = parent
            .children()
            .unwrap()
            .into_iter()
            .find(|child| matches!(child.status(), Ok(Status::Zombie)));
        zombie.is_some()
    });
    (parent, zombie.unwrap())
}

#[test]
fn a_strangers_zombie_is_waited_for_until_it_is_reaped() {
    let (parent, zombie) = parent_of_a_zombie();
    let start = Instant::now();
    let timeout = Duration::from_millis(300);
    let error = zombie.wait(Some(timeout)).unwrap_err();
    assert!(matches!(error, Error::TimeoutExpired { .. }), "{error:?}");
    assert!(start.elapsed() >= timeout, "{:?}", start.elapsed());
    thread::scope(|scope| {
        let waiting = scope.spawn(|| zombie.wait(None));
        thread::sleep(Duration::from_millis(200));
        assert!(!waiting.is_finished(), "it is still there");
        // Its parent's end leaves it to init, which reaps it.
        parent.kill().unwrap();
        parent.wait(None).unwrap();
        until("the reaping", || waiting.is_finished());
        assert_eq!(waiting.join().unwrap().unwrap(), None);
    });
}

#[test]
fn a_grandchild_and_a_child_that_somebody_else_reaped_have_no_status() {
    let mut command = Command::new("sh");
    command.args(["-c", "sleep 60 & wait"]);
    let parent = Popen::spawn(&mut command).unwrap().kill_on_drop(true);
    until("the grandchild", || !parent.children().unwrap().is_empty());
    let grandchild = parent.children().unwrap().remove(0);
    let zero = grandchild.wait(Some(Duration::ZERO)).unwrap_err();
    assert!(matches!(zero, Error::TimeoutExpired { .. }));
    grandchild.kill().unwrap();
    assert_eq!(
        grandchild.wait(Some(Duration::from_secs(10))).unwrap(),
        None
    );

    let mut child = Command::new("true").spawn().unwrap();
    let process = Process::new(child.id()).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(process.wait(None).unwrap(), None);
    assert!(!process.is_running());
}

#[test]
fn a_stopped_child_has_not_ended_and_the_longest_timeout_is_for_ever() {
    let child = sleeper();
    child.suspend().unwrap();
    until("the stop", || child.status().unwrap() == Status::Stopped);
    let zero = child.wait(Some(Duration::ZERO)).unwrap_err();
    assert!(matches!(zero, Error::TimeoutExpired { .. }));
    thread::scope(|scope| {
        let ages = [Duration::MAX, Duration::from_secs(u64::MAX / 4)];
        let waiting = ages.map(|age| {
            let process = Process::new(child.pid()).unwrap();
            scope.spawn(move || process.wait(Some(age)))
        });
        thread::sleep(Duration::from_millis(50));
        child.kill().unwrap();
        let told = waiting.map(|thread| thread.join().unwrap().unwrap());
        // One of the two reaps it; the other learns that it is gone.
        assert!(
            told.contains(&Some(ExitStatus::Signal(libc::SIGKILL))),
            "{told:?}"
        );
    });
}

#[test]
fn a_threads_id_can_be_looked_at_and_waited_for() {
    let stop = AtomicBool::new(false);
    let (sender, receiver) = std::sync::mpsc::channel();
    thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            // SAFETY: gettid touches no memory.
            let id = unsafe { libc::gettid() };
            sender.send(u32::try_from(id).unwrap()).unwrap();
            while !stop.load(Ordering::Acquire) {
                thread::sleep(Duration::from_millis(1));
            }
        });
        let id = receiver.recv().unwrap();
        let thread = Process::new(id).unwrap();
        assert!(!psight::pid_exists(id).unwrap());
        assert!(thread.children().unwrap().is_empty());
        let error = thread.wait(Some(Duration::from_millis(60))).unwrap_err();
        assert!(matches!(error, Error::TimeoutExpired { .. }), "{error:?}");
        stop.store(true, Ordering::Release);
        assert_eq!(thread.wait(Some(Duration::from_secs(10))).unwrap(), None);
        assert!(!thread.is_running());
    });
}

extern "C" fn nothing(_: libc::c_int) {}

#[test]
fn a_signal_handler_ends_a_wait_with_eintr() {
    // SAFETY: all zeros are a valid sigaction; the handler does nothing and SA_RESTART is off.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = nothing as extern "C" fn(libc::c_int) as libc::sighandler_t;
    // SAFETY: `action` is valid for reading, and no old one is asked for.
    let set = unsafe { libc::sigaction(libc::SIGUSR2, &raw const action, std::ptr::null_mut()) };
    assert_eq!(set, 0);
    let child = sleeper();
    let process = Process::new(child.pid()).unwrap();
    let start = Instant::now();
    let waiting = thread::spawn(move || process.wait(Some(Duration::from_secs(30))));
    let mut told = None;
    until("the interruption", || {
        if waiting.is_finished() {
            told = Some(());
            return true;
        }
        #[allow(
            clippy::unnecessary_cast,
            reason = "std has a number where musl has a pointer"
        )]
        let thread = waiting.as_pthread_t() as libc::pthread_t;
        // SAFETY: the thread has not been joined, so its handle is valid.
        let sent = unsafe { libc::pthread_kill(thread, libc::SIGUSR2) };
        assert!(sent == 0 || waiting.is_finished());
        thread::sleep(Duration::from_millis(20));
        false
    });
    let error = waiting.join().unwrap().unwrap_err();
    assert!(matches!(error, Error::Os(_)), "{error:?}");
    assert_eq!(error.raw_os_error(), Some(libc::EINTR));
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(told.is_some() && child.is_running());
}

#[test]
fn two_thousand_are_waited_for() {
    play("many");
}

/// More than are held at once, ending one after another and then all together.
#[expect(clippy::zombie_processes, reason = "the wait under test reaps them")]
pub(super) fn many() {
    let mut crowd = Command::new("sh");
    crowd.args([
        "-c",
        "i=0; while [ $i -lt 1000 ]; do sleep 60 & i=$((i+1)); done; echo ready; wait",
    ]);
    crowd.stdout(Stdio::piped());
    let mut crowd = Popen::spawn(&mut crowd).unwrap().kill_on_drop(true);
    let mut ready = [0; 6];
    let mut output = crowd.stdout.take().unwrap();
    output.read_exact(&mut ready).unwrap();
    let strangers = crowd.children().unwrap();
    assert_eq!(strangers.len(), 1000);
    let mut processes = strangers;
    for _ in 0..1000 {
        let child = Command::new("sleep").arg("60").spawn().unwrap();
        processes.push(Process::new(child.id()).unwrap());
    }
    let start = Instant::now();
    let none = wait_procs(&processes, Some(Duration::ZERO), |_| {}).unwrap();
    assert_eq!((none.gone.len(), none.alive.len()), (0, 2000));
    thread::scope(|scope| {
        scope.spawn(|| {
            for (number, process) in processes.iter().enumerate() {
                process.kill().unwrap();
                if number % 10 == 0 {
                    thread::sleep(Duration::from_millis(1));
                }
            }
        });
        let mut told = 0;
        let outcome = wait_procs(&processes, Some(Duration::from_mins(1)), |_| told += 1).unwrap();
        assert_eq!((outcome.gone.len(), outcome.alive.len()), (2000, 0));
        assert_eq!(told, 2000);
    });
    let own = processes.iter().skip(1000);
    let killed = Some(Some(ExitStatus::Signal(libc::SIGKILL)));
    assert!(
        own.into_iter()
            .all(|process| process.exit_status() == killed)
    );
    assert!(
        start.elapsed() < Duration::from_secs(40),
        "{:?}",
        start.elapsed()
    );
    eprintln!("2,000 ended in {:?}", start.elapsed());
}
