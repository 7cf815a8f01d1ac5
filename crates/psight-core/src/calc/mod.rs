//! Arithmetic that must be the same everywhere.
