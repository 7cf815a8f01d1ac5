//! Checked reads from binary records the kernel hands out.
//!
//! A record is bytes; a field is an offset and a width. Nothing is cast, so a record of a foreign
//! byte order or word size decodes on any machine. Out of bounds is `None`, never a panic.

/// The byte order of the machine that made a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endian {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

impl Endian {
    /// The order of the machine this code was compiled for.
    pub const NATIVE: Self = if cfg!(target_endian = "big") {
        Self::Big
    } else {
        Self::Little
    };
}

/// A record with its byte order.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    bytes: &'a [u8],
    endian: Endian,
}

macro_rules! readers {
    ($($name:ident: $type:ty),*) => {$(
        #[doc = concat!("The `", stringify!($type), "` at a byte offset.")]
        pub fn $name(&self, offset: usize) -> Option<$type> {
            let end = offset.checked_add(size_of::<$type>())?;
            let raw = self.bytes.get(offset..end)?.try_into().ok()?;
            Some(match self.endian {
                Endian::Little => <$type>::from_le_bytes(raw),
                Endian::Big => <$type>::from_be_bytes(raw),
            })
        }
    )*};
}

impl<'a> Layout<'a> {
    /// A record in the byte order of this machine.
    pub const fn native(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            endian: Endian::NATIVE,
        }
    }

    /// A record in a given byte order.
    pub const fn new(bytes: &'a [u8], endian: Endian) -> Self {
        Self { bytes, endian }
    }

    readers!(u8_at: u8, u16_at: u16, u32_at: u32, u64_at: u64, i16_at: i16, i32_at: i32, i64_at: i64);

    /// `length` raw bytes at an offset.
    pub fn bytes_at(&self, offset: usize, length: usize) -> Option<&'a [u8]> {
        self.bytes.get(offset..offset.checked_add(length)?)
    }

    /// Everything from an offset on.
    pub fn from(&self, offset: usize) -> Option<&'a [u8]> {
        self.bytes.get(offset..)
    }

    /// Bytes in the record.
    pub const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the record has no bytes.
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_both_byte_orders() {
        let bytes = [0, 1, 2, 3];
        assert_eq!(
            Layout::new(&bytes, Endian::Big).u32_at(0),
            Some(0x0001_0203)
        );
        assert_eq!(
            Layout::new(&bytes, Endian::Little).u32_at(0),
            Some(0x0302_0100)
        );
        assert_eq!(Layout::new(&bytes, Endian::Big).u16_at(3), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, offset: usize, length: usize) {
            let layout = Layout::native(&bytes);
            let _ = (layout.u8_at(offset), layout.u64_at(offset), layout.i32_at(offset));
            let _ = (layout.bytes_at(offset, length), layout.from(offset));
        }
    }
}
