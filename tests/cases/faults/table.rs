//! `docs/faults.md` names each test of this folder, and no other.

use std::collections::BTreeSet;
use std::fs;

use support::repository;

/// The tests of this folder, as their functions are written down.
fn tests() -> BTreeSet<String> {
    let folder = repository().join("tests/cases/faults");
    let mut tests = BTreeSet::new();
    for file in support::files_below(&folder) {
        let module = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&file).unwrap();
        let marked = source.lines().zip(source.lines().skip(1)).filter(|(mark, _)| *mark == "#[test]");
        let names = marked.map(|(_, line)| line.trim_start_matches("fn ").split('(').next().unwrap());
        tests.extend(names.map(|name| format!("{module}::{name}")));
    }
    tests
}

#[test]
fn every_fault_in_the_table_has_its_test_and_every_test_its_fault() {
    let table = fs::read_to_string(repository().join("docs/faults.md")).unwrap();
    let mut named = BTreeSet::new();
    for line in table.lines().filter(|line| line.starts_with("| ")) {
        // Fault, what the user sees, what becomes of the file, test.
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{line}");
        named.extend(cells[3].split('`').filter(|word| word.contains("::")).map(str::to_owned));
    }
    let own = "table::every_fault_in_the_table_has_its_test_and_every_test_its_fault";
    let mut tests = tests();
    assert!(tests.remove(own));
    let missing: Vec<_> = tests.symmetric_difference(&named).collect();
    assert!(missing.is_empty(), "named and not there, or there and not named: {missing:#?}");
}
