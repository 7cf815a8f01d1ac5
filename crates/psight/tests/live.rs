//! This very process, and children it starts.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use psight::{
    Answer, ConnectionKind, Error, ExitStatus, IoClass, Limit, Popen, Process, ProcessField,
    ProcessFields, Resource, Rlimit, Signal, Status, Sweeper, System, wait_procs,
};

fn sleeper() -> Popen {
    Popen::spawn(Command::new("sleep").arg("60"))
        .unwrap()
        .kill_on_drop(true)
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{what} did not come"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_process_knows_itself() {
    let me = Process::current().unwrap();
    assert_eq!(me.pid(), std::process::id());
    assert!(me.is_running());
    assert_eq!(me.exe().unwrap().unwrap(), std::env::current_exe().unwrap());
    assert_eq!(me.cwd().unwrap(), std::env::current_dir().unwrap());
    let argv: Vec<OsString> = std::env::args_os().collect();
    assert_eq!(me.cmdline().unwrap(), argv);
    let memory = me.memory_info().unwrap();
    assert!(memory.rss > 0 && memory.rss < memory.vms);
    assert!(me.num_threads().unwrap() >= 1);
    assert!(
        me.threads()
            .unwrap()
            .iter()
            .any(|thread| thread.id == me.pid())
    );
    let age = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap()
        .as_secs_f64();
    assert!((0.0..600.0).contains(&(age - me.create_time().unwrap())));
}

#[test]
fn the_descriptor_count_follows_what_is_opened() {
    let child = sleeper();
    let listed = || {
        std::fs::read_dir(format!("/proc/{}/fd", child.pid()))
            .unwrap()
            .count() as u64
    };
    until("the loader to close its files", || {
        child.num_fds().unwrap() == listed()
    });
    let me = Process::current().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut writer = file.reopen().unwrap();
    writer.write_all(b"12345").unwrap();
    let open = me.open_files().unwrap();
    let mine: Vec<_> = open
        .iter()
        .filter(|open| open.path == file.path())
        .collect();
    assert_eq!(mine.len(), 2);
    assert!(mine.iter().any(|open| open.position == Some(5)));
    assert!(mine.iter().all(|open| open.mode.as_deref() == Some("r+")));
}

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
fn what_is_gone_is_no_such_process() {
    let child = sleeper();
    child.kill().unwrap();
    child.wait(None).unwrap();
    let stranger = Process::new(child.pid());
    assert!(
        matches!(stranger, Err(Error::NoSuchProcess { .. })),
        "{stranger:?}"
    );
    assert!(!psight::pid_exists(child.pid()).unwrap());
    assert!(matches!(
        Process::new(u32::MAX),
        Err(Error::NoSuchProcess { .. })
    ));
}

#[test]
fn a_thread_is_no_process_but_can_be_asked() {
    let (send, receive) = std::sync::mpsc::channel();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        let link = std::fs::read_link("/proc/thread-self").unwrap();
        send.send(
            link.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .parse::<u32>()
                .unwrap(),
        )
        .unwrap();
        stopped.recv().ok();
    });
    let tid = receive.recv().unwrap();
    assert!(!psight::pid_exists(tid).unwrap());
    assert!(!psight::pids().unwrap().contains(&tid));
    assert!(Process::new(tid).unwrap().name().is_ok());
    drop(stop);
    thread.join().unwrap();
}

#[test]
fn families_are_found_both_ways() {
    let shell = Popen::spawn(Command::new("sh").args(["-c", "sleep 60 & wait"])).unwrap();
    let shell = shell.kill_on_drop(true);
    until("grandchild", || shell.children().unwrap().len() == 1);
    let grandchild = shell.children().unwrap().remove(0);
    let me = Process::current().unwrap();
    assert!(me.descendants().unwrap().contains(&grandchild));
    assert!(!me.children().unwrap().contains(&grandchild));
    assert_eq!(grandchild.parent().unwrap().as_ref(), Some(&*shell));
    assert!(grandchild.parents().unwrap().contains(&me));
    grandchild.kill().unwrap();
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
fn odd_bytes_in_arguments_survive() {
    use std::os::unix::ffi::OsStringExt;
    let odd = OsString::from_vec(b"f\xc0\x80 \n".to_vec());
    let script = "sleep 60; :";
    let child = Popen::spawn(
        Command::new("sh")
            .arg0(&odd)
            .args(["-c", script])
            .arg(&odd)
            .arg(""),
    );
    let child = child.unwrap().kill_on_drop(true);
    let expected = [odd.clone(), "-c".into(), script.into(), odd, "".into()];
    until("exec", || child.cmdline().unwrap() == expected);
    for grandchild in child.children().unwrap() {
        grandchild.kill().unwrap();
    }
}

#[test]
fn own_sockets_are_found() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mine = Process::current()
        .unwrap()
        .net_connections(ConnectionKind::Tcp4)
        .unwrap();
    let is_it = |connection: &psight::Connection| {
        matches!(&connection.laddr, Some(psight::Endpoint::Inet(address)) if address.port == port)
            && connection.status == psight::ConnectionStatus::Listen
    };
    assert!(mine.iter().any(is_it));
    let all = psight::net_connections(ConnectionKind::Inet).unwrap();
    let found = all.iter().find(|connection| is_it(connection)).unwrap();
    assert_eq!(found.pid, Some(std::process::id()));
    let bare = psight::net_connections_without_owners(ConnectionKind::Tcp).unwrap();
    assert_eq!(
        bare.iter()
            .find(|connection| is_it(connection))
            .unwrap()
            .pid,
        None
    );
}
