//! What one process is, uses and holds.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::{Value, Walk};

symbols! {
    /// What a process is doing.
    pub enum Status {
        /// On a CPU or waiting for one.
        Running = "running",
        /// Waiting, interruptibly.
        Sleeping = "sleeping",
        /// Waiting for a device; signals do not reach it.
        DiskSleep = "disk-sleep",
        /// Stopped by a signal.
        Stopped = "stopped",
        /// Stopped by a tracer.
        TracingStop = "tracing-stop",
        /// Ended, and not yet waited for.
        Zombie = "zombie",
        /// Being removed.
        Dead = "dead",
        /// Waiting, woken by deadly signals only. Linux before 3.13.
        WakeKill = "wake-kill",
        /// Being woken. Linux before 3.13, OpenBSD, NetBSD.
        Waking = "waking",
        /// Parked, as threads of an offline CPU are. Linux.
        Parked = "parked",
        /// An idle kernel thread.
        Idle = "idle",
        /// Waiting for a lock. FreeBSD.
        Locked = "locked",
        /// Waiting for an interrupt. FreeBSD, SunOS.
        Waiting = "waiting",
        /// Suspended. NetBSD once.
        Suspended = "suspended",
        /// A letter this version does not know.
        Unknown = "?",
    }
}

record! {
    /// CPU seconds of one process.
    #[derive(Copy)]
    pub struct ProcessCpuTimes {
        /// Seconds. In user mode.
        user: f64 = Seconds,
        /// Seconds. In the kernel.
        system: f64 = Seconds,
        /// Seconds. In user mode, of ended children that were waited for.
        children_user: f64 = Seconds,
        /// Seconds. In the kernel, of ended children that were waited for.
        children_system: f64 = Seconds,
        /// Seconds. Waiting for block devices; 0 unless delay accounting is on. Absent before Linux 2.6.18.
        iowait: Option<f64> = Seconds,
    }
}

record! {
    /// Page faults of one process: accesses to memory that the kernel had to provide first.
    #[derive(Copy, Eq)]
    pub struct PageFaults {
        /// Count. Served from RAM.
        minor: u64 = Count,
        /// Count. That had to wait for storage.
        major: u64 = Count,
    }
}

record! {
    /// Memory of one process.
    #[derive(Copy, Eq)]
    pub struct MemoryInfo {
        /// Bytes. In RAM.
        rss: u64 = Bytes,
        /// Bytes. Address space.
        vms: u64 = Bytes,
        /// Bytes. In RAM and backed by files or shared memory. Linux.
        shared: Option<u64> = Bytes,
        /// Bytes. Executable code. Linux, BSD.
        text: Option<u64> = Bytes,
        /// Bytes. Libraries; the kernel has given 0 since Linux 2.6.
        lib: Option<u64> = Bytes,
        /// Bytes. Data and stack. Linux, BSD.
        data: Option<u64> = Bytes,
        /// Bytes. Dirty pages; the kernel has given 0 since Linux 2.6.
        dirty: Option<u64> = Bytes,
    }
}

record! {
    /// Memory of one process, with what only its page tables tell.
    #[derive(Copy, Eq)]
    pub struct MemoryFullInfo {
        /// Bytes. In RAM.
        rss: u64 = Bytes,
        /// Bytes. Address space.
        vms: u64 = Bytes,
        /// Bytes. In RAM and backed by files or shared memory. Linux.
        shared: Option<u64> = Bytes,
        /// Bytes. Executable code. Linux, BSD.
        text: Option<u64> = Bytes,
        /// Bytes. Libraries; the kernel has given 0 since Linux 2.6.
        lib: Option<u64> = Bytes,
        /// Bytes. Data and stack. Linux, BSD.
        data: Option<u64> = Bytes,
        /// Bytes. Dirty pages; the kernel has given 0 since Linux 2.6.
        dirty: Option<u64> = Bytes,
        /// Bytes. Unique: what would be free if this process ended now.
        uss: u64 = Bytes,
        /// Bytes. Proportional: unique plus a fair share of the shared. Linux.
        pss: Option<u64> = Bytes,
        /// Bytes. In swap. Linux.
        swap: Option<u64> = Bytes,
    }
}

