//! An S3 server on this computer: to try Pillbox without an account, and to test against.
//!
//! It speaks the S3 API, the account's Block Public Access of S3 Control and STS
//! `GetCallerIdentity` on one loopback port, and keeps buckets and objects in a data directory.
//! What it says about access it means: an unsigned request is answered according to bucket
//! policy, access control lists, ownership and Block Public Access; a signature that does not fit
//! is refused; a checksum that does not fit stores nothing. Loopback counts as secure transport,
//! so a policy that asks for TLS does not shut the sandbox's own users out.
//!
//! Words are S3's: bucket, object, version, delete marker, part, grant, policy, owner. The
//! *owner* is the account's one user, whose key the options name; everybody else is anonymous,
//! and every object belongs to the bucket's owner.
//!
//! This room stands alone: it must not depend on another Pillbox room, nor on the AWS SDK, so
//! that what is tested against it is not tested against itself.

mod access;
mod account;
mod acl;
mod answer;
mod auth;
mod checksums;
mod clock;
mod error;
mod form;
mod identity;
mod owner_only;
mod policy;
mod record;
mod route;
pub mod sample;
mod server;
mod service;
mod store;
mod sts;

pub use error::SandboxError;
pub use server::{Sandbox, SandboxOptions};
