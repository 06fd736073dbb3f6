//! Invented forms of several countries, and what is found in them.

#![expect(clippy::unwrap_used, reason = "a test ends where its scan does")]

use pillbox_detect::Engine;
use pillbox_model::Detection;

fn scan(text: &str) -> Vec<Detection> {
    let mut detections = Vec::new();
    Engine::managed().scan(text, &|| true, &mut detections).unwrap();
    detections
}

/// Everything that is found besides names, addresses, telephone numbers and drugs.
#[track_caller]
fn assert_numbers(text: &str, expected: &[(&str, &str)]) {
    let found: Vec<_> = scan(text)
        .into_iter()
        .map(|d| (d.identifier.to_string(), text[d.place.start as usize..d.place.end as usize].to_owned()))
        .filter(|(id, _)| !matches!(id.as_str(), "NAME" | "ADDRESS" | "DRUG_NAME") && !id.contains("PHONE"))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn australia() {
    assert_numbers(
        "\
EXAMPLE STREET CLINIC        ABN 83 914 571 673      HPI-O: 8003 6299 9900 0009
Dr Priya Raman   Provider No: 2999991K   Prescriber No: 2999999   AHPRA: MED0001234567
Patient: Jane Doe    DOB: 12.03.1961    Concession No: 204 999 999X
DVA File No: NX123456 (Gold)     Entitlement: see card
PBS Item: 8254K    Streamlined Authority Code: 4321    Repeats: 5   Qty 28
Script No: 1234567    eScript token: 2BQ7XK93LMPD4T8VWZ
Diagnosis: E11.9    Batch 10001J  Order 204999999X  Invoice 83914571673
",
        &[
            ("AUSTRALIA_ABN", "83 914 571 673"),
            ("AUSTRALIA_HPI_O", "8003 6299 9900 0009"),
            ("AUSTRALIA_PROVIDER_NUMBER", "2999991K"),
            ("AUSTRALIA_PRESCRIBER_NUMBER", "2999999"),
            ("AUSTRALIA_AHPRA_REGISTRATION", "MED0001234567"),
            ("DOB_ANY_FORMAT", "12.03.1961"),
            ("AUSTRALIA_CENTRELINK_CRN", "204 999 999X"),
            ("AUSTRALIA_DVA_FILE_NUMBER", "NX123456"),
            ("AUSTRALIA_PBS_ITEM_CODE", "8254K"),
            ("AUSTRALIA_PBS_AUTHORITY_NUMBER", "4321"),
            ("PRESCRIPTION_NUMBER", "1234567"),
            ("ESCRIPT_TOKEN", "2BQ7XK93LMPD4T8VWZ"),
            ("ICD10_CODE", "E11.9"),
        ],
    );
}

#[test]
fn new_zealand() {
    assert_numbers(
        "\
Prescriber: Dr Aroha Example   NZMC: 12345   HPI CPN: 99ZZFX
Facility: F38006-B    Organisation ID: G00001-G
NHI: ZAC5361   DOB: 1961-07-03   Age: 65
ACC45: AB12345   IRD: 49-091-850   Account: 01-0242-0100194-00
NZMT code: 21433011000036107   Ph 09 555 0123
",
        &[
            ("NZ_MEDICAL_COUNCIL_NUMBER", "12345"),
            ("NZ_HPI_CPN", "99ZZFX"),
            ("NZ_HPI_FACILITY", "F38006-B"),
            ("NZ_HPI_ORGANISATION", "G00001-G"),
            ("NZ_NHI", "ZAC5361"),
            ("DOB_ANY_FORMAT", "1961-07-03"),
            ("DOB_ANY_FORMAT", "65"),
            ("NZ_ACC_CLAIM_NUMBER", "AB12345"),
            ("NZ_IRD_NUMBER", "49-091-850"),
            ("NZ_BANK_ACCOUNT", "01-0242-0100194-00"),
            ("SNOMED_CT_CODE", "21433011000036107"),
        ],
    );
}

#[test]
fn united_kingdom_and_ireland() {
    assert_numbers(
        "\
Prescription ID: A1B2C3-D4E5F6-0A1B2C
NHS Number: 999 000 0018     CHI: 0101301235
Prescriber: Dr J Doe  GMC: 7654321     Nurse PIN: 12A3456E    GPhC No: 2012345
Postcode: LS1 4AB
PPSN: 1234567FA   IHI: 539123456789012348
SNOMED: 73211009 dm+d 22298006 Order 7654321 Version 2.10.3
",
        &[
            ("UK_EPS_PRESCRIPTION_ID", "A1B2C3-D4E5F6-0A1B2C"),
            ("UK_NHS_NUMBER", "999 000 0018"),
            ("UK_CHI_NUMBER", "0101301235"),
            ("UK_GMC_NUMBER", "7654321"),
            ("UK_NMC_PIN", "12A3456E"),
            ("UK_GPHC_NUMBER", "2012345"),
            ("UK_POSTCODE", "LS1 4AB"),
            ("IRELAND_PPSN", "1234567FA"),
            ("IRELAND_IHI", "539123456789012348"),
            ("SNOMED_CT_CODE", "73211009"),
            ("SNOMED_CT_CODE", "22298006"),
        ],
    );
}

#[test]
fn canada_and_the_united_states() {
    assert_numbers(
        "\
OHIP: 9876-543-217-AB    RAMQ: LASF 8002 1411    MCP: 123456789012
HSN: 123 456 789   PHIN: 987 654 321   DIN 02242903   Lot 123456
Rx#: 7654321   Medicaid ID: AB12345C   Member ID: XYZ123456789   RxBIN: 610014  RxPCN: ADV01  RxGrp: RX12345
State License No: A12345   NCPDP: 1234567   Routing: 111000025
ICD-10: J18.9   LOINC 4548-4   ATC: A10BA02   PO Box 1234
",
        &[
            ("CANADA_ON_HEALTH_CARD", "9876-543-217-AB"),
            ("CANADA_QC_RAMQ", "LASF 8002 1411"),
            ("CANADA_NL_MCP", "123456789012"),
            ("CANADA_SK_HSN", "123 456 789"),
            ("CANADA_MB_PHIN", "987 654 321"),
            ("CANADA_DIN", "02242903"),
            ("PRESCRIPTION_NUMBER", "7654321"),
            ("US_MEDICAID_ID", "AB12345C"),
            ("US_HEALTH_PLAN_MEMBER_ID", "XYZ123456789"),
            ("US_HEALTH_PLAN_MEMBER_ID", "610014"),
            ("US_HEALTH_PLAN_MEMBER_ID", "ADV01"),
            ("US_HEALTH_PLAN_MEMBER_ID", "RX12345"),
            ("US_STATE_MEDICAL_LICENSE", "A12345"),
            ("US_NCPDP_ID", "1234567"),
            ("US_ABA_ROUTING_NUMBER", "111000025"),
            ("ICD10_CODE", "J18.9"),
            ("LOINC_CODE", "4548-4"),
            ("ATC_CODE", "A10BA02"),
        ],
    );
}

#[test]
fn a_health_card_is_of_the_province_whose_check_digit_holds() {
    for (text, id) in [
        ("Health Card No: 9876-543-217", "CANADA_ON_HEALTH_CARD"),
        ("Health Card No: 9698 658 215", "CANADA_BC_PHN"),
        ("Health Card No: 0012 345 678", "CANADA_NS_HCN"),
        ("Health Card: LASF 8002 1411", "CANADA_QC_RAMQ"),
        ("Medicare No: 123 456 789", "CANADA_NB_MEDICARE"),
        ("Medicare No: 2999 99993 1", "AUSTRALIA_MEDICARE_NUMBER"),
    ] {
        let found = scan(text);
        assert_eq!(found.iter().map(|d| d.identifier.as_str()).collect::<Vec<_>>(), [id], "{text}");
    }
}

#[test]
fn a_dotted_birth_date_is_one_detection_that_names_both() {
    let found = scan("DOB: 12.03.1961");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].identifier.as_str(), "DOB_ANY_FORMAT");
    assert_eq!(found[0].evidence.also.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["DATE_OF_BIRTH"]);
}

