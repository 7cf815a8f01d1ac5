//! psight
