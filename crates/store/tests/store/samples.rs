//! Invented data to keep.

use std::path::Path;

use pillbox_model::{
    AclGrant, Category, CheckId, ClassificationDetails, ClassificationResult, Concern, Connection, CredentialSource,
    Decision, DefaultDetection, Disposition, Effect, EffectivePermission, ErrorCode, Evidence, FileState, Finding,
    FindingCategory, FindingState, FixPlan, Grantee, IdentifierCount, IdentifierId, Masked, Occurrence, Occurrences,
    OnConflict, Permission, PillboxDetails, PolicyDetails, PublicAccessBlock, Range, ReadBack, ResourcesAffected,
    ResultStatus, Reversibility, S3Bucket, S3Object, SensitiveDataItem, SettingChange, SettingState, Severity,
    SkipReason, Timestamp, Upload, UploadFile, UploadState,
};
use pillbox_store::Store;
use tempfile::TempDir;

pub(crate) const BUCKET: &str = "the-pain-killer-practice";

/// A store in a folder that goes when it is dropped.
pub(crate) struct Kept {
    pub(crate) store: Store,
    pub(crate) dir: TempDir,
}

impl Kept {
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        Self { store: Store::open(dir.path()).unwrap(), dir }
    }

    /// With an upload `u` that has these files.
    pub(crate) fn with_files(files: &[UploadFile]) -> Self {
        let kept = Self::new();
        kept.store.create_upload(&upload("u", 1)).unwrap();
        kept.store.add_files("u", files).unwrap();
        kept
    }
}

/// The database as SQLite sees it, past the store.
pub(crate) fn raw(dir: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(dir.join("pillbox.db")).unwrap()
}

pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(crate) fn connection(name: &str) -> Connection {
    Connection {
        name: name.to_owned(),
        credentials: CredentialSource::Keychain { access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned() },
        region: "ap-southeast-2".to_owned(),
        endpoint_url: None,
        bucket: BUCKET.to_owned(),
        prefix: "prescriptions/{yyyy}/{mm}/".to_owned(),
        account_id: Some("111122223333".to_owned()),
    }
}

pub(crate) fn upload(id: &str, created_at: i64) -> Upload {
    Upload {
        id: id.to_owned(),
        connection: "practice".to_owned(),
        endpoint: Some("https://store.example.org".to_owned()),
        account_id: Some("111122223333".to_owned()),
        bucket: BUCKET.to_owned(),
        prefix: "prescriptions/2026/11/".to_owned(),
        roots: vec!["/scripts/today".to_owned(), "/scripts/a \"quoted\"\nname".to_owned()],
        state: UploadState::Draft,
        created_at: at(created_at),
        finished_at: None,
        on_conflict: OnConflict::KeepBoth,
        neutral_names: true,
        accept_unprotected: Some("a store of our own".to_owned()),
        read_back: ReadBack::Checksum,
        watch: None,
    }
}

/// A file that was just found.
pub(crate) fn file(number: u64) -> UploadFile {
    UploadFile {
        number,
        source: format!("/scripts/today/{number}.txt"),
        relative: format!("{number}.txt"),
        key: format!("prescriptions/2026/11/{number}.txt"),
        size: 100,
        state: FileState::Found,
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
    }
}

/// A file of which everything is known that can be.
pub(crate) fn full_file(number: u64) -> UploadFile {
    UploadFile {
        size: u64::from(u32::MAX) + 1,
        state: FileState::Failed,
        code: Some(ErrorCode::SourceChanged),
        skip: Some(SkipReason::MalformedFile),
        counts: vec![count("NAME", 2, Disposition::Expected), count("CREDIT_CARD_NUMBER", 1, Disposition::Ask)],
        concerns: vec![Concern::TwoPatients],
        in_place: false,
        name_in_key: true,
        decision: Some(Decision::Send { reason: "asked for by the \"insurer\"".to_owned() }),
        on_conflict: Some(OnConflict::Replace),
        sha256: Some("ab".repeat(32)),
        sent_sha256: Some("cd".repeat(32)),
        e_tag: Some("\"e\"".to_owned()),
        version_id: Some("v1".to_owned()),
        proof: Some(ReadBack::Checksum),
        ..file(number)
    }
}

pub(crate) fn count(identifier: &'static str, count: u64, disposition: Disposition) -> IdentifierCount {
    IdentifierCount {
        identifier: IdentifierId::of(identifier),
        category: Category::PersonalInformation,
        count,
        disposition,
    }
}

