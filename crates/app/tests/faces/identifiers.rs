//! What is looked for, through the face of the program: kept, used at once, and on the record without values.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pillbox_app::{
    AllowListAddition, AllowListEdit, App, ExportFormat, NotSensitive, Notice, Notices, Options, RuleChange, SignIn,
    SystemClock, TestRequest,
};
use pillbox_model::{
    Category, Connection, CredentialSource, CustomIdentifier, Decision, Disposition, ErrorCode, Failure, FileState,
    IdentifierCount, IdentifierId, OnConflict, ReadBack, RedactionStyle, Secret, Severity, SeverityLevel, Timestamp,
    Upload, UploadFile, UploadState,
};
use pillbox_store::{Keychain, SessionKeychain, Store};
use tokio::sync::mpsc;

/// Passes on that an upload is new.
struct Told(mpsc::UnboundedSender<()>);

impl Notices for Told {
    fn notice(&self, notice: Notice) {
        if matches!(notice, Notice::UploadChanged { .. }) {
            let _ = self.0.send(());
        }
    }
}

/// A keychain that is not there.
struct NoKeychain;

impl Keychain for NoKeychain {
    fn set(&self, _: &str, _: &Secret) -> Result<(), Failure> {
        Err(ErrorCode::KeychainUnavailable.into())
    }

    fn get(&self, _: &str) -> Result<Option<Secret>, Failure> {
        Err(ErrorCode::KeychainUnavailable.into())
    }

    fn delete(&self, _: &str) -> Result<(), Failure> {
        Err(ErrorCode::KeychainUnavailable.into())
    }
}

fn open(folder: &Path, keychain: Arc<dyn Keychain>) -> (Arc<App>, mpsc::UnboundedReceiver<()>) {
    let (sender, told) = mpsc::unbounded_channel();
    let app = App::open(Options {
        data_dir: folder.join("data"),
        keychain,
        clock: Arc::new(SystemClock),
        notices: Arc::new(Told(sender)),
        gate_interval: Duration::from_secs(60),
        answer_limit: None,
        patience: Duration::ZERO,
        sign_in: SignIn::Page,
    });
    (app.unwrap(), told)
}

const TFN: &str = "AUSTRALIA_TAX_FILE_NUMBER";

fn chart() -> CustomIdentifier {
    let chart = serde_json::json!({ "name": "Chart", "regex": "CH-[0-9]{4}", "keywords": ["chart"] });
    serde_json::from_value(chart).unwrap()
}

fn found(app: &App, sample: &str) -> Vec<String> {
    let request = TestRequest { sample: sample.to_owned(), identifier: None, only: None };
    app.test_identifier(&request).unwrap().detections.iter().map(|found| found.identifier.to_string()).collect()
}

#[test]
fn what_a_practice_adds_is_used_at_once_kept_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    app.save_identifier(&chart(), None).unwrap();
    assert_eq!(found(&app, "chart CH-0001"), ["Chart"]);
    let renamed = CustomIdentifier { name: "Paper chart".to_owned(), ..chart() };
    app.switch_identifier(&IdentifierId::of("Chart"), false).unwrap();
    assert!(!app.save_identifier(&renamed, Some("Chart")).unwrap().on, "a new name does not switch it on");
    app.switch_identifier(&renamed.id(), true).unwrap();
    let words = AllowListAddition::Words { words: vec!["ch 0002".to_owned()] };
    app.save_allow_list(AllowListEdit { name: "Ours".to_owned(), description: None, add: words }).unwrap();
    let set = |disposition| RuleChange::Disposition { identifier: renamed.id(), disposition };
    app.change_rule(&set(Some(Disposition::Refuse))).unwrap();
    drop(app);
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    assert_eq!(found(&app, "chart CH-0001 CH-0002"), ["Paper chart"]);
    let detail = app.identifier_detail(&renamed.id()).unwrap();
    assert_eq!((detail.row.disposition, detail.own), (Disposition::Refuse, Some(renamed.clone())));
    assert_eq!(app.export_identifiers(&[], ExportFormat::Macie).unwrap().without_validator, [""; 0]);
    app.delete_identifier("Paper chart").unwrap();
    app.delete_allow_list("Ours").unwrap();
    assert!(found(&app, "chart CH-0001 CH-0002").is_empty());
    assert_eq!(app.identifier_detail(&renamed.id()).unwrap_err().code, ErrorCode::NotFound);
    let store = Store::open(&folder.path().join("data")).unwrap();
    let record: String =
        store.audit(0, 100).unwrap().iter().map(|entry| format!("{} {}\n", entry.action, entry.details)).collect();
    assert!(record.contains("identifier.saved") && record.contains("allow-list.deleted"), "{record}");
    assert!(!record.contains("0002"), "{record}");
}

