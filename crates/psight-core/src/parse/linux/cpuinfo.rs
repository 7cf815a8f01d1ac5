//! `/proc/cpuinfo`: how many CPUs and cores, and how fast they run.
//!
//! Authority: `proc_cpuinfo(5)` and `arch/*/kernel/{proc,setup}*.c`. Every architecture prints
//! words of its own, so keys and values are told apart by the colon alone, and nothing is
//! essential.

use std::collections::BTreeMap;

use crate::scan::{decimal, fraction, key_value, lines, words};

/// `/proc/cpuinfo`, as far as this architecture prints it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cpuinfo<'a> {
    /// Count. Online logical CPUs; 0 where the file does not tell.
    pub processors: u32,
    /// Megahertz, by CPU number: `cpu MHz` (x86), `cpu MHz dynamic` (s390), `clock` (PowerPC).
    pub mhz: Vec<(u32, f64)>,
    /// Count. Cores, from `physical id` and `cpu cores`. Absent where those are not printed.
    pub cores: Option<u32>,
    /// The first CPU's name. Absent where it is not printed, as on 64-bit ARM.
    pub model_name: Option<&'a [u8]>,
}

impl<'a> Cpuinfo<'a> {
    /// `/proc/cpuinfo`.
    ///
    /// Example line: `cpu MHz<TAB><TAB>: 2893.202`.
    pub fn parse(text: &'a [u8]) -> Self {
        let mut cpuinfo = Self::default();
        let (mut named, mut cpu) = (0u32, None);
        let (mut package, mut package_cores) = (None, None);
        let mut packages = BTreeMap::new();
        // The empty line behind the last closes its block where the file was cut.
        for line in lines(text).chain([&b""[..]]) {
            if line.trim_ascii().is_empty() {
                if let (Some(package), Some(cores)) = (package.take(), package_cores.take()) {
                    packages.insert(package, cores);
                }
                cpu = None;
                continue;
            }
            let Some((key, value)) = key_value(line) else {
                continue;
            };
            if let Some(number) = processor(key, value) {
                cpuinfo.processors = cpuinfo.processors.saturating_add(1);
                cpu = Some(number);
                continue;
            }
            match key {
                // Old ARM: a name as value, beside the numbered `processor` lines or instead.
                b"Processor" => named = named.saturating_add(1),
                b"cpu number" => cpu = number(value),
                b"physical id" => package = number(value),
                b"cpu cores" => package_cores = number(value),
                b"model name" => {
                    cpuinfo.model_name.get_or_insert(value);
                }
                b"cpu MHz" | b"cpu MHz dynamic" | b"clock" => {
                    let next = u32::try_from(cpuinfo.mhz.len()).unwrap_or(u32::MAX);
                    let rate = fraction(value.strip_suffix(b"MHz").unwrap_or(value));
                    cpuinfo
                        .mhz
                        .extend(rate.map(|rate| (cpu.unwrap_or(next), rate)));
                }
                _ => {}
            }
        }
        if cpuinfo.processors == 0 {
            cpuinfo.processors = named;
        }
        cpuinfo.cores = packages
            .into_values()
            .reduce(u32::saturating_add)
            .filter(|n| *n > 0);
        cpuinfo
    }
}

/// The CPU number of `processor : 3`, or of s390's `processor 3: version = ...`.
fn processor(key: &[u8], value: &[u8]) -> Option<u32> {
    let mut key = words(key);
    key.next()
        .filter(|word| word.eq_ignore_ascii_case(b"processor"))?;
    number(key.next().unwrap_or(value))
}

fn number(value: &[u8]) -> Option<u32> {
    decimal(value)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn x86_prints_a_block_per_cpu() {
        let text = b"processor\t: 0\nmodel name\t: Some CPU: fast\ncpu MHz\t\t: 2893.202\n\
            physical id\t: 0\n\
            cpu cores\t: 2\n\nprocessor\t: 1\nmodel name\t: Other\ncpu MHz\t\t: 800.000\n\
            physical id\t: 0\ncpu cores\t: 2\n\nprocessor\t: 4\ncpu MHz\t\t: 900.5\n\
            physical id\t: 1\ncpu cores\t: 3\n\n";
        let cpuinfo = Cpuinfo::parse(text);
        assert_eq!((cpuinfo.processors, cpuinfo.cores), (3, Some(5)));
        assert_eq!(cpuinfo.mhz, [(0, 2893.202), (1, 800.0), (4, 900.5)]);
        assert_eq!(cpuinfo.model_name, Some(&b"Some CPU: fast"[..]));
    }

    #[test]
    fn s390_has_two_rates_per_cpu_and_only_the_dynamic_one_counts() {
        let text = b"vendor_id       : IBM/S390\n# processors    : 2\nbogomips per cpu: 3033.00\n\
            processor 0: version = FF,  identification = 133BE8,  machine = 2964\n\
            processor 1: version = FF,  identification = 133BE8,  machine = 2964\n\n\
            cpu number      : 0\nphysical id     : 1\ncpu cores       : 1\n\
            cpu MHz dynamic : 5000\ncpu MHz static  : 5504\n\n\
            cpu number      : 1\nphysical id     : 2\ncpu cores       : 1\n\
            cpu MHz dynamic : 5208\ncpu MHz static  : 5504\n\n";
        let cpuinfo = Cpuinfo::parse(text);
        assert_eq!((cpuinfo.processors, cpuinfo.cores), (2, Some(2)));
        assert_eq!(cpuinfo.mhz, [(0, 5000.0), (1, 5208.0)]);
    }

    #[test]
    fn power_pc_calls_the_rate_clock() {
        let text =
            b"processor\t: 8\ncpu\t\t: POWER8\nclock\t\t: 3690.000000MHz\nrevision\t: 2.0\n\n\
            timebase\t: 512000000\nplatform\t: PowerNV\n";
        let cpuinfo = Cpuinfo::parse(text);
        assert_eq!((cpuinfo.processors, cpuinfo.cores), (1, None));
        assert_eq!(cpuinfo.mhz, [(8, 3690.0)]);
    }

    #[test]
    fn old_arm_names_the_processor_beside_numbering_it() {
        let numbered = b"Processor\t: ARMv7 rev 10 (v7l)\nprocessor\t: 0\n\nprocessor\t: 1\n\n";
        assert_eq!(Cpuinfo::parse(numbered).processors, 2);
        assert_eq!(
            Cpuinfo::parse(b"Processor\t: ARM926EJ-S rev 5 (v5l)\n").processors,
            1
        );
    }

    #[test]
    fn a_rate_without_blank_or_number_does_no_harm() {
        let cpuinfo = Cpuinfo::parse(b"cpu MHz:2.5\ncpu MHz : fast\n\ncpu MHz\t: 3\n");
        assert_eq!(cpuinfo.mhz, [(0, 2.5), (1, 3.0)]);
        assert_eq!(
            (cpuinfo.processors, cpuinfo.cores, cpuinfo.model_name),
            (0, None, None)
        );
    }

    proptest! {
        #[test]
        fn never_panics(
            text: Vec<u8>,
            line in "(processor|physical id|cpu cores|clock) ?:? ?[0-9]{0,12}\n",
        ) {
            let _ = Cpuinfo::parse(&text);
            let _ = Cpuinfo::parse(line.repeat(3).as_bytes());
        }
    }
}
