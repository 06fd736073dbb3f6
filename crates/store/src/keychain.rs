//! Secrets, in the operating system's keychain or in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use keyring::Entry;
use keyring::Error as KeyringError;
use pillbox_model::{ErrorCode, Failure, Secret};

/// Under what name the operating system shows Pillbox's secrets.
const SERVICE: &str = "org.pillbox.desktop";

/// Where secrets are kept, each under the name of an account (for example an access key id).
pub trait Keychain: Send + Sync {
    /// Keeps the secret of the account; a former one is replaced.
    ///
    /// # Errors
    ///
    /// `KeychainUnavailable` when there is no keychain or it is locked; `InvalidInput` about `account` or
    /// `secret` when the keychain can't hold it.
    fn set(&self, account: &str, secret: &Secret) -> Result<(), Failure>;

    /// The secret of the account; `None` when there is none. Errors as with [`Keychain::set`].
    fn get(&self, account: &str) -> Result<Option<Secret>, Failure>;

    /// Deletes the secret of the account, where there is one. Errors as with [`Keychain::set`].
    fn delete(&self, account: &str) -> Result<(), Failure>;
}

/// The operating system's keychain: the Keychain on macOS, the Credential Manager on Windows, the Secret
/// Service (GNOME Keyring, KWallet) elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn set(&self, account: &str, secret: &Secret) -> Result<(), Failure> {
        apart(|| Entry::new(SERVICE, account)?.set_password(secret.expose()))
    }

    fn get(&self, account: &str) -> Result<Option<Secret>, Failure> {
        apart(|| match Entry::new(SERVICE, account)?.get_password() {
            Ok(password) => Ok(Some(Secret::new(password))),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn delete(&self, account: &str) -> Result<(), Failure> {
        apart(|| match Entry::new(SERVICE, account)?.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    }
}

/// Runs `work` on a thread of its own: the Secret Service's client waits by an executor, which must not be
/// entered from a thread that drives another one.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, KeyringError> + Send) -> Result<T, Failure> {
    let result = std::thread::scope(|scope| scope.spawn(work).join());
    match result {
        Ok(result) => result.map_err(|error| failure(&error)),
        // The client panicked; its message may hold anything and is not passed on.
        Err(_) => Err(ErrorCode::KeychainUnavailable.into()),
    }
}

fn failure(error: &KeyringError) -> Failure {
    match error {
        KeyringError::TooLong(..) => Failure::about(ErrorCode::InvalidInput, "secret"),
        KeyringError::Invalid(..) => Failure::about(ErrorCode::InvalidInput, "account"),
        _ => ErrorCode::KeychainUnavailable.into(),
    }
}

/// A keychain in memory, for as long as it lives: for who does not want the secret kept, and where the
/// operating system has no keychain.
#[derive(Debug, Default)]
pub struct SessionKeychain {
    secrets: Mutex<HashMap<String, Secret>>,
}

impl SessionKeychain {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, Secret>) -> T) -> T {
        // Each use is one call of the map: a panic elsewhere leaves it whole.
        work(&mut self.secrets.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Keychain for SessionKeychain {
    fn set(&self, account: &str, secret: &Secret) -> Result<(), Failure> {
        self.with(|secrets| secrets.insert(account.to_owned(), secret.clone()));
        Ok(())
    }

    fn get(&self, account: &str) -> Result<Option<Secret>, Failure> {
        Ok(self.with(|secrets| secrets.get(account).cloned()))
    }

    fn delete(&self, account: &str) -> Result<(), Failure> {
        self.with(|secrets| secrets.remove(account));
        Ok(())
    }
}
