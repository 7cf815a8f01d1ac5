//! Descriptors that run out, are closed behind our back, or would leak; memory that would grow.

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::Duration;

use psight::{
    ConnectionKind, Error, ExitStatus, Process, ProcessFields, Roots, Signal, Status, System,
    wait_procs,
};

use super::{every_getter, play, sleeper, until};

#[test]
fn a_few_descriptors_suffice() {
    play("few descriptors");
}

#[test]
fn without_any_descriptor_nothing_is_made_up() {
    play("no descriptor");
}

#[test]
fn a_daemon_may_close_every_descriptor() {
    play("closed descriptors");
}

#[test]
fn neither_descriptors_nor_memory_leak() {
    play("leaks");
}

/// Takes all descriptors but so many.
fn take_all_but(left: usize) -> Vec<File> {
    let limit = libc::rlimit {
        rlim_cur: 64,
        rlim_max: 64,
    };
    // SAFETY: `limit` is valid for reading.
    let set = unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) };
    assert_eq!(set, 0);
    let mut taken = Vec::new();
    while let Ok(file) = File::open("/dev/null") {
        taken.push(file);
    }
    taken.truncate(taken.len() - left);
    taken
}

pub(super) fn few_descriptors() {
    let children: Vec<_> = std::iter::repeat_with(sleeper).take(5).collect();
    let processes: Vec<_> = children
        .iter()
        .map(|child| Process::new(child.pid()).unwrap())
        .collect();
    for left in [1, 2, 3] {
        let taken = take_all_but(left);
        let process = &processes[left];
        for (getter, told) in every_getter(process) {
            let so = told
                .as_ref()
                .err()
                .is_none_or(|error| error.raw_os_error() == Some(libc::EMFILE));
            assert!(so, "{left} left, {getter}: {told:?}");
        }
        process.suspend().unwrap();
        process.resume().unwrap();
        assert!(process.is_running());
        let alive = wait_procs(&processes, Some(Duration::from_millis(50)), |_| {}).unwrap();
        assert_eq!(alive.alive.len() + alive.gone.len(), 5, "{left} left");
        process.kill().unwrap();
        let status = process.wait(Some(Duration::from_secs(10))).unwrap();
        assert_eq!(status, Some(ExitStatus::Signal(libc::SIGKILL)));
        drop(taken);
    }
}

pub(super) fn no_descriptor() {
    let child = sleeper();
    let process = Process::new(child.pid()).unwrap();
    let parent = Process::new(parent_id()).unwrap();
    let taken = take_all_but(0);
    for (getter, told) in every_getter(&process) {
        let so = told
            .as_ref()
            .err()
            .is_none_or(|error| error.raw_os_error() == Some(libc::EMFILE));
        assert!(so, "{getter}: {told:?}");
    }
    let without = |told: Result<(), Error>| {
        let errno = told.as_ref().err().and_then(Error::raw_os_error);
        assert_eq!(errno, Some(libc::EMFILE), "{told:?}");
    };
    without(psight::processes().map(drop));
    without(psight::pids().map(drop));
    without(psight::sweep(ProcessFields::EVERY).map(drop));
    without(process.children().map(drop));
    // Without a look at its start nothing proves that the id is still the process's.
    without(process.kill());
    assert!(process.is_running() && parent.is_running());
    for process in [&process, &parent] {
        let error = process.wait(Some(Duration::from_millis(50))).unwrap_err();
        assert!(matches!(error, Error::TimeoutExpired { .. }), "{error:?}");
    }
    drop(taken);
    process.kill().unwrap();
    let status = process.wait(Some(Duration::from_secs(10))).unwrap();
    assert_eq!(status, Some(ExitStatus::Signal(libc::SIGKILL)));
}

fn parent_id() -> u32 {
    std::os::unix::process::parent_id()
}

