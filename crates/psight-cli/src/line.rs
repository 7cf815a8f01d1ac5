//! A line of colored text that knows its width on the screen.
//!
//! Text from the operating system comes in through [`Line::os`] alone, which escapes what could
//! drive a terminal.

use std::ffi::OsStr;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use psight::text::printable;
use unicode_width::UnicodeWidthChar;

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const HEADING: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const WARM: Style = AnsiColor::Yellow.on_default();
pub(crate) const HOT: Style = AnsiColor::Red.on_default();
pub(crate) const NAME: Style = AnsiColor::Blue.on_default();

/// Colored text on one line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    spans: Vec<(Style, String)>,
    width: usize,
}

/// Columns a character takes. The mark that asks for a picture counts one, as it may widen the
/// character before it.
fn columns(c: char) -> usize {
    if c == '\u{fe0f}' {
        1
    } else {
        c.width().unwrap_or(0)
    }
}

/// Columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().map(columns).sum()
    }
}

/// The longest beginning of a text that fits.
pub(crate) fn beginning(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += columns(c);
        if used > room {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

impl Line {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Text of our own.
    #[must_use]
    pub(crate) fn text(mut self, style: Style, text: impl Into<String>) -> Self {
        let text = text.into();
        self.width += width(&text);
        self.spans.push((style, text));
        self
    }

    /// Text of the operating system.
    #[must_use]
    pub(crate) fn os(self, style: Style, text: impl AsRef<OsStr>) -> Self {
        self.text(style, printable(text.as_ref()))
    }

    /// Blanks.
    #[must_use]
    pub(crate) fn gap(self, columns: usize) -> Self {
        if columns == 0 {
            self
        } else {
            self.text(PLAIN, " ".repeat(columns))
        }
    }

    /// Blanks up to a column.
    #[must_use]
    pub(crate) fn fill(self, column: usize) -> Self {
        let gap = column.saturating_sub(self.width);
        self.gap(gap)
    }

    /// Another line behind this one.
    #[must_use]
    pub(crate) fn join(mut self, other: Self) -> Self {
        self.width += other.width;
        self.spans.extend(other.spans);
        self
    }

    /// This line in a field of that width, at its right end if asked.
    #[must_use]
    pub(crate) fn within(self, columns: usize, right: bool, mark: &str) -> Self {
        let line = self.cut(columns, mark);
        let gap = columns - line.width;
        if right {
            Self::new().gap(gap).join(line)
        } else {
            line.gap(gap)
        }
    }

    /// At most so many columns of it; a mark at the end tells that there was more.
    #[must_use]
    pub(crate) fn cut(self, columns: usize, mark: &str) -> Self {
        if self.width <= columns {
            return self;
        }
        let mut cut = Self::new();
        let mark = beginning(mark, columns);
        let room = columns - width(mark);
        for (style, text) in self.spans {
            let part = beginning(&text, room - cut.width);
            let whole = part.len() == text.len();
            cut = cut.text(style, part);
            if !whole {
                return cut.text(style, mark);
            }
        }
        cut
    }

    /// Columns it takes.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Writes it with its colors and an end of line, without blanks at its end.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let visible = |(_, text): &(Style, String)| !text.trim_end_matches(' ').is_empty();
        let last = self.spans.iter().rposition(visible);
        let spans = last
            .and_then(|last| self.spans.get(..=last))
            .unwrap_or_default();
        for (place, (style, text)) in spans.iter().enumerate() {
            let text = if Some(place) == last {
                text.trim_end_matches(' ')
            } else {
                text
            };
            write!(out, "{style}{text}{style:#}")?;
        }
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &Line) -> String {
        line.spans.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn wide_characters_take_two_columns_and_are_never_split() {
        let line = Line::new().os(PLAIN, "日本語").text(PLAIN, "abc");
        assert_eq!(line.width(), 9);
        let cut = line.cut(4, "+");
        assert_eq!((shown(&cut).as_str(), cut.width()), ("日+", 3));
    }

    #[test]
    fn what_fits_is_left_alone_and_what_does_not_is_marked() {
        let line = Line::new().text(PLAIN, "ab").text(STRONG, "cd");
        assert_eq!(shown(&line.clone().cut(4, "+")), "abcd");
        assert_eq!(shown(&line.clone().cut(3, "+")), "ab+");
        assert_eq!(shown(&line.clone().cut(0, "+")), "");
        assert_eq!(shown(&line.within(6, true, "+")), "  abcd");
    }

    #[test]
    fn strangers_cannot_drive_the_terminal() {
        let mut out = Vec::new();
        Line::new()
            .os(PLAIN, "a\x1b[2Jb")
            .gap(3)
            .write(&mut out)
            .unwrap();
        assert_eq!(out, b"a\\u{1b}[2Jb\n");
    }
}
