//! What the gate does with each kind of data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Category, IdentifierId};

/// What happens when an identifier is found in a file that is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Disposition {
    /// It belongs there: counted, and shown calmly.
    Expected,
    /// The file waits for a person's decision.
    Ask,
    /// The file is not sent as it is.
    Refuse,
}

/// The rules of one prefix: a disposition per identifier, and what holds for the rest of each category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    /// Identifiers with a disposition of their own.
    pub identifiers: BTreeMap<IdentifierId, Disposition>,
}

/// What a prescription may hold: of the patient, of the prescriber, of the medicine.
const PRESCRIPTION_DATA: [&str; 24] = [
    "NAME",
    "ADDRESS",
    "DATE_OF_BIRTH",
    "EMAIL_ADDRESS",
    "MEDICAL_RECORD_NUMBER",
    "PHONE_NUMBER",
    "AUSTRALIA_PHONE_NUMBER",
    "UK_PHONE_NUMBER",
    "AUSTRALIA_MEDICARE_NUMBER",
    "AUSTRALIA_IHI",
    "AUSTRALIA_HPI_I",
    "AUSTRALIA_HPI_O",
    "AUSTRALIA_DVA_FILE_NUMBER",
    "AUSTRALIA_PROVIDER_NUMBER",
    "AUSTRALIA_PRESCRIBER_NUMBER",
    "AUSTRALIA_PBS_ITEM_CODE",
    "AUSTRALIA_PBS_AUTHORITY_NUMBER",
    "NZ_NHI",
    "NZ_NHI_NEW",
    "UK_NHS_NUMBER",
    "US_DRUG_ENFORCEMENT_AGENCY_NUMBER",
    "USA_NATIONAL_PROVIDER_IDENTIFIER",
    "DRUG_NAME",
    "PRESCRIPTION_DOCUMENT",
];

impl Rules {
    /// The defaults for a prescriptions prefix.
    pub fn prescriptions() -> Self {
        Self { identifiers: PRESCRIPTION_DATA.iter().map(|id| (IdentifierId::of(id), Disposition::Expected)).collect() }
    }

    /// What to do with one identifier. What no rule names asks, and credentials are refused.
    pub fn disposition(&self, identifier: &IdentifierId, category: Category) -> Disposition {
        match self.identifiers.get(identifier) {
            Some(disposition) => *disposition,
            None if category == Category::Credentials => Disposition::Refuse,
            None => Disposition::Ask,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prescription_is_expected_a_card_asks_a_key_is_refused() {
        let rules = Rules::prescriptions();
        let of = |id, category| rules.disposition(&IdentifierId::of(id), category);
        assert_eq!(of("NAME", Category::PersonalInformation), Disposition::Expected);
        assert_eq!(of("AUSTRALIA_TAX_FILE_NUMBER", Category::PersonalInformation), Disposition::Ask);
        assert_eq!(of("CREDIT_CARD_NUMBER", Category::FinancialInformation), Disposition::Ask);
        assert_eq!(of("AWS_CREDENTIALS", Category::Credentials), Disposition::Refuse);
    }
}
