//! What documents say about people beyond names, addresses, birth dates and telephone numbers: each fact with the
//! wordings that forms and letters have for it.

use crate::country::Country;
use crate::marked::Marked;
use crate::numbers::{australia, canada, general, new_zealand, united_kingdom, united_states};
use crate::random::Random;

/// One kind of value and how it is announced.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact {
    /// Wordings.
    pub(crate) labels: &'static [&'static str],
    /// Makes a value.
    pub(crate) make: fn(&mut Random) -> Marked,
}

macro_rules! fact {
    ($id:literal, $make:path, $($label:literal),+) => {
        Fact { labels: &[$($label),+], make: |random| Marked::of($id, $make(random)) }
    };
}

/// Numbers of a country that a practice's documents have.
pub(crate) fn of(country: Country) -> &'static [Fact] {
    match country {
        Country::Australia => AUSTRALIA,
        Country::NewZealand => NEW_ZEALAND,
        Country::UnitedKingdom => UNITED_KINGDOM,
        Country::UnitedStates => UNITED_STATES,
        Country::Canada => CANADA,
    }
}

const AUSTRALIA: &[Fact] = &[
    Fact {
        labels: &["Medicare No", "Medicare number", "Medicare card", "Medicare", "Medicare #"],
        make: australia::medicare,
    },
    Fact { labels: &["Medicare No", "Medicare Number", "Medicare"], make: australia::medicare },
    fact!("AUSTRALIA_IHI", australia::ihi, "IHI", "Individual Healthcare Identifier", "IHI No"),
    fact!("AUSTRALIA_HPI_I", australia::hpi_i, "HPI-I", "HPI-I number"),
    fact!("AUSTRALIA_HPI_O", australia::hpi_o, "HPI-O", "HPI-O number"),
    fact!(
        "AUSTRALIA_DVA_FILE_NUMBER",
        australia::dva,
        "DVA file number",
        "DVA No",
        "DVA Gold Card",
        "Veterans Affairs No"
    ),
    fact!(
        "AUSTRALIA_PROVIDER_NUMBER",
        australia::provider,
        "Provider No",
        "Provider number",
        "Prov No",
        "Medicare provider number"
    ),
    fact!(
        "AUSTRALIA_PRESCRIBER_NUMBER",
        australia::prescriber,
        "Prescriber No",
        "Prescriber number",
        "PBS prescriber no"
    ),
    fact!(
        "AUSTRALIA_PBS_AUTHORITY_NUMBER",
        australia::authority,
        "Authority prescription number",
        "Authority approval number"
    ),
    fact!("AUSTRALIA_PBS_ITEM_CODE", australia::pbs_item, "PBS code", "PBS item code", "PBS item"),
    fact!("AUSTRALIA_AHPRA_REGISTRATION", australia::ahpra, "AHPRA", "AHPRA registration", "AHPRA No"),
    fact!(
        "AUSTRALIA_CENTRELINK_CRN",
        australia::centrelink,
        "CRN",
        "Centrelink reference",
        "Health Care Card No",
        "Pension No"
    ),
    fact!("AUSTRALIA_PASSPORT_NUMBER", australia::passport, "Passport No", "Australian passport", "Passport number"),
    fact!("AUSTRALIA_ABN", australia::abn, "ABN", "A.B.N."),
    fact!("AUSTRALIA_TAX_FILE_NUMBER", australia::tax_file, "TFN", "Tax file number", "Tax File No"),
    fact!("AUSTRALIA_BANK_ACCOUNT", australia::bank, "BSB and account number", "Direct debit account", "BSB/Acct"),
    fact!(
        "AUSTRALIA_DRIVERS_LICENSE",
        australia::drivers_licence,
        "Driver licence",
        "Driver's licence no",
        "Drivers licence number"
    ),
];

