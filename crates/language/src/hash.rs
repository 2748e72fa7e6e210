//! One hash for all of the model's look-up tables. Part of the model's format: changing it makes every model unreadable.

/// A 64-bit hash of `kind` and `text`; never 0, which marks a free slot. FNV-1a with a last mix, so that low bits are good.
///
/// `kind` keeps tables apart that share their slots, such as abbreviations and words with a hyphen.
pub fn hash(kind: u8, text: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut h = (0xcbf2_9ce4_8422_2325 ^ u64::from(kind)).wrapping_mul(PRIME);
    for &byte in text {
        h = (h ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^= h >> 29;
    h.max(1)
}

/// An open-addressing table as it lies in the model: keys (0 = free), then values. The number of slots is a power of two.
#[derive(Clone, Copy, Debug)]
pub struct Table<'m> {
    /// Keys, 0 where a slot is free.
    pub keys: &'m [u64],
    /// What is stored under the key of the same slot.
    pub values: &'m [u32],
}

impl Table<'_> {
    /// A table without entries.
    #[cfg(feature = "train")]
    pub const EMPTY: Table<'static> = Table { keys: &[0], values: &[0] };

    /// The value stored under `key`.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let mask = self.keys.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        for _ in 0..self.keys.len() {
            match self.keys[slot] {
                0 => return None,
                found if found == key => return Some(self.values[slot]),
                _ => slot = (slot + 1) & mask,
            }
        }
        None
    }
}

/// Lays `entries` out as a [`Table`]: slots at least twice the entries. The first of two entries with one key stays.
#[cfg(feature = "train")]
pub fn build(entries: &[(u64, u32)]) -> (Vec<u64>, Vec<u32>) {
    let slots = (entries.len() * 2).next_power_of_two().max(4);
    let (mut keys, mut values) = (vec![0; slots], vec![0; slots]);
    for &(key, value) in entries {
        let mut slot = key as usize & (slots - 1);
        while keys[slot] != 0 && keys[slot] != key {
            slot = (slot + 1) & (slots - 1);
        }
        if keys[slot] == 0 {
            (keys[slot], values[slot]) = (key, value);
        }
    }
    (keys, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_texts_differ() {
        assert_ne!(hash(0, b"gao"), hash(1, b"gao"));
        assert_ne!(hash(0, b"gao"), hash(0, b"Gao"));
    }

    #[test]
    fn a_full_table_without_the_key_ends() {
        let table = Table { keys: &[1, 2, 3, 5], values: &[1, 2, 3, 5] };
        assert_eq!(table.get(9), None);
        assert_eq!(table.get(5), Some(5));
    }
}
