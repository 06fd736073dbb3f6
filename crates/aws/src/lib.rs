//! Amazon S3, and the account behind it: the only room that knows the AWS SDK.
//!
//! A [`Client`] is one connection: credentials, a Region, an endpoint, and the account that the buckets
//! are expected to belong to, which goes with every call so that S3 refuses a bucket of the same name in
//! somebody else's account. Objects are [`Put`] under a condition (created, not overwritten) with their
//! SHA-256, read back as a [`Body`], listed page by page with a [`Listing`], and sent in parts under an
//! [`UploadHandle`] when they are large. A bucket's settings are read into the model's snapshot and
//! written one at a time. What lies in a bucket is described, copied by S3 itself, rewritten, hidden, tagged and made
//! private, each under the condition that it is still what it was. Whatever goes wrong comes out as one of the model's error codes.
//!
//! Where an endpoint other than Amazon's own is given, STS and S3 Control follow it: such a connection
//! never asks AWS anything. Plain HTTP goes to this computer only.
//!
//! No type of the SDK shows in this room's face, and the room depends on the model alone: it decides
//! nothing about prescriptions, verdicts or uploads, and keeps nothing on disk.

mod body;
mod buckets;
mod checksum;
mod connect;
mod copy;
mod credentials;
mod delete;
mod details;
mod endpoint;
mod errors;
mod http_client;
mod identity;
mod list;
mod object_acl;
mod objects;
mod parts;
mod profiles;
mod put;
mod rewrite;
mod settings;
mod slow_downs;
mod snapshot;
mod tags;
mod url_encoding;
mod versions;

pub use body::Body;
pub use buckets::BucketHead;
pub use connect::{Client, ClientSettings};
pub use copy::{Copied, Copy};
pub use credentials::Credentials;
pub use delete::Hidden;
pub use details::{ObjectDetails, ObjectHeaders, ObjectLock};
pub use identity::Caller;
pub use list::{Listed, Listing};
pub use object_acl::ObjectAcl;
pub use objects::ObjectHead;
pub use parts::{PartStored, PartUpload, UploadHandle};
pub use profiles::{ProfileSummary, profiles};
pub use put::{Put, PutCondition, PutError, Stored};
pub use rewrite::Rewrite;
pub use url_encoding::decode as decode_key;
pub use versions::Version;
