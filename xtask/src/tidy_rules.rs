//! The rules themselves: pure functions from a path and its text to complaints.

use std::fmt;
use std::path::Path;

use crate::tidy_source::{Token, blanked, closing, paths, test_ranges, tokens};
use crate::tidy_walls::is_walled;

/// Lines a source file may have; beyond that it holds more than one idea.
pub(crate) const LONGEST_FILE: usize = 600;

/// Files that may ask by `cfg` which system they are compiled for.
const MAY_NAME_SYSTEMS: &[&str] = &[
    "crates/psight/src/platform/mod.rs",
    "crates/psight/src/os/mod.rs",
    "crates/psight-core/src/text.rs",
];

/// Paths that exist on one machine only. In pieces, so that this file is held to the rule as well.
const FORBIDDEN: &[&str] = &[concat!("/wo", "rk/")];

/// One broken rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    path: String,
    line: usize,
    message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// What is wrong with a file, in the order of its lines.
pub(crate) fn complaints(path: &str, text: &str) -> Vec<Complaint> {
    let mut found: Vec<(usize, String)> = forbidden_words(text);
    if !is_recorded(path) {
        found.extend(trailing_blanks(text));
    }
    if is_source(path) {
        let code = blanked(text);
        let tokens = tokens(&code);
        found.extend(whole_file(text));
        found.extend(unfinished(&tokens));
        if !may_be_unsafe(path) {
            found.extend(unsafe_words(&tokens));
        }
        if path.starts_with("crates/") && !is_test(path) && !MAY_NAME_SYSTEMS.contains(&path) {
            found.extend(named_systems(&tokens));
        }
        if path.starts_with("crates/psight/src/")
            && !path.ends_with("/explain.rs")
            && !path.ends_with("/error.rs")
        {
            found.extend(made_process_errors(&tokens));
        }
        let walled = paths(path, &tokens)
            .into_iter()
            .filter_map(|(line, name)| Some((line, is_walled(path, &name)?)));
        found.extend(walled.map(|(line, message)| (line, message.to_owned())));
    }
    found.sort();
    found.dedup();
    let complaint = |(line, message)| Complaint {
        path: path.to_owned(),
        line,
        message,
    };
    found.into_iter().map(complaint).collect()
}

pub(crate) fn is_source(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// Tests and benches provoke what the library may not do itself.
fn is_test(path: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/examples/"];
    folders.iter().any(|folder| path.contains(folder)) || path.starts_with("crates/psight-testkit/")
}

/// What a machine said is kept as it said it.
fn is_recorded(path: &str) -> bool {
    path.starts_with("fixtures/") || path.contains("/snapshots/")
}

fn may_be_unsafe(path: &str) -> bool {
    is_test(path) || path.starts_with("crates/psight/src/os/")
}

fn forbidden_words(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.to_lowercase();
        let words = FORBIDDEN.iter().filter(|word| line.contains(*word));
        found.extend(words.map(|word| (number, format!("`{word}` does not belong here"))));
    }
    found
}

fn trailing_blanks(text: &str) -> Vec<(usize, String)> {
    let lines = (1..).zip(text.split('\n'));
    lines
        .filter(|(_, line)| line.ends_with([' ', '\t', '\r']))
        .map(|(number, _)| (number, "trailing blanks".to_owned()))
        .collect()
}

fn whole_file(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.contains('\t') {
            found.push((number, "a tab".to_owned()));
        }
    }
    let lines = text.lines().count();
    if lines > LONGEST_FILE {
        let message = format!("{lines} lines, more than the {LONGEST_FILE} of one idea");
        found.push((LONGEST_FILE + 1, message));
    }
    if !text.starts_with("//!") {
        found.push((
            1,
            "a file begins with what it is for, behind `//!`".to_owned(),
        ));
    }
    found
}

fn unfinished(tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let calls = tokens.windows(2).filter_map(|pair| match pair {
        [name, sign] if sign.text == "!" => Some(name),
        _ => None,
    });
    calls
        .filter(|name| ["todo", "unimplemented", "dbg"].contains(&name.text))
        .map(|name| {
            (
                name.line,
                format!("`{}!` is for unfinished work", name.text),
            )
        })
        .collect()
}