const NEW_ZEALAND: &[Fact] = &[
    fact!("NZ_NHI", new_zealand::nhi, "NHI", "NHI No", "NHI number"),
    fact!("NZ_NHI", new_zealand::nhi, "NHI", "NHI No", "Patient NHI"),
    fact!("NZ_NHI_NEW", new_zealand::new_nhi, "NHI", "NHI number"),
    fact!("NZ_HPI_CPN", new_zealand::practitioner, "HPI CPN", "CPN", "HPI practitioner id"),
    fact!("NZ_HPI_FACILITY", new_zealand::facility, "HPI facility", "Facility ID", "HPI Fac"),
    fact!("NZ_HPI_ORGANISATION", new_zealand::organisation, "HPI org", "Organisation ID"),
    fact!(
        "NZ_MEDICAL_COUNCIL_NUMBER",
        new_zealand::medical_council,
        "NZMC",
        "NZMC No",
        "MCNZ",
        "Medical Council number"
    ),
    fact!("NZ_IRD_NUMBER", new_zealand::ird, "IRD number", "IRD No", "IRD"),
    fact!("NZ_BANK_ACCOUNT", new_zealand::bank, "Bank account", "Account number", "Acct"),
    fact!(
        "NZ_DRIVERS_LICENCE",
        new_zealand::drivers_licence,
        "Driver licence",
        "NZ driver licence",
        "Driver licence number"
    ),
    fact!("NZ_PASSPORT", new_zealand::passport, "NZ passport", "New Zealand passport number", "Passport (NZ)"),
    fact!("NZ_ACC_CLAIM_NUMBER", new_zealand::acc_claim, "ACC45", "ACC claim number", "ACC No"),
];

const UNITED_KINGDOM: &[Fact] = &[
    fact!("UK_NHS_NUMBER", united_kingdom::nhs, "NHS No", "NHS number", "NHS"),
    fact!("UK_NHS_NUMBER", united_kingdom::nhs, "NHS No", "NHS Number", "NHS no."),
    fact!("UK_CHI_NUMBER", united_kingdom::chi, "CHI", "CHI number", "CHI No"),
    fact!(
        "UK_NATIONAL_INSURANCE_NUMBER",
        united_kingdom::national_insurance,
        "National Insurance number",
        "NI No / NINO",
        "NINO"
    ),
    fact!("UK_EPS_PRESCRIPTION_ID", united_kingdom::eps, "Prescription ID", "EPS prescription ID", "EPS ID"),
    fact!("UK_GMC_NUMBER", united_kingdom::gmc, "GMC", "GMC No", "GMC number", "GMC ref"),
    fact!("UK_NMC_PIN", united_kingdom::nmc, "NMC PIN", "NMC", "NMC Pin No"),
    fact!("UK_GPHC_NUMBER", united_kingdom::gphc, "GPhC number", "GPhC No", "GPhC"),
    fact!(
        "UK_TAX_IDENTIFICATION_NUMBER",
        united_kingdom::taxpayer,
        "UTR",
        "Unique Taxpayer Reference",
        "Tax reference (UTR)"
    ),
    fact!(
        "UK_PASSPORT_NUMBER",
        united_kingdom::passport,
        "UK passport no",
        "British passport number",
        "UK Passport number"
    ),
    fact!("UK_DRIVERS_LICENSE", united_kingdom::drivers_licence, "Driving licence", "Driving licence number"),
    fact!("UK_ELECTORAL_ROLL_NUMBER", united_kingdom::electoral, "Electoral roll number", "Electoral number"),
    fact!("UK_POSTCODE", united_kingdom::postcode, "Postcode", "Post code", "Home postcode"),
    fact!("UK_BANK_ACCOUNT_NUMBER", united_kingdom::bank, "Sort code and account number", "Bank account number"),
];

