//! The rules themselves: pure functions from a path and its text to complaints.

use std::fmt;
use std::path::Path;

/// Lines a source file may have; beyond that it holds more than one idea.
pub(crate) const LONGEST_FILE: usize = 600;

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

/// A pattern that may not stand in some files.
struct Rule {
    applies: fn(&str) -> bool,
    breaks: fn(&str, &str) -> bool,
    message: &'static str,
    /// Whether tests at the end of a file are spared.
    spares_tests: bool,
}

/// Every rule for a line of Rust, apart from those on whole files.
const RULES: &[Rule] = &[
    Rule {
        applies: |path| is_crate(path) && !names_systems(path) && !is_test(path),
        breaks: |_, line| names_a_system(line),
        message: "an operating system is named by cfg only in platform/mod.rs, os/mod.rs and text.rs",
        spares_tests: true,
    },
    Rule {
        applies: |path| {
            is_crate(path) && !is_test(path) && !path.starts_with("crates/psight/src/os/")
        },
        breaks: |_, line| has_word(line, "unsafe") && !line.contains("unsafe_code"),
        message: "unsafe stands only in crates/psight/src/os, and in tests",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight-core/src/parse/"),
        breaks: |_, line| line.contains("crate::calc"),
        message: "parse and calc do not import each other",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight-core/src/calc/"),
        breaks: |_, line| line.contains("crate::parse"),
        message: "parse and calc do not import each other",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight-core/src/types/"),
        breaks: |_, line| line.contains("crate::parse") || line.contains("crate::calc"),
        message: "types import no sibling but record",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight/src/os/"),
        breaks: |_, line| line.contains("psight_core") || line.contains("crate::platform"),
        message: "os knows handles and bytes, no metric and no record",
        spares_tests: false,
    },
    Rule {
        applies: is_facade,
        breaks: |_, line| line.contains("crate::os") || line.contains("libc::"),
        message: "the facade does not reach below the seam",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight/src/platform/"),
        breaks: imports_a_sibling,
        message: "platforms do not import one another, only posix and bsd",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight-cli/src/"),
        breaks: |_, line| {
            ["psight_core", "libc::", "rustix::", "std::fs::"]
                .iter()
                .any(|name| line.contains(name))
        },
        message: "the command sees only the public API of psight",
        spares_tests: false,
    },
    Rule {
        applies: |path| path.starts_with("crates/psight/src/") && !path.ends_with("/explain.rs"),
        breaks: |path, line| !path.ends_with("/error.rs") && makes_a_process_error(line),
        message: "explain.rs is the only place that makes a process error",
        spares_tests: false,
    },
    Rule {
        applies: |path| path != "xtask/src/tidy_rules.rs",
        breaks: |_, line| {
            ["todo!(", "unimplemented!(", "dbg!("]
                .iter()
                .any(|m| line.contains(m))
        },
        message: "unfinished",
        spares_tests: false,
    },
];

/// Words of no use to a reader of the repository.
const FORBIDDEN: &[&str] = &["/work/", "Co-Authored-By", "language model"];

pub(crate) fn complaints(path: &str, text: &str) -> Vec<Complaint> {
    let mut found = Vec::new();
    let mut complain = |line: usize, message: &str| {
        let (path, message) = (path.to_owned(), message.to_owned());
        found.push(Complaint {
            path,
            line,
            message,
        });
    };
    let rust = is_source(path);
    let mut in_tests = false;
    for (number, line) in (1..).zip(text.lines()) {
        in_tests |= line.trim() == "#[cfg(test)]";
        if path != "xtask/src/tidy_rules.rs"
            && let Some(word) = FORBIDDEN.iter().find(|word| line.contains(*word))
        {
            complain(number, &format!("`{word}` does not belong here"));
        }
        if !rust {
            continue;
        }
        if line.ends_with([' ', '\t']) || line.starts_with('\t') {
            complain(number, "trailing blanks or a tab");
        }
        let code = line.split("//").next().unwrap_or(line);
        for rule in RULES {
            if (rule.applies)(path) && (rule.breaks)(path, code) && !(in_tests && rule.spares_tests)
            {
                complain(number, rule.message);
            }
        }
    }
    if rust && text.lines().count() > LONGEST_FILE {
        complain(LONGEST_FILE, "longer than a file of one idea");
    }
    if rust && !text.starts_with("//!") {
        complain(1, "a file begins with what it is for");
    }
    found
}

pub(crate) fn is_source(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

fn is_crate(path: &str) -> bool {
    path.starts_with("crates/")
}

/// Tests and benches provoke what the library may not do itself.
fn is_test(path: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/examples/"];
    folders.iter().any(|folder| path.contains(folder)) || path.starts_with("crates/psight-testkit/")
}

fn names_systems(path: &str) -> bool {
    [
        "crates/psight/src/platform/mod.rs",
        "crates/psight/src/os/mod.rs",
        "crates/psight-core/src/text.rs",
    ]
    .contains(&path)
}

fn is_facade(path: &str) -> bool {
    let below = ["platform/", "os/", "explain.rs"];
    path.strip_prefix("crates/psight/src/")
        .is_some_and(|rest| !below.iter().any(|folder| rest.starts_with(folder)))
}

/// A `cfg` on a system or a family of them.
fn names_a_system(line: &str) -> bool {
    let cfg = ["cfg(", "cfg!(", "cfg_attr("]
        .iter()
        .any(|start| line.contains(start));
    let system = [
        "target_os",
        "target_family",
        "(unix",
        "(windows",
        "not(unix",
        " unix",
        " windows",
    ];
    cfg && system.iter().any(|name| line.contains(name))
}

/// `unsafe` as a word of its own, not inside `unsafe_code` or a text.
fn has_word(line: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_' || c == '"';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|s| s.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|s| s.chars().next());
        !before.is_some_and(letter) && !after.is_some_and(letter)
    })
}

