//! What a parser says when bytes do not mean what their document says.
//!
//! Small and `Copy`: it names the source and the field, never holds the content.

use core::fmt;

/// What was wanted where the bytes said something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A field, line or key that is not there.
    Present,
    /// A number in the base the document gives.
    Number,
    /// A number that fits the type the document gives.
    InRange,
    /// A delimiter, such as the `)` behind a process name.
    Delimiter,
    /// More bytes: the record is cut short.
    Length,
}

/// Bytes of a kernel source that did not mean what the source's document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseError {
    /// The source as its document names it: `/proc/meminfo`, `/proc/PID/stat`, `sock_diag`.
    pub source: &'static str,
    /// The field or line that was being read.
    pub field: &'static str,
    /// What was wanted there.
    pub expected: Expected,
    /// Bytes from the start of the source to the place.
    pub offset: usize,
}

impl ParseError {
    /// An error at the start of a source, for parsers that do not track a position.
    pub const fn new(source: &'static str, field: &'static str, expected: Expected) -> Self {
        Self {
            source,
            field,
            expected,
            offset: 0,
        }
    }

    /// The same error at a byte offset.
    #[must_use]
    pub const fn at(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wanted = match self.expected {
            Expected::Present => "is missing",
            Expected::Number => "is not a number",
            Expected::InRange => "is out of range",
            Expected::Delimiter => "lacks its delimiter",
            Expected::Length => "is cut short",
        };
        write!(
            f,
            "{}: {} {} (byte {})",
            self.source, self.field, wanted, self.offset
        )
    }
}

impl core::error::Error for ParseError {}
