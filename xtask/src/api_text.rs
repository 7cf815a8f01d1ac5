//! Types and signatures of the compiler's JSON, as people write them.

use serde_json::Value as Json;

/// `(self, pid: u32) -> Result<Process>`.
pub(crate) fn signature(function: &Json) -> String {
    let told = &function["sig"];
    let inputs = told["inputs"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|input| {
            let (name, kind) = (input[0].as_str().unwrap_or("_"), type_text(&input[1]));
            match (name, kind.as_str()) {
                ("self", "Self") => "self".to_owned(),
                ("self", "&Self") => "&self".to_owned(),
                ("self", "&mut Self") => "&mut self".to_owned(),
                _ => format!("{name}: {kind}"),
            }
        });
    let inputs = inputs.collect::<Vec<_>>().join(", ");
    let output = &told["output"];
    if output.is_null() {
        format!("({inputs})")
    } else {
        format!("({inputs}) -> {}", type_text(output))
    }
}

/// A type; a form this tool does not know shows as its own name.
pub(crate) fn type_text(kind: &Json) -> String {
    let Some((form, inner)) = kind.as_object().and_then(|kind| kind.iter().next()) else {
        return kind.as_str().unwrap_or("_").to_owned();
    };
    match form.as_str() {
        "primitive" | "generic" => inner.as_str().unwrap_or("_").to_owned(),
        "resolved_path" => path(inner),
        "borrowed_ref" => {
            let exclusive = if inner["is_mutable"] == true {
                "mut "
            } else {
                ""
            };
            format!("&{exclusive}{}", type_text(&inner["type"]))
        }
        "slice" => format!("[{}]", type_text(inner)),
        "array" => format!(
            "[{}; {}]",
            type_text(&inner["type"]),
            inner["len"].as_str().unwrap_or("_")
        ),
        "tuple" => format!("({})", list(inner)),
        "impl_trait" => format!("impl {}", bounds(inner)),
        "dyn_trait" => {
            let traits = inner["traits"].as_array().into_iter().flatten();
            format!(
                "dyn {}",
                traits
                    .map(|t| path(&t["trait"]))
                    .collect::<Vec<_>>()
                    .join(" + ")
            )
        }
        "function_pointer" => format!("fn{}", signature(inner)),
        "qualified_path" => {
            let name = inner["name"].as_str().unwrap_or("_");
            format!("{}::{name}", type_text(&inner["self_type"]))
        }
        other => other.to_owned(),
    }
}

fn list(types: &Json) -> String {
    types
        .as_array()
        .into_iter()
        .flatten()
        .map(type_text)
        .collect::<Vec<_>>()
        .join(", ")
}

fn bounds(bounds: &Json) -> String {
    let traits = bounds.as_array().into_iter().flatten().map(|bound| {
        let named = &bound["trait_bound"]["trait"];
        if named.is_null() {
            "'_".to_owned()
        } else {
            path(named)
        }
    });
    traits.collect::<Vec<_>>().join(" + ")
}

fn path(path: &Json) -> String {
    let name = path["path"]
        .as_str()
        .or_else(|| path["name"].as_str())
        .unwrap_or("_");
    let told = &path["args"];
    if let Some(call) = told.get("parenthesized") {
        let output = &call["output"];
        let output = if output.is_null() {
            String::new()
        } else {
            format!(" -> {}", type_text(output))
        };
        return format!("{name}({}){output}", list(&call["inputs"]));
    }
    let args = told["angle_bracketed"]["args"]
        .as_array()
        .into_iter()
        .flatten();
    let args = args.filter_map(|arg| arg.get("type")).map(type_text);
    let fixed = told["angle_bracketed"]["constraints"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|fixed| {
            let name = fixed["name"].as_str().unwrap_or("_");
            format!(
                "{name} = {}",
                type_text(&fixed["binding"]["equality"]["type"])
            )
        });
    let args = args.chain(fixed).collect::<Vec<_>>().join(", ");
    if args.is_empty() {
        name.to_owned()
    } else {
        format!("{name}<{args}>")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn signatures_read_as_people_write_them() {
        let pid = json!({ "primitive": "u32" });
        let args = json!({ "angle_bracketed": { "args": [{ "type": pid }], "constraints": [] } });
        let result = json!({ "resolved_path": { "path": "Result", "args": args } });
        let this = json!({ "borrowed_ref": { "is_mutable": true, "type": { "generic": "Self" } } });
        let function =
            json!({ "sig": { "inputs": [["self", this], ["pid", pid]], "output": result } });
        assert_eq!(signature(&function), "(&mut self, pid: u32) -> Result<u32>");
        let empty = json!({ "sig": { "inputs": [], "output": null } });
        assert_eq!(signature(&empty), "()");
        assert_eq!(
            type_text(&json!({ "tuple": [pid, { "slice": pid }] })),
            "(u32, [u32])"
        );
        assert_eq!(type_text(&json!("infer")), "infer");
    }
}
