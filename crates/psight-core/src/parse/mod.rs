//! Parsers, one file per source and named for it.
//!
//! Bytes in, raw structs out, in the source's own words and units. A parser never reads a clock, a
//! page size or a path: what it needs is an argument.

pub mod linux;
pub mod posix;
