//! Lists of medicines, diagnoses and devices tell of nobody.

use std::fs;
use std::path::Path;

use pillbox_detect::Engine;
use pillbox_measure::scan;

/// What such lists do hold.
const EXPECTED: [&str; 5] = ["DRUG_NAME", "ICD10_CODE", "SNOMED_CT_CODE", "LOINC_CODE", "ATC_CODE"];

#[test]
fn nothing_is_found_in_lists_of_medicines_diagnoses_and_devices() {
    let engine = Engine::managed();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    for list in ["medicines.txt", "diagnoses.txt", "devices.txt"] {
        let text = fs::read_to_string(folder.join(list)).unwrap();
        for found in scan(&engine, list, &text) {
            let identifier = found.identifiers[0].as_str();
            assert!(EXPECTED.contains(&identifier), "{list}: {identifier} in {:?}", text.get(found.range));
        }
    }
}