#[test]
fn ranges_of_a_sample_are_those_of_the_pages_strings() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    let sample = "\u{1F48A} é TFN: 123 456 782".to_owned();
    let only = Some(IdentifierId::of("AUSTRALIA_TAX_FILE_NUMBER"));
    let tested = app.test_identifier(&TestRequest { sample, identifier: None, only }).unwrap();
    assert_eq!((tested.ranges[0].start, tested.ranges[0].end), (10, 21));
    let shown: String = tested.lines[0].pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(!shown.contains("123") && tested.total == 1);
}

/// An upload under review with one file that holds a tax file number.
fn under_review(folder: &Path) -> String {
    let source = folder.join("script.txt");
    std::fs::write(&source, "Rx\nTFN: 123 456 782\n").unwrap();
    let source = source.to_str().unwrap().to_owned();
    let store = Store::open(&folder.join("data")).unwrap();
    let upload = Upload {
        id: "u".to_owned(),
        connection: "practice".to_owned(),
        endpoint: None,
        account_id: None,
        bucket: "the-pain-killer-practice".to_owned(),
        prefix: "rx/".to_owned(),
        roots: vec![source.clone()],
        state: UploadState::Draft,
        created_at: Timestamp::from_millis(1),
        finished_at: None,
        on_conflict: OnConflict::Ask,
        neutral_names: false,
        accept_unprotected: None,
        read_back: ReadBack::Whole,
        watch: None,
    };
    store.create_upload(&upload).unwrap();
    let file = UploadFile {
        number: 1,
        source,
        relative: "script.txt".to_owned(),
        key: "rx/script.txt".to_owned(),
        size: 20,
        state: FileState::NeedsDecision,
        code: None,
        skip: None,
        counts: Vec::new(),
        concerns: Vec::new(),
        in_place: true,
        name_in_key: false,
        decision: None,
        on_conflict: None,
        sha256: None,
        sent_sha256: None,
        e_tag: None,
        version_id: None,
        proof: None,
    };
    store.add_files("u", &[file]).unwrap();
    "u".to_owned()
}

fn said(upload: String, identifier: &'static str) -> NotSensitive {
    NotSensitive { upload, number: 1, detection: 0, identifier: IdentifierId::of(identifier) }
}

#[tokio::test]
async fn what_a_person_calls_not_sensitive_is_kept_as_a_hash_and_the_file_is_looked_into_again() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(SessionKeychain::new());
    let (app, mut told) = open(folder.path(), keychain.clone());
    let upload = under_review(folder.path());
    let other = app.not_sensitive(&said(upload.clone(), "NAME")).await.unwrap_err();
    assert_eq!(other.code, ErrorCode::ValueMoved);
    app.not_sensitive(&said(upload.clone(), "AUSTRALIA_TAX_FILE_NUMBER")).await.unwrap();
    told.recv().await.unwrap();
    let store = Store::open(&folder.path().join("data")).unwrap();
    assert_eq!(store.file(&upload, 1).unwrap().unwrap().state, FileState::Ready);
    assert!(found(&app, "TFN: 123 456 782").is_empty());
    assert_eq!(found(&app, "TFN: 876 543 210"), ["AUSTRALIA_TAX_FILE_NUMBER"]);
    let kept = format!("{:?}{:?}", store.allow_lists().unwrap(), store.audit(0, 100).unwrap());
    assert!(kept.contains("Not sensitive") && !kept.contains("123456782") && !kept.contains("123 456 782"), "{kept}");
    drop(app);
    let (again, _) = open(folder.path(), keychain);
    assert!(found(&again, "TFN: 123 456 782").is_empty());
    let (without, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    assert_eq!(found(&without, "TFN: 123 456 782").len(), 1, "a list whose key is gone allows nothing");
    assert!(without.allow_lists().unwrap().iter().any(|list| list.problem.is_some()));
}

#[tokio::test]
async fn without_a_keychain_nothing_can_be_called_not_sensitive() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path(), Arc::new(NoKeychain));
    let upload = under_review(folder.path());
    let refused = app.not_sensitive(&said(upload, "AUSTRALIA_TAX_FILE_NUMBER")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeychainUnavailable);
    assert_eq!(app.allow_lists().unwrap().len(), 1);
}

