//! Traffic, addresses and state of network interfaces.
//!
//! Sources: `/proc/net/dev`, getifaddrs(3), netdevice(7), `/sys/class/net`. Sockets are told in
//! `connections.rs`.

mod addresses;
mod stats;

use psight_core::parse::linux::net_dev;
use psight_core::text::os_string;
use psight_core::types::{ByName, Connection, ConnectionKind, NetIoCounters, NicAddress, NicStats};

use super::Host;
use crate::error::{Fault, Outcome};
use crate::seam::Net;

impl Net for Host {
    fn net_io_counters(&self) -> Outcome<ByName<NetIoCounters>> {
        let text = self.read_proc("net/dev")?;
        self.nic_rows(&text)
            .map(|row| row.map(|row| (os_string(row.name), row.counters())))
            .collect::<Outcome<Vec<_>>>()
            .map(ByName::from_iter)
    }

    fn net_connections(&self, kind: ConnectionKind, owners: bool) -> Outcome<Vec<Connection>> {
        self.connections(kind, owners)
    }

    fn net_if_addrs(&self) -> Outcome<ByName<Vec<NicAddress>>> {
        self.nic_addresses()
    }

    fn net_if_stats(&self) -> Outcome<ByName<NicStats>> {
        self.nic_stats()
    }
}

impl Host {
    fn nic_rows<'a>(
        &self,
        text: &'a [u8],
    ) -> impl Iterator<Item = Outcome<net_dev::Row<'a>>> + use<'a, '_> {
        net_dev::rows(text)
            .map(|row| row.map_err(|error| Fault::parse(self.proc_path("net/dev"), error)))
    }
}
