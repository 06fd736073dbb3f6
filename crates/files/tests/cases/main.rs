//! What this room promises, through its public face.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod decoding;
mod documents;
mod keys;
mod opening;
mod redacting;
mod structures;
mod walking;
