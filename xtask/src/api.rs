//! `cargo xtask api`: the public API of the library crates as text, kept in docs/api.
//!
//! A change of the API shows as a change of these files; `--check` fails when they are not what the
//! code says. The compiler's own JSON of the documentation is the source, switched on by the variable
//! that lets a stable compiler take unstable flags.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value as Json;

use crate::api_text::{signature, type_text};
use crate::process::{cargo, root, run as run_program};

const CRATES: &[&str] = &["psight-core", "psight"];

pub(crate) fn run(check: bool) -> Result<(), String> {
    let folder = root().join("docs/api");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for name in CRATES {
        let path = folder.join(format!("{name}.txt"));
        let fresh = api(name)?;
        if !check {
            fs::write(&path, fresh).map_err(|error| format!("{}: {error}", path.display()))?;
            continue;
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let (old, new): (BTreeSet<_>, BTreeSet<_>) =
            (kept.lines().collect(), fresh.lines().collect());
        if old != new {
            old.difference(&new).for_each(|line| println!("- {line}"));
            new.difference(&old).for_each(|line| println!("+ {line}"));
            return Err(format!(
                "the API of {name} has changed: run `cargo xtask api`"
            ));
        }
    }
    Ok(())
}

/// A crate's API, a sorted line for each item.
fn api(name: &str) -> Result<String, String> {
    run_program(
        cargo()
            .current_dir(root())
            .env("RUSTC_BOOTSTRAP", "1")
            .args(["rustdoc", "--quiet", "--locked", "--lib", "--package", name])
            .args(["--target-dir", "target/api", "--"])
            .args(["-Zunstable-options", "--output-format", "json"]),
    )?;
    let path = root()
        .join("target/api/doc")
        .join(format!("{}.json", name.replace('-', "_")));
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let json: Json = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    let docs = Docs {
        index: &json["index"],
    };
    let mut lines = BTreeSet::new();
    let crate_name = name.replace('-', "_");
    docs.module(
        &docs.index[json["root"].to_string()],
        &crate_name,
        &mut lines,
    );
    if lines.is_empty() {
        return Err(format!(
            "{name}: the compiler's JSON has another form than this tool knows"
        ));
    }
    Ok(lines.into_iter().map(|line| line + "\n").collect())
}

/// The items of a crate, by number.
struct Docs<'a> {
    index: &'a Json,
}

impl Docs<'_> {
    fn item(&self, id: &Json) -> Option<&Json> {
        self.index.get(id.to_string())
    }

    fn module(&self, module: &Json, path: &str, lines: &mut BTreeSet<String>) {
        for id in array(&module["inner"]["module"]["items"]) {
            if let Some(item) = self.item(id) {
                self.any(item, item["name"].as_str(), path, lines);
            }
        }
    }

    fn any(&self, item: &Json, name: Option<&str>, path: &str, lines: &mut BTreeSet<String>) {
        let inner = &item["inner"];
        let Some(kind) = inner.as_object().and_then(|inner| inner.keys().next()) else {
            return;
        };
        let place = format!("{path}::{}", name.unwrap_or_default());
        let inner = &inner[kind];
        match kind.as_str() {
            "module" => self.module(item, &place, lines),
            "use" => self.import(inner, path, lines),
            "struct" | "enum" | "trait" => {
                lines.insert(format!("{kind} {place}"));
                self.members(inner, &place, lines);
            }
            "function" => {
                lines.insert(format!("fn {place}{}", signature(inner)));
            }
            "constant" | "assoc_const" => {
                lines.insert(format!("const {place}: {}", type_text(&inner["type"])));
            }
            "struct_field" => {
                lines.insert(format!("field {place}: {}", type_text(inner)));
            }
            "type_alias" => {
                lines.insert(format!("type {place} = {}", type_text(&inner["type"])));
            }
            other => {
                lines.insert(format!("{other} {place}"));
            }
        }
    }

    /// Something named elsewhere: in this crate its item, in another only its name.
    fn import(&self, import: &Json, path: &str, lines: &mut BTreeSet<String>) {
        let name = import["name"].as_str();
        match self.item(&import["id"]) {
            Some(module) if import["is_glob"] == true => self.module(module, path, lines),
            Some(item) => self.any(item, name, path, lines),
            None => {
                let source = import["source"].as_str().unwrap_or_default();
                let all = if import["is_glob"] == true { "::*" } else { "" };
                lines.insert(format!("use {path} <- {source}{all}"));
            }
        }
    }

    /// Fields, variants, and the items of inherent implementations.
    fn members(&self, inner: &Json, place: &str, lines: &mut BTreeSet<String>) {
        let plain = &inner["kind"]["plain"]["fields"];
        for list in [
            plain,
            &inner["kind"]["tuple"],
            &inner["variants"],
            &inner["items"],
        ] {
            for id in array(list) {
                if let Some(item) = self.item(id) {
                    self.any(item, item["name"].as_str(), place, lines);
                    let variant = &item["inner"]["variant"];
                    let name = item["name"].as_str().unwrap_or_default();
                    let fields = &variant["kind"]["struct"]["fields"];
                    for field in array(fields).iter().filter_map(|id| self.item(id)) {
                        self.any(
                            field,
                            field["name"].as_str(),
                            &format!("{place}::{name}"),
                            lines,
                        );
                    }
                }
            }
        }
        for id in array(&inner["impls"]) {
            let Some(block) = self.item(id).map(|item| &item["inner"]["impl"]) else {
                continue;
            };
            if block["trait"].is_null() {
                for item in array(&block["items"]).iter().filter_map(|id| self.item(id)) {
                    self.any(item, item["name"].as_str(), place, lines);
                }
            } else if block["is_synthetic"] == false && block["blanket_impl"].is_null() {
                lines.insert(format!(
                    "impl {} for {place}",
                    type_text_of_path(&block["trait"])
                ));
            }
        }
    }
}

fn type_text_of_path(path: &Json) -> String {
    type_text(&serde_json::json!({ "resolved_path": path }))
}

fn array(list: &Json) -> &[Json] {
    list.as_array().map_or(&[], Vec::as_slice)
}
