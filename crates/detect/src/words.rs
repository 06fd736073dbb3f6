//! Fixed lists of words that a word of a text is compared with, without regard to ASCII case.

/// A list of words. Most words of a text are told from all of its words by their first byte and their length.
#[derive(Debug)]
pub(crate) struct Words {
    words: &'static [&'static str],
    /// The lengths of the words in each bucket: bit `n` for `n` bytes.
    lengths: [u64; BUCKETS],
    /// Where in `words` each bucket begins.
    starts: [u8; BUCKETS],
}

/// Words are in one bucket when the lower five bits of their first bytes agree, as they do for a letter in either case.
const BUCKETS: usize = 32;

const fn bucket(first: u8) -> usize {
    (first % 32) as usize
}

impl Words {
    /// The list of `words` in the order of the alphabet, by their first bytes at least; what is no ASCII letter is ordered
    /// by its lower five bits. A list out of order does not compile where it is a static.
    pub(crate) const fn of(words: &'static [&'static str]) -> Self {
        let mut list = Self { words, lengths: [0; BUCKETS], starts: [0; BUCKETS] };
        let (mut index, mut last) = (0, 0);
        while index < words.len() {
            let word = words[index].as_bytes();
            let bucket = bucket(word[0]);
            assert!(last <= bucket && word.len() < 64 && index < 256, "a list of words is in order");
            if list.lengths[bucket] == 0 {
                list.starts[bucket] = index as u8;
            }
            list.lengths[bucket] |= 1 << word.len();
            last = bucket;
            index += 1;
        }
        list
    }

    /// Whether `word` is one of them.
    #[inline]
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.contains_bytes(word.as_bytes())
    }

    /// Whether the text of `word` is one of them.
    #[inline]
    pub(crate) fn contains_bytes(&self, word: &[u8]) -> bool {
        let Some(&first) = word.first() else { return false };
        let bucket = bucket(first);
        word.len() < 64 && self.lengths[bucket] >> word.len() & 1 == 1 && self.bucket_contains(bucket, word)
    }

    /// Whether `word` is one of them, in lower case as they are.
    #[inline]
    pub(crate) fn contains_lower(&self, word: &str) -> bool {
        self.contains(word) && !word.bytes().any(|byte| byte.is_ascii_uppercase())
    }

    fn bucket_contains(&self, bucket: usize, word: &[u8]) -> bool {
        self.words[usize::from(self.starts[bucket])..]
            .iter()
            .take_while(|one| self::bucket(one.as_bytes()[0]) == bucket)
            .any(|one| one.len() == word.len() && one.as_bytes().eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    static SOME: Words = Words::of(&["a", "ab", "an", "of", "the"]);

    #[test]
    fn words_are_found_in_any_case_and_nothing_else_is() {
        for word in ["a", "AB", "aN", "of", "The"] {
            assert!(SOME.contains(word), "{word}");
        }
        for word in ["", "b", "abc", "o", "thee", "\u{E1}", "!", &"a".repeat(65)] {
            assert!(!SOME.contains(word), "{word}");
        }
    }
}
