//! CPU times, counts and clock rates.
//!
//! Sources: `/proc/stat`, `/proc/cpuinfo`, `/proc/loadavg`, `/sys/devices/system/cpu`. Authority:
//! `proc_stat(5)`, `proc_cpuinfo(5)`, Documentation/admin-guide/cputopology.rst and pm/cpufreq.rst.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use psight_core::parse::linux::cpuinfo::Cpuinfo;
use psight_core::parse::linux::cpulist::cpulist;
use psight_core::parse::linux::loadavg::loadavg;
use psight_core::parse::linux::stat::{self, Stat};
use psight_core::scan;
use psight_core::types::{CpuFreq, CpuStats, CpuTimes, LoadAverage};

use super::{Host, read_optional};
use crate::error::{Fault, Outcome};
use crate::os;
use crate::seam::Cpu;

/// Where sysfs keeps the CPUs.
const CPUS: &str = "devices/system/cpu";

/// CPUs that share a clock, or one of them.
struct Policy {
    folder: PathBuf,
    /// The number in the folder's name: a CPU it serves, or served while that was online.
    number: u32,
}

impl Cpu for Host {
    fn cpu_times(&self) -> Outcome<CpuTimes> {
        let ticks =
            stat::cpu(&self.read_proc_record("stat")?).map_err(|error| self.stat_fault(error))?;
        Ok(ticks.seconds(self.ticks))
    }

    fn cpu_times_percpu(&self) -> Outcome<Vec<CpuTimes>> {
        let rows =
            stat::cpus(&self.read_proc_record("stat")?).map_err(|error| self.stat_fault(error))?;
        Ok(rows
            .into_iter()
            .map(|(_, ticks)| ticks.seconds(self.ticks))
            .collect())
    }

    /// The file is asked before sysconf(3), which reads the same one in glibc, but counts the CPUs
    /// this process may use in musl.
    fn cpu_count_logical(&self) -> Outcome<Option<u32>> {
        Ok(self
            .online_cpus()
            .map(|online| online.len())
            .or_else(|| {
                os::clock::online_cpus()
                    .filter(|_| self.live)?
                    .try_into()
                    .ok()
            })
            .and_then(counted)
            .or_else(|| self.cpuinfo(|cpuinfo| counted(cpuinfo.processors))?)
            .or_else(|| counted(stat::cpus(&self.read_proc_record("stat").ok()?).ok()?.len())))
    }

    /// CPUs of one core name the same siblings, so each distinct list is a core.
    fn cpu_count_physical(&self) -> Outcome<Option<u32>> {
        // Before Linux 5.3 the list had the second name.
        let cores = ["core_cpus_list", "thread_siblings_list"]
            .into_iter()
            .map(|file| self.distinct_siblings(file).len())
            .find_map(counted);
        Ok(cores.or_else(|| self.cpuinfo(|cpuinfo| cpuinfo.cores)?))
    }

    fn cpu_stats(&self) -> Outcome<CpuStats> {
        let stat =
            Stat::parse(&self.read_proc_record("stat")?).map_err(|error| self.stat_fault(error))?;
        Ok(CpuStats {
            ctx_switches: stat.ctxt,
            interrupts: stat.intr,
            soft_interrupts: stat.softirq,
            syscalls: None,
        })
    }

    /// A policy serves all its CPUs. `cpu MHz` comes first where it is printed: on x86 it is
    /// measured, while `scaling_cur_freq` may be what was last asked for.
    fn cpu_freq_percpu(&self) -> Outcome<Vec<CpuFreq>> {
        let measured: BTreeMap<u32, f64> = self
            .cpuinfo(|cpuinfo| cpuinfo.mhz.iter().copied().collect())
            .unwrap_or_default();
        let policies = self.policies();
        if policies.is_empty() {
            let rates = measured.into_values();
            return Ok(rates
                .map(|current| CpuFreq {
                    current,
                    min: None,
                    max: None,
                })
                .collect());
        }
        let online = self.online_cpus();
        let mut rates = BTreeMap::new();
        for policy in &policies {
            let told = policy
                .megahertz("scaling_cur_freq")
                .or_else(|| policy.megahertz("cpuinfo_cur_freq"));
            let (min, max) = (
                policy.megahertz("scaling_min_freq"),
                policy.megahertz("scaling_max_freq"),
            );
            for cpu in policy.cpus() {
                let off = online.as_ref().is_some_and(|online| !online.contains(&cpu));
                let current = measured.get(&cpu).copied().or(told).filter(|_| !off);
                rates.extend(current.map(|current| (cpu, CpuFreq { current, min, max })));
            }
        }
        if rates.is_empty() {
            // psutil: "can't find current frequency file".
            return Err(Fault::Unsupported("cpu_freq"));
        }
        Ok(rates.into_values().collect())
    }

    fn load_average(&self) -> Outcome<LoadAverage> {
        loadavg(&self.read_proc_record("loadavg")?)
            .map_err(|error| Fault::parse(self.proc_path("loadavg"), error))
    }
}

impl Host {
    fn stat_fault(&self, error: psight_core::ParseError) -> Fault {
        Fault::parse(self.proc_path("stat"), error)
    }

