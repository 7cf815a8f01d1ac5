//! Parents and children.

use psight_core::calc::tree::{self, Kin};
use psight_core::types::Pid;

use super::Process;
use crate::error::Result;
use crate::explain;
use crate::seam::{Stamp, Subject, Table};
use crate::system::System;

impl Process {
    /// Its parent; `None` where there is none to see, or when the id of the parent has been taken by
    /// a process younger than this one.
    ///
    /// Cost: two files. Errors: `NoSuchProcess` when this process is gone.
    pub fn parent(&self) -> Result<Option<Self>> {
        self.guard()?;
        let ppid = self.ppid()?;
        if ppid == 0 {
            return Ok(None);
        }
        match self.system.process(ppid) {
            Ok(parent) => {
                let stamps = parent.id().stamp.zip(self.id().stamp);
                Ok(Some(parent).filter(|_| stamps.is_none_or(|(theirs, mine)| theirs <= mine)))
            }
            Err(error) if error.is_gone() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Its parent, its parent's parent, and so on; empty where there is none to see.
    ///
    /// Cost: two files a generation. Errors: `NoSuchProcess` when this process is gone.
    pub fn parents(&self) -> Result<Vec<Self>> {
        let mut line: Vec<Self> = Vec::new();
        let mut next = self.parent()?;
        while let Some(parent) = next {
            // Parents that end while we look can only make the line shorter, never a circle; the
            // check costs nothing and a broken recorded tree cannot hang us.
            if line.contains(&parent) {
                break;
            }
            next = parent.parent().ok().flatten();
            line.push(parent);
        }
        Ok(line)
    }

    /// Its children now.
    ///
    /// Cost: two files for each of them, where the kernel lists them (`CONFIG_PROC_CHILDREN`) and they
    /// are few; else one file for every process of the system. Errors: `NoSuchProcess`, `Os`.
    pub fn children(&self) -> Result<Vec<Self>> {
        self.descend(false, tree::children)
    }

    /// Its children, their children, and so on. What an ended process left behind belongs to its
    /// reaper by then and is not found.
    ///
    /// Cost: as of `children`. Errors: `NoSuchProcess`, `Os`.
    pub fn descendants(&self) -> Result<Vec<Self>> {
        self.descend(true, tree::descendants)
    }

    fn descend(&self, all: bool, choose: fn(&[Kin], Pid, Stamp) -> Vec<Kin>) -> Result<Vec<Self>> {
        self.guard()?;
        let below = self.system.ask(|host| host.kin_below(self.pid(), all))?;
        let everyone = match below {
            Some(family) => family,
            None => self.system.ask(Table::kin)?,
        };
        let Some(me) = everyone.iter().find(|kin| kin.pid == self.pid()) else {
            // A thread's id is in no table and has no children of its own.
            return if self.is_running() {
                Ok(Vec::new())
            } else {
                Err(explain::gone(self.pid(), self.last_name(), false))
            };
        };
        let chosen = choose(&everyone, me.pid, me.stamp);
        Ok(chosen
            .into_iter()
            .map(|kin| Self::of_kin(&self.system, kin))
            .collect())
    }

    fn of_kin(system: &System, kin: Kin) -> Self {
        Self::known(
            system,
            Subject {
                pid: kin.pid,
                stamp: Some(kin.stamp),
            },
        )
    }
}