fn unsafe_words(tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let message = "unsafe stands only in crates/psight/src/os, and in tests";
    let words = tokens.iter().filter(|token| token.text == "unsafe");
    words
        .map(|token| (token.line, message.to_owned()))
        .collect()
}

/// A `cfg` on a system or a family of them, which may span lines. Tests in the file are spared.
fn named_systems(tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    const FORMS: &[&str] = &["cfg", "cfg_attr", "cfg_if", "cfg_select"];
    const NAMES: &[&str] = &[
        "target_os",
        "target_family",
        "target_vendor",
        "unix",
        "windows",
    ];
    let tests = test_ranges(tokens);
    let mut found = Vec::new();
    for (at, form) in tokens.iter().enumerate() {
        if !FORMS.contains(&form.text) || tests.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let text_at = |at: usize| tokens.get(at).map(|token| token.text);
        let open = at + if text_at(at + 1) == Some("!") { 2 } else { 1 };
        if !matches!(text_at(open), Some("(" | "{")) {
            continue;
        }
        for inside in open..closing(tokens, open) {
            // `.windows(2)` in the body of a macro is a call.
            let Some(name) = tokens.get(inside).filter(|name| {
                NAMES.contains(&name.text) && text_at(inside.saturating_sub(1)) != Some(".")
            }) else {
                continue;
            };
            let files = "platform/mod.rs, os/mod.rs and text.rs";
            let message = format!("`{}` by cfg stands only in {files}", name.text);
            found.push((name.line, message));
        }
    }
    found
}

