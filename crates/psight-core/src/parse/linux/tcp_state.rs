//! The kernel's numbers for TCP states, shared by the text tables and by netlink.
//!
//! Authority: `include/net/tcp_states.h`, also part of the UAPI through `sock_diag(7)`.

use crate::types::ConnectionStatus;

/// The state of a kernel number. An unknown one has no state.
///
/// `TCP_NEW_SYN_RECV` (12) and `TCP_BOUND_INACTIVE` (13) are internal and never printed as rows.
pub const fn tcp_state(code: u8) -> ConnectionStatus {
    match code {
        1 => ConnectionStatus::Established,
        2 => ConnectionStatus::SynSent,
        3 => ConnectionStatus::SynRecv,
        4 => ConnectionStatus::FinWait1,
        5 => ConnectionStatus::FinWait2,
        6 => ConnectionStatus::TimeWait,
        7 => ConnectionStatus::Close,
        8 => ConnectionStatus::CloseWait,
        9 => ConnectionStatus::LastAck,
        10 => ConnectionStatus::Listen,
        11 => ConnectionStatus::Closing,
        _ => ConnectionStatus::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_states_are_named_and_others_have_none() {
        assert_eq!(tcp_state(0x01), ConnectionStatus::Established);
        assert_eq!(tcp_state(0x0a), ConnectionStatus::Listen);
        assert_eq!(tcp_state(0x0b), ConnectionStatus::Closing);
        for code in [0, 0x0c, 0x0d, 0xff] {
            assert_eq!(tcp_state(code), ConnectionStatus::None);
        }
    }
}
