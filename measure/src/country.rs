//! The countries whose documents are made.

use crate::marked::Marked;
use crate::numbers::{australia, new_zealand, united_kingdom, united_states};
use crate::random::Random;

/// A country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Country {
    /// Australia.
    Australia,
    /// New Zealand.
    NewZealand,
    /// The United Kingdom.
    UnitedKingdom,
    /// The United States.
    UnitedStates,
    /// Canada.
    Canada,
}

impl Country {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Australia, Self::NewZealand, Self::UnitedKingdom, Self::UnitedStates, Self::Canada];

    /// A telephone number of the country, none of which is in use where the country keeps some for fiction.
    pub(crate) fn phone(self, random: &mut Random) -> Marked {
        match self {
            Self::Australia => Marked::of("AUSTRALIA_PHONE_NUMBER", australia::phone(random)),
            Self::NewZealand => Marked::of("PHONE_NUMBER", new_zealand::phone(random)),
            Self::UnitedKingdom => Marked::of("UK_PHONE_NUMBER", united_kingdom::phone(random)),
            Self::UnitedStates | Self::Canada => Marked::of("PHONE_NUMBER", united_states::phone(random)),
        }
    }
}
