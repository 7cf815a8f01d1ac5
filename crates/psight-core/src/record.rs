//! Records that declare themselves once.
//!
//! [`record!`](crate::record!) turns one declaration into the struct, its documentation and its
//! access by index, so that tables, JSON, Python and the documentation walk the same list and a new
//! field appears in all of them. [`symbols!`](crate::symbols!) does the same for words such as process states.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::net::IpAddr;
use std::path::PathBuf;

/// What a field's number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Not a quantity: a name, a state, a flag, a nested record.
    Plain,
    /// How many.
    Count,
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
    /// Seconds since the epoch, 1970-01-01 00:00 UTC.
    Timestamp,
    /// Milliseconds, where psutil has always given them.
    Milliseconds,
    /// 0 to 100, or 0 to 100 times the CPUs where the field says so.
    Percent,
    /// Degrees Celsius.
    Celsius,
    /// Revolutions per minute.
    Rpm,
    /// Megahertz.
    Megahertz,
    /// Megabits per second.
    Megabits,
}

/// One field of a record, as declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// psutil's name for it, and the JSON key.
    pub name: &'static str,
    /// What its number counts.
    pub unit: Unit,
    /// Its documentation.
    pub doc: &'static str,
}

/// A struct declared by [`record!`](crate::record!): its fields can be walked by index.
pub trait Record {
    /// The type's name.
    fn name(&self) -> &'static str;
    /// The fields in declaration order, which is psutil's.
    fn fields(&self) -> &'static [Field];
    /// The value of field `index`; [`Value::Omitted`] beyond the last.
    fn value(&self, index: usize) -> Value<'_>;
}

impl core::fmt::Debug for dyn Record + '_ {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// A value seen by a front end that does not know its type.
pub enum Value<'a> {
    /// Not asked for, or not a thing on this platform: a front end leaves it out.
    Omitted,
    /// Asked for and not known: `None`, null.
    Absent,
    /// A truth value.
    Bool(bool),
    /// A number from 0 up.
    Unsigned(u64),
    /// A number that may be negative.
    Signed(i64),
    /// A fraction.
    Float(f64),
    /// A word psight chose, such as a state: always plain text.
    Symbol(Cow<'a, str>),
    /// Text of the operating system: any bytes.
    Text(Cow<'a, OsStr>),
    /// A nested record.
    Record(&'a dyn Record),
    /// Values in order.
    List(Box<dyn Iterator<Item = Value<'a>> + 'a>),
    /// Values by name.
    Map(Box<dyn Iterator<Item = (Cow<'a, OsStr>, Value<'a>)> + 'a>),
}

impl core::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Omitted => f.write_str("Omitted"),
            Self::Absent => f.write_str("Absent"),
            Self::Bool(v) => v.fmt(f),
            Self::Unsigned(v) => v.fmt(f),
            Self::Signed(v) => v.fmt(f),
            Self::Float(v) => v.fmt(f),
            Self::Symbol(v) => v.fmt(f),
            Self::Text(v) => v.fmt(f),
            Self::Record(v) => v.fmt(f),
            Self::List(_) => f.write_str("List"),
            Self::Map(_) => f.write_str("Map"),
        }
    }
}

/// Anything a front end can show.
pub trait Walk {
    /// This value, ready to be shown.
    fn walk(&self) -> Value<'_>;
}

macro_rules! walk_numbers {
    ($($type:ty => $variant:ident($as:ty)),* $(,)?) => {$(
        impl Walk for $type {
            fn walk(&self) -> Value<'_> {
                Value::$variant(<$as>::from(*self))
            }
        }
    )*};
}

walk_numbers!(
    bool => Bool(bool), u8 => Unsigned(u64), u16 => Unsigned(u64), u32 => Unsigned(u64), u64 => Unsigned(u64),
    i32 => Signed(i64), i64 => Signed(i64), f64 => Float(f64),
);

impl Walk for OsString {
    fn walk(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl Walk for PathBuf {
    fn walk(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self.as_os_str()))
    }
}

impl Walk for String {
    fn walk(&self) -> Value<'_> {
        Value::Symbol(Cow::Borrowed(self))
    }
}

impl Walk for IpAddr {
    fn walk(&self) -> Value<'_> {
        Value::Symbol(Cow::Owned(self.to_string()))
    }
}

impl<T: Walk> Walk for Option<T> {
    fn walk(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, T::walk)
    }
}

impl<T: Walk> Walk for Vec<T> {
    fn walk(&self) -> Value<'_> {
        Value::List(Box::new(self.iter().map(T::walk)))
    }
}

impl<T: Walk> Walk for BTreeMap<OsString, T> {
    fn walk(&self) -> Value<'_> {
        Value::Map(Box::new(
            self.iter()
                .map(|(k, v)| (Cow::Borrowed(k.as_os_str()), v.walk())),
        ))
    }
}

/// Declares a record: `field: type = Unit`, each with its documentation, in psutil's order.
///
/// A field whose psutil name is a Rust keyword says so: `kind: SocketType = Plain as "type"`.
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $record:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $unit:ident $(as $name:literal)?,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $record {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl $record {
            /// Every field: name, unit, documentation, in psutil's order.
            pub const FIELDS: &'static [$crate::Field] = &[$($crate::Field {
                name: $crate::record!(@name $field $($name)?),
                unit: $crate::Unit::$unit,
                doc: concat!($($doc),+),
            },)+];
        }

        impl $crate::Record for $record {
            fn name(&self) -> &'static str {
                stringify!($record)
            }

            fn fields(&self) -> &'static [$crate::Field] {
                Self::FIELDS
            }

            fn value(&self, index: usize) -> $crate::Value<'_> {
                let getters: &[fn(&Self) -> $crate::Value<'_>] =
                    &[$(|record| $crate::Walk::walk(&record.$field)),+];
                getters.get(index).map_or($crate::Value::Omitted, |get| get(self))
            }
        }

        impl $crate::Walk for $record {
            fn walk(&self) -> $crate::Value<'_> {
                $crate::Value::Record(self)
            }
        }
    };
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
}

/// Declares an enum of words: each variant with its documentation and psutil's text for it.
#[macro_export]
macro_rules! symbols {
    (
        $(#[$meta:meta])*
        pub enum $symbols:ident { $($(#[$doc:meta])+ $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $symbols { $($(#[$doc])+ $variant,)+ }

        impl $symbols {
            /// Every member, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// psutil's text for it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The member of that text.
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == text)
            }
        }

        impl core::fmt::Display for $symbols {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::Walk for $symbols {
            fn walk(&self) -> $crate::Value<'_> {
                $crate::Value::Symbol(std::borrow::Cow::Borrowed(self.as_str()))
            }
        }
    };
}

#[cfg(test)]
#[expect(
    unreachable_pub,
    reason = "the macro declares public records; this one is a test's"
)]
mod tests {
    use super::*;

    record! {
        /// A record of this test.
        pub struct Sample {
            /// Bytes. First.
            first: u64 = Bytes,
            /// Which.
            kind: Option<OsString> = Plain as "type",
        }
    }

    #[test]
    fn a_record_walks_its_fields_by_index() {
        let sample = Sample {
            first: 7,
            kind: None,
        };
        assert_eq!(Sample::FIELDS[0].unit, Unit::Bytes);
        assert_eq!(Sample::FIELDS[0].doc.trim(), "Bytes. First.");
        assert_eq!(Sample::FIELDS[1].name, "type");
        assert!(matches!(sample.value(0), Value::Unsigned(7)));
        assert!(matches!(sample.value(1), Value::Absent));
        assert!(matches!(sample.value(2), Value::Omitted));
    }
}