/// Literals of a process error, as opposed to patterns: those end in `..` or are followed by what
/// follows a pattern.
fn made_process_errors(tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let text_at = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut found = Vec::new();
    for (at, name) in tokens.iter().enumerate() {
        if !["NoSuchProcess", "ZombieProcess", "AccessDenied"].contains(&name.text)
            || text_at(at + 1) != "{"
        {
            continue;
        }
        let end = closing(tokens, at + 1);
        let rest = text_at(end - 1) == "." && text_at(end - 2) == ".";
        let mut after = end + 1;
        while text_at(after) == ")" {
            after += 1;
        }
        let arm = matches!(
            (text_at(after), text_at(after + 1)),
            ("=", ">") | ("|" | "if", _)
        ) || (text_at(after) == "=" && text_at(after + 1) != "=");
        if !rest && !arm {
            let message = format!("{} is made only in explain.rs", name.text);
            found.push((name.line, message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACADE: &str = "crates/psight/src/memory.rs";
    const LINUX: &str = "crates/psight/src/platform/linux/memory.rs";
    const TEST: &str = "crates/psight/tests/live.rs";

    /// How many complaints some lines bring.
    fn broken(path: &str, lines: &str) -> usize {
        complaints(path, &format!("//! Head.\n{lines}\n")).len()
    }

    #[test]
    fn systems_are_named_in_their_files_only() {
        let line = "#[cfg(target_os = \"linux\")]";
        assert_eq!(broken(FACADE, line), 1);
        assert_eq!(broken(LINUX, "if cfg!(unix) {}"), 1);
        assert_eq!(broken(FACADE, "#[cfg_attr(not(windows), path = \"x\")]"), 1);
        assert_eq!(broken(FACADE, "cfg_select! { unix => {} }"), 1);
        for path in MAY_NAME_SYSTEMS {
            assert_eq!(broken(path, line), 0);
        }
        assert_eq!(broken(TEST, line), 0);
        assert_eq!(
            broken(FACADE, "#[cfg(feature = \"unix\")] x.windows(2);"),
            0
        );
        assert_eq!(broken(FACADE, "// #[cfg(unix)]"), 0);
    }

    #[test]
    fn a_cfg_over_several_lines_is_seen_at_its_line() {
        let text = "//! Head.\n#[cfg(any(\n    test,\n    windows\n))]\n";
        let found = complaints(FACADE, text);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|complaint| complaint.line == 4));
    }

    #[test]
    fn tests_in_a_file_may_name_systems_but_not_what_follows() {
        assert_eq!(
            broken(FACADE, "#[cfg(test)] mod tests { #[cfg(unix)] fn a() {} }"),
            0
        );
        assert_eq!(
            broken(FACADE, "#[cfg(test)] mod tests;\n#[cfg(unix)] fn a() {}"),
            1
        );
    }

    #[test]
    fn unsafe_is_for_os() {
        let line = "unsafe { call() }";
        assert_eq!(broken(FACADE, line), 1);
        assert_eq!(broken("crates/psight/src/os/call.rs", line), 0);
        assert_eq!(broken(TEST, line), 0);
        assert_eq!(broken(FACADE, "#![deny(unsafe_code)]"), 0);
        assert_eq!(broken(FACADE, "// unsafe is not here"), 0);
        assert_eq!(broken(FACADE, "f(\"//\"); unsafe { call() }"), 1);
    }

    #[test]
    fn unfinished_work_is_found() {
        for name in ["todo", "unimplemented", "dbg"] {
            assert_eq!(broken(TEST, &format!("{name}!(x)")), 1);
            assert_eq!(broken(TEST, &format!("\"{name}!(x)\"")), 0);
        }
    }

    #[test]
    fn imports_obey_the_walls() {
        assert_eq!(broken(FACADE, "use crate::{error::Error, os::files};"), 1);
        assert_eq!(broken(FACADE, "use crate::error::Error;"), 0);
    }

    #[test]
    fn process_errors_are_made_in_one_place() {
        let made = "Err(Error::NoSuchProcess {\n    pid: 7,\n    name: None,\n})";
        assert_eq!(broken("crates/psight/src/process/mod.rs", made), 1);
        assert_eq!(broken("crates/psight/src/explain.rs", made), 0);
        assert_eq!(
            broken(FACADE, "let e = Error::AccessDenied { pid, name };"),
            1
        );
        for pattern in [
            "Err(Error::NoSuchProcess { reused: true, .. }) => {}",
            "matches!(e, Error::ZombieProcess { .. })",
            "Err(Error::AccessDenied { pid }) => {}",
            "if let Error::AccessDenied { pid } = e {}",
            "Error::AccessDenied { pid } | Error::Os(_) => {}",
        ] {
            assert_eq!(broken(FACADE, pattern), 0, "{pattern}");
        }
        assert_eq!(broken(FACADE, "Error::AccessDenied { pid, ..other }"), 1);
    }

    #[test]
    fn whole_files_are_looked_at() {
        assert_eq!(complaints(FACADE, "use x;\n").len(), 1);
        let lines = |count| format!("//! Head.\n{}", "x\n".repeat(count - 1));
        assert_eq!(complaints(FACADE, &lines(LONGEST_FILE)).len(), 0);
        assert_eq!(complaints(FACADE, &lines(LONGEST_FILE + 1)).len(), 1);
        assert_eq!(broken(FACADE, "let x = 1; "), 1);
        assert_eq!(broken(FACADE, "let x = 1;\r"), 1);
        assert_eq!(broken(FACADE, "let\tx = 1;"), 1);
        assert_eq!(broken("README.md", "a  "), 1);
        assert_eq!(broken("fixtures/linux/a/tree.txt", "a  "), 0);
    }

    #[test]
    fn forbidden_words_are_found_in_every_file_in_any_case() {
        for word in FORBIDDEN {
            assert_eq!(complaints("README.md", &format!("see {word}x\n")).len(), 1);
            assert_eq!(complaints("a.py", &word.to_uppercase()).len(), 1);
        }
        assert_eq!(complaints("README.md", "fine\n").len(), 0);
    }

    #[test]
    fn a_complaint_names_its_place() {
        let found = complaints(FACADE, "//! Head.\nunsafe {}\n");
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        let wanted = "crates/psight/src/memory.rs:2: unsafe stands only in crates/psight/src/os, and in tests";
        assert_eq!(told, [wanted]);
    }
}