const UNITED_STATES: &[Fact] = &[
    fact!(
        "USA_SOCIAL_SECURITY_NUMBER",
        united_states::social_security,
        "SSN",
        "Social Security number",
        "Social Security #",
        "SSN#"
    ),
    fact!("USA_SOCIAL_SECURITY_NUMBER", united_states::social_security, "SSN", "Social Security No"),
    fact!(
        "USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER",
        united_states::individual_taxpayer,
        "ITIN",
        "Individual Taxpayer Identification Number"
    ),
    fact!(
        "USA_MEDICARE_BENEFICIARY_IDENTIFIER",
        united_states::medicare,
        "MBI",
        "Medicare beneficiary identifier",
        "Medicare Beneficiary ID (MBI)"
    ),
    fact!(
        "USA_HEALTH_INSURANCE_CLAIM_NUMBER",
        united_states::claim,
        "HICN",
        "Health insurance claim number",
        "HIC number"
    ),
    fact!("USA_NATIONAL_PROVIDER_IDENTIFIER", united_states::provider, "NPI", "NPI #", "National Provider Identifier"),
    fact!("US_DRUG_ENFORCEMENT_AGENCY_NUMBER", united_states::dea, "DEA number", "DEA #", "DEA registration", "DEA"),
    fact!(
        "USA_HEALTHCARE_PROCEDURE_CODE",
        united_states::procedure,
        "HCPCS",
        "HCPCS code",
        "Current procedural terminology"
    ),
    fact!("USA_NATIONAL_DRUG_CODE", united_states::drug_code, "NDC", "National drug code", "NDC #"),
    fact!("MEDICAL_DEVICE_UDI", united_states::device, "UDI", "Unique device ID", "Device identifier"),
    fact!(
        "DRIVERS_LICENSE",
        united_states::drivers_license,
        "Driver License",
        "Drivers license number",
        "Driver's license #"
    ),
    fact!("USA_PASSPORT_NUMBER", united_states::passport, "US passport", "U.S. passport number", "US Passport No"),
    fact!("US_MEDICAID_ID", united_states::medicaid, "Medicaid ID", "Medicaid No", "Medicaid number"),
    fact!("US_HEALTH_PLAN_MEMBER_ID", united_states::member, "Member ID", "Subscriber ID", "Insurance member ID"),
    fact!(
        "US_STATE_MEDICAL_LICENSE",
        united_states::license,
        "Medical license",
        "State license No",
        "State medical license"
    ),
    fact!("US_NCPDP_ID", united_states::pharmacy, "NCPDP", "NCPDP ID", "NABP"),
    fact!("US_ABA_ROUTING_NUMBER", united_states::routing, "ABA routing number", "Routing number", "Routing No"),
    fact!("BANK_ACCOUNT_NUMBER", united_states::account, "Checking account", "Bank account number", "Savings account"),
];

const CANADA: &[Fact] = &[
    Fact { labels: &["OHIP", "OHIP number", "Ontario health card", "OHIP Health Card No"], make: canada::ontario },
    Fact { labels: &["OHIP", "OHIP No", "Ontario health number"], make: canada::ontario },
    fact!("CANADA_BC_PHN", canada::british_columbia, "PHN", "Personal Health Number", "BC PHN", "BC Services Card PHN"),
    fact!("CANADA_QC_RAMQ", canada::quebec, "RAMQ", "NAM", "Assurance maladie", "RAMQ No"),
    fact!("CANADA_AB_PHN", canada::alberta, "Alberta Health ULI", "ULI", "Alberta Health number"),
    fact!("CANADA_SK_HSN", canada::nine_digits, "HSN", "Health Services Number"),
    fact!("CANADA_MB_PHIN", canada::nine_digits, "PHIN", "MHSC PHIN"),
    fact!(
        "CANADA_SOCIAL_INSURANCE_NUMBER",
        canada::social_insurance,
        "SIN",
        "Social Insurance Number",
        "S.I.N. (social insurance number)"
    ),
    fact!("CANADA_DIN", canada::drug_number, "DIN", "Drug identification number"),
    fact!(
        "CANADA_PASSPORT_NUMBER",
        canada::passport,
        "Canadian passport",
        "Passport (Canada)",
        "Canadian passport number"
    ),
    fact!(
        "CANADA_DRIVERS_LICENSE",
        canada::drivers_licence,
        "Driver's licence",
        "Permis de conduire",
        "Ontario driver's licence"
    ),
    fact!(
        "CANADA_NATIONAL_IDENTIFICATION_NUMBER",
        canada::resident,
        "Permanent resident card",
        "PR number",
        "Permanent resident number"
    ),
    fact!("BANK_ACCOUNT_NUMBER", united_states::account, "Chequing account", "Bank account number"),
];

