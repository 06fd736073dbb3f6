//! Allow lists: made by hand or from a file, switched, removed.

use std::path::Path;
use std::sync::Arc;

use pillbox_detect::{Engine, Selection, TEST_CARD_NUMBERS};
use pillbox_model::{AllowEntries, AllowList, ErrorCode, Failure, Masked};

use super::{HASH_KEY, TEST_CARDS, failure, lists, own};
use crate::app::App;
use crate::wire::{AllowListAddition, AllowListEdit, AllowListKind, AllowListRow};

/// The name of the list that is part of the program.
const TEST_CARDS_NAME: &str = "Test card numbers";
/// The name of the list of what people called not sensitive.
pub(super) const NOT_SENSITIVE_NAME: &str = "Not sensitive";
/// Macie's limit of a file of words.
const MOST_BYTES: u64 = 35 * 1024 * 1024;
/// Entries of a list that are shown, masked.
const PREVIEW: usize = 20;

/// Macie's reserved card numbers, as a list.
pub(super) fn test_cards(enabled: bool) -> AllowList {
    AllowList {
        name: TEST_CARDS_NAME.to_owned(),
        description: "Card numbers that payment schemes reserve for tests. Amazon Macie never reports them.".to_owned(),
        enabled,
        entries: AllowEntries::Words { words: TEST_CARD_NUMBERS.map(str::to_owned).to_vec() },
    }
}

impl App {
    /// The allow lists; the one that is part of the program first.
    ///
    /// # Errors
    /// What the store says.
    pub fn allow_lists(&self) -> Result<Vec<AllowListRow>, Failure> {
        let problems = self.problems();
        Ok(lists(&self.store)?.iter().map(|list| row(list, problems.lists.get(&list.name).cloned())).collect())
    }

    /// Makes a list, or adds to one.
    ///
    /// # Errors
    /// [`ErrorCode::NameTaken`] for a list of another kind; [`ErrorCode::PatternNotSupported`] or
    /// [`ErrorCode::AllowListNotUsable`] about the field; what the store says.
    pub fn save_allow_list(self: &Arc<Self>, edit: AllowListEdit) -> Result<Vec<AllowListRow>, Failure> {
        let kept = self.store.allow_lists()?.into_iter().find(|list| list.name == edit.name);
        let is_new = kept.is_none();
        let mut list = kept.unwrap_or_else(|| AllowList {
            name: edit.name.clone(),
            description: String::new(),
            enabled: true,
            entries: match edit.add {
                AllowListAddition::Words { .. } => AllowEntries::Words { words: Vec::new() },
                AllowListAddition::Regex { .. } => AllowEntries::Regex { regex: String::new() },
            },
        });
        let reserved = [TEST_CARDS_NAME, NOT_SENSITIVE_NAME].iter().any(|name| name.eq_ignore_ascii_case(&edit.name));
        if reserved {
            return Err(Failure::about(ErrorCode::NameTaken, edit.name));
        }
        let words = match (&mut list.entries, edit.add) {
            (AllowEntries::Words { words }, AllowListAddition::Words { words: more }) => add_words(words, more),
            (AllowEntries::Regex { regex }, AllowListAddition::Regex { regex: new }) => {
                *regex = new;
                0
            }
            _ => return Err(Failure::about(ErrorCode::NameTaken, edit.name)),
        };
        if let Some(description) = edit.description {
            list.description = description;
        }
        self.keep_allow_list(&list)?;
        let details = serde_json::json!({ "kind": kind(&list), "new": is_new, "added": words });
        self.record("allow-list.saved", &list.name, details)?;
        self.allow_lists()
    }

    /// Makes a list of the lines of a file, or adds them to one; blank lines are passed over.
    ///
    /// # Errors
    /// [`ErrorCode::SourceUnreadable`]; as with [`App::save_allow_list`].
    pub fn import_allow_list(self: &Arc<Self>, name: &str, file: &Path) -> Result<Vec<AllowListRow>, Failure> {
        let text = own::read_text(file, MOST_BYTES)?;
        let words: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if words.is_empty() {
            return Err(Failure::about(ErrorCode::AllowListNotUsable, "the file has no words in it"));
        }
        let add = AllowListAddition::Words { words };
        self.save_allow_list(AllowListEdit { name: name.to_owned(), description: None, add })
    }

