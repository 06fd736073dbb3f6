//! What a person chose or dropped, kept here so that the page needs only an opaque id.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Names one selection to the page; it cannot be guessed and says nothing about the paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SelectionId(Uuid);

/// What the page learns of a selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Selection {
    /// The name to give back to the commands that work on the selection.
    pub(crate) id: SelectionId,
    /// How many files and folders were chosen; what is in the folders does not count.
    pub(crate) paths: usize,
}

/// The paths behind the selections of this run.
#[derive(Default)]
pub(crate) struct Selections {
    paths: Mutex<HashMap<SelectionId, Vec<PathBuf>>>,
}

impl Selections {
    /// Keeps what was chosen and names it; nothing when nothing was chosen.
    pub(crate) fn keep(&self, paths: Vec<PathBuf>) -> Option<Selection> {
        if paths.is_empty() {
            return None;
        }
        let selection = Selection { id: SelectionId(Uuid::new_v4()), paths: paths.len() };
        self.lock().insert(selection.id, paths);
        Some(selection)
    }

    /// Gives the paths of a selection up; nothing when it is not known.
    pub(crate) fn take(&self, id: SelectionId) -> Option<Vec<PathBuf>> {
        self.lock().remove(&id)
    }

    // A thread that panicked while it held the lock left whole entries behind: each change is one call.
    fn lock(&self) -> MutexGuard<'_, HashMap<SelectionId, Vec<PathBuf>>> {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_kept_until_it_is_taken() {
        let selections = Selections::default();
        let paths = vec![PathBuf::from("/a/one.txt"), PathBuf::from("/a/two")];
        let selection = selections.keep(paths.clone()).unwrap();
        assert_eq!(selection.paths, 2);
        assert_eq!(selections.take(selection.id), Some(paths));
        assert_eq!(selections.take(selection.id), None);
    }

    #[test]
    fn an_empty_choice_is_no_selection() {
        assert_eq!(Selections::default().keep(Vec::new()), None);
    }

    #[test]
    fn the_page_sees_an_id_and_a_count_and_no_path() {
        let selection = Selections::default().keep(vec![PathBuf::from("/home/jane-doe.txt")]).unwrap();
        let seen = serde_json::to_value(&selection).unwrap();
        assert_eq!(seen.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "paths"]);
        assert_eq!(seen["id"].as_str().unwrap().len(), 36);
    }
}
