//! Findings.

use pillbox_model::{Finding, FindingCategory, FindingState, IdentifierId, Severity};
use pillbox_store::{FindingFilter, FindingOrder, FindingScope, FindingSort, Store};

use crate::samples::{BUCKET, Kept, at, object_finding, policy_finding};

fn state(store: &Store, id: &str) -> FindingState {
    store.finding(id).unwrap().unwrap().pillbox.state
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.id.as_str()).collect()
}

fn object(key: &str) -> FindingScope<'_> {
    FindingScope::Object { bucket: BUCKET, key }
}

#[test]
fn a_finding_is_read_as_it_was_written() {
    let Kept { store, dir: _dir } = Kept::new();
    let finding = object_finding("f", "prescriptions/1.txt", Severity::High, 1);
    store.upsert_finding(&finding).unwrap();
    assert_eq!(store.finding("f").unwrap(), Some(finding));
    assert_eq!(store.finding("g").unwrap(), None);
}

#[test]
fn a_finding_that_is_seen_again_keeps_its_beginning_and_counts() {
    let Kept { store, dir: _dir } = Kept::new();
    for seen in [1, 5] {
        store.upsert_finding(&policy_finding("p", seen)).unwrap();
        store.upsert_finding(&object_finding("o", "k", Severity::Low, seen)).unwrap();
    }
    let policy = store.finding("p").unwrap().unwrap();
    assert_eq!((policy.created_at, policy.updated_at, policy.count), (at(1), at(5), 2));
    assert_eq!(policy.pillbox.state, FindingState::New);
    let object = store.finding("o").unwrap().unwrap();
    assert_eq!((object.created_at, object.updated_at, object.count), (at(1), at(5), 1));
}

#[test]
fn what_is_no_longer_found_is_resolved_and_reopened_when_it_is_back() {
    let Kept { store, dir: _dir } = Kept::new();
    for (id, key) in [("a", "1.txt"), ("b", "1.txt"), ("c", "2.txt")] {
        store.upsert_finding(&object_finding(id, key, Severity::High, 1)).unwrap();
    }
    store.upsert_finding(&policy_finding("p", 1)).unwrap();

    assert_eq!(store.resolve_findings(object("1.txt"), &["a"], at(2)).unwrap(), 1);
    assert_eq!(store.resolve_findings(object("1.txt"), &["a"], at(3)).unwrap(), 0);
    assert_eq!(state(&store, "b"), FindingState::Resolved);
    assert_eq!(store.finding("b").unwrap().unwrap().updated_at, at(2));
    for id in ["a", "c", "p"] {
        assert_eq!(state(&store, id), FindingState::New, "{id}");
    }

    store.upsert_finding(&object_finding("b", "1.txt", Severity::High, 4)).unwrap();
    assert_eq!(state(&store, "b"), FindingState::Reopened);

    store.resolve_findings::<&str>(FindingScope::Policy { bucket: BUCKET }, &[], at(5)).unwrap();
    assert_eq!(state(&store, "p"), FindingState::Resolved);
    assert_eq!(state(&store, "a"), FindingState::New);
}

#[test]
fn one_finding_is_resolved_by_its_id() {
    let Kept { store, dir: _dir } = Kept::new();
    store.upsert_finding(&policy_finding("p", 1)).unwrap();
    store.resolve_finding("p", at(2)).unwrap();
    store.resolve_finding("unknown", at(2)).unwrap();
    assert_eq!(state(&store, "p"), FindingState::Resolved);
}

#[test]
fn a_false_positive_stays_one() {
    let Kept { store, dir: _dir } = Kept::new();
    let mut finding = object_finding("f", "1.txt", Severity::High, 1);
    finding.pillbox.state = FindingState::FalsePositive;
    store.upsert_finding(&finding).unwrap();
    assert_eq!(store.resolve_findings::<&str>(object("1.txt"), &[], at(2)).unwrap(), 0);
    store.upsert_finding(&object_finding("f", "1.txt", Severity::High, 3)).unwrap();
    assert_eq!(state(&store, "f"), FindingState::FalsePositive);
}

fn in_state(mut finding: Finding, state: FindingState) -> Finding {
    finding.pillbox.state = state;
    finding
}

