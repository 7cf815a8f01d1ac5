//! Login records: the utmp file of glibc on Linux.
//!
//! Authority: `utmp(5)` and glibc's bits/utmp.h, where `__WORDSIZE_TIME64_COMPAT32` chooses between
//! two layouts. musl keeps no such file.

use crate::layout::{Endian, Layout};
use crate::scan::until_nul;
use crate::text::os_string;
use crate::types::User;

/// How wide the session and time fields of a record are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 32 bits, 384 bytes a record: 32-bit machines with 32-bit time, and the 64-bit ones that
    /// share the file with them (x86, PowerPC, SPARC, MIPS) or say so (RISC-V).
    Narrow,
    /// 64 bits, 400 bytes a record: the other 64-bit machines (ARM, `LoongArch`, s390).
    Wide,
}

impl Width {
    /// Bytes of one record.
    pub const fn record_bytes(self) -> usize {
        match self {
            Self::Narrow => 384,
            Self::Wide => 400,
        }
    }
}

/// `ut_type` of a login session.
const USER_PROCESS: i16 = 7;

const TYPE: usize = 0;
const PID: usize = 4;
const LINE: (usize, usize) = (8, 32);
const USER: (usize, usize) = (44, 32);
const HOST: (usize, usize) = (76, 256);
const SECONDS_NARROW: usize = 340;
const SECONDS_WIDE: usize = 344;

/// A login session. Texts end at their first NUL or fill their field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login<'a> {
    /// Login name.
    pub user: &'a [u8],
    /// Terminal line; empty when the session has none.
    pub line: &'a [u8],
    /// Where from; empty when local.
    pub host: &'a [u8],
    /// The login process.
    pub pid: i32,
    /// Seconds since the epoch. When it began.
    pub seconds: i64,
}

impl Login<'_> {
    /// The session as public record: a display of this machine, like no host at all, is
    /// `localhost`.
    pub fn user(&self) -> User {
        let host = match self.host {
            b"" | b":0" | b":0.0" => b"localhost",
            host => host,
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "2^53 seconds are 285 million years"
        )]
        let started = self.seconds as f64;
        User {
            name: os_string(self.user),
            terminal: (!self.line.is_empty()).then(|| os_string(self.line)),
            host: Some(os_string(host)),
            started,
            pid: u32::try_from(self.pid).ok().filter(|pid| *pid != 0),
        }
    }
}

/// The login sessions of a utmp file, in its order. Records of other types, and a last one that is
/// cut short, are skipped.
pub fn logins(bytes: &[u8], width: Width, endian: Endian) -> impl Iterator<Item = Login<'_>> {
    bytes
        .chunks_exact(width.record_bytes())
        .filter_map(move |record| {
            let record = Layout::new(record, endian);
            let text = |(offset, length)| record.bytes_at(offset, length).map(until_nul);
            (record.i16_at(TYPE)? == USER_PROCESS).then_some(())?;
            Some(Login {
                user: text(USER)?,
                line: text(LINE)?,
                host: text(HOST)?,
                pid: record.i32_at(PID)?,
                seconds: match width {
                    // Unsigned since glibc 2.40, so that the layout lasts until 2106.
                    Width::Narrow => i64::from(record.u32_at(SECONDS_NARROW)?),
                    Width::Wide => record.i64_at(SECONDS_WIDE)?,
                },
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(width: Width, endian: Endian, kind: i16, host: &[u8]) -> Vec<u8> {
        let mut record = vec![0; width.record_bytes()];
        let order = |bytes: &mut [u8]| {
            if endian == Endian::Big {
                bytes.reverse();
            }
        };
        let mut put = |offset: usize, mut bytes: Vec<u8>, number: bool| {
            if number {
                order(&mut bytes);
            }
            record[offset..offset + bytes.len()].copy_from_slice(&bytes);
        };
        put(0, kind.to_le_bytes().to_vec(), true);
        put(4, 4242i32.to_le_bytes().to_vec(), true);
        put(8, b"pts/3".to_vec(), false);
        put(40, b"ts/3".to_vec(), false);
        put(44, b"wojtyla".to_vec(), false);
        put(76, host.to_vec(), false);
        match width {
            Width::Narrow => put(340, 2_400_000_000u32.to_le_bytes().to_vec(), true),
            Width::Wide => put(344, 2_400_000_000i64.to_le_bytes().to_vec(), true),
        }
        record
    }

    #[test]
    fn both_layouts_and_byte_orders_decode_alike() {
        for width in [Width::Narrow, Width::Wide] {
            for endian in [Endian::Little, Endian::Big] {
                let bytes = [
                    record(width, endian, 2, b""),
                    record(width, endian, 7, b"far.away"),
                ];
                let bytes = [&bytes.concat()[..], b"cut"].concat();
                let logins: Vec<_> = logins(&bytes, width, endian).collect();
                let login = Login {
                    user: b"wojtyla",
                    line: b"pts/3",
                    host: b"far.away",
                    pid: 4242,
                    seconds: 2_400_000_000,
                };
                assert_eq!(logins, [login]);
            }
        }
    }

    #[test]
    fn a_host_may_fill_its_field_without_nul() {
        let long = [b'h'; 256];
        let bytes = record(Width::Narrow, Endian::Little, 7, &long);
        let login = logins(&bytes, Width::Narrow, Endian::Little)
            .next()
            .unwrap();
        assert_eq!(login.host, long);
    }

    #[test]
    fn local_displays_are_localhost() {
        let login = Login {
            user: b"u",
            line: b"",
            host: b":0",
            pid: 0,
            seconds: 5,
        };
        let user = login.user();
        assert_eq!((user.terminal, user.host), (None, Some("localhost".into())));
        assert_eq!((user.pid, user.started), (None, 5.0));
        let user = Login {
            host: b":1",
            line: b"tty2",
            pid: 9,
            ..login
        }
        .user();
        assert_eq!(
            (user.host, user.terminal),
            (Some(":1".into()), Some("tty2".into()))
        );
        assert_eq!(user.pid, Some(9));
    }

    proptest! {
        #[test]
        fn never_panics(mut bytes in proptest::collection::vec(any::<u8>(), 0..1000)) {
            if let Some(head) = bytes.get_mut(..2) {
                head.copy_from_slice(&[7, 0]);
            }
            for width in [Width::Narrow, Width::Wide] {
                for login in logins(&bytes, width, Endian::Little) {
                    let _ = login.user();
                }
            }
        }
    }
}
