//! The page's types are made from these; `make types` writes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pillbox_app::{
    AllowListEdit, AllowListRow, ApiError, AppState, BucketScan, ChangeView, Decided, Downloaded, ExportFormat,
    Exported, FileDetail, FileRow, FilesRequest, FindingDetail, FindingsPage, FindingsRequest, FixOutcome, FixPreview,
    HeldChoice, HeldDecided, HeldPage, IdentifierDetail, IdentifierInfo, IdentifierRow, IdentifiersPage, NewConnection,
    NotReadList, NotSensitive, Notice, ObjectFixRequest, ObjectOutcome, ObjectPreview, Overview, ProfileChoice,
    Protection, QuarantinedObject, Receipt, ReceiptChecked, ReceiptForm, ReceiptRow, RuleChange, RulesView,
    ScanRequest, TestRequest, Tested, UploadView, VersionView, WatchView,
};
use pillbox_model::OnConflict;
use ts_rs::{Config, TS};

fn generated() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/generated")
}

fn export_to(folder: &Path) {
    let config = Config::new().with_large_int("number").with_out_dir(folder);
    macro_rules! export {
        ($($wire:ty),* $(,)?) => { $(<$wire>::export_all(&config).unwrap();)* };
    }
    export![
        AllowListEdit,
        AllowListRow,
        ApiError,
        AppState,
        BucketScan,
        ChangeView,
        Decided,
        Downloaded,
        FileDetail,
        FileRow,
        FilesRequest,
        FindingDetail,
        FindingsPage,
        FindingsRequest,
        ExportFormat,
        Exported,
        FixOutcome,
        FixPreview,
        IdentifierDetail,
        IdentifierInfo,
        IdentifierRow,
        IdentifiersPage,
        NewConnection,
        NotReadList,
        NotSensitive,
        Notice,
        ObjectFixRequest,
        ObjectOutcome,
        ObjectPreview,
        OnConflict,
        Overview,
        ProfileChoice,
        Protection,
        QuarantinedObject,
        Receipt,
        ReceiptChecked,
        ReceiptForm,
        ReceiptRow,
        RuleChange,
        RulesView,
        ScanRequest,
        TestRequest,
        Tested,
        UploadView,
        VersionView,
        HeldChoice,
        HeldDecided,
        HeldPage,
        WatchView,
    ];
}

fn files_of(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn the_pages_types_are_the_programs() {
    if std::env::var_os("PILLBOX_WRITE_TYPES").is_some() {
        fs::remove_dir_all(generated()).unwrap();
        export_to(&generated());
    }
    let folder = tempfile::tempdir().unwrap();
    export_to(folder.path());
    assert!(files_of(folder.path()) == files_of(&generated()), "ui/src/generated is not up to date; run: make types");
}
