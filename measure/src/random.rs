//! Choices that a seed repeats, on every machine and with every version of every library.

/// A sequence of choices. SplitMix64: two multiplications and three shifts, the same everywhere for ever, which a
/// library of random numbers does not promise from version to version.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x5851_F42D_4C95_7F2D)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both possible.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        // Below 2^32, so that it fits.
        low + u32::try_from(self.next_u64() % span).unwrap_or(0)
    }

    /// An index below `len`, which is not 0.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.next_u64() % len.max(1) as u64).unwrap_or(0)
    }

    /// One of `items`, which are not empty.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.index(items.len())]
    }

    /// One of `items`, which are not empty.
    pub fn choose<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// True `percent` times out of a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.between(0, 99) < percent
    }

    /// `pattern` with `9` as any digit, `1` as any from 1 to 9, `A` as any capital letter, `a` as any small letter,
    /// `X` as any digit or capital letter, `H` as any hexadecimal digit in capitals, and everything else as it is, as is
    /// what stands behind a backslash.
    pub fn like(&mut self, pattern: &str) -> String {
        let mut shapes = pattern.chars();
        let mut made = String::with_capacity(pattern.len());
        while let Some(shape) = shapes.next() {
            match shape {
                '\\' => made.extend(shapes.next()),
                _ => made.push(self.character(shape)),
            }
        }
        made
    }

    /// `length` characters of `alphabet`.
    pub fn of(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.index(alphabet.len())])).collect()
    }

    fn character(&mut self, shape: char) -> char {
        let alphabet: &[u8] = match shape {
            '9' => b"0123456789",
            '1' => b"123456789",
            'A' => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            'a' => b"abcdefghijklmnopqrstuvwxyz",
            'X' => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            'H' => b"0123456789ABCDEF",
            _ => return shape,
        };
        char::from(alphabet[self.index(alphabet.len())])
    }
}
