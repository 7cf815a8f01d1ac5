//! Values by name, in the order the kernel gave them.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use crate::{Value, Walk};

/// A small map that keeps its order: disks, interfaces, chips by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByName<T>(Vec<(OsString, T)>);

impl<T> ByName<T> {
    /// The value of a name.
    pub fn get(&self, name: impl AsRef<OsStr>) -> Option<&T> {
        self.0
            .iter()
            .find(|(key, _)| key == name.as_ref())
            .map(|(_, value)| value)
    }

    /// The value of a name, made where it was missing.
    pub fn entry(&mut self, name: OsString, make: impl FnOnce() -> T) -> &mut T {
        let at = self.0.iter().position(|(key, _)| *key == name);
        let at = at.unwrap_or_else(|| {
            self.0.push((name, make()));
            self.0.len() - 1
        });
        #[expect(
            clippy::indexing_slicing,
            reason = "the index was found or pushed just above"
        )]
        &mut self.0[at].1
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&OsStr, &T)> {
        self.0.iter().map(|(name, value)| (name.as_os_str(), value))
    }

    /// Names.
    pub fn names(&self) -> impl Iterator<Item = &OsStr> {
        self.0.iter().map(|(name, _)| name.as_os_str())
    }

    /// Values.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// How many.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(OsString, T)> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = (OsString, T)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl<T> IntoIterator for ByName<T> {
    type Item = (OsString, T);
    type IntoIter = std::vec::IntoIter<(OsString, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Walk> Walk for ByName<T> {
    fn walk(&self) -> Value<'_> {
        Value::Map(Box::new(
            self.0
                .iter()
                .map(|(k, v)| (Cow::Borrowed(k.as_os_str()), v.walk())),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_names_are_found() {
        let mut disks = ByName::default();
        *disks.entry("sdb".into(), || 1) += 1;
        *disks.entry("sda".into(), || 5) += 1;
        *disks.entry("sdb".into(), || 0) += 1;
        assert_eq!(disks.names().collect::<Vec<_>>(), ["sdb", "sda"]);
        assert_eq!(
            (disks.get("sdb"), disks.get("sdc"), disks.len()),
            (Some(&3), None, 2)
        );
    }
}
