//! One file, read and looked into, and what the rules and the person make of it.

use std::path::Path;

use bytes::Bytes;
use pillbox_detect::Engine;
use pillbox_model::{
    Concern, Decision, Disposition, IdentifierCount, IdentifierId, RedactionStyle, Rules, SkipReason, UploadFile,
};
use sha2::{Digest, Sha256};

use super::large::{self, Outline};
use crate::look::{self, Look, Name, look_into};

/// SHA-256 of some bytes.
pub(crate) type Sha256Sum = [u8; 32];

/// A file that was read and looked into.
pub(super) struct Prepared {
    /// What was found.
    pub look: Look,
    /// SHA-256 of the whole.
    pub sha256: Sha256Sum,
    /// The bytes, or how to read them once more.
    pub content: Content,
}

/// What will be sent.
pub(super) enum Content {
    /// Small enough to be in memory: what was scanned is what is sent.
    Whole(Bytes),
    /// Read again part by part, each compared with what was scanned.
    Parts(Outline),
}

impl Prepared {
    /// Size in bytes.
    pub(super) fn size(&self) -> u64 {
        match &self.content {
            Content::Whole(bytes) => bytes.len() as u64,
            Content::Parts(outline) => outline.size,
        }
    }

    /// SHA-256 of each part that it goes in; none where it goes at once.
    pub(super) fn parts(&self) -> &[Sha256Sum] {
        match &self.content {
            Content::Whole(_) => &[],
            Content::Parts(outline) => &outline.parts,
        }
    }
}

/// Reads a file and looks into it. Blocks; `keep_going` ends it early.
pub(super) fn prepare(
    engine: &Engine,
    file: &UploadFile,
    keep_going: &dyn Fn() -> bool,
) -> Result<Prepared, SkipReason> {
    let path = Path::new(&file.source);
    let name = Name::kept(&file.relative);
    match pillbox_files::read_whole(path) {
        Ok(bytes) => {
            let look = wholly_read(look_into(engine, name, &bytes, keep_going)?)?;
            let sha256 = Sha256::digest(&bytes).into();
            Ok(Prepared { look, sha256, content: Content::Whole(bytes.into()) })
        }
        Err(SkipReason::FileExceedsSizeLimit) => large::outline(engine, path, name, keep_going),
        Err(reason) => Err(reason),
    }
}

/// Lets through what was looked into to its end: what is in the rest of a file nobody knows.
pub(super) fn wholly_read(look: Look) -> Result<Look, SkipReason> {
    match look.unread {
        None => Ok(look),
        Some(reason) => Err(reason),
    }
}

/// What is known of a file when it is decided on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// What was found.
    pub counts: &'a [IdentifierCount],
    /// What is odd about it as a whole.
    pub concerns: &'a [Concern],
    /// Its size in bytes.
    pub size: u64,
    /// Whether its text lies open in its bytes.
    pub in_place: bool,
}

impl<'a> Known<'a> {
    /// What the journal knows of a file.
    pub(super) fn of(file: &'a UploadFile) -> Self {
        Self { counts: &file.counts, concerns: &file.concerns, size: file.size, in_place: file.in_place }
    }
}

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Send it as it is.
    Send,
    /// Send a copy in which what is not expected is replaced by its label.
    SendRedacted,
    /// Wait for a person.
    Ask,
    /// Leave it out.
    LeaveOut,
}

/// What the rules and the decision make of a file. An empty file asks, because an export that went wrong
/// looks like that; what is refused is never sent as it is, whatever the reason. What is odd about a whole file is not
/// cured by blacking values out.
pub(super) fn course(file: Known<'_>, rules: &Rules, decision: Option<&Decision>) -> Course {
    let strictest = look::strictest(file.counts);
    let is_odd = file.size == 0 || file.concerns.iter().any(|concern| concern.asks(rules));
    if strictest == Disposition::Expected && !is_odd {
        return if decision == Some(&Decision::LeaveOut) { Course::LeaveOut } else { Course::Send };
    }
    match decision {
        None => Course::Ask,
        Some(Decision::LeaveOut) => Course::LeaveOut,
        Some(Decision::Redact) if !is_odd && file.in_place => Course::SendRedacted,
        Some(Decision::Redact) => Course::Ask,
        Some(Decision::Send { .. }) if strictest == Disposition::Refuse => Course::Ask,
        Some(Decision::Send { .. }) => Course::Send,
    }
}

