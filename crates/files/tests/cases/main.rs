//! What this room promises, through its public face.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod decoding;
mod documents;
mod keys;
#[expect(unreachable_pub, reason = "a module of another crate's library")]
#[path = "../../../../tests/support/documents.rs"]
mod made;
mod opening;
mod redacting;
mod settling;
mod structures;
mod walking;
