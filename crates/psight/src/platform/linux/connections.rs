//! Sockets of the system and of one process.
//!
//! Sources: `NETLINK_SOCK_DIAG` for the running kernel; `/proc/net/{tcp,tcp6,udp,udp6,unix}` where
//! netlink is refused or lacks a protocol, and for files that are not the running kernel's.

use std::collections::HashMap;
use std::ops::ControlFlow;

use psight_core::layout::Endian;
use psight_core::parse::linux::net_sockets::{inet_rows, unix_rows};
use psight_core::parse::linux::netlink::{Message, messages};
use psight_core::parse::linux::sock_diag::{
    self, BY_FAMILY, InetSocket, Table, UnixSocket, inet_request, unix_request,
};
use psight_core::parse::linux::tcp_state::tcp_state;
use psight_core::text::os_string;
use psight_core::types::{
    AddressFamily, Connection, ConnectionKind, ConnectionStatus, Endpoint, InetAddress, SocketType,
};

use super::owners::Sockets;
use super::{Host, is_missing};
use crate::error::{Fault, Outcome};
use crate::os::netlink::Netlink;

/// Internet sockets: family, type, the table of the kernel, the file that says the same.
const INET: [(AddressFamily, SocketType, Table, &str); 4] = [
    (
        AddressFamily::Inet,
        SocketType::Stream,
        Table::Tcp4,
        "net/tcp",
    ),
    (
        AddressFamily::Inet6,
        SocketType::Stream,
        Table::Tcp6,
        "net/tcp6",
    ),
    (
        AddressFamily::Inet,
        SocketType::Datagram,
        Table::Udp4,
        "net/udp",
    ),
    (
        AddressFamily::Inet6,
        SocketType::Datagram,
        Table::Udp6,
        "net/udp6",
    ),
];

/// A socket before its owner is known.
#[derive(Debug)]
struct Socket {
    inode: u64,
    connection: Connection,
}

/// The sockets of the system by inode, as they were at one moment. Those that no process holds, all
/// with inode 0, are not among them.
#[derive(Debug)]
pub(super) struct SocketTable(HashMap<u64, Socket>);

impl SocketTable {
    /// The sockets that are among these.
    pub(super) fn of(&self, owned: &Sockets) -> Vec<Connection> {
        let sockets = owned.inodes().filter_map(|inode| self.0.get(&inode));
        in_order(
            sockets
                .flat_map(|socket| socket.with_owner(owned))
                .collect(),
        )
    }
}

impl Host {
    /// Sockets of the system; owners are looked for only when asked.
    pub(super) fn connections(
        &self,
        kind: ConnectionKind,
        owners: bool,
    ) -> Outcome<Vec<Connection>> {
        let sockets = self.sockets(kind)?;
        let owners = if owners {
            self.owners_of(sockets.iter().map(|socket| socket.inode))?
        } else {
            Sockets::default()
        };
        let owned = sockets.into_iter().flat_map(|socket| {
            if owners.owner(socket.inode).is_some() {
                socket.with_owner(&owners)
            } else {
                vec![socket.connection]
            }
        });
        Ok(in_order(owned.collect()))
    }

    /// The sockets of the system, to look up those of one process after another.
    pub(super) fn socket_table(&self, kind: ConnectionKind) -> Outcome<SocketTable> {
        let sockets = self.sockets(kind)?.into_iter();
        Ok(SocketTable(
            sockets.map(|socket| (socket.inode, socket)).collect(),
        ))
    }

    fn sockets(&self, kind: ConnectionKind) -> Outcome<Vec<Socket>> {
        let mut sockets = Vec::new();
        let mut netlink = if self.live {
            Netlink::open(sock_diag::PROTOCOL).ok()
        } else {
            None
        };
        for (sequence, (family, transport, table, file)) in (1..).zip(INET) {
            if !kind.holds(family, transport) {
                continue;
            }
            let shape = |local, remote, state, inode| {
                Socket::inet(family, transport, local, remote, state, inode)
            };
            let request = inet_request(table, sequence, Endian::NATIVE);
            let asked = ask(netlink.as_mut(), &request, &mut sockets, |record| {
                let socket = InetSocket::parse(record, Endian::NATIVE)?;
                Ok(shape(
                    socket.local,
                    socket.remote,
                    socket.state,
                    socket.inode,
                ))
            });
            if asked.is_none() {
                netlink = None;
                self.read_inet(family, file, &mut sockets, shape)?;
            }
        }
        if kind.holds(AddressFamily::Unix, SocketType::Stream) {
            let request = unix_request(5, Endian::NATIVE);
            let asked = ask(netlink.as_mut(), &request, &mut sockets, |record| {
                let socket = UnixSocket::parse(record, Endian::NATIVE)?;
                Ok(Socket::unix(socket.kind, &socket.path, socket.inode))
            });
            if asked.is_none() {
                self.read_unix(&mut sockets)?;
            }
        }
        Ok(sockets)
    }

