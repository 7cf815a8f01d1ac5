//! Every parser of a process's files, on any bytes: none may panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use psight_core::parse::linux::pid::{
    cgroup, children, cmdline, fdinfo, io, limits, link, name, smaps, stat, statm, status,
};
use psight_core::parse::posix::environ_block;
use psight_core::types::Resource;

fuzz_target!(|text: &[u8]| {
    if let Ok(stat) = stat::Stat::parse(text) {
        let _ = (stat.status(), stat.is_kernel_thread(), stat.without_comm());
        let _ = name::completed(stat.comm, text);
    }
    let _ = statm::Statm::parse(text);
    let _ = status::Status::parse(text);
    if let Ok(io) = io::Io::parse(text) {
        let _ = io.counters();
    }
    for region in smaps::regions(text).flatten() {
        let _ = region.memory_map();
    }
    let _ = smaps::Rollup::parse(text);
    let _ = (
        fdinfo::Fdinfo::parse(text).map(|info| info.mode()),
        fdinfo::Pidfd::parse(text),
    );
    let _ = (children::children(text).count(), link::Target::parse(text));
    for membership in cgroup::memberships(text).flatten() {
        let _ = (membership.is_unified(), membership.has_controller(b"cpu"));
    }
    let _ = (
        link::until_nul(text),
        link::without_deleted(text),
        link::socket_inode(text),
    );
    for resource in Resource::ALL {
        let _ = limits::limit(text, *resource);
    }
    assert_eq!(cmdline::cmdline(text).is_empty(), text.is_empty());
    let _ = environ_block::environ_block(text);
});
