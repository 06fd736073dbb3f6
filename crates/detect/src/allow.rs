//! Allow lists: what is not sensitive although an identifier matches it.

use std::collections::HashSet;

use hmac::{Hmac, Mac};
use pillbox_model::{AllowEntries, AllowList, IdentifierId, Sensitive};
use regex_automata::{Anchored, Input, meta};
use sha2::Sha256;

use crate::invalid::{self, CustomError, Field, Problem};
use crate::pattern;

/// The most characters of a list's name and of its description, as with identifiers.
const NAME: usize = 128;
const DESCRIPTION: usize = 512;
/// Macie's limits of a list of words: entries, and characters of each.
const WORDS: (usize, usize) = (100_000, 90);

/// Macie's reserved card numbers, which belong to nobody: payment schemes publish them for tests, and Macie never
/// reports them (Macie User Guide, "Financial information").
pub const TEST_CARD_NUMBERS: [&str; 55] = [
    "122000000000003",
    "2222405343248877",
    "2222990905257051",
    "2223007648726984",
    "2223577120017656",
    "30569309025904",
    "34343434343434",
    "3528000700000000",
    "3530111333300000",
    "3566002020360505",
    "36148900647913",
    "36700102000000",
    "371449635398431",
    "378282246310005",
    "378734493671000",
    "38520000023237",
    "4012888888881881",
    "4111111111111111",
    "4222222222222",
    "4444333322221111",
    "4462030000000000",
    "4484070000000000",
    "4911830000000",
    "4917300800000000",
    "4917610000000000",
    "4917610000000000003",
    "5019717010103742",
    "5105105105105100",
    "5111010030175156",
    "5185540810000019",
    "5200828282828210",
    "5204230080000017",
    "5204740009900014",
    "5420923878724339",
    "5454545454545454",
    "5455330760000018",
    "5506900490000436",
    "5506900490000444",
    "5506900510000234",
    "5506920809243667",
    "5506922400634930",
    "5506927427317625",
    "5553042241984105",
    "5555553753048194",
    "5555555555554444",
    "5610591081018250",
    "6011000990139424",
    "6011000400000000",
    "6011111111111117",
    "630490017740292441",
    "630495060000000000",
    "6331101999990016",
    "6759649826438453",
    "6799990100000000019",
    "76009244561",
];

/// The allow lists that are in use, made ready.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    /// Words in small letters, as they are and without what separates their letters and digits.
    words: HashSet<String>,
    patterns: Vec<meta::Regex>,
    hashes: HashSet<String>,
    key: Option<Sensitive>,
}

impl Allowed {
    /// Checks lists and makes those that are enabled ready; `key` is what hashes are made with.
    ///
    /// # Errors
    /// What is wrong with the first that can't be used, whether or not it is enabled.
    pub(crate) fn of(lists: &[AllowList], key: Option<&Sensitive>) -> Result<Self, CustomError> {
        let mut allowed = Self { key: key.cloned(), ..Self::default() };
        for (position, list) in lists.iter().enumerate() {
            let says = |(field, problem)| CustomError { name: list.name.clone(), field, problem };
            let name = list.name.to_lowercase();
            if lists[..position].iter().any(|other| other.name.to_lowercase() == name) {
                return Err(says((Field::Name, Problem::Taken)));
            }
            allowed.add(list).map_err(says)?;
        }
        Ok(allowed)
    }

    fn add(&mut self, list: &AllowList) -> Result<(), (Field, Problem)> {
        invalid::text(&list.name, 1, NAME).map_err(|problem| (Field::Name, problem))?;
        invalid::text(&list.description, 0, DESCRIPTION).map_err(|problem| (Field::Description, problem))?;
        match &list.entries {
            AllowEntries::Words { words } => {
                let (most, each) = WORDS;
                invalid::texts(words, most, 1, each).map_err(|problem| (Field::Words, problem))?;
                if list.enabled {
                    let spellings = words.iter().flat_map(|word| [exact(word), compact(word)]);
                    self.words.extend(spellings.filter(|word| !word.is_empty()));
                }
            }
            AllowEntries::Regex { regex } => {
                let ready = pattern::read(regex).and_then(|hir| pattern::whole(&hir));
                let ready = ready.map_err(|problem| (Field::Regex, problem))?;
                if list.enabled {
                    self.patterns.push(ready);
                }
            }
            AllowEntries::Hashes { hashes } => {
                let is_hash = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
                if !hashes.iter().all(is_hash) {
                    return Err((Field::Hashes, Problem::NoHash));
                }
                if list.enabled && !hashes.is_empty() {
                    if self.key.is_none() {
                        return Err((Field::Hashes, Problem::NoKey));
                    }
                    self.hashes.extend(hashes.iter().map(|hash| hash.to_ascii_lowercase()));
                }
            }
        }
        Ok(())
    }

    /// Whether a value is allowed.
    pub(crate) fn allows(&self, identifier: &IdentifierId, value: &str) -> bool {
        self.allows_word(value)
            || self.patterns.iter().any(|pattern| pattern.is_match(Input::new(value).anchored(Anchored::Yes)))
            || self.allows_hash(identifier, value)
    }

    /// Whether anything is allowed at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.patterns.is_empty() && self.hashes.is_empty()
    }

    fn allows_word(&self, value: &str) -> bool {
        !self.words.is_empty() && (self.words.contains(&exact(value)) || self.words.contains(&compact(value)))
    }

    fn allows_hash(&self, identifier: &IdentifierId, value: &str) -> bool {
        let Some(key) = self.key.as_ref().filter(|_| !self.hashes.is_empty()) else { return false };
        self.hashes.contains(&allow_hash(key, identifier, value))
    }
}

/// What stands for a value that is not sensitive under an identifier: HMAC-SHA-256 with the key over the identifier's
/// id, a zero byte, and the value in small letters without what separates its letters and digits; in hexadecimal.
pub fn allow_hash(key: &Sensitive, identifier: &IdentifierId, value: &str) -> String {
    let value = match compact(value) {
        compact if compact.is_empty() => exact(value),
        compact => compact,
    };
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut hash = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()).expect("any length");
    hash.update(identifier.as_str().as_bytes());
    hash.update(&[0]);
    hash.update(value.as_bytes());
    hex::encode(hash.finalize().into_bytes())
}

fn exact(value: &str) -> String {
    value.trim().to_lowercase()
}

fn compact(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
