//! `/proc/net/dev`: traffic of network interfaces.
//!
//! Authority: `proc_pid_net(5)`. Since Linux 2.2 a row holds 16 numbers behind its name.

use crate::scan::{decimal, rsplit_once, words};
use crate::types::NetIoCounters;
use crate::{Expected, ParseError};

const SOURCE: &str = "/proc/net/dev";

/// One interface, counted since it came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// The interface; an alias holds a colon, such as `eth0:1`.
    pub name: &'a [u8],
    /// Bytes. Received.
    pub rx_bytes: u64,
    /// Count. Packets received.
    pub rx_packets: u64,
    /// Count. Errors while receiving.
    pub rx_errs: u64,
    /// Count. Incoming packets dropped.
    pub rx_drop: u64,
    /// Bytes. Sent.
    pub tx_bytes: u64,
    /// Count. Packets sent.
    pub tx_packets: u64,
    /// Count. Errors while sending.
    pub tx_errs: u64,
    /// Count. Outgoing packets dropped.
    pub tx_drop: u64,
}

impl Row<'_> {
    /// The row as public record.
    pub const fn counters(&self) -> NetIoCounters {
        NetIoCounters {
            bytes_sent: self.tx_bytes,
            bytes_recv: self.rx_bytes,
            packets_sent: self.tx_packets,
            packets_recv: self.rx_packets,
            errin: self.rx_errs,
            errout: self.tx_errs,
            dropin: self.rx_drop,
            dropout: self.tx_drop,
        }
    }
}

/// The interfaces behind the two lines of heading, in the kernel's order.
///
/// Example: `  eth0: 2776770 11307 0 0 0 0 0 0 1200456 9121 0 0 0 0 0 0`. Old kernels leave no
/// blank behind the colon when the first number is wide.
/// Errors: [`ParseError`] at the offset of a row without name or with fewer than 16 numbers; the
/// rows after it follow.
pub fn rows(text: &[u8]) -> impl Iterator<Item = Result<Row<'_>, ParseError>> {
    let mut offset = 0usize;
    let lines = text.split_inclusive(|b| *b == b'\n').map(move |line| {
        let start = offset;
        offset = offset.saturating_add(line.len());
        (start, line.trim_ascii())
    });
    lines
        .skip(2)
        .filter(|(_, line)| !line.is_empty())
        .map(|(start, line)| row(line).map_err(|error| error.at(start)))
}

fn row(line: &[u8]) -> Result<Row<'_>, ParseError> {
    let (name, columns) = rsplit_once(line, b':')
        .filter(|(name, _)| !name.is_empty())
        .ok_or(ParseError::new(SOURCE, "name", Expected::Delimiter))?;
    let mut columns = words(columns);
    let mut numbers = [0; 16];
    for number in &mut numbers {
        let word = columns
            .next()
            .ok_or(ParseError::new(SOURCE, "row", Expected::Length))?;
        *number = decimal(word).ok_or(ParseError::new(SOURCE, "row", Expected::Number))?;
    }
    let [
        rx_bytes,
        rx_packets,
        rx_errs,
        rx_drop,
        _,
        _,
        _,
        _,
        tx_bytes,
        tx_packets,
        tx_errs,
        tx_drop,
        ..,
    ] = numbers;
    Ok(Row {
        name,
        rx_bytes,
        rx_packets,
        rx_errs,
        rx_drop,
        tx_bytes,
        tx_packets,
        tx_errs,
        tx_drop,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(rows_text: &str) -> Vec<Result<(String, NetIoCounters), ParseError>> {
        let text = format!("Inter-|   Receive\n face |bytes    packets\n{rows_text}");
        let own = |row: Row<'_>| {
            (
                String::from_utf8_lossy(row.name).into_owned(),
                row.counters(),
            )
        };
        rows(text.as_bytes()).map(|row| row.map(own)).collect()
    }

    const COUNTERS: NetIoCounters = NetIoCounters {
        bytes_recv: 1,
        packets_recv: 2,
        errin: 3,
        dropin: 4,
        bytes_sent: 9,
        packets_sent: 10,
        errout: 11,
        dropout: 12,
    };

    #[test]
    fn an_alias_holds_a_colon() {
        let rows = all(" eth0:1:  1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
        assert_eq!(rows, [Ok(("eth0:1".into(), COUNTERS))]);
    }

    #[test]
    fn a_blank_behind_the_colon_is_optional() {
        let rows = all("eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n");
        assert_eq!(rows, [Ok(("eth0".into(), COUNTERS))]);
    }

    #[test]
    fn a_short_row_is_an_error_and_the_next_follows() {
        let rows = all("lo: 1 2\nlo 1\n l: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
        let error = rows[0].clone().unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::Length, 42));
        assert_eq!(rows[1].clone().unwrap_err().expected, Expected::Delimiter);
        assert_eq!(rows[2], Ok(("l".into(), COUNTERS)));
        assert!(all("").is_empty());
    }

    proptest! {
        #[test]
        fn never_panics(text: Vec<u8>) {
            let _ = rows(&[b"\n\n", &text[..]].concat()).count();
        }
    }
}
