//! When the machine booted, what it is called, and who is logged in.
//!
//! Sources: `/proc/stat`, `/proc/uptime`, `/proc/sys/kernel`, `/run/utmp`, uname(2). Authority:
//! `proc_stat(5)`, `proc_uptime(5)`, `proc_sys_kernel(5)`, utmp(5).

use std::ffi::OsString;
use std::time::Duration;

use psight_core::parse::linux::stat;
use psight_core::parse::linux::uptime::Uptime;
use psight_core::parse::posix::utmp::{self, Width};
use psight_core::text::os_string;
use psight_core::types::User;
use psight_core::{Expected, ParseError};

use super::{Host, is_missing, read};
use crate::error::{Fault, Outcome};
use crate::os;
use crate::seam::Sessions;

impl Sessions for Host {
    fn boot_time(&self) -> Outcome<f64> {
        let seconds = stat::btime(&self.read_proc_record("stat")?)
            .map_err(|error| Fault::parse(self.proc_path("stat"), error))?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "2^53 seconds are 285 million years"
        )]
        let seconds = seconds as f64;
        Ok(seconds)
    }

    /// The file itself, not the C library's functions: those cannot be told another root, share
    /// their place in the file between threads, and are stubs in musl.
    fn users(&self) -> Outcome<Vec<User>> {
        let records = match read(&self.roots.run.join("utmp")) {
            Err(fault) if is_missing(&fault) => return Ok(Vec::new()),
            records => records?,
        };
        let width = if self.live {
            THIS_WIDTH
        } else {
            width_of(records.len())
        };
        Ok(utmp::logins(&records, width, self.endian)
            .map(|login| login.user())
            .collect())
    }

    fn host_name(&self) -> Outcome<OsString> {
        Ok(os_string(
            self.read_proc_record("sys/kernel/hostname")?
                .trim_ascii_end(),
        ))
    }

    fn kernel(&self) -> Outcome<OsString> {
        let mut words = self
            .read_proc_record("sys/kernel/ostype")?
            .trim_ascii_end()
            .to_vec();
        let mut append = |word: &[u8]| {
            words.push(b' ');
            words.extend_from_slice(word.trim_ascii_end());
        };
        append(&self.read_proc_record("sys/kernel/osrelease")?);
        if self.live {
            append(&os::uname::uname().machine);
        }
        Ok(os_string(&words))
    }

    fn uptime(&self) -> Outcome<Duration> {
        let too_much = |_| ParseError::new("/proc/uptime", "uptime", Expected::InRange);
        Uptime::parse(&self.read_proc_record("uptime")?)
            .and_then(|uptime| Duration::try_from_secs_f64(uptime.up_seconds).map_err(too_much))
            .map_err(|error| Fault::parse(self.proc_path("uptime"), error))
    }
}

/// The layout of this machine's C library.
const THIS_WIDTH: Width = if cfg!(any(
    target_arch = "aarch64",
    target_arch = "loongarch64",
    target_arch = "s390x"
)) {
    Width::Wide
} else {
    Width::Narrow
};

/// The layout of a file from who knows where, told from its length; this machine's when both fit.
fn width_of(bytes: usize) -> Width {
    let fits = |width: &Width| bytes.is_multiple_of(width.record_bytes());
    [THIS_WIDTH, Width::Narrow, Width::Wide]
        .into_iter()
        .find(fits)
        .unwrap_or(THIS_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_login_file_tells_its_layout() {
        assert_eq!(width_of(384 * 7), Width::Narrow);
        assert_eq!(width_of(400 * 7), Width::Wide);
        assert_eq!(width_of(0), THIS_WIDTH);
        assert_eq!(width_of(9600), THIS_WIDTH);
        assert_eq!(width_of(1), THIS_WIDTH);
    }
}
