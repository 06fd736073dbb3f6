//! The room as its neighbours see it, against a store on loopback that answers what each test says.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test, like the test itself")]

mod changes;
mod environment;
mod failures;
mod objects;
mod parts;
mod settings;
mod support;
