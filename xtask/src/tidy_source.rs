//! A Rust file as tidy looks at it: words and signs of the code, and the paths they form.
//!
//! Comments and the insides of literals are blanked first, so that no rule trips over a text, and
//! none is blind to what stands beside one. This is no parser: it knows brackets, paths and groups.

/// A word or a sign, and the line it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

impl Token<'_> {
    pub(crate) fn is_word(&self) -> bool {
        self.text.starts_with(is_letter)
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text with comments and what is inside literals replaced by blanks; lines stay lines.
pub(crate) fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let hidden = hidden_length(rest, code.chars().next_back());
        let length = hidden.unwrap_or(first.len_utf8());
        let (part, after) = rest.split_at(length);
        if hidden.is_some() {
            code.extend(part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        } else {
            code.push_str(part);
        }
        rest = after;
    }
    code
}

/// How long the comment or literal is that begins here; `None` when none does.
fn hidden_length(rest: &str, before: Option<char>) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    if let Some(inside) = rest.strip_prefix('"') {
        return Some(1 + quoted(inside, '"'));
    }
    // `r"` may stand behind `b` or `c`, and is not the end of a longer word.
    if rest.starts_with('r') && before.is_none_or(|c| !is_letter(c) || c == 'b' || c == 'c') {
        let hashes = rest.chars().skip(1).take_while(|c| *c == '#').count();
        let end = format!("\"{}", "#".repeat(hashes));
        let inside = rest.get(1 + hashes..)?.strip_prefix('"')?;
        let body = inside.find(&end).map_or(inside.len(), |at| at + end.len());
        return Some(2 + hashes + body);
    }
    let inside = rest.strip_prefix('\'')?;
    let second = inside.chars().nth(1)?;
    // Otherwise it is the mark of a lifetime.
    (inside.starts_with('\\') || second == '\'').then(|| 1 + quoted(inside, '\''))
}

/// Up to and with the closing quote.
fn quoted(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    inside.len()
}

/// Such comments nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Words, `::`, and every other sign by itself.
pub(crate) fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (line, mut rest) in (1..).zip(code.lines()) {
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else {
                break;
            };
            let length = if is_letter(first) {
                rest.find(|c| !is_letter(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (text, after) = rest.split_at(length);
            found.push(Token { text, line });
            rest = after;
        }
    }
    found
}

/// Where the bracket that opens at `open` closes; the end of the file when it does not.
pub(crate) fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// The tokens of items under `#[cfg(test)]`.
pub(crate) fn test_ranges(tokens: &[Token<'_>]) -> Vec<std::ops::Range<usize>> {
    let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
    let attribute = ["#", "[", "cfg", "(", "test", ")", "]"];
    let starts = (0..words.len()).filter(|at| {
        words
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(&attribute))
    });
    let range = |start: usize| {
        let mut at = start;
        loop {
            match words.get(at) {
                None => return start..words.len(),
                Some(&";") => return start..at,
                Some(&"{") => return start..closing(tokens, at),
                Some(&("[" | "(")) => at = closing(tokens, at) + 1,
                Some(_) => at += 1,
            }
        }
    };
    starts.map(range).collect()
}

/// Every path, groups taken apart: `use a::{b, c::d}` gives `a::b` and `a::c::d`. What begins with
/// `crate`, `self` or `super` is told from the crate's root, `file` being the path of the file.
pub(crate) fn paths(file: &str, tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let mut raw = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at = if token.is_word() {
            path(tokens, at, &[], &mut raw)
        } else {
            at + 1
        };
    }
    let module = module_of(file);
    let told = |(line, words): (usize, Vec<&str>)| (line, from_root(&module, &words).join("::"));
    raw.into_iter().map(told).collect()
}

