//! The command line: commands, options, and their help.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use psight::{ProcessField, Roots, System};

const EXAMPLES: &str = "\
Examples:
  psight                                     this machine at a glance
  psight ps --sort memory_percent            processes, the biggest first
  psight ps --fields pid,name,memory_info    the facts you name
  psight ps --pid 1                          everything about one process
  psight ps --json | jq '.[].name'           processes for a program
  psight system --json                       every metric of the machine in one document
  psight --root /host ps                     the host, from a container that mounts it there

Units: K, M, G, T are powers of 1024 bytes; percentages of a process's CPU are of one CPU, so they
may exceed 100. `-` stands for what is not known. JSON has bytes, seconds and percent, unrounded.

Exit status: 0 done; 1 something asked for is not there, or nothing could be read; 2 bad arguments.";

const GLOBAL: &str = "Options of every command";

/// Tells about this machine and its processes.
///
/// Without a command: an overview of CPU, memory, disks, network, sensors and the busiest
/// processes, from a sample of less than half a second.
#[derive(Debug, Parser)]
#[command(name = "psight", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// When to color. `auto`: on a terminal, unless `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GLOBAL)]
    pub(crate) color: Color,

    /// Look at the machine whose proc, sys, etc, dev and run are in this folder.
    #[arg(long, global = true, value_name = "DIR", env = "PSIGHT_ROOT", hide_env_values = true, help_heading = GLOBAL)]
    root: Option<PathBuf>,

    /// Look at this folder instead of the proc folder.
    #[arg(long, global = true, value_name = "DIR", help_heading = GLOBAL)]
    proc: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists processes, or tells all about some.
    ///
    /// The table is cut to the width of a terminal and whole in a pipe. CPU percentages are those of
    /// a tenth of a second. A command in brackets is a name: the process has no command line, as a
    /// kernel thread, or it may not be read.
    ///
    /// With --pid and without --json, a sheet of facts for each process.
    Ps(Ps),
    /// Tells every metric of the machine, each under psutil's name for it.
    ///
    /// CPU percentages are those of a tenth of a second. With --json, one object with a key for each
    /// metric. One that could not be read is null, and a last key, `errors`, tells why; without such
    /// metrics there is no `errors`. A mount without an answer is null
    /// in `disk_usage` and named on standard error.
    System(Choice),
}

/// When to color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// Which processes, and what of them.

#[derive(Debug, clap::Args)]
pub(crate) struct Ps {
    /// Only this process; may be repeated.
    #[arg(long = "pid", value_name = "PID")]
    pub(crate) pids: Vec<u32>,

    /// Only processes of this user.
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,

    /// The facts to tell, separated by commas.
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = field())]
    pub(crate) fields: Vec<ProcessField>,

    /// Order by this fact: quantities from the biggest, names and ids from the lowest.
    #[arg(long, value_name = "FIELD", value_parser = field(), hide_possible_values = true)]
    pub(crate) sort: Option<ProcessField>,

    /// The other way round.
    #[arg(long)]
    pub(crate) reverse: bool,

    /// Print JSON: a list of objects, indented on a terminal.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How to tell the metrics.
#[derive(Debug, clap::Args)]
pub(crate) struct Choice {
    /// Print JSON: one object, indented on a terminal.
    #[arg(long)]
    pub(crate) json: bool,
}

/// A name of a fact, by psutil's name for it.
fn field() -> impl TypedValueParser<Value = ProcessField> {
    PossibleValuesParser::new(ProcessField::ALL.iter().map(|field| field.as_str()))
        .try_map(|name| ProcessField::from_name(&name).ok_or("no such field"))
}

impl Args {
    /// The machine to ask.
    pub(crate) fn system(&self) -> System {
        // An empty variable in the environment says nothing.
        let root = self
            .root
            .as_ref()
            .filter(|root| !root.as_os_str().is_empty());
        if root.is_none() && self.proc.is_none() {
            return System::local().clone();
        }
        let roots = root.map_or_else(Roots::default, Roots::under);
        System::new(match &self.proc {
            Some(proc) => roots.with_proc(proc),
            None => roots,
        })
    }
}
