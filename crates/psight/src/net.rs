//! Interfaces, their traffic and addresses, and sockets.

use psight_core::types::{ByName, Connection, ConnectionKind, NetIoCounters, NicAddress, NicStats};

use crate::error::Result;
use crate::seam::Net;
use crate::system::System;

impl System {
    /// The sum over all interfaces, loopback included; `None` on a machine without any.
    ///
    /// Source: `/proc/net/dev`. Cost: one file. Errors: `Os`, `Parse`.
    pub fn net_io_counters(&self) -> Result<Option<NetIoCounters>> {
        let nics = self.net_io_counters_pernic()?;
        Ok(psight_core::calc::counter::sum_nics(nics.values().copied()))
    }

    /// Each interface since it came up.
    ///
    /// Source: `/proc/net/dev`. Cost: one file. Errors: `Os`, `Parse`.
    pub fn net_io_counters_pernic(&self) -> Result<ByName<NetIoCounters>> {
        self.ask(Net::net_io_counters)
    }

    /// Sockets of the whole system with their owners, sorted, without duplicates.
    ///
    /// An internet socket shared by several processes names one of them; a local one has a row for
    /// each. Sockets of others have no owner here unless the caller may look into their processes.
    ///
    /// Source: `NETLINK_SOCK_DIAG`, else `/proc/net/{tcp,tcp6,udp,udp6,unix}`; owners by
    /// `/proc/PID/fd`, until every socket has one. Cost: one link per open socket.
    /// Errors: `Os`, `Parse`.
    pub fn net_connections(&self, kind: ConnectionKind) -> Result<Vec<Connection>> {
        self.ask(|host| host.net_connections(kind, true))
    }

    /// Sockets of the whole system, nobody's processes looked into: `fd` and `pid` are `None`.
    ///
    /// Source: as [`System::net_connections`], without the owners. Errors: `Os`, `Parse`.
    pub fn net_connections_without_owners(&self, kind: ConnectionKind) -> Result<Vec<Connection>> {
        self.ask(|host| host.net_connections(kind, false))
    }

    /// The addresses of each interface.
    ///
    /// Source: `getifaddrs(3)`, so always this network namespace. Errors: `Os`.
    pub fn net_if_addrs(&self) -> Result<ByName<Vec<NicAddress>>> {
        self.ask(Net::net_if_addrs)
    }

    /// State, duplex, speed and MTU of each interface.
    ///
    /// Source: names from `/proc/net/dev`, then three `ioctl(2)`s each; see netdevice(7). Errors: `Os`.
    pub fn net_if_stats(&self) -> Result<ByName<NicStats>> {
        self.ask(Net::net_if_stats)
    }
}

/// [`System::net_io_counters`] of this machine.
pub fn net_io_counters() -> Result<Option<NetIoCounters>> {
    System::local().net_io_counters()
}

/// [`System::net_io_counters_pernic`] of this machine.
pub fn net_io_counters_pernic() -> Result<ByName<NetIoCounters>> {
    System::local().net_io_counters_pernic()
}

/// [`System::net_connections`] of this machine.
pub fn net_connections(kind: ConnectionKind) -> Result<Vec<Connection>> {
    System::local().net_connections(kind)
}

/// [`System::net_connections_without_owners`] of this machine.
pub fn net_connections_without_owners(kind: ConnectionKind) -> Result<Vec<Connection>> {
    System::local().net_connections_without_owners(kind)
}

/// [`System::net_if_addrs`] of this machine.
pub fn net_if_addrs() -> Result<ByName<Vec<NicAddress>>> {
    System::local().net_if_addrs()
}

/// [`System::net_if_stats`] of this machine.
pub fn net_if_stats() -> Result<ByName<NicStats>> {
    System::local().net_if_stats()
}
