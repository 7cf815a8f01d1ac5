//! Network counters, addresses, interfaces and sockets.

use std::borrow::Cow;
use std::ffi::OsString;
use std::net::IpAddr;

use super::Pid;
use crate::{Value, Walk};

record! {
    /// Traffic of one interface, or of all, since it came up.
    #[derive(Copy, Eq)]
    pub struct NetIoCounters {
        /// Bytes. Sent.
        bytes_sent: u64 = Bytes,
        /// Bytes. Received.
        bytes_recv: u64 = Bytes,
        /// Count. Packets sent.
        packets_sent: u64 = Count,
        /// Count. Packets received.
        packets_recv: u64 = Count,
        /// Count. Errors while receiving.
        errin: u64 = Count,
        /// Count. Errors while sending.
        errout: u64 = Count,
        /// Count. Incoming packets dropped.
        dropin: u64 = Count,
        /// Count. Outgoing packets dropped.
        dropout: u64 = Count,
    }
}

/// A family of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AddressFamily {
    /// Local sockets, `AF_UNIX`.
    Unix,
    /// IPv4, `AF_INET`.
    Inet,
    /// IPv6, `AF_INET6`.
    Inet6,
    /// Hardware addresses on Linux, `AF_PACKET`: psutil's `AF_LINK` there.
    Packet,
    /// Hardware addresses elsewhere, `AF_LINK`.
    Link,
    /// Any other, by this kernel's number.
    Other(i32),
}

impl AddressFamily {
    /// The name of Python's `socket` module; `Other` prints its number.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Unix => "AF_UNIX",
            Self::Inet => "AF_INET",
            Self::Inet6 => "AF_INET6",
            Self::Packet => "AF_PACKET",
            Self::Link => "AF_LINK",
            Self::Other(number) => return Cow::Owned(number.to_string()),
        })
    }
}

impl Walk for AddressFamily {
    fn walk(&self) -> Value<'_> {
        Value::Symbol(self.name())
    }
}

/// A socket's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SocketType {
    /// A byte stream, `SOCK_STREAM`.
    Stream,
    /// Datagrams, `SOCK_DGRAM`.
    Datagram,
    /// Datagrams in order over a connection, `SOCK_SEQPACKET`.
    SeqPacket,
    /// Any other, by this kernel's number.
    Other(i32),
}

impl SocketType {
    /// The name of Python's `socket` module; `Other` prints its number.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Stream => "SOCK_STREAM",
            Self::Datagram => "SOCK_DGRAM",
            Self::SeqPacket => "SOCK_SEQPACKET",
            Self::Other(number) => return Cow::Owned(number.to_string()),
        })
    }
}

impl Walk for SocketType {
    fn walk(&self) -> Value<'_> {
        Value::Symbol(self.name())
    }
}

symbols! {
    /// The state of a TCP connection; `None` for sockets that have no such state.
    pub enum ConnectionStatus {
        /// Open.
        Established = "ESTABLISHED",
        /// Asked, no answer yet.
        SynSent = "SYN_SENT",
        /// Answered, not confirmed yet.
        SynRecv = "SYN_RECV",
        /// Closed here, not acknowledged.
        FinWait1 = "FIN_WAIT1",
        /// Closed here and acknowledged.
        FinWait2 = "FIN_WAIT2",
        /// Over, kept until late packets have died.
        TimeWait = "TIME_WAIT",
        /// Not connected.
        Close = "CLOSE",
        /// Closed by the peer.
        CloseWait = "CLOSE_WAIT",
        /// Closed by both, not acknowledged.
        LastAck = "LAST_ACK",
        /// Waiting for peers.
        Listen = "LISTEN",
        /// Closed by both at once.
        Closing = "CLOSING",
        /// No state: UDP, local sockets, or a state this version does not know.
        None = "NONE",
        /// Being torn down. Windows.
        DeleteTcb = "DELETE_TCB",
        /// Opened, nothing else. SunOS.
        Idle = "IDLE",
        /// Has an address, nothing else. SunOS.
        Bound = "BOUND",
    }
}

