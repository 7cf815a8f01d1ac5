//! Which metric exists on which platform: read by the contract test, the README's table, and later
//! by Python, whose attributes are absent where a metric is.

/// A platform of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Platform {
    /// Linux, with glibc or musl.
    Linux,
    /// Windows.
    Windows,
    /// macOS.
    MacOs,
    /// FreeBSD.
    FreeBsd,
    /// OpenBSD.
    OpenBsd,
    /// NetBSD.
    NetBsd,
    /// Solaris and illumos.
    SunOs,
}

impl Platform {
    /// Every platform of the contract.
    pub const ALL: &'static [Self] = &[
        Self::Linux,
        Self::Windows,
        Self::MacOs,
        Self::FreeBsd,
        Self::OpenBsd,
        Self::NetBsd,
        Self::SunOs,
    ];

    /// Its name, as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
            Self::FreeBsd => "FreeBSD",
            Self::OpenBsd => "OpenBSD",
            Self::NetBsd => "NetBSD",
            Self::SunOs => "SunOS",
        }
    }

    /// The platform this was compiled for; `None` for one outside the contract.
    pub fn current() -> Option<Self> {
        Some(match std::env::consts::OS {
            "linux" => Self::Linux,
            "windows" => Self::Windows,
            "macos" => Self::MacOs,
            "freebsd" => Self::FreeBsd,
            "openbsd" => Self::OpenBsd,
            "netbsd" => Self::NetBsd,
            "solaris" | "illumos" => Self::SunOs,
            _ => return None,
        })
    }
}

/// What a metric is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The machine.
    System,
    /// One process.
    Process,
    /// Changing or ending one process.
    Action,
}

/// One metric: psutil's name of it, and where psight answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// psutil's name.
    pub name: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// Where psight answers it; everywhere else it is `Unsupported`.
    pub on: &'static [Platform],
}

/// The metric of that scope and name.
pub fn metric(scope: Scope, name: &str) -> Option<&'static Metric> {
    METRICS
        .iter()
        .find(|metric| metric.scope == scope && metric.name == name)
}

macro_rules! metrics {
    ($($scope:ident { $($on:ident: $($name:ident)+;)+ })+) => {
        /// Every metric, by scope.
        pub const METRICS: &[Metric] = &[
            $($($(Metric { name: stringify!($name), scope: Scope::$scope, on: $on },)+)+)+
        ];
    };
}

const LINUX: &[Platform] = &[Platform::Linux];

metrics! {
    System {
        LINUX: cpu_times cpu_percent cpu_times_percent cpu_count cpu_stats cpu_freq getloadavg
            virtual_memory swap_memory heap_info heap_trim
            disk_usage disk_partitions disk_io_counters
            net_io_counters net_connections net_if_addrs net_if_stats
            sensors_temperatures sensors_fans sensors_battery
            boot_time users pids pid_exists process_iter wait_procs;
    }
    Process {
        LINUX: ppid name exe cmdline environ create_time status cwd username uids gids terminal
            cpu_times cpu_percent cpu_num num_ctx_switches num_threads threads
            page_faults memory_info memory_full_info memory_percent memory_maps io_counters
            num_fds open_files net_connections nice ionice rlimit cpu_affinity
            parent parents children is_running oneshot as_dict;
    }
    Action {
        LINUX: set_nice set_ionice set_rlimit set_cpu_affinity
            send_signal suspend resume terminate kill wait Popen;
    }
}
