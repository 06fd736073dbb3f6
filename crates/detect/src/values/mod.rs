//! Readers: how values are read that are more than groups of known lengths.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod age;
pub(crate) mod announced;
pub(crate) mod classification;
pub(crate) mod date;
pub(crate) mod email;
pub(crate) mod iban;
pub(crate) mod internet;
pub(crate) mod label;
pub(crate) mod link;
pub(crate) mod name;
pub(crate) mod numbering;
pub(crate) mod pem;
pub(crate) mod phone;
pub(crate) mod record;
pub(crate) mod token;
