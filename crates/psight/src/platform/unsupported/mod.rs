//! A platform without a backend yet: every question has the seam's default answer, `Unsupported`.

use std::io;
use std::marker::PhantomData;

use crate::error::Outcome;
use crate::explain::Meaning;
use crate::roots::{Machine, Roots};
use crate::seam::{
    Cpu, Disk, Identity, Memory, Net, Scheduling, Sensors, Sessions, Subject, Table, Usage,
};

/// The machine.
#[derive(Debug)]
pub(crate) struct Host {
    roots: Roots,
}

impl Host {
    pub(crate) fn new(roots: Roots, _: Option<Machine>) -> Self {
        Self { roots }
    }

    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }
}

impl Cpu for Host {}
impl Memory for Host {}
impl Disk for Host {}
impl Net for Host {}
impl Sensors for Host {}
impl Sessions for Host {}
impl Table for Host {}

/// Buffers: none are needed to say nothing.
#[derive(Debug, Default)]
pub(crate) struct Scratch;

impl Scratch {
    pub(crate) fn for_sweep(_: &Host, _: bool) -> Outcome<Self> {
        Ok(Self)
    }

    pub(crate) fn for_oneshot() -> Self {
        Self
    }

    pub(crate) fn forget_process(&mut self) {}

    pub(crate) fn forget_all(&mut self) {}
}

/// One process.
#[derive(Debug)]
pub(crate) struct Facts<'a>(PhantomData<&'a mut Scratch>);

impl<'a> Facts<'a> {
    pub(crate) fn new(_: &'a Host, _: Subject, _: &'a mut Scratch) -> Self {
        Self(PhantomData)
    }
}

impl Identity for Facts<'_> {}
impl Usage for Facts<'_> {}
impl Scheduling for Facts<'_> {}

/// Error numbers mean nothing where nothing is called.
pub(crate) fn meaning(_: &io::Error) -> Meaning {
    Meaning::Other
}