/// A copy in which what the rules do not expect is replaced by its label or hidden, looked into again. `None` when the
/// copy still holds something that is not expected, when the file's text does not lie open in its bytes, or when it is
/// too large to be copied in memory.
pub(super) fn redacted(engine: &Engine, rules: &Rules, relative: &str, prepared: &Prepared) -> Option<Prepared> {
    let Content::Whole(bytes) = &prepared.content else { return None };
    if !prepared.look.format.is_text() {
        return None;
    }
    let is_unexpected = |identifier: &IdentifierId| {
        let found = prepared.look.detections.counts().iter().find(|count| count.identifier == *identifier);
        found.is_some_and(|found| rules.disposition(identifier, found.category) != Disposition::Expected)
    };
    // Looked for anew, since not every detection of a dense text is kept.
    let places = look::places_of(engine, relative, bytes, &is_unexpected).ok()?.into_iter();
    let copy = match rules.redaction {
        RedactionStyle::Label => {
            let labelled = places.map(|(place, identifier)| (place, label(identifier.as_str())));
            pillbox_files::redact(bytes, &labelled.collect::<Vec<_>>())
        }
        RedactionStyle::Mask => pillbox_files::mask(bytes, &places.map(|(place, _)| place).collect::<Vec<_>>()),
    };
    let copy = copy.ok()?;
    let look = look_into(engine, Name::kept(relative), &copy, &|| true).ok()?;
    if look::strictest(&look.counts(rules)) != Disposition::Expected {
        return None;
    }
    Some(Prepared { look, sha256: Sha256::digest(&copy).into(), content: Content::Whole(copy.into()) })
}

/// The same for bytes that lie in memory, with the copy's SHA-256; `None` as in [`redacted`].
///
/// # Errors
/// Why the bytes can't be looked into to their end.
pub(crate) fn redacted_copy(
    engine: &Engine,
    rules: &Rules,
    name: &str,
    bytes: Bytes,
) -> Result<Option<(Bytes, Sha256Sum)>, SkipReason> {
    let look = wholly_read(look_into(engine, Name::kept(name), &bytes, &|| true)?)?;
    let original = Prepared { look, sha256: Sha256::digest(&bytes).into(), content: Content::Whole(bytes) };
    Ok(redacted(engine, rules, name, &original).and_then(|copy| match copy.content {
        Content::Whole(bytes) => Some((bytes, copy.sha256)),
        Content::Parts(_) => None,
    }))
}

/// An identifier's id as a label: without the brackets that one of Macie's ids has.
fn label(identifier: &str) -> String {
    identifier.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect::<String>()
}

/// The key of a file whose name gives a patient away: what its content says, and nothing of its name.
pub(super) fn neutral_key(prefix: &str, relative: &str, sha256: &Sha256Sum) -> String {
    let extension = relative
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .filter(|extension| (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric()))
        .unwrap_or("txt");
    format!("{prefix}rx-{}.{}", &hex::encode(sha256)[..16], extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use pillbox_model::Category;

    use super::*;

    fn count(disposition: Disposition) -> Vec<IdentifierCount> {
        let identifier = IdentifierId::of("X");
        vec![IdentifierCount { identifier, category: Category::PersonalInformation, count: 1, disposition }]
    }

    fn course(counts: &[IdentifierCount], size: u64, decision: Option<&Decision>) -> Course {
        super::course(Known { counts, concerns: &[], size, in_place: true }, &Rules::prescriptions(), decision)
    }

    fn send() -> Decision {
        Decision::Send { reason: "asked for by the insurer".to_owned() }
    }

    #[test]
    fn what_is_refused_is_never_sent_as_it_is() {
        assert_eq!(course(&count(Disposition::Refuse), 9, Some(&send())), Course::Ask);
        assert_eq!(course(&count(Disposition::Refuse), 9, Some(&Decision::Redact)), Course::SendRedacted);
    }

    #[test]
    fn what_asks_waits_for_a_decision() {
        assert_eq!(course(&count(Disposition::Ask), 9, None), Course::Ask);
        assert_eq!(course(&count(Disposition::Ask), 9, Some(&send())), Course::Send);
        assert_eq!(course(&[], 0, None), Course::Ask);
        assert_eq!(course(&[], 9, None), Course::Send);
    }

    #[test]
    fn what_is_odd_about_a_whole_file_is_not_cured_by_blacking_out() {
        let course = |concern, in_place, decision: Option<&Decision>| {
            let counts = count(Disposition::Ask);
            let file = Known { counts: &counts, concerns: &[concern], size: 9, in_place };
            super::course(file, &Rules::prescriptions(), decision)
        };
        assert_eq!(course(Concern::TwoPatients, true, None), Course::Ask);
        assert_eq!(course(Concern::TwoPatients, true, Some(&Decision::Redact)), Course::Ask);
        assert_eq!(course(Concern::OtherPatient, true, Some(&send())), Course::Send);
        assert_eq!(course(Concern::NoPrescription, true, Some(&Decision::Redact)), Course::SendRedacted);
        assert_eq!(course(Concern::NoPrescription, false, Some(&Decision::Redact)), Course::Ask);
    }

    #[test]
    fn a_neutral_key_has_nothing_of_the_name() {
        let key = neutral_key("prescriptions/2026/11/", "okafor-amara.TXT", &[0xab; 32]);
        assert_eq!(key, "prescriptions/2026/11/rx-abababababababab.txt");
    }
}
