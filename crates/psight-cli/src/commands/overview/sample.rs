//! What the overview shows: two looks at everything that changes, one at the rest.
//!
//! The time between the two looks is spent on what needs only one. Anything that cannot be known is
//! `None`; an overview has no room for reasons.

use std::ffi::OsString;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use psight::{
    Battery, ByName, CpuFreq, CpuMeter, CpuTimes, DiskIoMeter, DiskPartition, DiskUsage, Fan,
    LoadAverage, NetIoMeter, NicAddress, NicStats, PerCpuMeter, ProcessField, ProcessFields,
    ProcessInfo, SwapMemory, Sweeper, System, Temperature, User, VirtualMemory,
};

use super::rates::{Flow, Flows};

/// The time between the two looks.
const WATCH: Duration = Duration::from_millis(400);

/// Facts of every process.
const FIELDS: ProcessFields = ProcessFields::of(&[
    ProcessField::CpuPercent,
    ProcessField::CpuTimes,
    ProcessField::MemoryInfo,
    ProcessField::MemoryPercent,
    ProcessField::Name,
    ProcessField::NumThreads,
    ProcessField::Pid,
    ProcessField::Status,
]);

/// A machine at a glance.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) host: Option<OsString>,
    pub(super) kernel: Option<OsString>,
    pub(super) uptime: Option<Duration>,
    pub(super) load: Option<LoadAverage>,
    pub(super) users: Option<Vec<User>>,
    pub(super) cpu: Option<f64>,
    pub(super) modes: Option<CpuTimes>,
    pub(super) cores: Option<Vec<f64>>,
    pub(super) logical: Option<u32>,
    pub(super) physical: Option<u32>,
    pub(super) freq: Option<CpuFreq>,
    pub(super) memory: Option<VirtualMemory>,
    pub(super) swap: Option<SwapMemory>,
    pub(super) disks: Vec<(DiskPartition, Option<DiskUsage>)>,
    pub(super) disk_flows: Option<ByName<Flow>>,
    pub(super) disk_flow: Option<Flow>,
    pub(super) nics: Option<ByName<Flow>>,
    pub(super) addresses: Option<ByName<Vec<NicAddress>>>,
    pub(super) links: Option<ByName<NicStats>>,
    pub(super) temperatures: Option<ByName<Vec<Temperature>>>,
    pub(super) fans: Option<ByName<Vec<Fan>>>,
    pub(super) battery: Option<Battery>,
    pub(super) processes: Option<Vec<ProcessInfo>>,
}

impl Sample {
    pub(super) fn take(system: &System) -> Self {
        let mut sweeper = Sweeper::new(system);
        let swept = sweeper.sweep(ProcessFields::of(&[ProcessField::CpuPercent]));
        let mut cpu = CpuMeter::new(system).ok();
        let mut modes = cpu.clone();
        let mut cores = PerCpuMeter::new(system).ok();
        let (mut disk_meter, mut nic_meter) = (DiskIoMeter::new(), NetIoMeter::new());
        let disks = system
            .disk_io_counters_perdisk()
            .ok()
            .map(|now| disk_meter.straighten(now));
        let all_disks = system.disk_io_counters().ok().flatten();
        let nics = system
            .net_io_counters_pernic()
            .ok()
            .map(|now| nic_meter.straighten(now));
        let start = Instant::now();

        let space = Space::ask(system);
        let mut sample = Self::still(system);
        thread::sleep(WATCH.saturating_sub(start.elapsed()));

        let disks_now = system
            .disk_io_counters_perdisk()
            .ok()
            .map(|now| disk_meter.straighten(now));
        let all_disks_now = system.disk_io_counters().ok().flatten();
        let nics_now = system
            .net_io_counters_pernic()
            .ok()
            .map(|now| nic_meter.straighten(now));
        let seconds = start.elapsed().as_secs_f64();
        sample.cpu = cpu.as_mut().and_then(|meter| meter.percent().ok());
        sample.modes = modes.as_mut().and_then(|meter| meter.modes_percent().ok());
        sample.cores = cores.as_mut().and_then(|meter| meter.percent().ok());
        sample.disk_flows = disks
            .zip(disks_now)
            .map(|(old, new)| old.flows(&new, seconds));
        sample.disk_flow = all_disks
            .zip(all_disks_now)
            .and_then(|(old, new)| Flow::of_disk(&old, &new, seconds));
        sample.nics = nics
            .zip(nics_now)
            .map(|(old, new)| old.flows(&new, seconds));
        sample.processes = swept.and_then(|_| sweeper.sweep(FIELDS)).ok();
        sample.disks = space.told();
        sample
    }