    /// Puts a list to use, or out of use.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the name; what the store says.
    pub fn switch_allow_list(self: &Arc<Self>, name: &str, on: bool) -> Result<Vec<AllowListRow>, Failure> {
        if name == TEST_CARDS_NAME {
            self.store.set_setting(TEST_CARDS, &on)?;
        } else {
            let list = self.store.allow_lists()?.into_iter().find(|list| list.name == name);
            let list = list.ok_or_else(|| Failure::about(ErrorCode::NotFound, name))?;
            self.store.save_allow_list(&AllowList { enabled: on, ..list })?;
        }
        self.look_anew()?;
        self.record("allow-list.switched", name, serde_json::json!({ "on": on }))?;
        self.allow_lists()
    }

    /// Removes a list; what it allowed is found again.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the name; [`ErrorCode::InvalidInput`] for the list that is part of the program.
    pub fn delete_allow_list(self: &Arc<Self>, name: &str) -> Result<Vec<AllowListRow>, Failure> {
        if name == TEST_CARDS_NAME {
            return Err(Failure::about(ErrorCode::InvalidInput, "this list is part of Pillbox: switch it off instead"));
        }
        if !self.store.remove_allow_list(name)? {
            return Err(Failure::about(ErrorCode::NotFound, name));
        }
        self.look_anew()?;
        self.record("allow-list.deleted", name, serde_json::Value::Null)?;
        self.allow_lists()
    }

    /// Keeps a list after all are looked at together.
    pub(super) fn keep_allow_list(self: &Arc<Self>, list: &AllowList) -> Result<(), Failure> {
        let mut all = lists(&self.store)?;
        all.retain(|other| other.name != list.name);
        all.push(list.clone());
        let hashed = matches!(list.entries, AllowEntries::Hashes { .. });
        let key = if hashed { self.keychain.get(HASH_KEY)? } else { None };
        // Lists of hashes that can't be compared now do not keep others from being saved.
        all.retain(|other| other.name == list.name || !matches!(other.entries, AllowEntries::Hashes { .. }));
        Engine::with(Selection { allow: &all, hash_key: key.as_ref(), ..Selection::default() })
            .map_err(|error| failure(&error, ErrorCode::AllowListNotUsable))?;
        self.store.save_allow_list(list)?;
        self.look_anew()
    }
}

/// Adds words that are not there yet; says how many.
fn add_words(words: &mut Vec<String>, more: Vec<String>) -> usize {
    let mut known: std::collections::HashSet<String> = words.iter().cloned().collect();
    let before = words.len();
    words.extend(more.into_iter().map(|word| word.trim().to_owned()).filter(|word| known.insert(word.clone())));
    words.len() - before
}

fn kind(list: &AllowList) -> AllowListKind {
    match list.entries {
        _ if list.name == TEST_CARDS_NAME => AllowListKind::TestCards,
        AllowEntries::Words { .. } => AllowListKind::Words,
        AllowEntries::Regex { .. } => AllowListKind::Regex,
        AllowEntries::Hashes { .. } => AllowListKind::NotSensitive,
    }
}

fn row(list: &AllowList, problem: Option<String>) -> AllowListRow {
    let (entries, preview, regex) = match &list.entries {
        AllowEntries::Words { words } => {
            let preview = words.iter().take(PREVIEW).map(|word| Masked::of(word, 2)).collect();
            (words.len(), preview, None)
        }
        AllowEntries::Regex { regex } => (1, Vec::new(), Some(regex.clone())),
        AllowEntries::Hashes { hashes } => (hashes.len(), Vec::new(), None),
    };
    AllowListRow {
        name: list.name.clone(),
        description: list.description.clone(),
        kind: kind(list),
        on: list.enabled,
        entries: entries as u64,
        preview,
        regex,
        problem,
    }
}
