//! The words that documents are made of. They were put together for this room by hand: none of them comes from a list
//! that the detector has, so that what it knows by heart is not what it is measured on.

pub(crate) mod families;
pub(crate) mod medicines;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod prose;
