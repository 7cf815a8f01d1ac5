//! Every parser of the system's files, on any bytes: none may panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use psight_core::layout::Endian;
use psight_core::parse::linux::{
    cpuinfo, cpulist, diskstats, filesystems, loadavg, meminfo, mounts, net_dev, net_sockets,
    partitions, stat, uevent, uptime, vmstat, zoneinfo,
};
use psight_core::parse::posix::passwd;

fuzz_target!(|text: &[u8]| {
    if let Ok(stat) = stat::Stat::parse(text) {
        let _ = stat.cpu.seconds(100);
    }
    let _ = (stat::cpu(text), stat::cpus(text), stat::btime(text));
    let _ = meminfo::Meminfo::parse(text);
    let _ = (zoneinfo::low_pages(text), vmstat::Vmstat::parse(text));
    let _ = (loadavg::loadavg(text), uptime::Uptime::parse(text));
    for row in diskstats::rows(text).flatten() {
        let _ = row.counters();
    }
    let _ = diskstats::sys_block_stat(b"sda", text);
    let _ = (
        mounts::mounts(text).count(),
        filesystems::device_types(text).count(),
    );
    let _ = (
        partitions::partitions(text).count(),
        partitions::device_name(text, 8, 1),
    );
    let _ = (uevent::pairs(text).count(), uevent::value(text, b"DEVNAME"));
    let _ = (cpuinfo::Cpuinfo::parse(text), cpulist::cpulist(text));
    for row in net_dev::rows(text).flatten() {
        let _ = row.counters();
    }
    for endian in [Endian::Little, Endian::Big] {
        let _ = net_sockets::inet_rows("/proc/net/tcp", text, endian).count();
    }
    let _ = net_sockets::unix_rows(text).count();
    let _ = passwd::names_by_uid(text);
});