    /// What needs only one look.
    fn still(system: &System) -> Self {
        Self {
            host: system.host_name().ok(),
            kernel: system.kernel().ok(),
            uptime: system.uptime().ok(),
            load: system.load_average().ok(),
            users: system.users().ok(),
            cpu: None,
            modes: None,
            cores: None,
            logical: system.cpu_count_logical().ok().flatten(),
            physical: system.cpu_count_physical().ok().flatten(),
            freq: system.cpu_freq().ok().flatten(),
            memory: system.virtual_memory().ok(),
            swap: system.swap_memory().ok(),
            disks: Vec::new(),
            disk_flows: None,
            disk_flow: None,
            nics: None,
            addresses: system.net_if_addrs().ok(),
            links: system.net_if_stats().ok(),
            temperatures: system.sensors_temperatures().ok(),
            fans: system.sensors_fans().ok(),
            battery: system.sensors_battery().ok().flatten(),
            processes: None,
        }
    }
}

/// Space on the disks, asked for in threads of its own: a dead network file system answers never.
#[derive(Debug)]
struct Space {
    disks: Vec<DiskPartition>,
    answers: mpsc::Receiver<(usize, DiskUsage)>,
}

impl Space {
    fn ask(system: &System) -> Self {
        let disks = choose(system);
        let (sender, answers) = mpsc::channel();
        for (place, disk) in disks.iter().enumerate() {
            let (system, sender) = (system.clone(), sender.clone());
            let mountpoint = disk.mountpoint.clone();
            let ask = move || {
                if let Ok(usage) = system.disk_usage(&mountpoint) {
                    // Nobody listens any more when it took too long.
                    let _ = sender.send((place, usage));
                }
            };
            // Without a thread there is no answer.
            let _ = thread::Builder::new().spawn(ask);
        }
        Self { disks, answers }
    }

    /// What has been answered by now.
    fn told(self) -> Vec<(DiskPartition, Option<DiskUsage>)> {
        let mut told: Vec<_> = self.disks.into_iter().map(|disk| (disk, None)).collect();
        for (place, usage) in self.answers.try_iter() {
            if let Some((_, answer)) = told.get_mut(place) {
                *answer = Some(usage);
            }
        }
        told
    }
}

/// One mount of each device, that with the shortest path; where no file system has a device, as in
/// many containers, the root.
fn choose(system: &System) -> Vec<DiskPartition> {
    let mut chosen: Vec<DiskPartition> = Vec::new();
    for mount in system.disk_partitions().unwrap_or_default() {
        match chosen.iter_mut().find(|known| known.device == mount.device) {
            Some(known)
                if mount.mountpoint.as_os_str().len() < known.mountpoint.as_os_str().len() =>
            {
                *known = mount;
            }
            Some(_) => {}
            None => chosen.push(mount),
        }
    }
    let is_root = |mount: &DiskPartition| mount.mountpoint.as_os_str() == "/";
    if !chosen.iter().any(is_root) {
        let all = system.disk_partitions_all().unwrap_or_default();
        // The last mount on a point hides the others.
        if let Some(root) = all.into_iter().rev().find(is_root) {
            chosen.insert(0, root);
        }
    }
    chosen
}
