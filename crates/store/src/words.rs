//! How values of the model stand in columns: unit variants as their word, the rest as JSON, both exactly
//! as they go over the wire.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;

/// The word of a unit variant.
pub(crate) fn word(value: &impl Serialize) -> Result<String, Error> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        _ => Err(Error::Unwritable),
    }
}

/// The unit variant of a word.
pub(crate) fn from_word<T: DeserializeOwned>(word: String) -> Result<T, Error> {
    serde_json::from_value(Value::String(word)).map_err(|_| Error::Unreadable)
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Unwritable)
}

/// A value from JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::Unreadable)
}
