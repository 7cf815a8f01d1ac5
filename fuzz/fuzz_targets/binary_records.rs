//! Every decoder of binary records, on any bytes and in both byte orders: none may panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use psight_core::layout::Endian;
use psight_core::parse::linux::netlink::{Message, attributes, messages};
use psight_core::parse::linux::pidfd_info::PidfdInfo;
use psight_core::parse::linux::rtnetlink::{Address, Link};
use psight_core::parse::linux::sock_diag::{InetSocket, UnixSocket};
use psight_core::parse::posix::utmp::{Width, logins};

fuzz_target!(|bytes: &[u8]| {
    for endian in [Endian::Little, Endian::Big] {
        for message in messages(bytes, endian) {
            if let Ok(Message::Record { body, .. }) = message {
                let _ = attributes(body, endian).count();
                let _ = (
                    InetSocket::parse(body, endian),
                    UnixSocket::parse(body, endian),
                );
            }
        }
        let _ = (
            InetSocket::parse(bytes, endian),
            UnixSocket::parse(bytes, endian),
        );
        let _ = (Link::parse(bytes, endian), Address::parse(bytes, endian));
        let _ = PidfdInfo::parse(bytes, endian);
        for width in [Width::Narrow, Width::Wide] {
            for login in logins(bytes, width, endian) {
                let _ = login.user();
            }
        }
    }
});
