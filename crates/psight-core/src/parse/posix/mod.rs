//! Sources that Unix systems share: login records, the user table, environment blocks.

pub mod environ_block;
pub mod passwd;
pub mod utmp;
