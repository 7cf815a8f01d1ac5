//! Test support: recorded trees of `/proc` and `/sys`, and the recorder that makes them.
//!
//! A tree is one text archive below `fixtures/linux`, unpacked into a temporary folder by the test
//! that needs it. What the files do not tell about their machine stands in `machine.toml`, and what
//! psight must make of them in `expected.json`.

#![warn(missing_docs)]

mod archive;
mod escape;
mod machine;
mod recorder;
mod scrub;
mod sources;
mod tree;

pub use archive::{Archive, ArchiveError, Entry, Kind};
pub use escape::{escaped, unescaped};
pub use machine::{Machine, MachineError};
pub use recorder::record;
pub use scrub::Scrub;
pub use sources::{ETC, PROC, PROCESS, SYS};
pub use tree::{Tree, fixtures};
