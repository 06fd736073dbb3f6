//! Connections, as they are chosen and typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A profile of the shared AWS configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileChoice {
    /// Its name.
    pub name: String,
    /// The Region that it names.
    pub region: Option<String>,
}

/// A new connection to Amazon S3, as typed.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewConnection {
    /// The name that people give it; empty: the bucket's.
    pub name: String,
    /// A profile, or nothing where a key is given.
    pub profile: Option<String>,
    /// An access key id.
    pub access_key_id: Option<String>,
    /// Its secret; goes to the keychain and is never sent back.
    pub secret_access_key: Option<String>,
    /// The Region; empty: as the profile says.
    pub region: String,
    /// Another endpoint than Amazon's.
    pub endpoint_url: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The destination's template.
    pub prefix: String,
}