/// Reads one path and gives where it ends.
fn path<'a>(
    tokens: &[Token<'a>],
    start: usize,
    prefix: &[&'a str],
    found: &mut Vec<(usize, Vec<&'a str>)>,
) -> usize {
    let mut words = prefix.to_vec();
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        if token.is_word() {
            words.push(token.text);
            at += 1;
            if tokens.get(at).is_some_and(|next| next.text == "::") {
                at += 1;
                continue;
            }
        } else if token.text == "{" && !words.is_empty() {
            let end = closing(tokens, at);
            at += 1;
            while at < end {
                at = match tokens.get(at).map(|token| token.text) {
                    Some("as") => at + 2,
                    Some("," | "*") => at + 1,
                    _ => path(tokens, at, &words, found).max(at + 1),
                };
            }
            return end + 1;
        }
        break;
    }
    let line = tokens.get(start).map_or(0, |token| token.line);
    found.push((line, words));
    at
}

/// `crates/psight/src/platform/linux/mod.rs` is `platform::linux`.
fn module_of(file: &str) -> Vec<&str> {
    let inside = file.split_once("/src/").map_or("", |(_, inside)| inside);
    let mut words: Vec<&str> = inside.trim_end_matches(".rs").split('/').collect();
    if matches!(words.last(), Some(&("mod" | "lib" | "main"))) {
        words.pop();
    }
    words
}

fn from_root<'a>(module: &[&'a str], words: &[&'a str]) -> Vec<&'a str> {
    let ups = words.iter().take_while(|word| **word == "super").count();
    let own = words.first() == Some(&"self");
    if ups == 0 && !own {
        return words.to_vec();
    }
    let base = module
        .get(..module.len().saturating_sub(ups))
        .unwrap_or_default();
    let rest = words.iter().skip(ups.max(usize::from(own)));
    std::iter::once(&"crate")
        .chain(base)
        .chain(rest)
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let code = blanked(text);
        tokens(&code)
            .iter()
            .map(|token| token.text.to_owned())
            .collect()
    }

    #[test]
    fn comments_and_literals_are_blank() {
        assert_eq!(
            words("a /* b /* c */ d */ e // f\ng"),
            ["a", "e", "g"].map(String::from)
        );
        assert_eq!(words(r#"a("b \" c", d)"#), ["a", "(", ",", "d", ")"]);
        assert_eq!(words("a(br#\"b\"c\"#, d)"), ["a", "(", "b", ",", "d", ")"]);
        assert_eq!(
            words("f::<'a>('\\'', '\"', g)"),
            ["f", "::", "<", "'", "a", ">", "(", ",", ",", "g", ")"]
        );
        assert_eq!(words("\"http://x\"; unsafe"), [";", "unsafe"]);
        assert_eq!(words("r#type"), ["r", "#", "type"]);
    }

    #[test]
    fn lines_are_kept() {
        let code = blanked("\"a\nb\"\nc");
        assert_eq!(tokens(&code), [Token { text: "c", line: 3 }]);
    }

    #[test]
    fn groups_are_taken_apart() {
        let file = "crates/x/src/a/b.rs";
        let text = "use crate::{os::{self, c}, d as e};\nuse super::f;\nuse super::super::g;";
        let code = blanked(text);
        let found: Vec<String> = paths(file, &tokens(&code))
            .into_iter()
            .map(|(_, path)| path)
            .filter(|path| path.starts_with("crate"))
            .collect();
        let wanted = [
            "crate::os::self",
            "crate::os::c",
            "crate::d",
            "crate::a::f",
            "crate::g",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn tests_end_where_their_item_ends() {
        let code = blanked("#[cfg(test)]\nmod tests;\na\n#[cfg(test)]\nmod tests { b }\nc");
        let tokens = tokens(&code);
        let ranges = test_ranges(&tokens);
        let spared = |word: &str| {
            let at = tokens.iter().position(|token| token.text == word);
            at.is_some_and(|at| ranges.iter().any(|range| range.contains(&at)))
        };
        assert_eq!(["a", "b", "c"].map(spared), [false, true, false]);
    }
}
