//! How to reach a bucket.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the credentials of a connection come from. Secrets themselves are never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum CredentialSource {
    /// The sandbox on this computer.
    Sandbox,
    /// A profile of the shared AWS configuration files.
    #[serde(rename_all = "camelCase")]
    Profile {
        /// Its name.
        profile: String,
    },
    /// An access key whose secret lies in the operating system's keychain.
    #[serde(rename_all = "camelCase")]
    Keychain {
        /// The access key id, which is no secret.
        access_key_id: String,
    },
    /// What the AWS SDK finds by itself: environment variables, the default profile.
    Environment,
}

/// A connection to one bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The name that people give it; unique.
    pub name: String,
    /// Where the credentials come from.
    pub credentials: CredentialSource,
    /// The Region, for example `ap-southeast-2`; empty: as the profile or the environment says.
    pub region: String,
    /// An endpoint other than Amazon's own; `http://` only on this computer.
    pub endpoint_url: Option<String>,
    /// The bucket.
    pub bucket: String,
    /// The destination as a template of a prefix, for example `prescriptions/{yyyy}/{mm}/`.
    pub prefix: String,
    /// The account that owns the bucket. Sent with every call, so that a bucket of the same name in
    /// somebody else's account is refused by S3.
    pub account_id: Option<String>,
}
