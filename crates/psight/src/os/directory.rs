//! The names in a folder, for those who read it once and want no held directory.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use super::files::entries_of_path;

/// The names in a folder, without `.` and `..`, in the kernel's order.
pub(crate) fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    entries_of_path(folder, |name| names.push(OsString::from_vec(name.to_vec())))?;
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dev_has_a_null_device() {
        assert!(
            names(Path::new("/dev"))
                .unwrap()
                .iter()
                .any(|name| name == "null")
        );
    }

    #[test]
    fn a_file_is_no_folder() {
        let error = names(Path::new("/dev/null")).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::ENOTDIR));
    }
}
