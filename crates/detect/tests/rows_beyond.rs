//! The identifiers beyond Macie's: which there are, and how bad each is.

use pillbox_detect::Engine;
use pillbox_model::{Category, IdentifierId, Severity};

/// Id, and the severity of 1, of 2 to 99 and of 100 and more occurrences.
const PERSONAL: &[(&str, &str)] = &[
    ("AUSTRALIA_MEDICARE_NUMBER", "HHH"),
    ("AUSTRALIA_IHI", "HHH"),
    ("AUSTRALIA_HPI_I", "LMH"),
    ("AUSTRALIA_HPI_O", "LMH"),
    ("AUSTRALIA_DVA_FILE_NUMBER", "MHH"),
    ("AUSTRALIA_PROVIDER_NUMBER", "LMH"),
    ("AUSTRALIA_PRESCRIBER_NUMBER", "LMH"),
    ("AUSTRALIA_PBS_AUTHORITY_NUMBER", "LMH"),
    ("AUSTRALIA_PBS_ITEM_CODE", "LMH"),
    ("AUSTRALIA_AHPRA_REGISTRATION", "LMH"),
    ("AUSTRALIA_CENTRELINK_CRN", "HHH"),
    ("AUSTRALIA_PASSPORT_NUMBER", "MHH"),
    ("AUSTRALIA_ABN", "LLL"),
    ("AUSTRALIA_PHONE_NUMBER", "LMH"),
    ("NZ_NHI", "HHH"),
    ("NZ_NHI_NEW", "HHH"),
    ("NZ_HPI_CPN", "LMH"),
    ("NZ_HPI_FACILITY", "LLL"),
    ("NZ_HPI_ORGANISATION", "LLL"),
    ("NZ_MEDICAL_COUNCIL_NUMBER", "LMH"),
    ("NZ_IRD_NUMBER", "HHH"),
    ("NZ_DRIVERS_LICENCE", "LMH"),
    ("NZ_PASSPORT", "MHH"),
    ("NZ_ACC_CLAIM_NUMBER", "MHH"),
    ("UK_CHI_NUMBER", "HHH"),
    ("UK_EPS_PRESCRIPTION_ID", "MHH"),
    ("UK_GMC_NUMBER", "LMH"),
    ("UK_NMC_PIN", "LMH"),
    ("UK_GPHC_NUMBER", "LMH"),
    ("UK_POSTCODE", "LMH"),
    ("CANADA_ON_HEALTH_CARD", "HHH"),
    ("CANADA_BC_PHN", "HHH"),
    ("CANADA_QC_RAMQ", "HHH"),
    ("CANADA_AB_PHN", "HHH"),
    ("CANADA_SK_HSN", "HHH"),
    ("CANADA_MB_PHIN", "HHH"),
    ("CANADA_NS_HCN", "HHH"),
    ("CANADA_NB_MEDICARE", "HHH"),
    ("CANADA_NL_MCP", "HHH"),
    ("CANADA_PE_HEALTH", "HHH"),
    ("CANADA_NT_HEALTH", "HHH"),
    ("CANADA_NU_HEALTH", "HHH"),
    ("CANADA_YT_HEALTH", "HHH"),
    ("CANADA_DIN", "LMH"),
    ("US_MEDICAID_ID", "HHH"),
    ("US_HEALTH_PLAN_MEMBER_ID", "HHH"),
    ("US_STATE_MEDICAL_LICENSE", "LMH"),
    ("US_NCPDP_ID", "LLL"),
    ("GERMANY_KVNR", "HHH"),
    ("GERMANY_LANR", "LMH"),
    ("NETHERLANDS_BSN", "HHH"),
    ("BELGIUM_NATIONAL_NUMBER", "HHH"),
    ("BELGIUM_RIZIV", "LMH"),
    ("FRANCE_RPPS", "LMH"),
    ("IRELAND_PPSN", "HHH"),
    ("IRELAND_IHI", "HHH"),
    ("SWITZERLAND_AHV", "HHH"),
    ("AUSTRIA_SVNR", "HHH"),
    ("DENMARK_CPR", "HHH"),
    ("SWEDEN_PERSONNUMMER", "HHH"),
    ("NORWAY_FODSELSNUMMER", "HHH"),
    ("FINLAND_HETU", "HHH"),
    ("POLAND_PESEL", "HHH"),
    ("ITALY_TESSERA_SANITARIA", "HHH"),
    ("EU_EHIC_ANY", "HHH"),
    ("EMAIL_ADDRESS", "LMH"),
    ("IP_ADDRESS", "LLM"),
    ("URL_WITH_TOKEN", "MHH"),
    ("MEDICAL_RECORD_NUMBER", "HHH"),
    ("PRESCRIPTION_NUMBER", "MHH"),
    ("ESCRIPT_TOKEN", "HHH"),
    ("ICD10_CODE", "MHH"),
    ("SNOMED_CT_CODE", "MHH"),
    ("LOINC_CODE", "LLM"),
    ("ATC_CODE", "LMH"),
    ("DOB_ANY_FORMAT", "LMH"),
];

const FINANCIAL: &[(&str, &str)] = &[("AUSTRALIA_BANK_ACCOUNT", "MHH"), ("NZ_BANK_ACCOUNT", "MHH")];

#[test]
fn every_row_beyond_macie_is_there_with_its_category_and_severity() {
    let engine = Engine::managed();
    let rows = PERSONAL.iter().map(|row| (row, Category::PersonalInformation));
    for ((id, bands), category) in rows.chain(FINANCIAL.iter().map(|row| (row, Category::FinancialInformation))) {
        let identifier = engine.identifier(&IdentifierId::of(id));
        let found = identifier.map(|identifier| {
            let of = |count| match identifier.severity.of(count) {
                Severity::Low => 'L',
                Severity::Medium => 'M',
                Severity::High => 'H',
            };
            (identifier.category, [1, 2, 99, 100].map(of).iter().collect::<String>())
        });
        let mut letters = bands.chars();
        let expected: String = match (letters.next(), letters.next(), letters.next()) {
            (Some(one), Some(some), Some(many)) => [one, some, some, many].iter().collect(),
            _ => String::new(),
        };
        assert_eq!(found, Some((category, expected)), "{id}");
    }
}