fn with_bytes(mut finding: Finding, e_tag: &str, version: Option<&str>) -> Finding {
    let object = finding.resources_affected.s3_object.as_mut().unwrap();
    object.e_tag = e_tag.to_owned();
    object.version_id = version.map(str::to_owned);
    finding
}

#[test]
fn what_people_made_of_a_finding_holds_for_the_same_bytes_alone() {
    use FindingState::{Accepted, FalsePositive, New, Reopened};
    let other_tag: (&str, Option<&str>) = ("other", None);
    let other_version = ("e", Some("v2"));
    let same = ("e", Some("null"));
    for (known, bytes, found, expected) in [
        (Accepted, same, New, Accepted),
        (FalsePositive, same, New, FalsePositive),
        (Accepted, other_tag, New, Reopened),
        (Accepted, other_version, New, Reopened),
        (FalsePositive, other_tag, New, Reopened),
        (Accepted, other_tag, Accepted, Accepted),
        (New, same, Accepted, Accepted),
        (Reopened, same, Accepted, Accepted),
        (Reopened, other_tag, New, Reopened),
        (FalsePositive, same, Accepted, FalsePositive),
    ] {
        let Kept { store, dir: _dir } = Kept::new();
        store.upsert_finding(&in_state(object_finding("f", "k", Severity::High, 1), known)).unwrap();
        let again = with_bytes(object_finding("f", "k", Severity::High, 2), bytes.0, bytes.1);
        store.upsert_finding(&in_state(again, found)).unwrap();
        assert_eq!(state(&store, "f"), expected, "{known:?}, then {found:?} in {bytes:?}");
    }
}

#[test]
fn a_resolved_finding_that_a_person_answers_for_is_accepted() {
    let Kept { store, dir: _dir } = Kept::new();
    store.upsert_finding(&object_finding("f", "k", Severity::High, 1)).unwrap();
    store.resolve_finding("f", at(2)).unwrap();
    store.upsert_finding(&in_state(object_finding("f", "k", Severity::High, 3), FindingState::Accepted)).unwrap();
    assert_eq!(state(&store, "f"), FindingState::Accepted);
}

#[test]
fn keys_with_findings_are_those_of_open_and_accepted_ones_in_the_order_of_their_bytes() {
    let Kept { store, dir: _dir } = Kept::new();
    for (id, key) in [("1", "a/gone.txt"), ("2", "a/gone.txt"), ("3", "a/there.txt"), ("4", "b.txt")] {
        store.upsert_finding(&object_finding(id, key, Severity::High, 1)).unwrap();
    }
    store.upsert_finding(&object_finding("5", "a/resolved.txt", Severity::High, 1)).unwrap();
    store.resolve_finding("5", at(2)).unwrap();
    let accepted = in_state(object_finding("6", "a/accepted.txt", Severity::High, 1), FindingState::Accepted);
    store.upsert_finding(&accepted).unwrap();
    store.upsert_finding(&policy_finding("p", 1)).unwrap();
    let keys = |prefix: &str, after: &str, up_to: Option<&str>, limit| {
        store.keys_with_findings(BUCKET, prefix, after, up_to, limit).unwrap()
    };
    assert_eq!(keys("a/", "", None, 9), ["a/accepted.txt", "a/gone.txt", "a/there.txt"]);
    assert_eq!(keys("", "a/gone.txt", None, 9), ["a/there.txt", "b.txt"]);
    assert_eq!(keys("", "a/accepted.txt", Some("a/there.txt"), 9), ["a/gone.txt", "a/there.txt"]);
    assert_eq!(keys("", "", None, 1), ["a/accepted.txt"]);
    assert_eq!(store.keys_with_findings("elsewhere", "", "", None, 9).unwrap(), [""; 0]);
}