/// The connection of the upload under review, in use.
fn connected(folder: &Path) {
    let store = Store::open(&folder.join("data")).unwrap();
    let connection = Connection {
        name: "practice".to_owned(),
        credentials: CredentialSource::Sandbox,
        region: "ap-southeast-2".to_owned(),
        endpoint_url: None,
        bucket: "the-pain-killer-practice".to_owned(),
        prefix: "rx/".to_owned(),
        account_id: None,
    };
    store.save_connection(&connection).unwrap();
    store.set_setting("current-connection", &"practice").unwrap();
}

#[tokio::test]
async fn files_that_wait_are_looked_into_again_whenever_that_makes_a_difference() {
    let tfn = IdentifierId::of(TFN);
    let folder = tempfile::tempdir().unwrap();
    let (app, mut told) = open(folder.path(), Arc::new(SessionKeychain::new()));
    under_review(folder.path());
    connected(folder.path());
    let text = "Rx\nTFN of the person who is named above and whose script this is 123 456 782\n";
    std::fs::write(folder.path().join("script.txt"), text).unwrap();
    let store = Store::open(&folder.path().join("data")).unwrap();
    let state = || store.file("u", 1).unwrap().unwrap().state;
    app.continue_unfinished().await.unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::Ready, "the keyword is far");

    app.set_distance(&tfn, Some(200)).unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::NeedsDecision, "a distance");
    app.switch_identifier(&tfn, false).unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::Ready, "a switch");
    app.switch_identifier(&tfn, true).unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::NeedsDecision, "a switch back");
    let rule = |disposition| RuleChange::Disposition { identifier: tfn.clone(), disposition };
    app.change_rule(&rule(Some(Disposition::Expected))).unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::Ready, "a rule");
    app.change_rule(&rule(None)).unwrap();
    told.recv().await.unwrap();
    let words = AllowListAddition::Words { words: vec!["123 456 782".to_owned()] };
    app.save_allow_list(AllowListEdit { name: "Ours".to_owned(), description: None, add: words }).unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::Ready, "an allow list");
    app.delete_allow_list("Ours").unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::NeedsDecision, "no allow list");

    // How copies are blacked out makes no difference, nor does what is set as it was; the next that does is the only one.
    app.change_rule(&RuleChange::Redaction { style: RedactionStyle::Mask }).unwrap();
    app.set_distance(&tfn, Some(200)).unwrap();
    let own =
        CustomIdentifier { name: "Person".to_owned(), regex: "person".to_owned(), keywords: Vec::new(), ..chart() };
    app.save_identifier(&own, None).unwrap();
    told.recv().await.unwrap();
    assert!(told.try_recv().is_err(), "a file is not looked into for nothing");
    assert_eq!(store.file("u", 1).unwrap().unwrap().counts.len(), 2);

    // What changes while the window is closed is seen when it opens.
    drop(app);
    let (command, mut silent) = open(folder.path(), Arc::new(SessionKeychain::new()));
    command.set_distance(&tfn, None).unwrap();
    command.delete_identifier("Person").unwrap();
    assert!(silent.try_recv().is_err(), "a command leaves the window's files alone");
    assert_eq!(state(), FileState::NeedsDecision);
    drop(command);
    let (app, mut told) = open(folder.path(), Arc::new(SessionKeychain::new()));
    app.continue_unfinished().await.unwrap();
    told.recv().await.unwrap();
    assert_eq!(state(), FileState::Ready);

    app.discard_upload("u").await.unwrap();
    app.switch_identifier(&tfn, false).unwrap();
    tokio::task::yield_now().await;
    assert!(told.try_recv().is_err(), "what was given up is not looked into");
}

