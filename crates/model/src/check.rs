//! Questions about a bucket, and their answers.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The answer to a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// As it should be.
    Pass,
    /// Not as it should be.
    Fail,
    /// It could not be found out. Never counts as a pass.
    Unknown,
    /// The question does not arise here.
    NotApplicable,
}

/// One question about a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CheckId {
    /// The account's four flags.
    AccountBlockPublicAccess,
    /// The bucket's four flags.
    BlockPublicAccess,
    /// A policy that lets the public in.
    PublicPolicy,
    /// Grants of the bucket's access control list to anyone but its owner.
    AclGrants,
    /// Whether access control lists are off.
    ObjectOwnership,
    /// Default encryption.
    DefaultEncryption,
    /// Whether requests without TLS are refused.
    TlsOnly,
    /// Whether overwritten and deleted objects can be brought back.
    Versioning,
}

impl CheckId {
    /// All checks, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::BlockPublicAccess,
        Self::AccountBlockPublicAccess,
        Self::PublicPolicy,
        Self::AclGrants,
        Self::ObjectOwnership,
        Self::TlsOnly,
        Self::DefaultEncryption,
        Self::Versioning,
    ];

    /// The id as it is typed and written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountBlockPublicAccess => "account-block-public-access",
            Self::BlockPublicAccess => "block-public-access",
            Self::PublicPolicy => "public-policy",
            Self::AclGrants => "acl-grants",
            Self::ObjectOwnership => "object-ownership",
            Self::DefaultEncryption => "default-encryption",
            Self::TlsOnly => "tls-only",
            Self::Versioning => "versioning",
        }
    }

    /// The check of an id as it is typed; `None` when there is no such check.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.as_str() == id)
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What can go wrong, as the Protection screen groups it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CheckGroup {
    /// Who can get in.
    Access,
    /// How data travels and lies.
    Encryption,
    /// What can be brought back.
    Recovery,
}

/// Why a verdict is what it is: a code for the table of words, and the facts for its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Reason {
    /// Everything is as it should be.
    AsItShouldBe,
    /// These flags of Block Public Access are off (S3's names).
    FlagsOff {
        /// The flags.
        flags: Vec<String>,
    },
    /// The bucket's flags are off, and the account's stand in for them.
    CoveredByAccount,
    /// The account's flags are off or absent, and the bucket's stand in for them.
    CoveredByBucket,
    /// The policy is public, and Block Public Access does not restrict it.
    PolicyPublic {
        /// What the public may do, for example `s3:GetObject`.
        actions: Vec<String>,
    },
    /// S3 says that the policy is public, and its text could not be read or understood.
    PolicyPublicUnread,
    /// The policy is public, but Block Public Access keeps the public out.
    PolicyPublicRestricted,
    /// S3 and Pillbox read the policy differently; the worse reading counts.
    PolicyDisputed,
    /// The policy could not be understood.
    PolicyNotUnderstood,
    /// Grants to others than the owner.
    Grants {
        /// How many of them are to everybody.
        public: u32,
        /// How many of them are to other accounts or groups.
        foreign: u32,
    },
    /// Access control lists are in use.
    AclsInUse,
    /// No statement refuses requests without TLS.
    TlsNotRequired,
    /// No default encryption.
    NotEncrypted,
    /// Versioning was never enabled, or is suspended.
    NotVersioned,
    /// This key may not read the setting.
    MayNotRead {
        /// The permission it lacks.
        permission: String,
    },
    /// The store does not know this function.
    NotSupported,
    /// Reading failed.
    ReadFailed,
}

/// What a check said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// Which question.
    pub check: CheckId,
    /// Where it is shown.
    pub group: CheckGroup,
    /// The answer.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The controls it answers, for example `FSBP S3.8`, `CIS 3.1.4`, `HIPAA 164.312(a)(1)`.
    pub standards: Vec<String>,
    /// Whether a fix plan can be made.
    pub fixable: bool,
}

/// What decides before an upload: whether the bucket is shut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Gate {
    /// All four flags are on, at the bucket or the account.
    Shut,
    /// Flags are off.
    NotShut {
        /// The flags that are off at both (S3's names).
        flags: Vec<String>,
        /// Whether a policy or a grant lets the public in at this moment.
        public: bool,
    },
    /// It could not be found out.
    Unknown {
        /// The permissions that the key lacks, or none when reading failed otherwise.
        permissions: Vec<String>,
    },
    /// The store has no Block Public Access (it answers NotImplemented).
    NotSupported,
}

impl Gate {
    /// Whether an upload may go.
    pub const fn is_shut(&self) -> bool {
        matches!(self, Self::Shut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typed_id_is_the_serialised_id() {
        for check in CheckId::ALL {
            assert_eq!(serde_json::to_value(check).unwrap(), check.as_str());
            assert_eq!(CheckId::parse(check.as_str()), Some(check));
        }
    }
}
