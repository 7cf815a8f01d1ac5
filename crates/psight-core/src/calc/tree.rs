//! Families of processes.

use std::collections::{HashMap, HashSet};

use crate::types::Pid;

/// A process seen from its family: id, parent's id, start in the kernel's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kin {
    /// The id.
    pub pid: Pid,
    /// The parent's id.
    pub ppid: Pid,
    /// When it started; comparable among the processes of one boot.
    pub stamp: u64,
}

/// The children of a process, in the order given. One that started before it is a child of an
/// earlier owner of the id.
pub fn children(everyone: &[Kin], pid: Pid, stamp: u64) -> Vec<Kin> {
    let is_child = |kin: &&Kin| kin.ppid == pid && kin.pid != pid && kin.stamp >= stamp;
    everyone.iter().filter(is_child).copied().collect()
}

/// The children, their children, and so on, in psutil's order: the children of a process together,
/// then the descent of the last of them first. A circle, which only a broken tree has, ends.
pub fn descendants(everyone: &[Kin], pid: Pid, stamp: u64) -> Vec<Kin> {
    let mut by_parent: HashMap<Pid, Vec<Kin>> = HashMap::new();
    for kin in everyone {
        by_parent.entry(kin.ppid).or_default().push(*kin);
    }
    let mut found = Vec::new();
    let mut seen = HashSet::from([pid]);
    let mut stack = vec![pid];
    while let Some(parent) = stack.pop() {
        for kin in by_parent.get(&parent).into_iter().flatten() {
            if kin.stamp >= stamp && seen.insert(kin.pid) {
                found.push(*kin);
                stack.push(kin.pid);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn kin(pid: Pid, ppid: Pid, stamp: u64) -> Kin {
        Kin { pid, ppid, stamp }
    }

    fn pids(family: &[Kin]) -> Vec<Pid> {
        family.iter().map(|kin| kin.pid).collect()
    }

    #[test]
    fn older_processes_are_no_children() {
        let everyone = [kin(1, 0, 0), kin(5, 1, 50), kin(6, 5, 60), kin(7, 5, 40)];
        assert_eq!(pids(&children(&everyone, 5, 50)), [6]);
        assert_eq!(pids(&descendants(&everyone, 5, 50)), [6]);
    }

    #[test]
    fn the_last_childs_descent_comes_first() {
        let everyone = [
            kin(1, 0, 0),
            kin(2, 1, 1),
            kin(3, 1, 1),
            kin(4, 2, 2),
            kin(5, 3, 2),
            kin(6, 5, 3),
        ];
        assert_eq!(pids(&descendants(&everyone, 1, 0)), [2, 3, 5, 6, 4]);
        assert_eq!(pids(&children(&everyone, 1, 0)), [2, 3]);
    }

    #[test]
    fn circles_end() {
        let everyone = [kin(2, 3, 1), kin(3, 2, 1), kin(4, 4, 1)];
        assert_eq!(pids(&descendants(&everyone, 2, 0)), [3]);
        assert!(descendants(&everyone, 4, 0).is_empty());
        assert!(children(&everyone, 4, 0).is_empty());
    }

    proptest! {
        #[test]
        fn nobody_is_found_twice(table in prop::collection::vec((0u32..20, 0u32..20, 0u64..3), 0..40)) {
            let everyone: Vec<Kin> = table.into_iter().map(|(p, pp, s)| kin(p, pp, s)).collect();
            let found = pids(&descendants(&everyone, 1, 0));
            let distinct: HashSet<Pid> = found.iter().copied().collect();
            prop_assert_eq!(found.len(), distinct.len());
            prop_assert!(!distinct.contains(&1));
        }
    }
}
