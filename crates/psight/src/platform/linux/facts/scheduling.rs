//! Priority, I/O priority, affinity and limits: by system call for processes of the running kernel,
//! by their files where those are another's.

use std::ffi::c_int;

use psight_core::parse::linux::cpulist::cpulist;
use psight_core::parse::linux::pid::limits::limit;
use psight_core::types::{IoClass, IoPriority, Limit, Resource, Rlimit};

use super::Facts;
use crate::error::{Fault, Outcome};
use crate::os;
use crate::os::pid_path::PidPath;
use crate::seam::{Cpu, Scheduling};

/// `IOPRIO_CLASS_SHIFT` of linux/ioprio.h.
const CLASS_SHIFT: i32 = 13;

impl Scheduling for Facts<'_> {
    fn nice(&mut self) -> Outcome<i32> {
        if !self.host.live {
            return Ok(self.stat()?.nice);
        }
        os::priority::getpriority(self.pid()).map_err(|error| Fault::call("getpriority", error))
    }

    fn set_nice(&mut self, value: i32) -> Outcome<()> {
        self.host.may_change(self.subject, "nice")?;
        let set = os::priority::setpriority(self.pid(), value);
        set.map_err(|error| Fault::call("setpriority", error))
    }

    fn ionice(&mut self) -> Outcome<IoPriority> {
        if !self.host.live {
            return Err(Fault::Unsupported("ionice"));
        }
        let packed = os::priority::ioprio_get(self.pid());
        let packed = packed.map_err(|error| Fault::call("ioprio_get", error))?;
        let ioclass = match packed >> CLASS_SHIFT {
            0 => IoClass::None,
            1 => IoClass::RealTime,
            2 => IoClass::BestEffort,
            3 => IoClass::Idle,
            _ => return Err(Fault::Unsupported("ionice")),
        };
        // The three lowest bits are the level; since Linux 6.5 hints stand above them.
        Ok(IoPriority {
            ioclass,
            value: u8::try_from(packed & 7).unwrap_or(0),
        })
    }

    fn set_ionice(&mut self, priority: IoPriority) -> Outcome<()> {
        self.host.may_change(self.subject, "ionice")?;
        let class = match priority.ioclass {
            IoClass::RealTime => 1,
            IoClass::BestEffort => 2,
            IoClass::Idle => 3,
            _ => 0,
        };
        let packed = class << CLASS_SHIFT | i32::from(priority.value);
        let set = os::priority::ioprio_set(self.pid(), packed);
        set.map_err(|error| Fault::call("ioprio_set", error))
    }

    fn cpu_affinity(&mut self) -> Outcome<Vec<u32>> {
        if self.host.live {
            let got = os::affinity::sched_getaffinity(self.pid());
            return got.map_err(|error| Fault::call("sched_getaffinity", error));
        }
        let list = self.status_file(|status| status.cpus_allowed_list.map(cpulist))?;
        match list {
            Some(Ok(cpus)) => Ok(cpus),
            Some(Err(error)) => Err(self.odd("status", error)),
            None => Err(Fault::Unsupported("cpu_affinity")),
        }
    }

    fn online_cpus(&mut self) -> Outcome<Vec<u32>> {
        match self.host.read_sys("devices/system/cpu/online") {
            Ok(list) => Ok(cpulist(list.trim_ascii())?),
            Err(_) => Ok((0..self.host.cpu_count_logical()?.unwrap_or(1)).collect()),
        }
    }

    fn set_cpu_affinity(&mut self, cpus: &[u32]) -> Outcome<()> {
        self.host.may_change(self.subject, "cpu_affinity")?;
        let set = os::affinity::sched_setaffinity(self.pid(), cpus);
        set.map_err(|error| Fault::call("sched_setaffinity", error))
    }

    fn rlimit(&mut self, resource: Resource) -> Outcome<Rlimit> {
        if !self.host.live {
            let text = self.read_once(&PidPath::new(self.pid(), "limits"))?;
            return limit(text, resource).ok_or(Fault::Unsupported("rlimit"));
        }
        let got = os::rlimit::limits(self.pid(), number(resource)?);
        let (soft, hard) = got.map_err(|error| Fault::call("prlimit", error))?;
        let told = |value: Option<u64>| value.map_or(Limit::Unlimited, Limit::Value);
        Ok(Rlimit {
            soft: told(soft),
            hard: told(hard),
        })
    }

    fn set_rlimit(&mut self, resource: Resource, limit: Rlimit) -> Outcome<()> {
        self.host.may_change(self.subject, "rlimit")?;
        let raw = |limit| match limit {
            Limit::Value(value) => Some(value),
            Limit::Unlimited => None,
        };
        let limits = (raw(limit.soft), raw(limit.hard));
        let set = os::rlimit::set_limits(self.pid(), number(resource)?, limits);
        set.map_err(|error| Fault::call("prlimit", error))
    }
}

/// The kernel's number of a resource: libc knows how it differs by architecture.
#[allow(
    clippy::unnecessary_fallible_conversions,
    reason = "the constants' type differs by libc"
)]
pub(in crate::platform::linux) fn number(resource: Resource) -> Outcome<c_int> {
    let number = match resource {
        Resource::Cpu => libc::RLIMIT_CPU,
        Resource::FileSize => libc::RLIMIT_FSIZE,
        Resource::Data => libc::RLIMIT_DATA,
        Resource::Stack => libc::RLIMIT_STACK,
        Resource::Core => libc::RLIMIT_CORE,
        Resource::Rss => libc::RLIMIT_RSS,
        Resource::Processes => libc::RLIMIT_NPROC,
        Resource::OpenFiles => libc::RLIMIT_NOFILE,
        Resource::LockedMemory => libc::RLIMIT_MEMLOCK,
        Resource::AddressSpace => libc::RLIMIT_AS,
        Resource::Locks => libc::RLIMIT_LOCKS,
        Resource::PendingSignals => libc::RLIMIT_SIGPENDING,
        Resource::MessageQueues => libc::RLIMIT_MSGQUEUE,
        Resource::Nice => libc::RLIMIT_NICE,
        Resource::RealTimePriority => libc::RLIMIT_RTPRIO,
        Resource::RealTimeSlice => libc::RLIMIT_RTTIME,
        _ => return Err(Fault::Unsupported("rlimit")),
    };
    c_int::try_from(number).map_err(|_| Fault::Unsupported("rlimit"))
}
