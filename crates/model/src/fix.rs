//! What a fix would change, as a value: shown first, applied after.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AclGrant, CheckId, ObjectOwnership, PublicAccessBlock};

/// The state of one bucket setting, as it is read and as it is written back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "setting", content = "value")]
pub enum SettingState {
    /// Block Public Access of the bucket; `None`: no configuration.
    BucketPublicAccessBlock(Option<PublicAccessBlock>),
    /// The grants of the bucket's access control list.
    BucketAcl(Vec<AclGrant>),
    /// Object Ownership; `None`: no configuration.
    OwnershipControls(Option<ObjectOwnership>),
    /// The bucket policy's JSON text; `None`: no policy.
    BucketPolicy(Option<String>),
}

impl SettingState {
    /// Whether both speak of the same setting in the same state. Policies are compared as JSON values,
    /// grants as sets: S3 gives neither back in the order in which it was written.
    pub fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::BucketPolicy(Some(a)), Self::BucketPolicy(Some(b))) => {
                let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
                match (parse(a), parse(b)) {
                    (Some(a), Some(b)) => a == b,
                    _ => a == b,
                }
            }
            (Self::BucketAcl(a), Self::BucketAcl(b)) => {
                let sorted = |grants: &[AclGrant]| {
                    let mut grants = grants.to_vec();
                    grants.sort();
                    grants.dedup();
                    grants
                };
                sorted(a) == sorted(b)
            }
            _ => self == other,
        }
    }

    /// The permission that writing this setting needs.
    pub const fn write_permission(&self) -> &'static str {
        match self {
            Self::BucketPublicAccessBlock(_) => "s3:PutBucketPublicAccessBlock",
            Self::BucketAcl(_) => "s3:PutBucketAcl",
            Self::OwnershipControls(_) => "s3:PutBucketOwnershipControls",
            Self::BucketPolicy(Some(_)) => "s3:PutBucketPolicy",
            Self::BucketPolicy(None) => "s3:DeleteBucketPolicy",
        }
    }
}

/// One setting, from what to what. Both states are of the same setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingChange {
    /// The check that asked for it.
    pub check: CheckId,
    /// As it was read.
    pub before: SettingState,
    /// As it will be.
    pub after: SettingState,
}

/// How a fix is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Reversibility {
    /// The former state comes back as it was.
    Exact,
    /// Something near it (versioning can only be suspended).
    Nearest,
    /// Not at all.
    Never,
}

/// What may stop working, as a code for the table of words and the facts for its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Effect {
    /// Anonymous readers of objects that an access control list makes public are refused.
    PublicReadersRefused,
    /// A public policy no longer lets anybody outside the account in, partner accounts included.
    PolicyReadersRefused,
    /// Other accounts lose what the grants gave them.
    GranteesRefused {
        /// How many grants.
        grants: u32,
    },
    /// Uploads that carry an access control list of their own are refused.
    UploadsWithAclRefused,
    /// Clients that do not use TLS are refused.
    PlainHttpRefused,
}

/// What a fix would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FixPlan {
    /// The bucket.
    pub bucket: String,
    /// The checks that it answers.
    pub checks: Vec<CheckId>,
    /// What changes, in the order in which it is written.
    pub changes: Vec<SettingChange>,
    /// What may stop working.
    pub effects: Vec<Effect>,
    /// How it is taken back.
    pub reversibility: Reversibility,
    /// The permissions that applying it needs.
    pub permissions: Vec<String>,
}
