//! `PIDFD_GET_INFO`: the ids of a process, told by its pidfd.
//!
//! Authority: linux/pidfd.h, `struct pidfd_info` in its first version of 64 bytes, since Linux 6.13.

use crate::layout::{Endian, Layout};
use crate::{Expected, ParseError};

/// `PIDFD_INFO_PID` and `PIDFD_INFO_CREDS`: the bits that ask for ids and credentials.
pub const CREDENTIALS: u64 = 0b11;
/// `PIDFD_INFO_CGROUPID`: the bit that asks for the control group.
pub const CGROUP: u64 = 0b100;
/// `PIDFD_INFO_EXIT`: the bit that asks how it ended. Since Linux 6.15.
pub const EXIT: u64 = 0b1000;

/// Offsets in `struct pidfd_info`: `__u64 mask, cgroupid; __u32 pid, tgid, ppid, ruid, rgid, euid,
/// egid, suid, sgid, fsuid, fsgid; __s32 exit_code`.
mod offset {
    pub(super) const MASK: usize = 0;
    pub(super) const CGROUPID: usize = 8;
    pub(super) const PID: usize = 16;
    pub(super) const TGID: usize = 20;
    pub(super) const PPID: usize = 24;
    pub(super) const RUID: usize = 28;
    pub(super) const RGID: usize = 32;
    pub(super) const EUID: usize = 36;
    pub(super) const EGID: usize = 40;
    pub(super) const SUID: usize = 44;
    pub(super) const SGID: usize = 48;
    pub(super) const EXIT_CODE: usize = 60;
}

/// The ids of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PidfdInfo {
    /// Its id, in the caller's namespace.
    pub pid: u32,
    /// The id of its process, when it is a thread; its own else.
    pub tgid: u32,
    /// Its parent's id; 0 where there is none to see.
    pub ppid: u32,
    /// Real user.
    pub ruid: u32,
    /// Real group.
    pub rgid: u32,
    /// Effective user.
    pub euid: u32,
    /// Effective group.
    pub egid: u32,
    /// Saved user.
    pub suid: u32,
    /// Saved group.
    pub sgid: u32,
    /// Inode of its control group of version 2. Absent unless asked for.
    pub cgroup_id: Option<u64>,
    /// How it ended, in the encoding of wait(2). Absent while it runs and before Linux 6.15.
    pub exit_code: Option<i32>,
}

impl PidfdInfo {
    /// The record the kernel filled in.
    ///
    /// Errors: [`ParseError`] when it is cut short, or when the kernel did not tell the credentials.
    pub fn parse(bytes: &[u8], endian: Endian) -> Result<Self, ParseError> {
        let record = Layout::new(bytes, endian);
        let bad = |expected| ParseError::new("pidfd_info", "mask", expected);
        let mask = record.u64_at(offset::MASK).ok_or(bad(Expected::Length))?;
        if mask & CREDENTIALS != CREDENTIALS {
            return Err(bad(Expected::Present));
        }
        let told = |bit| (mask & bit != 0).then_some(());
        let short = ParseError::new("pidfd_info", "ids", Expected::Length);
        let id = |offset| record.u32_at(offset).ok_or(short.at(offset));
        Ok(Self {
            pid: id(offset::PID)?,
            tgid: id(offset::TGID)?,
            ppid: id(offset::PPID)?,
            ruid: id(offset::RUID)?,
            rgid: id(offset::RGID)?,
            euid: id(offset::EUID)?,
            egid: id(offset::EGID)?,
            suid: id(offset::SUID)?,
            sgid: id(offset::SGID)?,
            cgroup_id: told(CGROUP).and_then(|()| record.u64_at(offset::CGROUPID)),
            exit_code: told(EXIT).and_then(|()| record.i32_at(offset::EXIT_CODE)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_stand_in_both_byte_orders() {
        let words: [u32; 12] = [10, 10, 1, 1000, 100, 0, 5, 1001, 101, 0, 0, 0];
        let little = [&3u64.to_le_bytes()[..], &[0; 8]].concat();
        let little = [
            little,
            words.iter().flat_map(|word| word.to_le_bytes()).collect(),
        ]
        .concat();
        let big = [&3u64.to_be_bytes()[..], &[0; 8]].concat();
        let big = [
            big,
            words.iter().flat_map(|word| word.to_be_bytes()).collect(),
        ]
        .concat();
        for (bytes, endian) in [(little, Endian::Little), (big, Endian::Big)] {
            let info = PidfdInfo::parse(&bytes, endian).unwrap();
            assert_eq!((info.pid, info.tgid, info.ppid), (10, 10, 1));
            assert_eq!((info.cgroup_id, info.exit_code), (None, None));
            assert_eq!((info.ruid, info.euid, info.suid), (1000, 0, 1001));
            assert_eq!((info.rgid, info.egid, info.sgid), (100, 5, 101));
        }
    }

    #[test]
    fn group_and_end_are_told_by_their_bits() {
        let mut bytes = [0; 64];
        bytes[..8].copy_from_slice(&(CREDENTIALS | CGROUP | EXIT).to_le_bytes());
        bytes[8..16].copy_from_slice(&4711u64.to_le_bytes());
        bytes[60..].copy_from_slice(&256i32.to_le_bytes());
        let info = PidfdInfo::parse(&bytes, Endian::Little).unwrap();
        assert_eq!((info.cgroup_id, info.exit_code), (Some(4711), Some(256)));
    }

    #[test]
    fn what_the_kernel_did_not_tell_is_an_error() {
        let error = PidfdInfo::parse(&[0; 64], Endian::NATIVE).unwrap_err();
        assert_eq!(error.expected, Expected::Present);
    }

    proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>) {
            let _ = PidfdInfo::parse(&bytes, Endian::Little);
        }
    }
}
