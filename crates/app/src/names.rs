//! Whether a file's own name gives a patient away.

use pillbox_detect::Engine;
use pillbox_model::{Detection, Failure, FileState, Upload};

use crate::app::App;

/// A shorter word is in too many names of files to mean anything.
const SHORTEST_WORD: usize = 3;
/// A shorter run of digits is in too many names of files to mean anything.
const SHORTEST_NUMBER: usize = 6;
/// Files that are fetched from the journal at once.
const PAGE: u32 = 1000;
/// A person's name has a given name and a family name.
const WORDS_OF_A_PERSON: usize = 2;
/// Words of a name that are not the name.
const TITLES: [&str; 9] = ["mrs", "miss", "mstr", "master", "prof", "dame", "sir", "von", "van"];

/// A name that is compared with what is found in its text, one value after the other, so that texts of any size
/// need no memory for it.
pub(crate) struct NameWatch {
    words: Vec<String>,
    digits: String,
    carries_identity: bool,
}

impl NameWatch {
    /// Watches for what `name` may have in common with its text.
    pub(crate) fn new(engine: &Engine, name: &str) -> Self {
        let carries_identity = is_identity(engine, name);
        let name = name.to_lowercase();
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self {
            words: words.map(str::to_owned).collect(),
            digits: name.chars().filter(char::is_ascii_digit).collect(),
            carries_identity,
        }
    }

    /// Takes a value that was found in the text.
    pub(crate) fn note(&mut self, detection: &Detection, value: &str) {
        self.carries_identity = self.carries_identity
            || if detection.identifier.as_str() == "NAME" {
                shares_word(value, &self.words)
            } else {
                shares_number(value, &self.digits)
            };
    }

    /// Whether the name carries something that identifies a person, by all that was noted.
    pub(crate) const fn carries_identity(&self) -> bool {
        self.carries_identity
    }
}

/// Whether a name holds an identifier by itself.
pub(crate) fn is_identity(engine: &Engine, name: &str) -> bool {
    let mut found = Vec::<Detection>::new();
    // A scan that nobody interrupts has no other outcome than its detections.
    let _ = engine.scan(name, &|| true, &mut found);
    !found.is_empty()
}

impl App {
    /// Whether the name of a source that was not looked into may tell whose it is, as far as a name alone can
    /// show that: it holds an identifier, two words as a person's name has them, or a long number.
    pub fn may_name_a_patient(&self, name: &str) -> bool {
        is_identity(&self.engine(), name) || looks_like_a_person(name)
    }

    /// How many objects of an upload have a key that tells a patient's name.
    ///
    /// # Errors
    /// What the store says.
    pub fn names_in_keys(&self, upload: &Upload) -> Result<u64, Failure> {
        // Most uploads have none, which one request tells.
        if upload.neutral_names || self.store.names_in_keys(&upload.id)? == 0 {
            return Ok(0);
        }
        let stored = [FileState::Verified, FileState::AlreadyThere, FileState::Stored, FileState::StoredNotReadBack];
        let (mut names, mut after) = (0, 0);
        loop {
            let files = self.store.files_after(&upload.id, after, &stored, PAGE)?;
            let Some(last) = files.last() else { return Ok(names) };
            after = last.number;
            names += files.iter().filter(|file| file.name_in_key).count() as u64;
        }
    }
}

/// A name without what could tell whose it is: letters and digits hidden, of folders as well, and the extension
/// kept where it is one.
pub fn hidden_name(name: &str) -> String {
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    let extension = match name[file..].rfind('.') {
        Some(dot) if dot > 0 && is_extension(&name[file + dot + 1..]) => file + dot,
        _ => name.len(),
    };
    let stem = name[..extension].chars().map(|c| if c.is_alphanumeric() { '*' } else { c });
    stem.chain(name[extension..].chars()).collect()
}

