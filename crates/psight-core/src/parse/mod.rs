//! Parsers, one file per source, named for it.
