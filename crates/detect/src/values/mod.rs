//! Readers: how values are read that are more than groups of known lengths.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod age;
pub(crate) mod announced;
pub(crate) mod card;
pub(crate) mod classification;
pub(crate) mod coordinates;
pub(crate) mod date;
pub(crate) mod device;
pub(crate) mod drug;
pub(crate) mod email;
pub(crate) mod header;
pub(crate) mod iban;
pub(crate) mod internet;
pub(crate) mod label;
pub(crate) mod link;
pub(crate) mod name;
pub(crate) mod numbering;
pub(crate) mod pem;
pub(crate) mod phone;
pub(crate) mod postal;
pub(crate) mod record;
pub(crate) mod secret;
pub(crate) mod token;
