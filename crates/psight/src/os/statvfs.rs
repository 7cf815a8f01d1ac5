//! The space of a mounted file system, from statvfs(3).

use std::io;
use std::path::Path;

use super::call::retry;

/// What statvfs(3) counts, in blocks of `fragment_size` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawSpace {
    /// Bytes in a block of the counts below.
    pub(crate) fragment_size: u64,
    /// All blocks.
    pub(crate) blocks: u64,
    /// Blocks not in use.
    pub(crate) blocks_free: u64,
    /// Blocks that someone other than root may use.
    pub(crate) blocks_available: u64,
    /// All inodes.
    pub(crate) files: u64,
    /// Inodes not in use.
    pub(crate) files_free: u64,
    /// Bytes in the longest file name.
    pub(crate) name_max: u64,
}

/// The space of the file system that holds `path`.
///
/// Errors: those of statfs(2), `ENOENT` and `EACCES` foremost.
/// Cost: one call; may wait for a server on a network file system.
pub(crate) fn statvfs(path: &Path) -> io::Result<RawSpace> {
    let raw = retry(|| Ok(rustix::fs::statvfs(path)?))?;
    Ok(RawSpace {
        fragment_size: raw.f_frsize,
        blocks: raw.f_blocks,
        blocks_free: raw.f_bfree,
        blocks_available: raw.f_bavail,
        files: raw.f_files,
        files_free: raw.f_ffree,
        name_max: raw.f_namemax,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_has_blocks() {
        let space = statvfs(Path::new("/")).unwrap();
        assert!(space.fragment_size >= 512 && space.blocks > 0);
        assert!(space.blocks_available <= space.blocks_free && space.blocks_free <= space.blocks);
    }

    #[test]
    fn a_missing_path_keeps_its_error_number() {
        let error = statvfs(Path::new("/no/such/place")).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ENOENT));
    }
}
