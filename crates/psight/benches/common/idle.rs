//! Processes that do nothing, to have something to look at.

use std::io::{PipeWriter, pipe};
use std::process::{Child, Command, Stdio};

/// Idle children, all blocked on one pipe. They end when this is dropped, and also when this
/// program dies, as nobody else holds the other end.
#[derive(Debug)]
pub(crate) struct Idle {
    children: Vec<Child>,
    writer: Option<PipeWriter>,
}

impl Idle {
    /// Starts that many.
    pub(crate) fn new(count: usize) -> Self {
        let (reader, writer) = pipe().expect("a pipe");
        let start = || {
            Command::new("cat")
                .stdin(reader.try_clone().expect("a descriptor"))
                .stdout(Stdio::null())
                .spawn()
                .expect("cat starts")
        };
        let children: Vec<Child> = std::iter::repeat_with(start).take(count).collect();
        Self {
            children,
            writer: Some(writer),
        }
    }

    /// The first one's id.
    pub(crate) fn first(&self) -> u32 {
        self.children.first().expect("a child").id()
    }
}

impl Drop for Idle {
    fn drop(&mut self) {
        drop(self.writer.take());
        for child in &mut self.children {
            child.wait().expect("a child of ours");
        }
    }
}