/// Whether a part of a path has two or more words of letters, or a number of six digits and more with nothing but
/// joints between them. The extension says nothing of a person.
fn looks_like_a_person(path: &str) -> bool {
    path.split('/').any(|part| {
        let stem =
            part.rsplit_once('.').filter(|(_, extension)| is_extension(extension)).map_or(part, |(stem, _)| stem);
        words_in(stem) >= WORDS_OF_A_PERSON || longest_number_in(stem) >= SHORTEST_NUMBER
    })
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Words of letters that could be a name; `JaneDoe` has two.
fn words_in(text: &str) -> usize {
    let mut words = 0;
    let (mut length, mut was_lowercase) = (0, false);
    for c in text.chars().chain([' ']) {
        if !c.is_alphabetic() || (was_lowercase && c.is_uppercase()) {
            words += usize::from(length >= SHORTEST_WORD);
            length = 0;
        }
        length += usize::from(c.is_alphabetic());
        was_lowercase = c.is_lowercase();
    }
    words
}

/// Digits of the longest number, whose groups one joint may keep apart.
fn longest_number_in(text: &str) -> usize {
    let (mut longest, mut digits, mut joints) = (0, 0, 0);
    for c in text.chars() {
        if c.is_ascii_digit() {
            (digits, joints) = (digits + 1, 0);
        } else if matches!(c, '-' | '_' | ' ' | ',' | '.') && joints == 0 {
            joints = 1;
        } else {
            digits = 0;
        }
        longest = longest.max(digits);
    }
    longest
}

fn shares_word(value: &str, words: &[String]) -> bool {
    value
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD && !TITLES.contains(word))
        .any(|word| words.iter().any(|known| known == word))
}

fn shares_number(value: &str, digits: &str) -> bool {
    let number: String = value.chars().filter(char::is_ascii_digit).collect();
    number.len() >= SHORTEST_NUMBER && digits.contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_may_be_a_patients_is_told_from_one_that_is_neutral() {
        let engine = Engine::managed();
        let may_name = |name: &str| is_identity(&engine, name) || looks_like_a_person(name);
        for name in [
            "okafor-amara.bin",
            "Jane Doe.pdf",
            "doe,jane",
            "2026/JaneDoe.bin",
            "jane_doe/x.bin",
            "müller.özil.bin",
            "20121212.bin",
            "2428 77813 2/x.bin",
            "12-12-2012.bin",
            "jane.doe@example.com",
        ] {
            assert!(may_name(name), "{name}");
        }
        for name in
            ["x.bin", "image.png", "a/b/c.dat", "rx-1.jpeg", "2026/11/23/noise.bin", "scan 12.tiff", "\u{1f48a}"]
        {
            assert!(!may_name(name), "{name}");
        }
    }

    #[test]
    fn a_name_is_compared_with_values_as_they_pass() {
        let engine = Engine::managed();
        let text = "Patient: Jane Doe\nDOB: 12/12/2012\n";
        let mut found = Vec::<Detection>::new();
        engine.scan(text, &|| true, &mut found).unwrap();
        for (name, carries) in [("doe.txt", true), ("12-12-2012.txt", true), ("rx-1.txt", false)] {
            let mut watch = NameWatch::new(&engine, name);
            for detection in &found {
                watch.note(detection, &text[detection.place.start as usize..detection.place.end as usize]);
            }
            assert_eq!(watch.carries_identity(), carries, "{name}");
        }
    }

    #[test]
    fn the_shape_stays_and_the_name_goes() {
        assert_eq!(hidden_name("okafor-amara-20261120.txt"), "******-*****-********.txt");
        assert_eq!(hidden_name("2026/doe/rx.txt"), "****/***/**.txt");
        assert_eq!(hidden_name("2428 77813 2/rx.txt"), "**** ***** */**.txt");
        assert_eq!(hidden_name("dr.okafor"), "**.******");
        assert_eq!(hidden_name("jane.müll"), "****.****");
        assert_eq!(hidden_name(".okafor"), ".******");
        assert_eq!(hidden_name("-"), "-");
    }
}
