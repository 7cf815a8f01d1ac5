//! Which device file belongs to a terminal's number.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;

use super::Host;
use crate::os;

/// Device numbers to device files, gathered when first needed and again for a number not yet known.
#[derive(Debug, Default)]
pub(super) struct Terminals(Mutex<HashMap<u64, PathBuf>>);

impl Host {
    /// The file of a terminal's device number; `None` for no terminal, or when no file has it.
    pub(super) fn terminal(&self, device: u64) -> Option<PathBuf> {
        if device == 0 {
            return None;
        }
        // Never waited for: a process forked while another thread looks would wait for ever.
        let Ok(mut known) = self.terminals.0.try_lock() else {
            return self.list_terminals().remove(&device);
        };
        if !known.contains_key(&device) {
            // A pseudo-terminal made since: look again. One that is gone is looked for every time,
            // which costs one listing of /dev/pts.
            *known = self.list_terminals();
        }
        known.get(&device).cloned()
    }

    fn list_terminals(&self) -> HashMap<u64, PathBuf> {
        let dev = &self.roots.dev;
        let mut found = HashMap::new();
        for (folder, prefix) in [(dev.clone(), "tty"), (dev.join("pts"), "")] {
            let Ok(names) = os::directory::names(&folder) else {
                continue;
            };
            for name in names {
                let path = folder.join(&name);
                if name.as_encoded_bytes().starts_with(prefix.as_bytes())
                    && let Ok(stat) = os::files::stat_path(&path)
                {
                    found.insert(stat.rdev, path);
                }
            }
        }
        found
    }
}
