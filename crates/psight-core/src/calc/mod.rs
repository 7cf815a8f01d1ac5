//! Arithmetic that must be the same everywhere. A platform hands over raw totals.

pub mod counter;
pub mod memory;
pub mod percent;
pub mod times;
pub mod tree;
pub mod wrap;