#[test]
fn lists_of_drugs_diagnoses_and_devices_hold_no_number_of_a_person() {
    for text in [
        "Amoxicillin 500 mg capsules (20)\nParacetamol Osteo 665 mg tablets (96)\nVitamin B12 1000 mcg/mL\nCo-trimoxazole 160/800",
        "Insulin glargine 100 units/mL 5 x 3 mL\nSalbutamol 100 mcg/dose, 200 doses\nDIN EN 455, ISO 13485:2016\nSize 12 CH 410 mm",
        "Syringe 10 mL luer lock REF 309604 LOT 2012345 EXP 2027-03\nCatheter 14G 1234567 qty 50\nModel A1234567 SN 123456789",
        "Hypertension\nType 2 diabetes mellitus\nL4/L5 disc prolapse\nT12 fracture\nCOVID-19\nH1N1 influenza\nC5-C6 radiculopathy",
        "BP 120/80, HR 72, T 36.8, RR 16, SpO2 98 %, eGFR 64, HbA1c 48 mmol/mol, INR 2.5, 64 kg, 172 cm",
        "Order 1234567890, invoice INV-2026-001234, ticket 201101-0016, tracking 756921707698, batch M1 1AA, part 1234567T",
        "v1.2.3.4, build 10.0.19041.1, 12.10.11.13, 2026-11-23T10:30:45Z, 00:1a:2b:3c:4d:5e, std::net::10",
        "Total 1 234 567.89, 3 x 250 = 750, 0800-1700, 9-5, 24/7, page 64 of 128, section 8.3.2",
    ] {
        assert_numbers(text, &[]);
    }
}

#[test]
fn a_label_is_read_as_far_as_it_is_wherever_that_ends() {
    for length in 1..160 {
        let text = format!("Patient: {}, im H\n", "O".repeat(length));
        for detection in scan(&text) {
            assert!(detection.place.end <= text.len() as u64, "{text:?}");
        }
    }
}
