//! The sockets of the system, 1,000 more of them than there are.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

mod common;

use std::net::{Ipv4Addr, TcpListener, TcpStream};

use common::Bench;
use common::floor::Floor;
use psight::ConnectionKind::Inet;
use psight::{net_connections, net_connections_without_owners};
use psight_core::layout::Endian;
use psight_core::parse::linux::sock_diag::{Table, inet_request};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Connected pairs, so twice as many sockets.
const PAIRS: usize = 500;

fn main() {
    let bench = Bench::new("Internet sockets");
    allow_many_descriptors();
    let sockets = loopback_pairs();
    let tables = [Table::Tcp4, Table::Tcp6, Table::Udp4, Table::Udp6];
    let requests: Vec<Vec<u8>> = (1..)
        .zip(tables)
        .map(|(sequence, table)| inet_request(table, sequence, Endian::NATIVE))
        .collect();
    let found = net_connections(Inet).unwrap();
    let last = found.iter().filter_map(|socket| socket.pid).min();
    let ownerless = found.iter().filter(|socket| socket.pid.is_none()).count();
    // psight stops at the last owner; when some sockets have none, it asks every process.
    let last = if ownerless > 0 { 0 } else { last.unwrap_or(0) };
    println!(
        "{} sockets, {ownerless} of them without an owner.\n",
        found.len()
    );
    let mut floor = Floor::new();
    Bench::table("a call");
    bench.row(
        "net_connections without owners",
        1,
        || net_connections_without_owners(Inet),
        || floor.netlink(&requests),
    );
    bench.row(
        "net_connections",
        1,
        || net_connections(Inet),
        || floor.netlink(&requests) + floor.descriptor_links(last),
    );
    drop(sockets);
}

fn allow_many_descriptors() {
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: limit.maximum,
        ..limit
    };
    setrlimit(Resource::Nofile, most).unwrap();
}

fn loopback_pairs() -> Vec<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let pair = || {
        let client = TcpStream::connect(address).unwrap();
        (client, listener.accept().unwrap().0)
    };
    std::iter::repeat_with(pair).take(PAIRS).collect()
}
