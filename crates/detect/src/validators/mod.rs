//! Check digits and the like, each with the source of its rule. All take digits or characters without separators.

mod accounts;
mod australia;
pub(crate) mod calendar;
mod canada;
mod europe;
mod gs1;
mod health;
mod luhn;
mod mod97;
mod newzealand;
mod people;
mod routing;
mod taxes;
mod things;
mod verhoeff;
mod weighted;

pub(crate) use accounts::{ccc, cin, rib};
pub(crate) use australia::{business_number, provider_number};
pub(crate) use canada::{personal_health_number, ramq};
pub(crate) use europe::{
    austrian_insurance_number, belgian_national_number, burgerservicenummer, danish_personal_number,
    german_insurance_number, norwegian_identity_number, pesel, pps_number,
};
pub(crate) use gs1::gs1;
pub(crate) use health::{dea_number, nhi_new, nhi_old, npi};
pub(crate) use luhn::luhn;
pub(crate) use mod97::mod97_is_one;
pub(crate) use newzealand::{bank_account, hpi_identifier, ird_number};
pub(crate) use people::{
    codice_fiscale, curp, dni, german_identity_card, german_passport, hetu, national_insurance_number, nie, nif_klm,
    nir, personnummer, rut, spanish_social_security,
};
pub(crate) use routing::routing_number;
pub(crate) use taxes::{
    cif, cnpj, cpf, cuit, individual_taxpayer_number, nit, numero_fiscal, permanent_account_number, rfc, steuer_id,
    unique_taxpayer_reference,
};
pub(crate) use things::{hibc, vehicle_identification_number};
pub(crate) use verhoeff::verhoeff;
pub(crate) use weighted::{community_health_index, medicare, nhs_number, prescriber_number, tax_file_number};

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
