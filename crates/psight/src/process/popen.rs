//! A child this program starts and owns.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::ops::Deref;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use std::thread;
use std::time::Duration;

use psight_core::types::ExitStatus;

use super::Process;
use crate::error::{Error, Fault, Result};
use crate::explain;

/// A child process with its pipes: a [`Process`] that this program must wait for.
///
/// ```
/// use std::process::{Command, Stdio};
///
/// let mut child = psight::Popen::spawn(Command::new("echo").arg("hi").stdout(Stdio::piped()))?;
/// let output = child.communicate(b"")?;
/// assert_eq!(output.stdout, b"hi\n");
/// assert_eq!(output.status, Some(psight::ExitStatus::Code(0)));
/// # Ok::<(), psight::Error>(())
/// ```
///
/// Dropping it closes the pipes and neither ends the child nor waits for it, but reaps it if it has
/// ended already; with [`Popen::kill_on_drop`] it ends and reaps it.
#[derive(Debug)]
pub struct Popen {
    process: Process,
    argv: Vec<OsString>,
    /// The child's standard input, when it was piped.
    pub stdin: Option<ChildStdin>,
    /// The child's standard output, when it was piped.
    pub stdout: Option<ChildStdout>,
    /// The child's standard error, when it was piped.
    pub stderr: Option<ChildStderr>,
    kill_on_drop: bool,
    /// Keeps the system's handle; never asked, so that there is one place that waits.
    _child: Child,
}

/// What a child left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// How it ended; `None` when somebody else reaped it.
    pub status: Option<ExitStatus>,
    /// Everything it wrote to a piped standard output.
    pub stdout: Vec<u8>,
    /// Everything it wrote to a piped standard error.
    pub stderr: Vec<u8>,
}

impl Popen {
    /// Starts a program. A child too quick to be seen is no error: it waits for us as a zombie.
    ///
    /// Errors: `Os` with the program's name when it cannot be started.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let spawned = command.spawn();
        let mut child = spawned.map_err(|error| explain::spawn(error, command.get_program()))?;
        let argv = std::iter::once(command.get_program()).chain(command.get_args());
        let process = Process::new(child.id()).inspect_err(|_| {
            // The caller hears that nothing was started, so nothing may be left running.
            let _ = child.kill().and_then(|()| child.wait());
        })?;
        Ok(Self {
            process,
            argv: argv.map(OsString::from).collect(),
            stdin: child.stdin.take(),
            stdout: child.stdout.take(),
            stderr: child.stderr.take(),
            kill_on_drop: false,
            _child: child,
        })
    }

    /// The program and its arguments, as they were given.
    pub fn argv(&self) -> &[OsString] {
        &self.argv
    }

    /// Whether dropping this value ends the child.
    #[must_use]
    pub const fn kill_on_drop(mut self, kill: bool) -> Self {
        self.kill_on_drop = kill;
        self
    }

    /// One look: `None` while it runs; then how it ended, `Some(None)` when somebody else reaped it.
    ///
    /// Errors: those of [`Process::wait`] but `TimeoutExpired`.
    pub fn poll(&self) -> Result<Option<Option<ExitStatus>>> {
        match self.process.wait(Some(Duration::ZERO)) {
            Ok(status) => Ok(Some(status)),
            Err(Error::TimeoutExpired { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Writes `input` to its standard input, reads everything it writes, and waits for its end.
    ///
    /// Both directions go on at once, so neither side can fill a pipe and block the other. A child
    /// that does not read all of `input` is no error.
    ///
    /// Errors: `Os` when a pipe fails; those of [`Process::wait`].
    pub fn communicate(&mut self, input: &[u8]) -> Result<Output> {
        let (stdin, stdout, stderr) = (self.stdin.take(), self.stdout.take(), self.stderr.take());
        let (written, stdout, stderr) = thread::scope(|scope| {
            let out = scope.spawn(|| drain(stdout));
            let err = scope.spawn(|| drain(stderr));
            let written = feed(stdin, input);
            let joined = |handle: thread::ScopedJoinHandle<'_, io::Result<Vec<u8>>>| {
                handle
                    .join()
                    .unwrap_or_else(|_| Err(io::Error::other("a pipe's reader panicked")))
            };
            (written, joined(out), joined(err))
        });
        let failed = |error| explain::system(Fault::call("communicate", error));
        written.map_err(failed)?;
        let (stdout, stderr) = (stdout.map_err(failed)?, stderr.map_err(failed)?);
        Ok(Output {
            status: self.wait_through_signals(None)?,
            stdout,
            stderr,
        })
    }

    /// Waits for its end, whatever signal handlers run meanwhile.
    fn wait_through_signals(&self, timeout: Option<Duration>) -> Result<Option<ExitStatus>> {
        loop {
            match self.process.wait(timeout) {
                Err(Error::Os(fault)) if was_interrupted(&fault) => {}
                told => return told,
            }
        }
    }
}

/// Whether a signal handler ran meanwhile.
fn was_interrupted(fault: &Fault) -> bool {
    matches!(fault, Fault::Os { error, .. } if error.kind() == io::ErrorKind::Interrupted)
}

fn drain(pipe: Option<impl Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        pipe.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn feed(pipe: Option<ChildStdin>, input: &[u8]) -> io::Result<()> {
    let Some(mut pipe) = pipe else { return Ok(()) };
    match pipe.write_all(input) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

impl Deref for Popen {
    type Target = Process;

    fn deref(&self) -> &Process {
        &self.process
    }
}

impl Drop for Popen {
    fn drop(&mut self) {
        let timeout = if self.kill_on_drop && self.process.kill().is_ok() {
            None
        } else {
            Some(Duration::ZERO)
        };
        // A destructor has nobody to tell; what cannot be reaped now is reaped by the system later.
        let _ = self.wait_through_signals(timeout);
    }
}