    fn cpuinfo<T>(&self, look: impl FnOnce(&Cpuinfo<'_>) -> T) -> Option<T> {
        Some(look(&Cpuinfo::parse(&self.read_proc("cpuinfo").ok()?)))
    }

    /// The numbers of the CPUs online; `None` when sysfs does not tell.
    fn online_cpus(&self) -> Option<Vec<u32>> {
        cpulist(&self.read_sys(format!("{CPUS}/online")).ok()?)
            .ok()
            .filter(|cpus| !cpus.is_empty())
    }

    fn distinct_siblings(&self, file: &str) -> BTreeSet<Vec<u8>> {
        let folder = self.roots.sys.join(CPUS);
        let cpus = numbered(&folder, "cpu").into_iter();
        cpus.filter_map(|(_, cpu)| read_optional(&cpu.join("topology").join(file)))
            .collect()
    }

    /// In the order of their numbers.
    fn policies(&self) -> Vec<Policy> {
        let folder = self.roots.sys.join(CPUS);
        let shared = folder.join("cpufreq");
        let mut found = numbered(&shared, "policy");
        if found.is_empty() && !os::files::exists(&shared) {
            // Before Linux 4.3 each CPU had a folder of its own.
            found = numbered(&folder, "cpu");
            for (_, folder) in &mut found {
                folder.push("cpufreq");
            }
            found.retain(|(_, folder)| os::files::exists(folder));
        }
        found
            .into_iter()
            .map(|(number, folder)| Policy { folder, number })
            .collect()
    }
}

impl Policy {
    /// The online CPUs it serves.
    fn cpus(&self) -> Vec<u32> {
        match read_optional(&self.folder.join("affected_cpus")) {
            Some(cpus) => scan::words(&cpus)
                .filter_map(|cpu| u32::try_from(scan::decimal(cpu)?).ok())
                .collect(),
            None => vec![self.number],
        }
    }

    /// A file of kHz in MHz.
    fn megahertz(&self, file: &str) -> Option<f64> {
        let kilohertz = scan::fraction(read_optional(&self.folder.join(file))?.trim_ascii())?;
        Some(kilohertz / 1000.0)
    }
}

/// A count that may be too large or nothing.
fn counted(count: impl TryInto<u32>) -> Option<u32> {
    count.try_into().ok().filter(|count| *count > 0)
}

/// The entries of a folder named by a prefix and a number, in the order of the numbers.
fn numbered(folder: &Path, prefix: &str) -> Vec<(u32, PathBuf)> {
    let mut found: Vec<_> = os::directory::names(folder)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|name| {
            let number = name.as_encoded_bytes().strip_prefix(prefix.as_bytes())?;
            Some((scan::decimal(number)?.try_into().ok()?, folder.join(name)))
        })
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::roots::{Machine, Roots};

    fn machine(files: &[(&str, &str)]) -> (tempfile::TempDir, Host) {
        let root = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let recorded = Machine {
            page_size: 4096,
            clock_ticks: 100,
            big_endian: false,
        };
        let host = Host::new(Roots::under(root.path()), Some(recorded));
        (root, host)
    }

    fn freq(current: f64, min: Option<f64>, max: Option<f64>) -> CpuFreq {
        CpuFreq { current, min, max }
    }

    #[test]
    fn a_policy_serves_all_its_cpus_and_offline_ones_are_left_out() {
        let (_root, host) = machine(&[
            ("proc/cpuinfo", "processor: 2\ncpu MHz: 2500.5\n"),
            ("sys/devices/system/cpu/online", "0-2\n"),
            (
                "sys/devices/system/cpu/cpufreq/policy0/affected_cpus",
                "0 1\n",
            ),
            (
                "sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq",
                "1800000\n",
            ),
            (
                "sys/devices/system/cpu/cpufreq/policy0/scaling_min_freq",
                "400000\n",
            ),
            (
                "sys/devices/system/cpu/cpufreq/policy10/scaling_cur_freq",
                "1\n",
            ),
            (
                "sys/devices/system/cpu/cpufreq/policy2/affected_cpus",
                "2\n",
            ),
            ("sys/devices/system/cpu/cpufreq/policy3/affected_cpus", "\n"),
        ]);
        let pair = freq(1800.0, Some(400.0), None);
        assert_eq!(
            host.cpu_freq_percpu().unwrap(),
            [pair, pair, freq(2500.5, None, None)]
        );
    }

    #[test]
    fn policies_without_a_rate_are_unsupported_and_no_policies_are_none() {
        let (_root, host) =
            machine(&[("sys/devices/system/cpu/cpu0/cpufreq/scaling_min_freq", "1")]);
        assert!(matches!(
            host.cpu_freq_percpu(),
            Err(Fault::Unsupported("cpu_freq"))
        ));
        let (_root, host) = machine(&[]);
        assert_eq!(host.cpu_freq_percpu().unwrap(), []);
    }

    #[test]
    fn another_machines_cpus_are_counted_from_its_files() {
        let (_root, host) = machine(&[("proc/stat", "cpu 1 1 1 1\ncpu0 1 1 1 1\ncpu5 1 1 1 1\n")]);
        assert_eq!(host.cpu_count_logical().unwrap(), Some(2));
        assert_eq!(host.cpu_count_physical().unwrap(), None);
        let (_root, host) = machine(&[
            ("sys/devices/system/cpu/online", "0-3\n"),
            (
                "sys/devices/system/cpu/cpu0/topology/thread_siblings_list",
                "0-1\n",
            ),
            (
                "sys/devices/system/cpu/cpu1/topology/thread_siblings_list",
                "0-1\n",
            ),
            (
                "sys/devices/system/cpu/cpu2/topology/thread_siblings_list",
                "2\n",
            ),
        ]);
        assert_eq!(host.cpu_count_logical().unwrap(), Some(4));
        assert_eq!(host.cpu_count_physical().unwrap(), Some(2));
    }
}