pub(super) fn closed_descriptors() {
    let me = Process::current().unwrap();
    let child = sleeper();
    let process = Process::new(child.pid()).unwrap();
    let mut sweeper = psight::Sweeper::new(System::local());
    let relocated = System::new(Roots::default().with_proc("/proc/."));
    let look = |sweeper: &mut psight::Sweeper| {
        for (getter, told) in every_getter(&me).into_iter().chain(every_getter(&process)) {
            assert!(told.is_ok(), "{getter}: {told:?}");
        }
        assert!(!sweeper.sweep(ProcessFields::EVERY).unwrap().is_empty());
        assert!(!relocated.processes().unwrap().is_empty());
        psight::net_connections(ConnectionKind::All).unwrap();
        psight::net_if_stats().unwrap();
        process.suspend().unwrap();
        process.resume().unwrap();
        process.wait(Some(Duration::ZERO)).unwrap_err();
    };
    look(&mut sweeper);
    let kept = process.oneshot();
    process.name().unwrap();
    // SAFETY: whatever is open beyond the standard streams belongs to nobody who uses it again.
    let closed = unsafe { libc::syscall(libc::SYS_close_range, 3, u32::MAX, 0) };
    assert_eq!(closed, 0);
    look(&mut sweeper);
    drop(kept);
    look(&mut sweeper);
}

fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

fn leaked_by(what: &str, turns: usize, mut act: impl FnMut(usize)) {
    // What grows once, such as buffers, may.
    (0..200).for_each(&mut act);
    let me = Process::current().unwrap();
    let (fds, rss) = (descriptors(), me.memory_info().unwrap().rss);
    (0..turns).for_each(act);
    assert_eq!(descriptors(), fds, "{what}");
    let grown = me.memory_info().unwrap().rss.saturating_sub(rss);
    assert!(grown < 4 << 20, "{what}: {grown} bytes");
}

pub(super) fn leaks() {
    let child = sleeper();
    let alive = Process::new(child.pid()).unwrap();
    let mut gone = Command::new("true").stdin(Stdio::null()).spawn().unwrap();
    let dead = Process::new(gone.id()).unwrap();
    let mut zombie = Command::new("true").spawn().unwrap();
    let undead = Process::new(zombie.id()).unwrap();
    gone.wait().unwrap();
    until("the end", || undead.status().unwrap() == Status::Zombie);
    leaked_by("asking the living", 800, |turn| {
        if turn % 8 == 0 {
            drop(every_getter(&alive));
        }
        alive.memory_maps().unwrap();
        alive.open_files().unwrap();
        alive.threads().unwrap();
        alive.num_fds().unwrap();
    });
    leaked_by("asking a zombie", 4_000, |turn| {
        if turn % 8 == 0 {
            drop(every_getter(&undead));
        }
        assert!(undead.cmdline().is_err());
    });
    leaked_by("asking the dead", 20_000, |_| {
        dead.threads().unwrap_err();
        dead.open_files().unwrap_err();
        dead.net_connections(ConnectionKind::All).unwrap_err();
        dead.memory_maps().unwrap_err();
        dead.num_fds().unwrap_err();
        dead.uids().unwrap_err();
        dead.exe().unwrap_err();
    });
    leaked_by("signals and waits", 20_000, |_| {
        alive.send_signal(Signal::CONTINUE).unwrap();
        alive.wait(Some(Duration::ZERO)).unwrap_err();
        dead.kill().unwrap_err();
        undead.kill().unwrap();
        Process::new(dead.pid()).unwrap_err();
    });
    leaked_by("looking once", 800, |_| {
        let process = Process::new(alive.pid()).unwrap();
        process.info(ProcessFields::EVERY).unwrap();
        process.clone_of_itself();
    });
    zombie.wait().unwrap();
}

trait Again {
    fn clone_of_itself(&self);
}

impl Again for Process {
    fn clone_of_itself(&self) {
        assert_eq!(&Self::new(self.pid()).unwrap(), self);
    }
}
