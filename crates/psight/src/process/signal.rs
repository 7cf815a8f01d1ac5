//! Signals by name and number.

use std::fmt;

use crate::platform::signals;

/// A signal, by this system's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signal(pub i32);

impl Signal {
    /// Go on after a stop.
    pub const CONTINUE: Self = Self(signals::SIGCONT);
    /// The terminal went away; daemons read their configuration again.
    pub const HANGUP: Self = Self(signals::SIGHUP);
    /// Ctrl-C.
    pub const INTERRUPT: Self = Self(signals::SIGINT);
    /// End at once; cannot be caught.
    pub const KILL: Self = Self(signals::SIGKILL);
    /// Ctrl-\\.
    pub const QUIT: Self = Self(signals::SIGQUIT);
    /// Stop; cannot be caught.
    pub const STOP: Self = Self(signals::SIGSTOP);
    /// End, please.
    pub const TERMINATE: Self = Self(signals::SIGTERM);
    /// What the program makes of it.
    pub const USER1: Self = Self(signals::SIGUSR1);
    /// What the program makes of it.
    pub const USER2: Self = Self(signals::SIGUSR2);
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match *self {
            Self::CONTINUE => "SIGCONT",
            Self::HANGUP => "SIGHUP",
            Self::INTERRUPT => "SIGINT",
            Self::KILL => "SIGKILL",
            Self::QUIT => "SIGQUIT",
            Self::STOP => "SIGSTOP",
            Self::TERMINATE => "SIGTERM",
            Self::USER1 => "SIGUSR1",
            Self::USER2 => "SIGUSR2",
            Self(number) => return write!(f, "signal {number}"),
        };
        f.write_str(name)
    }
}
