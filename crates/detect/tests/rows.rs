//! Macie's identifiers: which there are, and how bad each is (AWS Macie User Guide, managed data identifiers and
//! severity scoring).

use pillbox_detect::Engine;
use pillbox_model::{Category, IdentifierId, Severity};

/// Id, and the severity of 1, of 2 to 99 and of 100 and more occurrences.
type Rows = &'static [(&'static str, &'static str)];

const CREDENTIALS: Rows = &[
    ("AWS_CREDENTIALS", "HHH"),
    ("GCP_API_KEY", "HHH"),
    ("HTTP_BASIC_AUTH_HEADER", "HHH"),
    ("JSON_WEB_TOKEN", "HHH"),
    ("OPENSSH_PRIVATE_KEY", "HHH"),
    ("PGP_PRIVATE_KEY", "HHH"),
    ("PKCS", "HHH"),
    ("PUTTY_PRIVATE_KEY", "HHH"),
    ("STRIPE_CREDENTIALS", "HHH"),
];

const FINANCIAL: Rows = &[
    ("BANK_ACCOUNT_NUMBER", "HHH"),
    ("CREDIT_CARD_EXPIRATION", "LMH"),
    ("CREDIT_CARD_MAGNETIC_STRIPE", "HHH"),
    ("CREDIT_CARD_NUMBER", "HHH"),
    ("CREDIT_CARD_NUMBER_(NO_KEYWORD)", "HHH"),
    ("CREDIT_CARD_SECURITY_CODE", "MHH"),
    ("ALBANIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("ANDORRA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("BOSNIA_AND_HERZEGOVINA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("BRAZIL_BANK_ACCOUNT_NUMBER", "HHH"),
    ("BULGARIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("COSTA_RICA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("CROATIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("CYPRUS_BANK_ACCOUNT_NUMBER", "HHH"),
    ("CZECH_REPUBLIC_BANK_ACCOUNT_NUMBER", "HHH"),
    ("DENMARK_BANK_ACCOUNT_NUMBER", "HHH"),
    ("DOMINICAN_REPUBLIC_BANK_ACCOUNT_NUMBER", "HHH"),
    ("EGYPT_BANK_ACCOUNT_NUMBER", "HHH"),
    ("ESTONIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("FAROE_ISLANDS_BANK_ACCOUNT_NUMBER", "HHH"),
    ("FINLAND_BANK_ACCOUNT_NUMBER", "HHH"),
    ("FRANCE_BANK_ACCOUNT_NUMBER", "HHH"),
    ("GEORGIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("GERMANY_BANK_ACCOUNT_NUMBER", "HHH"),
    ("GREECE_BANK_ACCOUNT_NUMBER", "HHH"),
    ("GREENLAND_BANK_ACCOUNT_NUMBER", "HHH"),
    ("HUNGARY_BANK_ACCOUNT_NUMBER", "HHH"),
    ("ICELAND_BANK_ACCOUNT_NUMBER", "HHH"),
    ("IRELAND_BANK_ACCOUNT_NUMBER", "HHH"),
    ("ITALY_BANK_ACCOUNT_NUMBER", "HHH"),
    ("JORDAN_BANK_ACCOUNT_NUMBER", "HHH"),
    ("KOSOVO_BANK_ACCOUNT_NUMBER", "HHH"),
    ("LIECHTENSTEIN_BANK_ACCOUNT_NUMBER", "HHH"),
    ("LITHUANIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("MALTA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("MAURITANIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("MAURITIUS_BANK_ACCOUNT_NUMBER", "HHH"),
    ("MONACO_BANK_ACCOUNT_NUMBER", "HHH"),
    ("MONTENEGRO_BANK_ACCOUNT_NUMBER", "HHH"),
    ("NETHERLANDS_BANK_ACCOUNT_NUMBER", "HHH"),
    ("NORTH_MACEDONIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("POLAND_BANK_ACCOUNT_NUMBER", "HHH"),
    ("PORTUGAL_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SAN_MARINO_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SENEGAL_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SERBIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SLOVAKIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SLOVENIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SPAIN_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SWEDEN_BANK_ACCOUNT_NUMBER", "HHH"),
    ("SWITZERLAND_BANK_ACCOUNT_NUMBER", "HHH"),
    ("TIMOR_LESTE_BANK_ACCOUNT_NUMBER", "HHH"),
    ("TUNISIA_BANK_ACCOUNT_NUMBER", "HHH"),
    ("TURKIYE_BANK_ACCOUNT_NUMBER", "HHH"),
    ("UK_BANK_ACCOUNT_NUMBER", "HHH"),
    ("UKRAINE_BANK_ACCOUNT_NUMBER", "HHH"),
    ("UNITED_ARAB_EMIRATES_BANK_ACCOUNT_NUMBER", "HHH"),
    ("VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER", "HHH"),
];

const PERSONAL: Rows = &[
    ("US_DRUG_ENFORCEMENT_AGENCY_NUMBER", "HHH"),
    ("USA_HEALTH_INSURANCE_CLAIM_NUMBER", "HHH"),
    ("CANADA_HEALTH_NUMBER", "HHH"),
    ("EUROPEAN_HEALTH_INSURANCE_CARD_NUMBER", "HHH"),
    ("FINLAND_EUROPEAN_HEALTH_INSURANCE_NUMBER", "HHH"),
    ("FRANCE_HEALTH_INSURANCE_NUMBER", "HHH"),
    ("UK_NHS_NUMBER", "HHH"),
    ("USA_MEDICARE_BENEFICIARY_IDENTIFIER", "HHH"),
    ("USA_HEALTHCARE_PROCEDURE_CODE", "HHH"),
    ("USA_NATIONAL_DRUG_CODE", "HHH"),
    ("USA_NATIONAL_PROVIDER_IDENTIFIER", "HHH"),
    ("MEDICAL_DEVICE_UDI", "LMH"),
    ("DATE_OF_BIRTH", "LMH"),
    ("AUSTRALIA_DRIVERS_LICENSE", "LMH"),
    ("AUSTRIA_DRIVERS_LICENSE", "LMH"),
    ("BELGIUM_DRIVERS_LICENSE", "LMH"),
    ("BULGARIA_DRIVERS_LICENSE", "LMH"),
    ("CANADA_DRIVERS_LICENSE", "LMH"),
    ("CROATIA_DRIVERS_LICENSE", "LMH"),
    ("CYPRUS_DRIVERS_LICENSE", "LMH"),
    ("CZECHIA_DRIVERS_LICENSE", "LMH"),
    ("DENMARK_DRIVERS_LICENSE", "LMH"),
    ("DRIVERS_LICENSE", "LMH"),
    ("ESTONIA_DRIVERS_LICENSE", "LMH"),
    ("FINLAND_DRIVERS_LICENSE", "LMH"),
    ("FRANCE_DRIVERS_LICENSE", "LMH"),
    ("GERMANY_DRIVERS_LICENSE", "LMH"),
    ("GREECE_DRIVERS_LICENSE", "LMH"),
    ("HUNGARY_DRIVERS_LICENSE", "LMH"),
    ("INDIA_DRIVERS_LICENSE", "LMH"),
    ("IRELAND_DRIVERS_LICENSE", "LMH"),
    ("ITALY_DRIVERS_LICENSE", "LMH"),
    ("LATVIA_DRIVERS_LICENSE", "LMH"),
    ("LITHUANIA_DRIVERS_LICENSE", "LMH"),
    ("LUXEMBOURG_DRIVERS_LICENSE", "LMH"),
    ("MALTA_DRIVERS_LICENSE", "LMH"),
    ("NETHERLANDS_DRIVERS_LICENSE", "LMH"),
    ("POLAND_DRIVERS_LICENSE", "LMH"),
    ("PORTUGAL_DRIVERS_LICENSE", "LMH"),
    ("ROMANIA_DRIVERS_LICENSE", "LMH"),
    ("SLOVAKIA_DRIVERS_LICENSE", "LMH"),
    ("SLOVENIA_DRIVERS_LICENSE", "LMH"),
    ("SPAIN_DRIVERS_LICENSE", "LMH"),
    ("SWEDEN_DRIVERS_LICENSE", "LMH"),
    ("UK_DRIVERS_LICENSE", "LMH"),
    ("UK_ELECTORAL_ROLL_NUMBER", "HHH"),
    ("NAME", "LMH"),
    ("LATITUDE_LONGITUDE", "LMM"),
    ("HTTP_COOKIE", "LMH"),
    ("ADDRESS", "LMH"),
    ("BRAZIL_CEP_CODE", "LMH"),
    ("ARGENTINA_DNI_NUMBER", "HHH"),
    ("BRAZIL_RG_NUMBER", "HHH"),
    ("CHILE_RUT_NUMBER", "HHH"),
    ("COLOMBIA_CITIZENSHIP_CARD_NUMBER", "HHH"),
    ("FRANCE_NATIONAL_IDENTIFICATION_NUMBER", "HHH"),
    ("GERMANY_NATIONAL_IDENTIFICATION_NUMBER", "HHH"),
    ("INDIA_AADHAAR_NUMBER", "HHH"),
    ("ITALY_NATIONAL_IDENTIFICATION_NUMBER", "HHH"),
    ("MEXICO_CURP_NUMBER", "HHH"),
    ("SPAIN_DNI_NUMBER", "HHH"),
    ("UK_NATIONAL_INSURANCE_NUMBER", "HHH"),
    ("CANADA_PASSPORT_NUMBER", "MHH"),
    ("FRANCE_PASSPORT_NUMBER", "MHH"),
    ("GERMANY_PASSPORT_NUMBER", "MHH"),
    ("ITALY_PASSPORT_NUMBER", "MHH"),
    ("SPAIN_PASSPORT_NUMBER", "MHH"),
    ("UK_PASSPORT_NUMBER", "MHH"),
    ("USA_PASSPORT_NUMBER", "MHH"),
    ("CANADA_NATIONAL_IDENTIFICATION_NUMBER", "HHH"),
    ("BRAZIL_PHONE_NUMBER", "LMH"),
    ("FRANCE_PHONE_NUMBER", "LMH"),
    ("GERMANY_PHONE_NUMBER", "LMH"),
    ("ITALY_PHONE_NUMBER", "LMH"),
    ("PHONE_NUMBER", "LMH"),
    ("SPAIN_PHONE_NUMBER", "LMH"),
    ("UK_PHONE_NUMBER", "LMH"),
    ("ARGENTINA_TARJETA_SUBE", "MMH"),
    ("CANADA_SOCIAL_INSURANCE_NUMBER", "HHH"),
    ("SPAIN_SOCIAL_SECURITY_NUMBER", "HHH"),
    ("USA_SOCIAL_SECURITY_NUMBER", "HHH"),
    ("ARGENTINA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER", "HHH"),
    ("ARGENTINA_ORGANIZATION_TAX_IDENTIFICATION_NUMBER", "MMH"),
    ("AUSTRALIA_TAX_FILE_NUMBER", "HHH"),
    ("BRAZIL_CNPJ_NUMBER", "HHH"),
    ("BRAZIL_CPF_NUMBER", "HHH"),
    ("COLOMBIA_INDIVIDUAL_NIT_NUMBER", "HHH"),
    ("COLOMBIA_ORGANIZATION_NIT_NUMBER", "MMH"),
    ("FRANCE_TAX_IDENTIFICATION_NUMBER", "HHH"),
    ("GERMANY_TAX_IDENTIFICATION_NUMBER", "HHH"),
    ("INDIA_PERMANENT_ACCOUNT_NUMBER", "HHH"),
    ("MEXICO_INDIVIDUAL_RFC_NUMBER", "HHH"),
    ("MEXICO_ORGANIZATION_RFC_NUMBER", "MMH"),
    ("SPAIN_NIE_NUMBER", "HHH"),
    ("SPAIN_NIF_NUMBER", "HHH"),
    ("SPAIN_TAX_IDENTIFICATION_NUMBER", "HHH"),
    ("UK_TAX_IDENTIFICATION_NUMBER", "HHH"),
    ("USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER", "HHH"),
    ("VEHICLE_IDENTIFICATION_NUMBER", "LLM"),
];

#[test]
fn every_row_of_macie_is_there_with_its_category_and_severity() {
    let engine = Engine::managed();
    for (rows, category) in [
        (CREDENTIALS, Category::Credentials),
        (FINANCIAL, Category::FinancialInformation),
        (PERSONAL, Category::PersonalInformation),
    ] {
        for (id, bands) in rows {
            let found = engine.identifier(&IdentifierId::of(id)).map(|identifier| {
                let letter = |count| match identifier.severity.of(count) {
                    Severity::Low => 'L',
                    Severity::Medium => 'M',
                    Severity::High => 'H',
                };
                (identifier.category, [1, 2, 100].map(letter).iter().collect::<String>())
            });
            assert_eq!(found, Some((category, (*bands).to_owned())), "{id}");
        }
    }
}

#[test]
fn no_id_is_there_twice_and_passwords_are_credentials() {
    let engine = Engine::managed();
    let mut ids: Vec<&str> = engine.identifiers().iter().map(|identifier| identifier.id.as_str()).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let password = engine.identifier(&IdentifierId::of("PASSWORD")).map(|identifier| identifier.category);
    assert_eq!(password, Some(Category::Credentials));
}