/// Numbers that practices everywhere have.
pub(crate) const CLINICAL: &[Fact] = &[
    fact!(
        "MEDICAL_RECORD_NUMBER",
        general::record_number,
        "MRN",
        "URN",
        "UR No",
        "Hospital No",
        "Patient ID",
        "Chart No",
        "Medical record number"
    ),
    fact!("MEDICAL_RECORD_NUMBER", general::record_number, "MRN", "Record No", "Hospital number"),
    fact!(
        "PRESCRIPTION_NUMBER",
        general::prescription_number,
        "Rx No",
        "Script No",
        "Prescription No",
        "Prescription number"
    ),
    fact!("ICD10_CODE", general::diagnosis, "ICD-10", "ICD-10 code", "Dx code", "Diagnosis code (ICD-10)"),
    fact!("SNOMED_CT_CODE", general::concept, "SNOMED CT", "SNOMED code", "SCTID"),
    fact!("LOINC_CODE", general::observation, "LOINC", "LOINC code"),
    fact!("ATC_CODE", general::substance, "ATC", "ATC code"),
];

/// What pays bills.
pub(crate) const PAYMENT: &[Fact] = &[
    fact!("CREDIT_CARD_NUMBER", general::card, "Card number", "Credit card", "Visa", "Card No", "Credit card number"),
    fact!("CREDIT_CARD_NUMBER", general::card, "Card number", "Credit card", "Mastercard"),
    fact!("CREDIT_CARD_EXPIRATION", general::card_expiry, "Card expiry", "Card expiration date", "Credit card expiry"),
    fact!("CREDIT_CARD_MAGNETIC_STRIPE", general::stripe, "Swipe", "Magstripe", "Card data"),
    fact!("CREDIT_CARD_SECURITY_CODE", general::security_code, "CVV", "CVC", "Card security code", "CVV2"),
    Fact {
        labels: &["IBAN", "IBAN number", "Account (IBAN)"],
        make: |random| {
            let (identifier, number) = general::iban(random);
            Marked::of(identifier, number)
        },
    },
];

/// What opens doors, and other things that are of no country.
pub(crate) const TECHNICAL: &[Fact] = &[
    fact!("IP_ADDRESS", general::ip_address, "IP address", "IP", "Logged in from IP"),
    fact!("URL_WITH_TOKEN", general::token_url, "Link", "Download", "Portal"),
    fact!("JSON_WEB_TOKEN", general::web_token, "Bearer", "JWT", "Access token"),
    fact!("AWS_CREDENTIALS", general::aws_secret, "aws_secret_access_key", "Secret access key"),
    fact!("GCP_API_KEY", general::google_key, "Google API key", "GCP API key", "google-api-key"),
    fact!("STRIPE_CREDENTIALS", general::stripe_key, "Stripe key", "api_key"),
    fact!("PASSWORD", general::password, "Password", "password", "Passwort"),
    fact!("LATITUDE_LONGITUDE", general::coordinates, "Coordinates", "Lat/long", "GPS position"),
    fact!("VEHICLE_IDENTIFICATION_NUMBER", general::vehicle, "VIN", "Vehicle identification number"),
    fact!("ESCRIPT_TOKEN", general::script_token, "eScript token", "Token (SCID)", "SCID"),
];

/// Headers and keys that stand on lines of their own, with no label.
pub(crate) const BLOCKS: &[fn(&mut Random) -> Marked] = &[
    |random| {
        Marked::of_reach("HTTP_BASIC_AUTH_HEADER", "Authorization: Basic ", general::basic_credentials(random), "")
    },
    |random| Marked::of_reach("HTTP_COOKIE", "Set-Cookie: session=", general::cookie(random), ""),
    |random| Marked::of_reach("HTTP_COOKIE", "Cookie: sid=", general::cookie(random), ""),
    |random| Marked::of("PKCS", general::private_key(random, "RSA PRIVATE KEY")),
    |random| Marked::of("OPENSSH_PRIVATE_KEY", general::private_key(random, "OPENSSH PRIVATE KEY")),
    |random| Marked::of("PGP_PRIVATE_KEY", general::private_key(random, "PGP PRIVATE KEY BLOCK")),
    |random| Marked::of("CREDIT_CARD_NUMBER_(NO_KEYWORD)", general::card(random)),
];