/// A platform's file naming another platform's module.
fn imports_a_sibling(path: &str, line: &str) -> bool {
    const SYSTEMS: &[&str] = &[
        "linux",
        "freebsd",
        "openbsd",
        "netbsd",
        "macos",
        "sunos",
        "windows",
        "unsupported",
    ];
    let own = path
        .strip_prefix("crates/psight/src/platform/")
        .unwrap_or(path);
    let own = own.split('/').next().unwrap_or(own);
    SYSTEMS
        .iter()
        .filter(|system| **system != own)
        .any(|system| {
            line.contains(&format!("platform::{system}"))
                || line.contains(&format!("super::{system}::"))
        })
        && own != "mod.rs"
}

/// A literal of a process error, as opposed to a pattern: its fields are given values.
fn makes_a_process_error(line: &str) -> bool {
    let named = ["NoSuchProcess {", "ZombieProcess {", "AccessDenied {"];
    named.iter().any(|name| line.contains(name))
        && !line.contains("..")
        && !line.contains("=>")
        && line.contains(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACADE: &str = "crates/psight/src/memory.rs";
    const LINUX: &str = "crates/psight/src/platform/linux/memory.rs";

    fn broken(path: &str, line: &str) -> usize {
        complaints(path, &format!("//! Head.\n{line}\n")).len()
    }

    #[test]
    fn systems_are_named_in_their_files_only() {
        let line = "#[cfg(target_os = \"linux\")]";
        assert_eq!(broken(FACADE, line), 1);
        assert_eq!(broken(LINUX, "if cfg!(unix) {}"), 1);
        assert_eq!(broken("crates/psight/src/platform/mod.rs", line), 0);
        assert_eq!(
            broken("crates/psight-core/src/text.rs", "#[cfg(not(unix))]"),
            0
        );
        assert_eq!(broken("crates/psight/tests/live.rs", line), 0);
        assert_eq!(broken(FACADE, "#[cfg(test)]\n#[cfg(unix)]"), 0);
    }

    #[test]
    fn unsafe_is_for_os() {
        let line = "unsafe { call() }";
        assert_eq!(broken(FACADE, line), 1);
        assert_eq!(broken("crates/psight/src/os/call.rs", line), 0);
        assert_eq!(broken("crates/psight/tests/faults/fork.rs", line), 0);
        assert_eq!(broken(FACADE, "#![deny(unsafe_code)]"), 0);
        assert_eq!(broken(FACADE, "// unsafe is not here"), 0);
    }

    #[test]
    fn layers_import_downward_only() {
        let core = "crates/psight-core/src";
        assert_eq!(
            broken(
                &format!("{core}/parse/linux/stat.rs"),
                "use crate::calc::tree;"
            ),
            1
        );
        assert_eq!(
            broken(&format!("{core}/calc/tree.rs"), "use crate::parse::linux;"),
            1
        );
        assert_eq!(
            broken(&format!("{core}/types/cpu.rs"), "use crate::calc::tree;"),
            1
        );
        assert_eq!(
            broken(
                "crates/psight/src/os/call.rs",
                "use psight_core::types::Pid;"
            ),
            1
        );
        assert_eq!(broken(FACADE, "use crate::os;"), 1);
        assert_eq!(broken(LINUX, "use crate::os;"), 0);
        assert_eq!(
            broken("crates/psight-cli/src/main.rs", "use psight_core::Value;"),
            1
        );
        assert_eq!(
            broken("crates/psight-cli/src/main.rs", "use psight::Value;"),
            0
        );
    }

    #[test]
    fn platforms_keep_to_themselves() {
        assert_eq!(broken(LINUX, "use crate::platform::macos::x;"), 1);
        assert_eq!(broken(LINUX, "use crate::platform::linux::x;"), 0);
        assert_eq!(broken(LINUX, "use crate::platform::posix::x;"), 0);
    }

    #[test]
    fn process_errors_are_made_in_one_place() {
        let line = "Err(Error::NoSuchProcess { pid: 7, name: None, reused: false, source: None })";
        assert_eq!(broken("crates/psight/src/process/mod.rs", line), 1);
        assert_eq!(broken("crates/psight/src/explain.rs", line), 0);
        let pattern = "Err(Error::NoSuchProcess { reused: true, .. }) => {}";
        assert_eq!(broken("crates/psight/src/process/mod.rs", pattern), 0);
    }

    #[test]
    fn whole_files_are_looked_at() {
        assert_eq!(complaints(FACADE, "use x;\n").len(), 1);
        let long = format!("//! Head.\n{}", "x\n".repeat(LONGEST_FILE));
        assert_eq!(complaints(FACADE, &long).len(), 1);
        assert_eq!(broken(FACADE, "let x = 1; "), 1);
        assert_eq!(broken(FACADE, "todo!()"), 1);
        assert_eq!(
            complaints("README.md", &["see /wo", "rk/main\n"].concat()).len(),
            1
        );
        assert_eq!(complaints("README.md", "fine\n").len(), 0);
    }
}
