//! What this room promises, through its public face.

#![expect(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod access;
mod bucket;
mod gating;
mod planning;
mod policies;
mod settings;
mod tls;