record! {
    /// One region of a process's address space.
    #[derive(Eq)]
    pub struct MemoryMap {
        /// `start-end`, in hexadecimal.
        addr: String = Plain,
        /// `rwxp` letters.
        perms: String = Plain,
        /// The file, or a name in brackets; `[anon]` where the kernel gives none.
        path: OsString = Plain,
        /// Bytes. In RAM.
        rss: u64 = Bytes,
        /// Bytes. Address space.
        size: u64 = Bytes,
        /// Bytes. Proportional share.
        pss: u64 = Bytes,
        /// Bytes. Shared and unchanged.
        shared_clean: u64 = Bytes,
        /// Bytes. Shared and changed.
        shared_dirty: u64 = Bytes,
        /// Bytes. Private and unchanged.
        private_clean: u64 = Bytes,
        /// Bytes. Private and changed.
        private_dirty: u64 = Bytes,
        /// Bytes. Marked as used.
        referenced: u64 = Bytes,
        /// Bytes. Not backed by a file.
        anonymous: u64 = Bytes,
        /// Bytes. In swap.
        swap: u64 = Bytes,
    }
}

record! {
    /// All regions of one path, summed.
    #[derive(Eq)]
    pub struct MemoryMapGrouped {
        /// The file, or a name in brackets; `[anon]` where the kernel gives none.
        path: OsString = Plain,
        /// Bytes. In RAM.
        rss: u64 = Bytes,
        /// Bytes. Address space.
        size: u64 = Bytes,
        /// Bytes. Proportional share.
        pss: u64 = Bytes,
        /// Bytes. Shared and unchanged.
        shared_clean: u64 = Bytes,
        /// Bytes. Shared and changed.
        shared_dirty: u64 = Bytes,
        /// Bytes. Private and unchanged.
        private_clean: u64 = Bytes,
        /// Bytes. Private and changed.
        private_dirty: u64 = Bytes,
        /// Bytes. Marked as used.
        referenced: u64 = Bytes,
        /// Bytes. Not backed by a file.
        anonymous: u64 = Bytes,
        /// Bytes. In swap.
        swap: u64 = Bytes,
    }
}

record! {
    /// What a process read and wrote.
    #[derive(Copy, Eq)]
    pub struct IoCounters {
        /// Count. Read system calls.
        read_count: u64 = Count,
        /// Count. Write system calls.
        write_count: u64 = Count,
        /// Bytes. Fetched from storage.
        read_bytes: u64 = Bytes,
        /// Bytes. Sent to storage.
        write_bytes: u64 = Bytes,
        /// Bytes. Passed to read calls, whatever they reached. Linux.
        read_chars: Option<u64> = Bytes,
        /// Bytes. Passed to write calls, whatever they reached. Linux.
        write_chars: Option<u64> = Bytes,
    }
}

record! {
    /// A regular file a process holds open.
    #[derive(Eq)]
    pub struct OpenFile {
        /// Its path.
        path: PathBuf = Plain,
        /// The descriptor. Absent on Windows.
        fd: Option<u32> = Plain,
        /// Bytes. Where the next read or write happens. Linux.
        position: Option<u64> = Bytes,
        /// `r`, `w`, `a`, `r+` or `a+`, as Python's `open` spells them. Linux.
        mode: Option<String> = Plain,
        /// The flags of `open(2)`. Linux.
        flags: Option<u32> = Plain,
    }
}

record! {
    /// One thread.
    #[derive(Copy)]
    pub struct Thread {
        /// The thread's id.
        id: u32 = Plain,
        /// Seconds. In user mode.
        user_time: f64 = Seconds,
        /// Seconds. In the kernel.
        system_time: f64 = Seconds,
    }
}

record! {
    /// User ids of a process.
    #[derive(Copy, Eq)]
    pub struct Uids {
        /// Who started it.
        real: u32 = Plain,
        /// Whose rights it has.
        effective: u32 = Plain,
        /// Whose rights it can take back.
        saved: u32 = Plain,
    }
}

record! {
    /// Group ids of a process.
    #[derive(Copy, Eq)]
    pub struct Gids {
        /// Whose group started it.
        real: u32 = Plain,
        /// Whose group's rights it has.
        effective: u32 = Plain,
        /// Whose group's rights it can take back.
        saved: u32 = Plain,
    }
}

