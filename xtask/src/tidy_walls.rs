//! Who may import whom: the arrows of ARCHITECTURE.md that no crate boundary draws.

/// The folders of `platform/` that stand for a system; the others are shared.
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

/// Paths that code inside may not name.
struct Wall {
    inside: fn(&str) -> bool,
    never: &'static [&'static str],
    message: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        inside: |file| file.starts_with("crates/psight-core/src/parse/"),
        never: &["crate::calc"],
        message: "parse and calc do not import each other",
    },
    Wall {
        inside: |file| file.starts_with("crates/psight-core/src/calc/"),
        never: &["crate::parse"],
        message: "parse and calc do not import each other",
    },
    Wall {
        inside: |file| file.starts_with("crates/psight-core/src/types/"),
        never: &[
            "crate::parse",
            "crate::calc",
            "crate::scan",
            "crate::layout",
        ],
        message: "types import no sibling but record",
    },
    Wall {
        inside: |file| {
            ["scan.rs", "layout.rs", "record.rs"]
                .iter()
                .any(|name| file.strip_prefix("crates/psight-core/src/") == Some(*name))
        },
        never: &["crate::parse", "crate::calc", "crate::types"],
        message: "scan, layout and record know no metric",
    },
    Wall {
        inside: |file| file.starts_with("crates/psight/src/os/"),
        never: &[
            "psight_core",
            "crate::platform",
            "crate::seam",
            "crate::explain",
        ],
        message: "os knows handles and bytes, no metric and no record",
    },
    Wall {
        inside: |file| file == "crates/psight/src/seam.rs",
        never: &["crate::platform", "crate::os", "psight_core::parse"],
        message: "the seam knows types and Fault, nothing of a platform",
    },
    Wall {
        inside: is_facade,
        never: &["crate::os", "libc", "rustix", "psight_core::parse"],
        message: "the facade does not reach below the seam",
    },
    Wall {
        inside: |file| file.starts_with("crates/psight-cli/src/"),
        never: &["psight_core", "libc", "rustix", "std::fs"],
        message: "the command sees only the public API of psight",
    },
];

/// Why a file may not name a path; `None` when it may.
pub(crate) fn is_walled(file: &str, path: &str) -> Option<&'static str> {
    let wall = WALLS
        .iter()
        .find(|wall| (wall.inside)(file) && wall.never.iter().any(|name| is_below(path, name)));
    if let Some(wall) = wall {
        return Some(wall.message);
    }
    let below = file.strip_prefix("crates/psight/src/")?;
    let own = below.strip_prefix("platform/");
    let own = own.map_or("", |rest| rest.split(['/', '.']).next().unwrap_or(rest));
    let named = path.strip_prefix("crate::platform::")?;
    let named = named.split("::").next().unwrap_or(named);
    (own != "mod" && own != named && SYSTEMS.contains(&named))
        .then_some("a platform is named only by platform/mod.rs and by itself")
}

/// Whether a path is this module or stands in it.
fn is_below(path: &str, module: &str) -> bool {
    path.strip_prefix(module)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_facade(file: &str) -> bool {
    let below = ["platform/", "os/", "explain.rs"];
    file.strip_prefix("crates/psight/src/")
        .is_some_and(|rest| !below.iter().any(|folder| rest.starts_with(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wall_stands_and_has_a_gate() {
        let core = "crates/psight-core/src";
        let psight = "crates/psight/src";
        let cases = [
            (
                format!("{core}/parse/linux/stat.rs"),
                "crate::calc::tree",
                "crate::types",
            ),
            (
                format!("{core}/calc/tree.rs"),
                "crate::parse::linux",
                "crate::types",
            ),
            (
                format!("{core}/types/cpu.rs"),
                "crate::calc",
                "crate::record",
            ),
            (
                format!("{core}/types/cpu.rs"),
                "crate::scan",
                "crate::types",
            ),
            (
                format!("{core}/scan.rs"),
                "crate::types::Pid",
                "crate::error",
            ),
            (
                format!("{psight}/os/call.rs"),
                "psight_core::types::Pid",
                "libc::c_int",
            ),
            (
                format!("{psight}/seam.rs"),
                "crate::platform::Host",
                "crate::error::Fault",
            ),
            (
                format!("{psight}/memory.rs"),
                "crate::os::files",
                "crate::osprey",
            ),
            (format!("{psight}/memory.rs"), "libc::EIO", "crate::seam"),
            (
                format!("{psight}/process/mod.rs"),
                "crate::platform::linux",
                "crate::platform::Host",
            ),
            (
                "crates/psight-cli/src/main.rs".to_owned(),
                "psight_core::Value",
                "psight::Value",
            ),
            (
                "crates/psight-cli/src/main.rs".to_owned(),
                "libc",
                "std::io",
            ),
        ];
        for (file, walled, open) in cases {
            assert!(is_walled(&file, walled).is_some(), "{file} {walled}");
            assert!(is_walled(&file, open).is_none(), "{file} {open}");
        }
        assert!(is_walled("crates/psight/src/explain.rs", "libc::EIO").is_none());
    }

    #[test]
    fn platforms_keep_to_themselves() {
        let linux = "crates/psight/src/platform/linux/memory.rs";
        assert!(is_walled(linux, "crate::platform::macos::x").is_some());
        assert!(is_walled(linux, "crate::platform::linux::x").is_none());
        assert!(is_walled(linux, "crate::platform::posix::x").is_none());
        let pick = "crates/psight/src/platform/mod.rs";
        assert!(is_walled(pick, "crate::platform::macos::x").is_none());
        let shared = "crates/psight/src/platform/posix/mod.rs";
        assert!(is_walled(shared, "crate::platform::linux::x").is_some());
    }
}
