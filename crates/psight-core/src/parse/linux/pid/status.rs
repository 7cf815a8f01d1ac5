//! `/proc/PID/status`: ids, threads and context switches, a line each.
//!
//! Authority: proc_pid_status(5). Lines come and go with kernels; only the ids have always been
//! there, so only they are essential.

use crate::scan::{decimal, key_value, kib, lines, words};
use crate::types::{Gids, Uids};
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/PID/status";

/// What `status` says, as far as psight asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status<'a> {
    /// The process's id, also in the file of one of its threads.
    pub tgid: u32,
    /// Its ids in each nested namespace, the innermost last. Since Linux 4.1.
    pub nspid: Option<&'a [u8]>,
    /// User ids.
    pub uids: Uids,
    /// Group ids.
    pub gids: Gids,
    /// Count. Threads. Since Linux 2.6.
    pub threads: Option<u64>,
    /// Count. Context switches by waiting. Since Linux 2.6.23.
    pub voluntary_ctxt_switches: Option<u64>,
    /// Count. Context switches by preemption. Since Linux 2.6.23.
    pub nonvoluntary_ctxt_switches: Option<u64>,
    /// CPUs it may run on, as a list of ranges. Since Linux 2.6.26.
    pub cpus_allowed_list: Option<&'a [u8]>,
    /// Kibibytes in swap. Since Linux 2.6.34; absent for kernel threads.
    pub vm_swap_kib: Option<u64>,
}

impl<'a> Status<'a> {
    /// Example lines: `Tgid: 1234`, `Uid: 1000 1000 1000 1000`, `voluntary_ctxt_switches: 150`.
    ///
    /// The name is a line too, but the kernel escapes its newlines, so it cannot pose as others.
    ///
    /// Errors: [`ParseError`] when `Tgid`, `Uid` or `Gid` is missing or odd.
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let (mut tgid, mut uid, mut gid) = (None, None, None);
        let (mut nspid, mut threads, mut voluntary, mut involuntary) = (None, None, None, None);
        let (mut cpus, mut vm_swap_kib) = (None, None);
        for (key, value) in lines(text).filter_map(key_value) {
            match key {
                b"Tgid" => tgid = decimal(value).and_then(|id| u32::try_from(id).ok()),
                b"NSpid" => nspid = Some(value),
                b"Uid" => uid = ids(value),
                b"Gid" => gid = ids(value),
                b"Threads" => threads = decimal(value),
                b"voluntary_ctxt_switches" => voluntary = decimal(value),
                b"nonvoluntary_ctxt_switches" => involuntary = decimal(value),
                b"Cpus_allowed_list" => cpus = Some(value),
                b"VmSwap" => vm_swap_kib = kib(value),
                _ => {}
            }
        }
        let missing = |field| ParseError::new(SOURCE, field, Expected::Present);
        let [real, effective, saved] = uid.ok_or(missing("Uid"))?;
        let uids = Uids {
            real,
            effective,
            saved,
        };
        let [real, effective, saved] = gid.ok_or(missing("Gid"))?;
        Ok(Self {
            tgid: tgid.ok_or(missing("Tgid"))?,
            nspid,
            uids,
            gids: Gids {
                real,
                effective,
                saved,
            },
            threads,
            voluntary_ctxt_switches: voluntary,
            nonvoluntary_ctxt_switches: involuntary,
            cpus_allowed_list: cpus,
            vm_swap_kib,
        })
    }
}

/// Real, effective and saved id of a line that has the file system's as fourth.
fn ids(value: &[u8]) -> Option<[u32; 3]> {
    let mut words = words(value);
    let mut next = || u32::try_from(decimal(words.next()?)?).ok();
    Some([next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &[u8] =
        b"Name:\ta\\nb\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t1234\nNgid:\t0\n\
        Pid:\t1235\nPPid:\t1\nTracerPid:\t0\nUid:\t1000\t1001\t1002\t1003\nGid:\t5\t6\t7\t8\n\
        FDSize:\t256\nNSpid:\t1235\t1\nVmSwap:\t     16 kB\nThreads:\t3\n\
        Cpus_allowed:\tff\nCpus_allowed_list:\t0-7\nvoluntary_ctxt_switches:\t150\n\
        nonvoluntary_ctxt_switches:\t545\n";

    #[test]
    fn every_line_is_found() {
        let status = Status::parse(TEXT).unwrap();
        assert_eq!(status.tgid, 1234);
        assert_eq!(
            status.uids,
            Uids {
                real: 1000,
                effective: 1001,
                saved: 1002
            }
        );
        assert_eq!(
            status.gids,
            Gids {
                real: 5,
                effective: 6,
                saved: 7
            }
        );
        assert_eq!((status.threads, status.vm_swap_kib), (Some(3), Some(16)));
        assert_eq!(status.voluntary_ctxt_switches, Some(150));
        assert_eq!(status.nonvoluntary_ctxt_switches, Some(545));
        assert_eq!(status.cpus_allowed_list, Some(&b"0-7"[..]));
        assert_eq!(status.nspid, Some(&b"1235\t1"[..]));
    }

    #[test]
    fn an_old_kernel_lacks_lines() {
        let status =
            Status::parse(b"Name:\tinit\nTgid:\t1\nUid:\t0 0 0 0\nGid:\t0 0 0 0\n").unwrap();
        assert_eq!(
            (status.threads, status.voluntary_ctxt_switches),
            (None, None)
        );
        assert_eq!(status.cpus_allowed_list, None);
    }

    #[test]
    fn without_ids_it_is_an_error() {
        assert_eq!(
            Status::parse(b"Tgid:\t1\nGid:\t0 0 0 0\n")
                .unwrap_err()
                .field,
            "Uid"
        );
        assert_eq!(Status::parse(b"").unwrap_err().field, "Uid");
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = Status::parse(&text);
        }

        #[test]
        fn never_panics_on_damaged_lines(at in 0..TEXT.len(), byte: u8, length in 0..TEXT.len()) {
            let mut text = TEXT.to_vec();
            text[at] = byte;
            text.truncate(length);
            let _ = Status::parse(&text);
        }
    }
}
