//! Which machine, for how long, how loaded, who is on it.

use psight::User;

use super::{flow, sample::Sample};
use crate::line::{FAINT, HEADING, Line, PLAIN, STRONG};
use crate::screen::Look;
use crate::show::UNKNOWN;
use crate::units;

/// Users named before the rest is counted.
const NAMED: usize = 3;

pub(super) fn lines(sample: &Sample, look: Look) -> Vec<Line> {
    let unknown = || UNKNOWN.into();
    let host = sample.host.clone().unwrap_or_else(unknown);
    let kernel = sample.kernel.clone().unwrap_or_else(unknown);
    let uptime = sample
        .uptime
        .map_or_else(|| UNKNOWN.to_owned(), units::uptime);
    let load = sample.load.map_or_else(
        || UNKNOWN.to_owned(),
        |load| format!("{:.2} {:.2} {:.2}", load.one, load.five, load.fifteen),
    );
    let said = |label: &str, text: String| Line::new().text(FAINT, label).gap(1).text(PLAIN, text);
    let pieces = vec![
        Line::new().os(HEADING, &host),
        Line::new().os(STRONG, &kernel),
        said("up", uptime),
        said("load", load),
        users(sample.users.as_deref()),
    ];
    flow(pieces, 0, 2, look)
}

/// `3 users: ann, bob`; sessions of one user count once.
fn users(sessions: Option<&[User]>) -> Line {
    let Some(sessions) = sessions else {
        return Line::new().text(FAINT, "users ").text(PLAIN, UNKNOWN);
    };
    let mut names: Vec<_> = sessions.iter().map(|user| &user.name).collect();
    names.sort_unstable();
    names.dedup();
    let word = if names.len() == 1 { "user" } else { "users" };
    let mut line = Line::new()
        .text(PLAIN, names.len().to_string())
        .gap(1)
        .text(FAINT, word);
    for (place, name) in names.iter().take(NAMED).enumerate() {
        line = line
            .text(FAINT, if place == 0 { ": " } else { ", " })
            .os(PLAIN, name);
    }
    if names.len() > NAMED {
        line.text(FAINT, ", ...")
    } else {
        line
    }
}
