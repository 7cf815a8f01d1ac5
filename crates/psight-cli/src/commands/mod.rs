//! One file or folder for each command.

pub(crate) mod overview;
pub(crate) mod ps;
pub(crate) mod system;