    fn read_inet(
        &self,
        family: AddressFamily,
        file: &'static str,
        sockets: &mut Vec<Socket>,
        shape: impl Fn(InetAddress, InetAddress, u8, u64) -> Socket,
    ) -> Outcome<()> {
        let text = match self.read_proc(file) {
            Ok(text) => text,
            // A kernel without IPv6 has no such table.
            Err(fault) if family == AddressFamily::Inet6 && is_missing(&fault) => return Ok(()),
            Err(fault) => return Err(fault),
        };
        for row in inet_rows(file, &text, self.endian) {
            let row = row.map_err(|error| Fault::parse(self.proc_path(file), error))?;
            sockets.push(shape(row.local, row.remote, row.state, row.inode));
        }
        Ok(())
    }

    fn read_unix(&self, sockets: &mut Vec<Socket>) -> Outcome<()> {
        let text = self.read_proc("net/unix")?;
        for row in unix_rows(&text) {
            let row = row.map_err(|error| Fault::parse(self.proc_path("net/unix"), error))?;
            sockets.push(Socket::unix(row.kind, row.path, row.inode));
        }
        Ok(())
    }
}

/// Asks the kernel for a table. `None`, and nothing added, when it did not give all of it.
fn ask(
    netlink: Option<&mut Netlink>,
    request: &[u8],
    sockets: &mut Vec<Socket>,
    shape: impl Fn(&[u8]) -> Result<Socket, psight_core::ParseError>,
) -> Option<()> {
    let before = sockets.len();
    let mut complete = false;
    let dumped = netlink?.dump(request, |datagram| {
        for message in messages(datagram, Endian::NATIVE) {
            match message {
                Ok(Message::Record {
                    kind: BY_FAMILY,
                    body,
                }) => match shape(body) {
                    Ok(socket) => sockets.push(socket),
                    Err(_) => return ControlFlow::Break(()),
                },
                Ok(Message::Record { .. }) => {}
                Ok(Message::Done) => {
                    complete = true;
                    return ControlFlow::Break(());
                }
                Ok(Message::Refused(_)) | Err(_) => return ControlFlow::Break(()),
            }
        }
        ControlFlow::Continue(())
    });
    if dumped.is_err() || !complete {
        sockets.truncate(before);
        return None;
    }
    Some(())
}

impl Socket {
    fn inet(
        family: AddressFamily,
        kind: SocketType,
        local: InetAddress,
        remote: InetAddress,
        state: u8,
        inode: u64,
    ) -> Self {
        let side = |address: InetAddress| (address.port != 0).then_some(Endpoint::Inet(address));
        let status = match kind {
            SocketType::Stream => tcp_state(state),
            _ => ConnectionStatus::None,
        };
        let (laddr, raddr) = (side(local), side(remote));
        let connection = Connection {
            fd: None,
            family,
            kind,
            laddr,
            raddr,
            status,
            pid: None,
        };
        Self { inode, connection }
    }

    fn unix(kind: SocketType, path: &[u8], inode: u64) -> Self {
        let connection = Connection {
            fd: None,
            family: AddressFamily::Unix,
            kind,
            laddr: Some(Endpoint::Unix(os_string(path))),
            raddr: None,
            status: ConnectionStatus::None,
            pid: None,
        };
        Self { inode, connection }
    }

    /// A row for each descriptor of a local socket, one for an internet socket: psutil's rule.
    fn with_owner(&self, owners: &Sockets) -> Vec<Connection> {
        let Some(owner) = owners.owner(self.inode) else {
            return Vec::new();
        };
        let rows = if self.connection.family == AddressFamily::Unix {
            owner.fds.len()
        } else {
            1
        };
        let fds = owner.fds.iter().take(rows);
        fds.map(|fd| Connection {
            fd: Some(*fd),
            pid: Some(owner.pid),
            ..self.connection.clone()
        })
        .collect()
    }
}

/// Sorted, and rows that are equal in everything once.
fn in_order(mut connections: Vec<Connection>) -> Vec<Connection> {
    connections.sort_unstable();
    connections.dedup();
    connections
}
