//! Who processes are, and what they hold.

use std::ffi::OsString;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::Command;

use psight::{ConnectionKind, Error, Popen, Process};

use crate::{sleeper, until};

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
fn a_share_of_memory_is_asked_by_name() {
    let me = Process::current().unwrap();
    let rss = me.memory_percent().unwrap();
    assert!((me.memory_percent_of("rss").unwrap() - rss).abs() < 1.0);
    assert!(me.memory_percent_of("vms").unwrap() > rss);
    assert!(me.memory_percent_of("uss").unwrap() <= 100.0);
    let error = me.memory_percent_of("foo").unwrap_err().to_string();
    assert!(
        error.contains("foo") && error.contains("rss, vms"),
        "{error}"
    );
}
