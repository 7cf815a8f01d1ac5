//! What a recording must not tell.
//!
//! The machine's name, arguments of processes, values of environments, and the names of open files
//! are replaced; everything else stays. Addresses in `net/tcp` and its like are not: look at them.

/// Replaces private things in recorded files.
#[derive(Debug, Clone, Default)]
pub struct Scrub {
    /// The machine's name, when it is known.
    pub host_name: Option<Vec<u8>>,
}

impl Scrub {
    /// The content of a file, fit to be shown.
    #[must_use]
    pub fn content(&self, path: &[u8], content: Vec<u8>) -> Vec<u8> {
        match (process_file(path), last(path)) {
            (true, b"cmdline") => arguments(&content),
            (true, b"environ") => variables(&content),
            _ => self.without_host_name(content),
        }
    }

    /// The target of a link, fit to be shown.
    #[must_use]
    pub fn target(&self, path: &[u8], target: Vec<u8>) -> Vec<u8> {
        let device = target.starts_with(b"/dev/");
        match (process_file(path), last(path)) {
            (true, b"cwd") => b"/".to_vec(),
            (true, b"exe") => target,
            (true, number) if target.starts_with(b"/") && !device => {
                [b"/srv/file-", number].concat()
            }
            _ => self.without_host_name(target),
        }
    }

    fn without_host_name(&self, content: Vec<u8>) -> Vec<u8> {
        match self.host_name.as_deref() {
            // A shorter name is found by chance in other words.
            Some(name) if name.len() > 3 => replaced(&content, name, b"host"),
            _ => content,
        }
    }
}

/// The first argument, and `-` for each of the others.
fn arguments(content: &[u8]) -> Vec<u8> {
    let mut result = Vec::new();
    for (place, argument) in content.split_inclusive(|byte| *byte == 0).enumerate() {
        match argument.split_last() {
            _ if place == 0 => result.extend_from_slice(argument),
            Some((0, _)) => result.extend_from_slice(b"-\0"),
            _ => result.push(b'-'),
        }
    }
    result
}

/// The names, and `x` for each value.
fn variables(content: &[u8]) -> Vec<u8> {
    let mut result = Vec::new();
    for variable in content
        .split(|byte| *byte == 0)
        .filter(|variable| !variable.is_empty())
    {
        let name = variable
            .split(|byte| *byte == b'=')
            .next()
            .unwrap_or_default();
        result.extend_from_slice(name);
        result.extend_from_slice(b"=x\0");
    }
    result
}

/// Whether a path is below `proc/PID`.
fn process_file(path: &[u8]) -> bool {
    let mut parts = path.split(|byte| *byte == b'/');
    let numeric = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    parts.next() == Some(b"proc") && parts.next().is_some_and(numeric)
}

fn last(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

fn replaced(content: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((first, after)) = rest.split_first() {
        if let Some(behind) = rest.strip_prefix(old) {
            result.extend_from_slice(new);
            rest = behind;
        } else {
            result.push(*first);
            rest = after;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(path: &str, content: &[u8]) -> Vec<u8> {
        let scrub = Scrub {
            host_name: Some(b"zeppelin".to_vec()),
        };
        scrub.content(path.as_bytes(), content.to_vec())
    }

    #[test]
    fn arguments_and_values_are_hidden() {
        assert_eq!(
            content("proc/7/cmdline", b"/bin/sh\0-c\0secret\0"),
            b"/bin/sh\0-\0-\0"
        );
        assert_eq!(
            content("proc/7/cmdline", b"nginx: master /etc/x"),
            b"nginx: master /etc/x"
        );
        assert_eq!(content("proc/7/cmdline", b""), b"");
        assert_eq!(
            content("proc/7/environ", b"HOME=/home/eve\0TOKEN=1=2\0"),
            b"HOME=x\0TOKEN=x\0"
        );
    }

    #[test]
    fn the_host_name_goes_from_everywhere() {
        assert_eq!(
            content("proc/sys/kernel/hostname", b"zeppelin\n"),
            b"host\n"
        );
        assert_eq!(
            content("proc/1/mounts", b"zeppelin:/srv /n nfs\n"),
            b"host:/srv /n nfs\n"
        );
    }

    #[test]
    fn open_files_lose_their_names_and_sockets_do_not() {
        let target = |path: &str, target: &str| {
            Scrub::default().target(path.as_bytes(), target.as_bytes().to_vec())
        };
        assert_eq!(target("proc/7/fd/12", "/home/eve/diary"), b"/srv/file-12");
        assert_eq!(target("proc/7/fd/0", "/dev/null"), b"/dev/null");
        assert_eq!(target("proc/7/fd/3", "socket:[140]"), b"socket:[140]");
        assert_eq!(target("proc/7/cwd", "/home/eve"), b"/");
        assert_eq!(target("proc/7/exe", "/usr/bin/sleep"), b"/usr/bin/sleep");
        assert_eq!(
            target("sys/block/sda", "../devices/pci0"),
            b"../devices/pci0"
        );
    }
}
