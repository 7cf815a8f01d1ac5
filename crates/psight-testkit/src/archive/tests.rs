//! Archives there and back.

use proptest::prelude::*;

use super::*;

const TEXT: &str = "\
# A head
#
# of three lines.

Path: proc/self
SymlinkTo: 1

Path: proc/1/cmdline
Mode: 444
EOF-no-newline
Lines: 1
init\\x00splash\\x00

Path: proc/1/odd \\xff\\nname
Lines: 2
Path: not a path


Path: proc/1/empty
Lines: 0

Path: proc/1/fd
Directory
";

#[test]
fn print_gives_back_what_was_parsed() {
    let archive = Archive::parse(TEXT).unwrap();
    assert_eq!(archive.head, ["A head", "", "of three lines."]);
    assert_eq!(
        archive.entries[1].kind,
        Kind::File(b"init\0splash\0".to_vec())
    );
    assert_eq!(archive.entries[2].path, b"proc/1/odd \xff\nname");
    assert_eq!(
        archive.entries[2].kind,
        Kind::File(b"Path: not a path\n\n".to_vec())
    );
    assert_eq!(archive.entries[3].kind, Kind::File(Vec::new()));
    assert_eq!(archive.print(), TEXT);
}

#[test]
fn comments_between_entries_are_skipped() {
    let archive = Archive::parse("Path: a\nDirectory\n# About b.\nPath: b\nDirectory").unwrap();
    assert_eq!((archive.head.len(), archive.entries.len()), (0, 2));
}

#[test]
fn unpacked_files_are_the_same() {
    let archive = Archive::parse(TEXT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    archive.unpack(folder.path()).unwrap();
    let proc = folder.path().join("proc");
    assert_eq!(
        fs::read(proc.join("self/cmdline")).unwrap(),
        b"init\0splash\0"
    );
    assert_eq!(fs::read_link(proc.join("self")).unwrap(), Path::new("1"));
    let mode = fs::metadata(proc.join("1/cmdline"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o7777, 0o444);
    assert!(proc.join("1/fd").is_dir());
    assert!(proc.join(OsStr::from_bytes(b"1/odd \xff\nname")).exists());
}

#[test]
fn broken_archives_name_the_line() {
    let told = |text: &str| Archive::parse(text).map_err(|error| error.line);
    assert_eq!(told("# a\nFile: a\n"), Err(2));
    assert_eq!(told("Path: a\nLines: 2\nb\n"), Err(3));
    assert_eq!(told("Path: a\nMode: 9\nLines: 0\n"), Err(2));
    assert_eq!(told("Path: a\nLines: 1\n\\040\n"), Err(3));
    assert_eq!(told("Path: a\n\nDirectory\n"), Err(2));
    assert_eq!(told("Path: a\nDirectory\nPath: a\nDirectory\n"), Err(4));
    for path in ["/etc/passwd", "../a", "a//b", "a/./b", "", "a\\x00b"] {
        assert_eq!(
            told(&format!("Path: {path}\nDirectory\n")),
            Err(1),
            "{path}"
        );
    }
}

fn kind() -> impl Strategy<Value = Kind> {
    let bytes = || proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\n')], 0..60);
    prop_oneof![
        bytes().prop_map(Kind::File),
        bytes().prop_map(Kind::Symlink),
        Just(Kind::Directory),
    ]
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (proptest::option::of(0u32..0o10000), kind());
    proptest::collection::vec(entry, 0..8).prop_map(|kinds| {
        let entry = |(number, (mode, kind))| {
            let path = format!("folder {number}/na\\me\n").into_bytes();
            Entry { path, mode, kind }
        };
        kinds.into_iter().enumerate().map(entry).collect()
    })
}

proptest! {
    #[test]
    fn printing_loses_nothing(entries in entries()) {
        let archive = Archive { head: vec!["Head.".to_owned()], entries };
        prop_assert_eq!(Archive::parse(&archive.print()), Ok(archive));
    }

    #[test]
    fn never_panics(text in ".*") {
        let _ = Archive::parse(&text);
        let _ = Archive::parse(&format!("Path: a\n{text}"));
    }
}
