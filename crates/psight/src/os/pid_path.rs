//! Paths such as `1234/stat` below a held `/proc`, built without allocating.

use std::ffi::CStr;
use std::path::Path;

/// Bytes. `4294967295/task/4294967295/smaps_rollup` and its like are far shorter.
const ROOM: usize = 128;

/// A relative path of one process, as the C string that openat(2) wants.
///
/// A path that does not fit, or holds a NUL, becomes the empty path, which no call opens
/// (`ENOENT`): a path cut short could name another file.
#[derive(Debug, Clone)]
pub(crate) struct PidPath {
    bytes: [u8; ROOM],
    length: usize,
    broken: bool,
}

impl PidPath {
    const EMPTY: Self = Self {
        bytes: [0; ROOM],
        length: 0,
        broken: false,
    };

    /// The path as it is below a folder: `/proc/1234/stat`.
    pub(crate) fn below_folder(self, folder: &Path) -> Self {
        let folder = folder.as_os_str().as_encoded_bytes();
        let mut path = Self::EMPTY;
        path.append(folder);
        path = path.text("/");
        path.append(self.bytes.get(..self.length).unwrap_or_default());
        path.broken |= self.broken;
        path
    }

    /// `pid/rest`, or `pid` alone when `rest` is empty.
    pub(crate) fn new(pid: u32, rest: &str) -> Self {
        Self::EMPTY.number(pid).below(rest)
    }

    /// `pid/task/tid/rest`.
    pub(crate) fn task(pid: u32, tid: u32, rest: &str) -> Self {
        Self::EMPTY
            .number(pid)
            .text("/task/")
            .number(tid)
            .below(rest)
    }

    /// `pid/folder/number`, for `fd/7` and `fdinfo/7`.
    pub(crate) fn numbered(pid: u32, folder: &str, number: u32) -> Self {
        Self::EMPTY
            .number(pid)
            .below(folder)
            .text("/")
            .number(number)
    }

    /// The path for a system call.
    pub(crate) fn as_c_str(&self) -> &CStr {
        let path = if self.broken {
            None
        } else {
            CStr::from_bytes_until_nul(&self.bytes).ok()
        };
        path.unwrap_or(c"")
    }

    fn below(self, rest: &str) -> Self {
        if rest.is_empty() {
            self
        } else {
            self.text("/").text(rest)
        }
    }

    fn text(mut self, text: &str) -> Self {
        self.append(text.as_bytes());
        self
    }

    fn number(mut self, number: u32) -> Self {
        let mut digits = [0; 10];
        let mut start = digits.len();
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            start -= 1;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.append(digits.get(start..).unwrap_or_default());
        self
    }

    fn append(&mut self, text: &[u8]) {
        let end = self.length.saturating_add(text.len());
        // The last byte stays the NUL.
        let room = if end < ROOM {
            self.bytes.get_mut(self.length..end)
        } else {
            None
        };
        match room {
            Some(room) if !text.contains(&0) => {
                room.copy_from_slice(text);
                self.length = end;
            }
            _ => self.broken = true,
        }
    }
}

impl AsRef<CStr> for PidPath {
    fn as_ref(&self) -> &CStr {
        self.as_c_str()
    }
}

impl std::ops::Deref for PidPath {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        self.as_c_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_spelled_as_procfs_does() {
        assert_eq!(PidPath::new(1, "stat").as_c_str(), c"1/stat");
        assert_eq!(PidPath::new(4_294_967_295, "").as_c_str(), c"4294967295");
        assert_eq!(PidPath::new(0, "stat").as_c_str(), c"0/stat");
        assert_eq!(
            PidPath::task(12, 345, "stat").as_c_str(),
            c"12/task/345/stat"
        );
        assert_eq!(
            PidPath::numbered(12, "fdinfo", 7).as_c_str(),
            c"12/fdinfo/7"
        );
    }

    #[test]
    fn a_path_too_long_or_with_a_nul_names_nothing() {
        assert_eq!(PidPath::new(1, &"x".repeat(ROOM)).as_c_str(), c"");
        assert_eq!(PidPath::new(1, &"x".repeat(ROOM - 2)).as_c_str(), c"");
        assert_eq!(
            PidPath::new(1, &"x".repeat(ROOM - 3))
                .as_c_str()
                .count_bytes(),
            ROOM - 1
        );
        assert_eq!(PidPath::new(1, "stat\0x").as_c_str(), c"");
    }

    proptest! {
        #[test]
        fn never_panics(pid: u32, tid: u32, rest: String) {
            let path = PidPath::task(pid, tid, &rest);
            let spelled = format!("{pid}/task/{tid}/{rest}");
            let given = path.as_c_str().to_bytes();
            prop_assert!(given.is_empty() || rest.is_empty() || given == spelled.as_bytes());
        }
    }
}