pub(crate) fn plan() -> FixPlan {
    FixPlan {
        bucket: BUCKET.to_owned(),
        checks: vec![CheckId::BlockPublicAccess, CheckId::AclGrants],
        changes: vec![
            SettingChange {
                check: CheckId::BlockPublicAccess,
                before: SettingState::BucketPublicAccessBlock(None),
                after: SettingState::BucketPublicAccessBlock(Some(PublicAccessBlock::ALL)),
            },
            SettingChange {
                check: CheckId::AclGrants,
                before: SettingState::BucketAcl(vec![AclGrant {
                    grantee: Grantee::Group("http://acs.amazonaws.com/groups/global/AllUsers".to_owned()),
                    permission: Permission::Read,
                }]),
                after: SettingState::BucketAcl(Vec::new()),
            },
        ],
        effects: vec![Effect::PublicReadersRefused],
        reversibility: Reversibility::Exact,
        permissions: vec!["s3:PutBucketPublicAccessBlock".to_owned()],
    }
}

/// A sensitive data finding on one object.
pub(crate) fn object_finding(id: &str, key: &str, severity: Severity, seen: i64) -> Finding {
    Finding {
        category: FindingCategory::Classification,
        finding_type: "SensitiveData:S3Object/Financial".to_owned(),
        title: "A payment card in a prescription".to_owned(),
        severity: severity.into(),
        resources_affected: ResourcesAffected {
            s3_bucket: Some(bucket()),
            s3_object: Some(S3Object {
                bucket_arn: format!("arn:aws:s3:::{BUCKET}"),
                key: key.to_owned(),
                path: format!("{BUCKET}/{key}"),
                extension: "txt".to_owned(),
                e_tag: "e".to_owned(),
                version_id: None,
                size: 300,
            }),
        },
        classification_details: Some(card_found()),
        policy_details: None,
        ..policy_finding(id, seen)
    }
}

fn card_found() -> ClassificationDetails {
    ClassificationDetails {
        job_id: "scan-1".to_owned(),
        result: ClassificationResult {
            status: ResultStatus { code: "COMPLETE".to_owned(), reason: None },
            mime_type: "text/plain".to_owned(),
            size_classified: 300,
            additional_occurrences: false,
            sensitive_data: vec![SensitiveDataItem {
                category: Category::FinancialInformation,
                total_count: 1,
                detections: vec![DefaultDetection {
                    identifier: IdentifierId::of("CREDIT_CARD_NUMBER"),
                    count: 1,
                    occurrences: Occurrences {
                        line_ranges: vec![Range { start: 4, end: 4, start_column: 7 }],
                        ..Occurrences::default()
                    },
                }],
            }],
        },
    }
}

/// A policy finding on the bucket.
pub(crate) fn policy_finding(id: &str, seen: i64) -> Finding {
    Finding {
        schema_version: "1.0".to_owned(),
        id: id.to_owned(),
        account_id: "111122223333".to_owned(),
        partition: "aws".to_owned(),
        region: "ap-southeast-2".to_owned(),
        category: FindingCategory::Policy,
        finding_type: "Policy:IAMUser/S3BlockPublicAccessDisabled".to_owned(),
        title: "Block Public Access is off".to_owned(),
        description: "Anybody may be let in.".to_owned(),
        severity: Severity::High.into(),
        created_at: at(seen),
        updated_at: at(seen),
        count: 1,
        archived: false,
        sample: false,
        resources_affected: ResourcesAffected { s3_bucket: Some(bucket()), s3_object: None },
        classification_details: None,
        policy_details: Some(PolicyDetails { check: CheckId::BlockPublicAccess }),
        pillbox: PillboxDetails {
            state: FindingState::New,
            occurrences: vec![Occurrence {
                start: 90,
                end: 109,
                line: 4,
                column: 7,
                location: None,
                masked: Masked::of("4111 1111 1111 1111", 4),
                evidence: Evidence { keyword: Some("card".into()), checksum: true, also: Vec::new() },
            }],
        },
    }
}

fn bucket() -> S3Bucket {
    S3Bucket {
        arn: format!("arn:aws:s3:::{BUCKET}"),
        name: BUCKET.to_owned(),
        public_access: EffectivePermission { effective_permission: "NOT_PUBLIC".to_owned() },
    }
}
