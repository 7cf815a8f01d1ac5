//! `/proc/PID/limits`: resource limits as text, for processes of another machine's tree.
//!
//! Authority: proc_pid_limits(5). Columns of fixed width; names hold blanks, so a row is found by
//! its name.

use crate::scan::{decimal, lines, words};
use crate::types::{Limit, Resource, Rlimit};

/// The limit of a resource; `None` when its row is missing or odd.
///
/// Example: `Max open files            1024                 1048576              files`.
pub fn limit(text: &[u8], resource: Resource) -> Option<Rlimit> {
    let name = row(resource).as_bytes();
    let rest = lines(text).find_map(|line| line.strip_prefix(name))?;
    let mut words = words(rest);
    let mut value = || match words.next()? {
        b"unlimited" => Some(Limit::Unlimited),
        word => decimal(word).map(Limit::Value),
    };
    Some(Rlimit {
        soft: value()?,
        hard: value()?,
    })
}

const fn row(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "Max cpu time",
        Resource::FileSize => "Max file size",
        Resource::Data => "Max data size",
        Resource::Stack => "Max stack size",
        Resource::Core => "Max core file size",
        Resource::Rss => "Max resident set",
        Resource::Processes => "Max processes",
        Resource::OpenFiles => "Max open files",
        Resource::LockedMemory => "Max locked memory",
        Resource::AddressSpace => "Max address space",
        Resource::Locks => "Max file locks",
        Resource::PendingSignals => "Max pending signals",
        Resource::MessageQueues => "Max msgqueue size",
        Resource::Nice => "Max nice priority",
        Resource::RealTimePriority => "Max realtime priority",
        Resource::RealTimeSlice => "Max realtime timeout",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &[u8] =
        b"Limit                     Soft Limit           Hard Limit           Units     \n\
        Max cpu time              unlimited            unlimited            seconds   \n\
        Max open files            1024                 1048576              files     \n\
        Max realtime timeout      unlimited            unlimited            us        \n";

    #[test]
    fn rows_are_found_by_name() {
        let files = limit(TEXT, Resource::OpenFiles).unwrap();
        assert_eq!(
            (files.soft, files.hard),
            (Limit::Value(1024), Limit::Value(1_048_576))
        );
        assert_eq!(limit(TEXT, Resource::Cpu).unwrap().soft, Limit::Unlimited);
        assert_eq!(limit(TEXT, Resource::Nice), None);
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            for resource in Resource::ALL {
                let _ = limit(&text, *resource);
            }
        }
    }
}
