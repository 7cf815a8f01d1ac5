//! What `files` does to procfs and to a temporary folder.

use super::*;
use crate::os::pid_path::PidPath;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

fn proc() -> Dir {
    Dir::open(Path::new("/proc")).unwrap()
}

fn own(rest: &str) -> PidPath {
    PidPath::new(std::process::id(), rest)
}

#[test]
fn a_record_is_read_whole_and_replaces_the_last_one() {
    let mut buf = b"old".to_vec();
    proc().read_record_into(&own("stat"), &mut buf).unwrap();
    assert!(buf.starts_with(format!("{} (", std::process::id()).as_bytes()));
    assert!(buf.ends_with(b"\n"));
    let whole = std::fs::read("/proc/self/cmdline").unwrap();
    proc().read_record_into(&own("cmdline"), &mut buf).unwrap();
    assert_eq!(buf, whole);
}

#[test]
fn a_record_longer_than_the_buffer_is_read_on() {
    let folder = tempfile::tempdir().unwrap();
    let text: Vec<u8> = (0..100_000u32).flat_map(u32::to_ne_bytes).collect();
    std::fs::write(folder.path().join("long"), &text).unwrap();
    let dir = Dir::open(folder.path()).unwrap();
    let mut buf = Vec::new();
    dir.read_record_into(c"long", &mut buf).unwrap();
    assert_eq!(buf, text);
    dir.read_into(c"long", &mut buf).unwrap();
    assert_eq!(buf, text);
    read_path_into(&folder.path().join("long"), &mut buf).unwrap();
    assert_eq!(buf, text);
}

#[test]
fn a_table_is_read_to_its_last_line() {
    let mut buf = Vec::new();
    proc().read_into(&own("maps"), &mut buf).unwrap();
    assert!(buf.ends_with(b"\n") && buf.split(|b| *b == b'\n').count() > 10);
}

#[test]
fn a_failed_read_leaves_nothing_old_behind() {
    let mut buf = b"old".to_vec();
    let error = proc().read_record_into(c"0/stat", &mut buf).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::ENOENT));
    assert!(buf.is_empty());
}

#[test]
fn long_links_are_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    for length in [1, 255, 256, 257, 511, 512, 3000] {
        let target = "t".repeat(length);
        let link = folder.path().join("link");
        symlink(&target, &link).unwrap();
        let mut buf = Vec::new();
        Dir::open(folder.path())
            .unwrap()
            .read_link_into(c"link", &mut buf)
            .unwrap();
        assert_eq!(buf, target.as_bytes());
        std::fs::remove_file(link).unwrap();
    }
    let mut buf = b"old".to_vec();
    proc().read_link_into(&own("exe"), &mut buf).unwrap();
    assert_eq!(buf, std::env::current_exe().unwrap().as_os_str().as_bytes());
}

#[test]
fn folders_list_every_name_but_the_dots() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..3000 {
        std::fs::write(folder.path().join(format!("{n}-{}", "x".repeat(100))), b"").unwrap();
    }
    let dir = Dir::open(folder.path()).unwrap();
    let mut names = Vec::new();
    dir.entries(c".", |name| names.push(name.to_vec())).unwrap();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3000);
    assert!(names.iter().all(|name| name.ends_with(b"x")));
}

#[test]
fn numeric_entries_are_processes_threads_and_descriptors() {
    let mut found = Vec::new();
    proc().numeric_entries(c".", &mut found).unwrap();
    assert!(found.contains(&std::process::id()));
    proc().numeric_entries(&own("task"), &mut found).unwrap();
    assert!(found.contains(&std::process::id()));
    let dir = proc();
    dir.numeric_entries(&own("fd"), &mut found).unwrap();
    assert!(found.contains(&u32::try_from(dir.as_fd().as_raw_fd()).unwrap()));
}

#[test]
fn names_that_only_start_with_digits_are_no_numbers() {
    assert_eq!(number(b"4294967295"), Some(u32::MAX));
    for name in [&b""[..], b"12x", b"-1", b"4294967296", b"self"] {
        assert_eq!(number(name), None);
    }
}

#[test]
fn folders_and_plain_files_are_not_executable_files() {
    assert!(is_executable_file(&std::env::current_exe().unwrap()));
    assert!(exists(Path::new("/proc")) && !is_executable_file(Path::new("/proc")));
    assert!(!is_executable_file(Path::new("/proc/self/stat")));
    assert!(!exists(Path::new("/no/such/place")));
}