#[test]
fn each_filter_keeps_what_fits() {
    let Kept { store, dir: _dir } = Kept::new();
    store.upsert_finding(&object_finding("low", "a/%_1.txt", Severity::Low, 1)).unwrap();
    store.upsert_finding(&object_finding("high", "a/b/Ärzte.txt", Severity::High, 2)).unwrap();
    store.upsert_finding(&policy_finding("policy", 3)).unwrap();
    store.resolve_findings::<&str>(object("a/%_1.txt"), &[], at(4)).unwrap();

    let all = FindingFilter::default;
    let text = |text: &str| FindingFilter { text: Some(text.to_owned()), ..all() };
    let prefix = |prefix: &str| FindingFilter { prefix: Some(prefix.to_owned()), ..all() };
    let identifier = |id| FindingFilter { identifier: Some(IdentifierId::of(id)), ..all() };
    let bucket = |bucket: &str| FindingFilter { bucket: Some(bucket.to_owned()), ..all() };
    let cases: [(FindingFilter, &[&str]); 17] = [
        (all(), &["low", "high", "policy"]),
        (FindingFilter { severity: Some(Severity::High), ..all() }, &["high", "policy"]),
        (FindingFilter { category: Some(FindingCategory::Policy), ..all() }, &["policy"]),
        (
            FindingFilter { finding_type: Some("SensitiveData:S3Object/Financial".to_owned()), ..all() },
            &["low", "high"],
        ),
        (identifier("CREDIT_CARD_NUMBER"), &["low", "high"]),
        (identifier("NAME"), &[]),
        (bucket(BUCKET), &["low", "high", "policy"]),
        (bucket("elsewhere"), &[]),
        (prefix("a/"), &["low", "high"]),
        (prefix("a/b/"), &["high"]),
        (prefix("A/"), &[]),
        (prefix("a/%"), &["low"]),
        (FindingFilter { states: Some(vec![FindingState::Resolved]), ..all() }, &["low"]),
        (FindingFilter { states: Some(Vec::new()), ..all() }, &[]),
        (text("ärzte"), &["high"]),
        (text("PAYMENT card"), &["low", "high"]),
        (FindingFilter { severity: Some(Severity::High), ..text("%_1") }, &[]),
    ];
    let oldest_first = FindingSort { by: FindingOrder::Created, descending: false };
    for (filter, expected) in cases {
        assert_eq!(ids(&store.findings(&filter, oldest_first, 0, 10).unwrap()), expected, "{filter:?}");
        assert_eq!(store.count_findings(&filter).unwrap(), expected.len() as u64, "{filter:?}");
    }
}

#[test]
fn findings_are_sorted_and_paged() {
    let Kept { store, dir: _dir } = Kept::new();
    store.upsert_finding(&object_finding("1", "c", Severity::Low, 3)).unwrap();
    store.upsert_finding(&object_finding("2", "a", Severity::High, 1)).unwrap();
    store.upsert_finding(&object_finding("3", "b", Severity::High, 2)).unwrap();
    let listed = |by, descending, offset, limit| {
        let sort = FindingSort { by, descending };
        let page = store.findings(&FindingFilter::default(), sort, offset, limit).unwrap();
        page.into_iter().map(|finding| finding.id).collect::<Vec<_>>().concat()
    };
    assert_eq!(listed(FindingOrder::Severity, true, 0, 10), "321");
    assert_eq!(listed(FindingOrder::Severity, false, 0, 10), "132");
    assert_eq!(listed(FindingOrder::Place, false, 0, 10), "231");
    assert_eq!(listed(FindingOrder::Updated, true, 0, 10), "132");
    assert_eq!(listed(FindingOrder::Type, true, 0, 10), "132");
    assert_eq!(listed(FindingOrder::Place, false, 1, 1), "3");
    assert_eq!(listed(FindingOrder::Place, false, 9, 1), "");
    let default = store.findings(&FindingFilter::default(), FindingSort::default(), 0, 1).unwrap();
    assert_eq!(ids(&default), ["3"]);
}

#[test]
fn the_types_are_listed_once() {
    let Kept { store, dir: _dir } = Kept::new();
    for id in ["a", "b"] {
        store.upsert_finding(&object_finding(id, id, Severity::Low, 1)).unwrap();
    }
    store.upsert_finding(&policy_finding("p", 1)).unwrap();
    assert_eq!(
        store.finding_types().unwrap(),
        ["Policy:IAMUser/S3BlockPublicAccessDisabled", "SensitiveData:S3Object/Financial"]
    );
}