#[test]
fn a_distance_is_set_kept_shown_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    let tfn = IdentifierId::of("AUSTRALIA_TAX_FILE_NUMBER");
    let far = "TFN of the person who is named above and whose script this is 123 456 782";
    assert!(found(&app, far).is_empty());
    let set = app.set_distance(&tfn, Some(120)).unwrap();
    let choice = set.distances.unwrap();
    assert_eq!((set.distance, choice.default, choice.least, choice.most), (120, 30, 1, 300));
    drop(app);
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    assert_eq!(found(&app, far), ["AUSTRALIA_TAX_FILE_NUMBER"]);
    let only = TestRequest { sample: far.to_owned(), identifier: None, only: Some(tfn.clone()) };
    assert_eq!(app.test_identifier(&only).unwrap().total, 1);
    assert_eq!(app.set_distance(&tfn, None).unwrap().distance, 30);
    assert!(found(&app, far).is_empty());
    let refused = |id: &'static str, distance| {
        let failure = app.set_distance(&IdentifierId::of(id), Some(distance)).unwrap_err();
        (failure.code, failure.about.unwrap())
    };
    let range = "the distance of AUSTRALIA_TAX_FILE_NUMBER is from 1 to 300".to_owned();
    assert_eq!(refused(TFN, 301), (ErrorCode::InvalidInput, range.clone()));
    assert_eq!(refused(TFN, 0), (ErrorCode::InvalidInput, range));
    let none = "PRESCRIPTION_DOCUMENT asks for no keyword".to_owned();
    assert_eq!(refused("PRESCRIPTION_DOCUMENT", 9), (ErrorCode::InvalidInput, none));
    assert_eq!(refused("NO_SUCH", 9).0, ErrorCode::NotFound);

    app.save_identifier(&chart(), None).unwrap();
    let own = app.set_distance(&IdentifierId::of("Chart"), Some(7)).unwrap();
    assert_eq!((own.distance, own.own.unwrap().maximum_match_distance), (7, 7));
    assert!(found(&app, "chart, or CH-0001").is_empty());
    app.set_distance(&IdentifierId::of("Chart"), None).unwrap();
    assert_eq!(found(&app, "chart, or CH-0001"), ["Chart"]);
    let store = Store::open(&folder.path().join("data")).unwrap();
    let changes: Vec<String> = store
        .audit(0, 100)
        .unwrap()
        .iter()
        .filter(|entry| entry.action == "identifier.distance")
        .map(|entry| format!("{} {}", entry.subject, entry.details))
        .collect();
    assert_eq!(changes.len(), 4, "{changes:?}");
    assert_eq!(changes[0], r#"AUSTRALIA_TAX_FILE_NUMBER {"from":30,"to":120}"#);
}

#[tokio::test]
async fn a_decision_on_many_is_taken_where_it_can_be_and_the_others_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    under_review(folder.path());
    connected(folder.path());
    let store = Store::open(&folder.path().join("data")).unwrap();
    let first = store.file("u", 1).unwrap().unwrap();
    let second = UploadFile { number: 2, relative: "letter.pdf".to_owned(), in_place: false, ..first.clone() };
    let (source, key) = (format!("{}-letter", first.source), "rx/letter.pdf".to_owned());
    store.add_files("u", &[UploadFile { source, key, ..second }]).unwrap();
    let count = IdentifierCount {
        identifier: IdentifierId::of(TFN),
        category: Category::PersonalInformation,
        count: 1,
        disposition: Disposition::Ask,
    };
    for number in [1, 2] {
        let file = store.file("u", number).unwrap().unwrap();
        store.update_file("u", &UploadFile { counts: vec![count.clone()], ..file }).unwrap();
    }
    let decided = app.decide("u", &[2, 1], Some(&Decision::Redact)).await.unwrap();
    assert_eq!(decided.not_possible, ["letter.pdf"]);
    let states = [1, 2].map(|number| store.file("u", number).unwrap().unwrap().state);
    assert_eq!(states, [FileState::Ready, FileState::NeedsDecision]);
    let none = app.decide("u", &[2], Some(&Decision::Redact)).await.unwrap_err();
    assert_eq!((none.code, none.about.as_deref()), (ErrorCode::InvalidInput, Some("decision")));
}

#[tokio::test]
async fn what_is_too_little_for_a_finding_is_not_marked_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path(), Arc::new(SessionKeychain::new()));
    under_review(folder.path());
    let levels = vec![SeverityLevel { occurrences_threshold: 2, severity: Severity::High }];
    app.save_identifier(&CustomIdentifier { severity_levels: levels, ..chart() }, None).unwrap();
    let marked = async |text: &str| {
        std::fs::write(folder.path().join("script.txt"), text).unwrap();
        let detail = app.upload_file("u", 1).await.unwrap();
        detail.detections.iter().filter(|detection| detection.identifier.as_str() == "Chart").count()
    };
    assert_eq!(marked("chart CH-0001\n").await, 0);
    assert_eq!(marked("chart CH-0001\nchart CH-0002\n").await, 2);
}
