//! CPU times, counters, frequency and load.

record! {
    /// Seconds the system's CPUs, or one of them, spent in each mode since boot.
    ///
    /// On Linux guest time is inside `user` and guest_nice inside `nice`, as the kernel counts it.
    #[derive(Copy)]
    pub struct CpuTimes {
        /// Seconds. Ordinary processes in user mode; on Linux includes `guest`.
        user: f64 = Seconds,
        /// Seconds. Niced processes in user mode. Absent on Windows and SunOS, which do not tell it apart.
        nice: Option<f64> = Seconds,
        /// Seconds. In the kernel.
        system: f64 = Seconds,
        /// Seconds. Nothing to do.
        idle: f64 = Seconds,
        /// Seconds. Idle while a disk request was outstanding; may go down. Linux since 2.5.41, SunOS.
        iowait: Option<f64> = Seconds,
        /// Seconds. Hardware interrupts. Linux since 2.6.0, BSD.
        irq: Option<f64> = Seconds,
        /// Seconds. Deferred interrupt work. Linux since 2.6.0.
        softirq: Option<f64> = Seconds,
        /// Seconds. Taken by the hypervisor for other guests. Linux since 2.6.11.
        steal: Option<f64> = Seconds,
        /// Seconds. Running guests. Linux since 2.6.24.
        guest: Option<f64> = Seconds,
        /// Seconds. Running niced guests. Linux since 2.6.33.
        guest_nice: Option<f64> = Seconds,
    }
}

record! {
    /// Event counters since boot. A line the kernel does not print is absent.
    #[derive(Copy)]
    pub struct CpuStats {
        /// Count. Context switches, voluntary and involuntary.
        ctx_switches: Option<u64> = Count,
        /// Count. Hardware interrupts.
        interrupts: Option<u64> = Count,
        /// Count. Software interrupts.
        soft_interrupts: Option<u64> = Count,
        /// Count. System calls. Linux does not count them, so it is absent there.
        syscalls: Option<u64> = Count,
    }
}

record! {
    /// Clock rate of one CPU, or the mean over all.
    #[derive(Copy)]
    pub struct CpuFreq {
        /// Megahertz. Now; may exceed `max` while boosting.
        current: f64 = Megahertz,
        /// Megahertz. Lowest; absent where no frequency driver tells it.
        min: Option<f64> = Megahertz,
        /// Megahertz. Highest without boost; absent where no frequency driver tells it.
        max: Option<f64> = Megahertz,
    }
}

record! {
    /// Processes running or waiting to run, averaged over three spans.
    #[derive(Copy)]
    pub struct LoadAverage {
        /// Count. Over the last minute.
        one: f64 = Count,
        /// Count. Over the last 5 minutes.
        five: f64 = Count,
        /// Count. Over the last 15 minutes.
        fifteen: f64 = Count,
    }
}
