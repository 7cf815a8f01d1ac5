//! The pure half of psight: what the kernel's bytes mean.
//!
//! Bytes go in, records come out. Nothing here opens a file, reads a clock, asks an operating
//! system or contains `unsafe`, so every platform's parsing compiles, is tested and is fuzzed on
//! any one machine.
//!
//! - [`types`]: the public records, each declared once by [`record!`] and walked by every front end.
//! - [`parse`]: one file per source (`/proc/meminfo`, a netlink message), named for it.
//! - [`calc`]: arithmetic that must be the same on every platform.
//! - [`scan`]: the byte cursor the text parsers share; [`layout`]: checked reads from binary records.
//! - [`text`]: bytes of the operating system to `OsString`, and escaping for people's eyes.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::indexing_slicing, clippy::print_stdout, clippy::print_stderr)]

pub mod calc;
pub mod error;
pub mod layout;
pub mod parse;
#[macro_use]
pub mod record;
pub mod scan;
pub mod text;
pub mod types;

pub use error::{Expected, ParseError};
pub use record::{Field, Record, Unit, Value, Walk};
