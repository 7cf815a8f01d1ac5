//! Where output goes, and how it may look there.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};

use crate::args::Color;
use crate::line::Line;

/// Columns where nobody tells a width.
const USUAL_WIDTH: usize = 80;

/// What may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// Columns. Of the terminal, else of `COLUMNS`, else 80.
    pub(crate) width: usize,
    /// Lines of the terminal.
    pub(crate) height: Option<usize>,
    /// Whether output goes to a terminal.
    pub(crate) terminal: bool,
    /// Whether bars and rules may be drawn from block characters, rather than from ASCII.
    pub(crate) blocks: bool,
}

impl Look {
    /// Columns that a listing must keep to: those of a terminal; elsewhere it is printed whole.
    pub(crate) fn limit(self) -> usize {
        if self.terminal {
            self.width
        } else {
            usize::MAX
        }
    }

    /// The mark of a cut text.
    pub(crate) const fn mark(self) -> &'static str {
        if self.blocks { "…" } else { "+" }
    }
}

/// Standard output, buffered, its colors removed where they are not wanted.
#[derive(Debug)]
pub(crate) struct Screen {
    out: BufWriter<AutoStream<StdoutLock<'static>>>,
    pub(crate) look: Look,
}

impl Screen {
    pub(crate) fn open(color: Color) -> Self {
        let stdout = io::stdout().lock();
        let terminal = stdout.is_terminal();
        let choice = match color {
            Color::Auto => AutoStream::choice(&stdout),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let size = terminal
            .then(|| terminal_size::terminal_size_of(&stdout))
            .flatten();
        let look = Look {
            width: size
                .map(|(width, _)| usize::from(width.0))
                .or_else(told_width)
                .unwrap_or(USUAL_WIDTH),
            height: size.map(|(_, height)| usize::from(height.0)),
            terminal,
            // Forced colors are meant for a pager or a terminal recorder.
            blocks: (terminal || color == Color::Always) && speaks_utf8(),
        };
        Self {
            out: BufWriter::new(AutoStream::new(stdout, choice)),
            look,
        }
    }

    /// Prints a line, cut to a terminal's width.
    pub(crate) fn print(&mut self, line: Line) -> io::Result<()> {
        line.cut(self.look.limit(), self.look.mark())
            .write(&mut self.out)
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// No screen is wider; a larger number is a slip of the pen.
const WIDEST: usize = 4096;

/// The width the caller's environment tells.
fn told_width() -> Option<usize> {
    let told = std::env::var("COLUMNS").ok()?;
    let width: usize = told.trim().parse().ok().filter(|width| *width > 0)?;
    Some(width.min(WIDEST))
}

/// Whether the locale's characters are UTF-8. The first of three variables that says anything counts.
fn speaks_utf8() -> bool {
    let said = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = said("LC_ALL")
        .or_else(|| said("LC_CTYPE"))
        .or_else(|| said("LANG"));
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    std::env::consts::FAMILY == "windows" || locale.contains("utf-8") || locale.contains("utf8")
}
