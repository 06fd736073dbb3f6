//! What is looked for, through the face of the program: kept, used at once, and on the record without values.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pillbox_app::{
    AllowListAddition, AllowListEdit, App, ExportFormat, NotSensitive, Notice, Notices, Options, RuleChange,
    SystemClock, TestRequest,
};
use pillbox_model::{
    CustomIdentifier, Disposition, ErrorCode, Failure, FileState, IdentifierId, OnConflict, Secret, Timestamp, Upload,
    UploadFile, UploadState,
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
    });
    (app.unwrap(), told)
}

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
        sha256: None,
        sent_sha256: None,
        e_tag: None,
        version_id: None,
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
    assert_eq!(other.code, ErrorCode::SourceChanged);
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