record! {
    /// How often a process left the CPU.
    #[derive(Copy, Eq)]
    pub struct ContextSwitches {
        /// Count. By waiting for something.
        voluntary: u64 = Count,
        /// Count. Because its time was over.
        involuntary: u64 = Count,
    }
}

symbols! {
    /// A class of I/O scheduling. Linux.
    pub enum IoClass {
        /// None set: derived from the nice value.
        None = "IOPRIO_CLASS_NONE",
        /// First, always.
        RealTime = "IOPRIO_CLASS_RT",
        /// By turns.
        BestEffort = "IOPRIO_CLASS_BE",
        /// Only when nobody else asks.
        Idle = "IOPRIO_CLASS_IDLE",
    }
}

record! {
    /// I/O scheduling of a process.
    #[derive(Copy, Eq)]
    pub struct IoPriority {
        /// The class.
        ioclass: IoClass = Plain,
        /// 0 (first) to 7 (last) within the class.
        value: u8 = Plain,
    }
}

symbols! {
    /// A resource that can be limited, see `getrlimit(2)`.
    pub enum Resource {
        /// Seconds of CPU.
        Cpu = "RLIMIT_CPU",
        /// Bytes of a file written.
        FileSize = "RLIMIT_FSIZE",
        /// Bytes of data segment.
        Data = "RLIMIT_DATA",
        /// Bytes of stack.
        Stack = "RLIMIT_STACK",
        /// Bytes of a core dump.
        Core = "RLIMIT_CORE",
        /// Bytes in RAM; not enforced since Linux 2.4.30.
        Rss = "RLIMIT_RSS",
        /// Processes and threads of the user.
        Processes = "RLIMIT_NPROC",
        /// One more than the highest descriptor.
        OpenFiles = "RLIMIT_NOFILE",
        /// Bytes locked into RAM.
        LockedMemory = "RLIMIT_MEMLOCK",
        /// Bytes of address space.
        AddressSpace = "RLIMIT_AS",
        /// File locks; not enforced since Linux 2.4.25.
        Locks = "RLIMIT_LOCKS",
        /// Signals queued for the user.
        PendingSignals = "RLIMIT_SIGPENDING",
        /// Bytes in POSIX message queues of the user.
        MessageQueues = "RLIMIT_MSGQUEUE",
        /// 20 less the lowest nice value that can be set.
        Nice = "RLIMIT_NICE",
        /// Highest real-time priority.
        RealTimePriority = "RLIMIT_RTPRIO",
        /// Microseconds of real-time CPU without a blocking call.
        RealTimeSlice = "RLIMIT_RTTIME",
    }
}

/// A limit's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// This much.
    Value(u64),
    /// No limit.
    Unlimited,
}

impl Walk for Limit {
    /// psutil's numbers: -1 for unlimited, its `RLIM_INFINITY`.
    fn walk(&self) -> Value<'_> {
        match self {
            Self::Value(value) => Value::Unsigned(*value),
            Self::Unlimited => Value::Signed(-1),
        }
    }
}

record! {
    /// A resource limit.
    #[derive(Copy, Eq)]
    pub struct Rlimit {
        /// What is enforced; the process may raise it up to `hard`. -1 is unlimited.
        soft: Limit = Plain,
        /// The ceiling. -1 is unlimited.
        hard: Limit = Plain,
    }
}

impl Rlimit {
    /// Whether the soft limit is above the hard one, which no kernel accepts.
    pub const fn is_crossed(&self) -> bool {
        match (self.soft, self.hard) {
            (_, Limit::Unlimited) => false,
            (Limit::Unlimited, Limit::Value(_)) => true,
            (Limit::Value(soft), Limit::Value(hard)) => soft > hard,
        }
    }
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExitStatus {
    /// It ended by itself with this code: 0 to 255 on Unix.
    Code(i32),
    /// A signal of this number ended it.
    Signal(i32),
}

impl Walk for ExitStatus {
    /// psutil's numbers: the code, or the signal negated.
    fn walk(&self) -> Value<'_> {
        match self {
            Self::Code(code) => Value::Signed(i64::from(*code)),
            Self::Signal(signal) => Value::Signed(-i64::from(*signal)),
        }
    }
}
