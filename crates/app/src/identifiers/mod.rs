//! What is looked for, and what is made of it: identifiers switched on and off, the practice's own, allow lists,
//! and rules. Each change is checked, kept, put on the record by name, and takes effect with the next source.

mod allow;
mod exchange;
mod list;
mod not_sensitive;
mod own;
mod rules;
mod test;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use pillbox_detect::{CustomError, Engine, Problem, Selection};
use pillbox_model::{
    AllowEntries, AllowList, CustomIdentifier, ErrorCode, Failure, IdentifierId, RedactionStyle, Rules, Secret,
};
use pillbox_store::{Keychain, Store};
use sha2::{Digest, Sha256};

use crate::app::App;

pub use list::{IdentifierCheck, UnprovedIdentifier};

/// The setting that keeps the rules.
const RULES: &str = "rules";
/// The setting that says whether the reserved card numbers are allowed.
const TEST_CARDS: &str = "allow-test-cards";
/// Under what name the keychain keeps the key of the allow lists' hashes.
const HASH_KEY: &str = "key of allow lists";

/// Every managed identifier, on or off.
static MANAGED: LazyLock<Engine> = LazyLock::new(Engine::managed);

/// Every managed identifier, on or off.
pub(crate) fn managed() -> &'static Engine {
    &MANAGED
}

/// What looks into texts, and what is made of it; replaced together.
#[derive(Clone)]
pub(crate) struct Looking {
    pub(crate) engine: Arc<Engine>,
    pub(crate) rules: Arc<Rules>,
    /// A digest of all that a look depends on: where it is another, files that wait have to be looked into again.
    pub(crate) digest: Arc<str>,
    /// Why identifiers of the practice's own, and lists, are not in use although they are there.
    pub(crate) problems: Arc<Problems>,
}

/// What can't be used, by name.
#[derive(Default)]
pub(crate) struct Problems {
    pub(crate) identifiers: BTreeMap<String, String>,
    pub(crate) lists: BTreeMap<String, String>,
}

impl Looking {
    /// What the store says. What can't be used any more is left out by name, and the rest stands.
    pub(crate) fn of(store: &Store, keychain: &dyn Keychain) -> Result<Self, Failure> {
        let rules: Rules = store.setting(RULES)?.unwrap_or_default();
        let mut custom = store.custom_identifiers()?;
        let mut allow = lists(store)?;
        let hashed = |list: &AllowList| {
            list.enabled && matches!(&list.entries, AllowEntries::Hashes { hashes } if !hashes.is_empty())
        };
        // The keychain may ask a person to unlock it: only where it is needed.
        let key = if allow.iter().any(hashed) { keychain.get(HASH_KEY).ok().flatten() } else { None };
        let off: Vec<IdentifierId> = rules.off.iter().cloned().collect();
        let distances: Vec<_> = rules.distances.iter().map(|(id, distance)| (id.clone(), *distance)).collect();
        let mut problems = Problems::default();
        loop {
            let (hash_key, distances) = (key.as_ref(), distances.as_slice());
            let selection = Selection { off: &off, custom: &custom, allow: &allow, hash_key, distances };
            let error = match Engine::with(selection) {
                Ok(engine) => {
                    return Ok(Self {
                        engine: Arc::new(engine),
                        digest: digest(&rules, &custom, &allow)?,
                        rules: Arc::new(rules),
                        problems: Arc::new(problems),
                    });
                }
                Err(error) => error,
            };
            let left = custom.len() + allow.len();
            let why = format!("{}: {}", error.field, error.problem);
            if drop_last(&mut allow, |list| list.name == error.name) {
                problems.lists.insert(error.name, why);
            } else if drop_last(&mut custom, |identifier: &CustomIdentifier| identifier.name == error.name) {
                problems.identifiers.insert(error.name, why);
            }
            if custom.len() + allow.len() == left {
                return Err(ErrorCode::Internal.into());
            }
        }
    }
}

/// What a look depends on. The style of redaction is not part of it: it shows in what is sent.
fn digest(rules: &Rules, custom: &[CustomIdentifier], allow: &[AllowList]) -> Result<Arc<str>, Failure> {
    let rules = Rules { redaction: RedactionStyle::default(), ..rules.clone() };
    let all =
        serde_json::to_vec(&(env!("CARGO_PKG_VERSION"), rules, custom, allow)).map_err(|_| ErrorCode::Internal)?;
    Ok(hex::encode(Sha256::digest(all)).into())
}

/// Takes the last of its name out; says whether there was one.
fn drop_last<T>(all: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> bool {
    all.iter().rposition(is_it).map(|position| all.remove(position)).is_some()
}

/// The allow lists, with the one that is part of the program.
fn lists(store: &Store) -> Result<Vec<AllowList>, Failure> {
    let mut lists = vec![allow::test_cards(store.setting(TEST_CARDS)?.unwrap_or(false))];
    lists.extend(store.allow_lists()?);
    Ok(lists)
}

/// An error of the detector under the code that people are told.
fn failure(error: &CustomError, otherwise: ErrorCode) -> Failure {
    let code = match error.problem {
        Problem::Taken => ErrorCode::NameTaken,
        Problem::LookAround { .. }
        | Problem::BackReference { .. }
        | Problem::Syntax { .. }
        | Problem::TextAnchor
        | Problem::MatchesNothing
        | Problem::TooLarge => ErrorCode::PatternNotSupported,
        Problem::NoKey => ErrorCode::KeychainUnavailable,
        _ => otherwise,
    };
    Failure::about(code, error.to_string())
}

impl App {
    /// Reads anew what is looked for, and has files that wait looked into again where that makes a difference.
    fn look_anew(self: &Arc<Self>) -> Result<(), Failure> {
        self.set_looking(Looking::of(&self.store, &*self.keychain)?);
        self.look_again_at_drafts();
        Ok(())
    }

    /// The rules as they are kept, changed and kept again.
    fn change_rules(self: &Arc<Self>, change: impl FnOnce(&mut Rules)) -> Result<(), Failure> {
        let mut rules: Rules = self.store.setting(RULES)?.unwrap_or_default();
        change(&mut rules);
        self.store.set_setting(RULES, &rules)?;
        self.look_anew()
    }

    /// The key that hashes of allow lists are made with; made up when it is first needed.
    ///
    /// # Errors
    /// [`ErrorCode::KeychainUnavailable`]: without a keychain nothing can be kept that only this computer can read.
    fn hash_key(&self) -> Result<Secret, Failure> {
        if let Some(key) = self.keychain.get(HASH_KEY)? {
            return Ok(key);
        }
        // Two random UUIDs: 244 random bits.
        let random = || uuid::Uuid::new_v4().simple().to_string();
        let key = Secret::new(format!("{}{}", random(), random()));
        self.keychain.set(HASH_KEY, &key)?;
        Ok(key)
    }
}
