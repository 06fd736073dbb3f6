//! What the gate does with each kind of data.

use std::collections::{BTreeMap, BTreeSet};

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

/// What happens with a file under a prescriptions prefix that is no prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NotAPrescription {
    /// It is said of the file, and nothing else.
    #[default]
    Shown,
    /// The file waits for a person's decision.
    Ask,
}

/// What stands in a copy in place of what was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RedactionStyle {
    /// The identifier's id in brackets: `[AUSTRALIA_TAX_FILE_NUMBER]`.
    #[default]
    Label,
    /// As many characters as there were, each letter and digit hidden.
    Mask,
}

/// The rules of a practice, as far as they differ from what holds for every prescription.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Rules {
    /// Identifiers with a disposition of the practice's own.
    pub identifiers: BTreeMap<IdentifierId, Disposition>,
    /// Identifiers that are not looked for.
    pub off: BTreeSet<IdentifierId>,
    /// How many characters may lie between a managed identifier's keyword and its value, where the practice has set it.
    pub distances: BTreeMap<IdentifierId, u16>,
    /// What happens with a file that is no prescription.
    pub not_a_prescription: NotAPrescription,
    /// What stands in place of what was taken out.
    pub redaction: RedactionStyle,
}

/// What a prescription may hold: of the patient, of the prescriber, of the medicine.
const PRESCRIPTION_DATA: [&str; 67] = [
    "NAME",
    "ADDRESS",
    "DATE_OF_BIRTH",
    "DOB_ANY_FORMAT",
    "EMAIL_ADDRESS",
    "MEDICAL_RECORD_NUMBER",
    "PRESCRIPTION_NUMBER",
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
    "AUSTRALIA_AHPRA_REGISTRATION",
    "AUSTRALIA_CENTRELINK_CRN",
    "AUSTRALIA_ABN",
    "AUSTRALIA_PBS_ITEM_CODE",
    "AUSTRALIA_PBS_AUTHORITY_NUMBER",
    "NZ_NHI",
    "NZ_NHI_NEW",
    "NZ_HPI_CPN",
    "NZ_HPI_FACILITY",
    "NZ_HPI_ORGANISATION",
    "NZ_MEDICAL_COUNCIL_NUMBER",
    "NZ_ACC_CLAIM_NUMBER",
    "UK_NHS_NUMBER",
    "UK_CHI_NUMBER",
    "UK_EPS_PRESCRIPTION_ID",
    "UK_GMC_NUMBER",
    "UK_NMC_PIN",
    "UK_GPHC_NUMBER",
    "UK_POSTCODE",
    "CANADA_HEALTH_NUMBER",
    "CANADA_ON_HEALTH_CARD",
    "CANADA_BC_PHN",
    "CANADA_QC_RAMQ",
    "CANADA_AB_PHN",
    "CANADA_SK_HSN",
    "CANADA_MB_PHIN",
    "CANADA_NS_HCN",
    "CANADA_NB_MEDICARE",
    "CANADA_NL_MCP",
    "CANADA_PE_HEALTH",
    "CANADA_NT_HEALTH",
    "CANADA_NU_HEALTH",
    "CANADA_YT_HEALTH",
    "CANADA_DIN",
    "US_DRUG_ENFORCEMENT_AGENCY_NUMBER",
    "USA_NATIONAL_PROVIDER_IDENTIFIER",
    "USA_NATIONAL_DRUG_CODE",
    "USA_MEDICARE_BENEFICIARY_IDENTIFIER",
    "US_MEDICAID_ID",
    "US_HEALTH_PLAN_MEMBER_ID",
    "US_STATE_MEDICAL_LICENSE",
    "US_NCPDP_ID",
    "IRELAND_PPSN",
    "IRELAND_IHI",
    "ICD10_CODE",
    "SNOMED_CT_CODE",
    "ATC_CODE",
    "LOINC_CODE",
    "DRUG_NAME",
    "PRESCRIPTION_DOCUMENT",
];

impl Rules {
    /// The defaults for a prescriptions prefix.
    pub fn prescriptions() -> Self {
        Self::default()
    }

    /// What to do with one identifier.
    pub fn disposition(&self, identifier: &IdentifierId, category: Category) -> Disposition {
        let own = self.identifiers.get(identifier).copied();
        own.unwrap_or_else(|| Self::default_disposition(identifier, category))
    }

    /// What to do with one identifier where the practice says nothing: what belongs to a prescription is expected,
    /// credentials are refused, and the rest asks.
    pub fn default_disposition(identifier: &IdentifierId, category: Category) -> Disposition {
        if PRESCRIPTION_DATA.contains(&identifier.as_str()) {
            Disposition::Expected
        } else if category == Category::Credentials {
            Disposition::Refuse
        } else {
            Disposition::Ask
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

    #[test]
    fn what_the_practice_says_comes_first_and_rules_of_an_earlier_form_can_be_read() {
        let rules: Rules =
            serde_json::from_str(r#"{"identifiers":{"NAME":"ask","CREDIT_CARD_NUMBER":"refuse"}}"#).unwrap();
        let of = |id, category| rules.disposition(&IdentifierId::of(id), category);
        assert_eq!(of("NAME", Category::PersonalInformation), Disposition::Ask);
        assert_eq!(of("CREDIT_CARD_NUMBER", Category::FinancialInformation), Disposition::Refuse);
        assert_eq!(of("ADDRESS", Category::PersonalInformation), Disposition::Expected);
        assert!(rules.off.is_empty() && rules.distances.is_empty());
        let defaults = (rules.not_a_prescription, rules.redaction);
        assert_eq!(defaults, (NotAPrescription::Shown, RedactionStyle::Label));
        assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::prescriptions());
    }
}