symbols! {
    /// Which sockets a listing holds: psutil's `kind`.
    pub enum ConnectionKind {
        /// IPv4, IPv6 and local sockets.
        All = "all",
        /// TCP over IPv4 and IPv6.
        Tcp = "tcp",
        /// TCP over IPv4.
        Tcp4 = "tcp4",
        /// UDP over IPv4 and IPv6.
        Udp = "udp",
        /// UDP over IPv4.
        Udp4 = "udp4",
        /// TCP and UDP over IPv4 and IPv6: psutil's default.
        Inet = "inet",
        /// TCP and UDP over IPv4.
        Inet4 = "inet4",
        /// TCP and UDP over IPv6.
        Inet6 = "inet6",
        /// TCP over IPv6.
        Tcp6 = "tcp6",
        /// UDP over IPv6.
        Udp6 = "udp6",
        /// Local sockets of every type.
        Unix = "unix",
    }
}

impl ConnectionKind {
    /// Whether a listing of this kind holds sockets of that family and type.
    pub const fn holds(self, family: AddressFamily, kind: SocketType) -> bool {
        use AddressFamily::{Inet, Inet6, Unix};
        let (tcp, udp) = (
            matches!(kind, SocketType::Stream),
            matches!(kind, SocketType::Datagram),
        );
        match family {
            Unix => matches!(self, Self::All | Self::Unix),
            Inet => match self {
                Self::All | Self::Inet | Self::Inet4 => tcp || udp,
                Self::Tcp | Self::Tcp4 => tcp,
                Self::Udp | Self::Udp4 => udp,
                _ => false,
            },
            Inet6 => match self {
                Self::All | Self::Inet | Self::Inet6 => tcp || udp,
                Self::Tcp | Self::Tcp6 => tcp,
                Self::Udp | Self::Udp6 => udp,
                _ => false,
            },
            AddressFamily::Packet | AddressFamily::Link | AddressFamily::Other(_) => false,
        }
    }
}

record! {
    /// An internet address with a port.
    #[derive(Copy, Eq, Hash, PartialOrd, Ord)]
    pub struct InetAddress {
        /// The address.
        ip: IpAddr = Plain,
        /// The port.
        port: u16 = Plain,
    }
}

/// One side of a socket.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Endpoint {
    /// Address and port.
    Inet(InetAddress),
    /// A local socket's path; a name of the abstract namespace starts with `@`; empty when unbound.
    Unix(OsString),
}

impl Walk for Endpoint {
    fn walk(&self) -> Value<'_> {
        match self {
            Self::Inet(address) => address.walk(),
            Self::Unix(path) => path.walk(),
        }
    }
}

record! {
    /// One socket of a process, or of the system with its owner.
    #[derive(Eq, Hash, PartialOrd, Ord)]
    pub struct Connection {
        /// Descriptor in the owner. Absent when the owner is not known or keeps none open.
        fd: Option<u32> = Plain,
        /// Address family.
        family: AddressFamily = Plain,
        /// Stream, datagram or sequenced packets.
        kind: SocketType = Plain as "type",
        /// This side. Absent where the port is 0.
        laddr: Option<Endpoint> = Plain,
        /// The other side. Absent where there is none, or where the kernel does not tell it, as for local sockets.
        raddr: Option<Endpoint> = Plain,
        /// TCP's state; `NONE` for the others.
        status: ConnectionStatus = Plain,
        /// The owner. Absent when it is not known: no permission, no owner left, or not asked for.
        pid: Option<Pid> = Plain,
    }
}

record! {
    /// One address of a network interface.
    #[derive(Eq)]
    pub struct NicAddress {
        /// Address family.
        family: AddressFamily = Plain,
        /// The address as text; an IPv6 link-local one carries `%zone`, a hardware one is lower-case and `:`-separated on Unix.
        address: String = Plain,
        /// Its mask, in address form.
        netmask: Option<String> = Plain,
        /// Where to reach all neighbors; only on interfaces that can.
        broadcast: Option<String> = Plain,
        /// The other end of a point-to-point link.
        ptp: Option<String> = Plain,
    }
}

symbols! {
    /// Whether an interface can send and receive at once.
    pub enum NicDuplex {
        /// Both at once.
        Full = "full",
        /// One at a time.
        Half = "half",
        /// The driver does not say.
        Unknown = "unknown",
    }
}

record! {
    /// State of a network interface.
    #[derive(Eq)]
    pub struct NicStats {
        /// Whether it is running: up, with a carrier.
        isup: bool = Plain,
        /// Full, half or unknown.
        duplex: NicDuplex = Plain,
        /// Megabits per second. Absent when the driver does not say.
        speed: Option<u32> = Megabits,
        /// Bytes. Largest packet.
        mtu: u32 = Bytes,
        /// The kernel's flags that are set, separated by commas. Empty on Windows and SunOS.
        flags: String = Plain,
    }
}
