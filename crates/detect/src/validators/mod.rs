//! Check digits and the like, each with the source of its rule. All take digits or characters without separators.

mod australia;
mod health;
mod luhn;
mod mod97;
mod newzealand;
mod weighted;

pub(crate) use australia::{business_number, provider_number};
pub(crate) use health::{dea_number, nhi_new, nhi_old, npi};
pub(crate) use luhn::luhn;
pub(crate) use mod97::mod97_is_one;
pub(crate) use newzealand::{bank_account, hpi_identifier, ird_number};
pub(crate) use weighted::{medicare, nhs_number, prescriber_number, tax_file_number};

/// The most digits of any number here.
const MOST_DIGITS: usize = 20;

/// The values of ASCII digits.
struct Digits([u32; MOST_DIGITS], usize);

impl std::ops::Deref for Digits {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.0[..self.1]
    }
}

/// The values of ASCII digits; `None` when a character is no digit, or there are too many.
fn digits(characters: &[u8]) -> Option<Digits> {
    let mut digits = Digits([0; MOST_DIGITS], characters.len());
    for (position, byte) in characters.iter().enumerate() {
        *digits.0.get_mut(position)? = char::from(*byte).to_digit(10)?;
    }
    Some(digits)
}

/// The sum of the digits, each times its weight.
fn weighted_sum(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}
