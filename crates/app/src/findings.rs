//! Findings: what asks or is refused and lies in the bucket all the same, and every failed check.

use pillbox_model::{
    BucketSnapshot, Category, Cell, CheckReport, ClassificationDetails, ClassificationResult, DefaultDetection,
    Detection, Disposition, DocumentPart, EffectivePermission, Failure, Finding, FindingCategory, FindingState, Gate,
    Occurrence, Occurrences, Page, PillboxDetails, PolicyDetails, Range, Record, ResourcesAffected, ResultStatus,
    S3Bucket, S3Object, SensitiveDataItem, Severity, SkipReason, Timestamp, Verdict,
};
use pillbox_store::{FindingFilter, FindingOrder, FindingSort, ObjectFindings, Store};
use uuid::Uuid;

use crate::app::App;
use crate::connect::Session;
use crate::identifiers::Looking;
use crate::look::{Count, Detections};
use crate::wire::{FindingsPage, FindingsRequest};
use crate::words::{Words, column_letters};

/// Macie lists at most 15 locations in a finding.
const MACIE_LOCATIONS: usize = 15;
/// Pillbox keeps more places than Macie, and still a bounded number.
const OCCURRENCES_KEPT: usize = 100;
/// States in which a finding still concerns somebody.
const OPEN: [FindingState; 3] = [FindingState::New, FindingState::InReview, FindingState::Reopened];
/// The order of lists for programs.
const NEWEST_FIRST: FindingSort = FindingSort { by: FindingOrder::Updated, descending: true };
/// The most rows that one request gets.
const MOST_ROWS: u32 = 200;
/// Ids are UUIDs made from what a finding is about, under this namespace, so that the same thing found again
/// is the same finding.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1b_7d0c_52a4_4c1e_9a53_0d7c_44b9_e2a1);

/// Which findings are asked for.
#[derive(Debug, Clone, Default)]
pub struct FindingsQuery {
    /// Only of this bucket.
    pub bucket: Option<String>,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only of this finding type.
    pub finding_type: Option<String>,
    /// Only of keys that begin so.
    pub prefix: Option<String>,
    /// Only in these states; empty: all but resolved ones.
    pub states: Vec<FindingState>,
}

impl FindingsQuery {
    fn filter(&self) -> FindingFilter {
        let states = if self.states.is_empty() {
            FindingState::ALL.into_iter().filter(|state| *state != FindingState::Resolved).collect()
        } else {
            self.states.clone()
        };
        FindingFilter {
            bucket: self.bucket.clone(),
            severity: self.severity,
            finding_type: self.finding_type.clone(),
            prefix: self.prefix.clone().filter(|prefix| !prefix.is_empty()),
            states: Some(states),
            ..FindingFilter::default()
        }
    }
}

/// The object that a sensitive data finding is about.
pub(crate) struct FoundIn<'a> {
    pub key: &'a str,
    pub e_tag: &'a str,
    pub version_id: Option<&'a str>,
    pub size: u64,
    /// The upload or scan that looked into it.
    pub job: &'a str,
    /// Whether a person answered for it.
    pub state: FindingState,
    /// The content's media type.
    pub mime_type: &'a str,
    /// Why it was not wholly looked into.
    pub unread: Option<SkipReason>,
}

impl App {
    /// Findings, newest first, for the command line: `each` gets one after the other.
    ///
    /// # Errors
    /// What the store says.
    pub fn each_finding(&self, query: &FindingsQuery, mut each: impl FnMut(&Finding)) -> Result<u64, Failure> {
        let filter = query.filter();
        let mut offset = 0;
        loop {
            let findings = self.store.findings(&filter, NEWEST_FIRST, offset, MOST_ROWS)?;
            findings.iter().for_each(&mut each);
            offset += findings.len() as u64;
            if findings.len() < MOST_ROWS as usize {
                return Ok(offset);
            }
        }
    }

    /// A part of the findings of the connection in use.
    ///
    /// # Errors
    /// [`pillbox_model::ErrorCode::NotConnected`]; what the store says.
    pub fn findings(&self, request: &FindingsRequest) -> Result<FindingsPage, Failure> {
        let bucket = self.current_connection()?.ok_or_else(Self::not_connected)?.bucket;
        let scan = self.bucket_scan(&bucket)?;
        let query = FindingsQuery {
            bucket: Some(bucket.clone()),
            severity: request.severity,
            finding_type: request.finding_type.clone(),
            prefix: request.prefix.clone(),
            states: request.states.clone(),
        };
        let filter = query.filter();
        let limit = request.limit.min(MOST_ROWS);
        let findings = self.store.findings(&filter, FindingSort::default(), request.offset, limit)?;
        Ok(FindingsPage {
            total: self.store.count_findings(&filter)?,
            types: self.store.finding_types()?,
            in_quarantine: self.put_into_quarantine(&bucket, &findings)?.into_keys().collect(),
            findings,
            scan,
        })
    }
}

/// Open findings of a bucket.
pub(crate) fn open_findings(store: &Store, bucket: &str) -> Result<u64, Failure> {
    store.count_findings(&FindingFilter {
        bucket: Some(bucket.to_owned()),
        states: Some(OPEN.to_vec()),
        ..FindingFilter::default()
    })
}

/// Open policy findings of a bucket.
pub(crate) fn open_policy_findings(store: &Store, bucket: &str) -> Result<u64, Failure> {
    store.count_findings(&FindingFilter {
        bucket: Some(bucket.to_owned()),
        category: Some(FindingCategory::Policy),
        states: Some(OPEN.to_vec()),
        ..FindingFilter::default()
    })
}

/// Open sensitive data findings of a bucket that are of high severity.
pub(crate) fn open_high_in_objects(store: &Store, bucket: &str) -> Result<u64, Failure> {
    store.count_findings(&FindingFilter {
        bucket: Some(bucket.to_owned()),
        category: Some(FindingCategory::Classification),
        severity: Some(Severity::High),
        states: Some(OPEN.to_vec()),
        ..FindingFilter::default()
    })
}

/// Open findings of a bucket and a severity.
pub(crate) fn open_of_severity(store: &Store, bucket: &str, severity: Severity) -> Result<u64, Failure> {
    store.count_findings(&FindingFilter {
        bucket: Some(bucket.to_owned()),
        severity: Some(severity),
        states: Some(OPEN.to_vec()),
        ..FindingFilter::default()
    })
}

/// Keeps a finding for each failed check, and resolves those of checks that no longer fail. What is
/// unknown neither makes nor resolves one.
pub(crate) fn keep_policy_findings(app: &App, session: &Session, snapshot: &BucketSnapshot) -> Result<(), Failure> {
    let gate = pillbox_posture::gate(snapshot);
    for report in pillbox_posture::judge(snapshot) {
        let id = policy_finding_id(session, snapshot, &report);
        match report.verdict {
            Verdict::Fail => app.store.upsert_finding(&policy_finding(id, snapshot, &gate, &report))?,
            Verdict::Pass | Verdict::NotApplicable => app.store.resolve_finding(&id, snapshot.read_at)?,
            Verdict::Unknown => {}
        }
    }
    Ok(())
}

fn policy_finding_id(session: &Session, snapshot: &BucketSnapshot, report: &CheckReport) -> String {
    finding_id(&[session.connection.account_id.as_deref().unwrap_or(""), &snapshot.bucket, report.check.as_str()])
}

fn finding_id(about: &[&str]) -> String {
    Uuid::new_v5(&NAMESPACE, about.join("\u{1f}").as_bytes()).simple().to_string()
}

fn policy_finding(id: String, snapshot: &BucketSnapshot, gate: &Gate, report: &CheckReport) -> Finding {
    let (finding_type, severity) = pillbox_posture::finding_kind(report.check);
    let words = Words::english();
    Finding {
        id,
        category: FindingCategory::Policy,
        finding_type: finding_type.to_owned(),
        title: words.check(report.check, Verdict::Fail).to_owned(),
        description: format!("{} {}", words.reason(report), words.risk(report.check)),
        severity: severity.into(),
        policy_details: Some(PolicyDetails { check: report.check }),
        ..bare_finding(snapshot, gate)
    }
}

/// A finding about a bucket, without what it found.
fn bare_finding(snapshot: &BucketSnapshot, gate: &Gate) -> Finding {
    Finding {
        schema_version: "1.0".to_owned(),
        id: String::new(),
        account_id: snapshot.account_id.clone().unwrap_or_default(),
        partition: snapshot.partition.clone(),
        region: snapshot.region.clone(),
        category: FindingCategory::Classification,
        finding_type: String::new(),
        title: String::new(),
        description: String::new(),
        severity: Severity::Low.into(),
        created_at: snapshot.read_at,
        updated_at: snapshot.read_at,
        count: 1,
        archived: false,
        sample: false,
        resources_affected: ResourcesAffected {
            s3_bucket: Some(S3Bucket {
                arn: bucket_arn(snapshot),
                name: snapshot.bucket.clone(),
                public_access: EffectivePermission { effective_permission: effective_permission(gate).to_owned() },
            }),
            s3_object: None,
        },
        classification_details: None,
        policy_details: None,
        pillbox: PillboxDetails { state: FindingState::New, occurrences: Vec::new() },
    }
}

fn bucket_arn(snapshot: &BucketSnapshot) -> String {
    format!("arn:{}:s3:::{}", snapshot.partition, snapshot.bucket)
}

/// Macie's `effectivePermission`.
const fn effective_permission(gate: &Gate) -> &'static str {
    match gate {
        Gate::NotShut { public: true, .. } => "PUBLIC",
        Gate::Shut | Gate::NotShut { public: false, .. } => "NOT_PUBLIC",
        Gate::Unknown { .. } | Gate::NotSupported => "UNKNOWN",
    }
}

/// What an upload found in an object, to be written down with the file that it was.
pub(crate) fn findings_of_upload(
    app: &App,
    snapshot: &BucketSnapshot,
    found_in: &FoundIn<'_>,
    detections: &Detections,
    at: Timestamp,
) -> ObjectFindings {
    ObjectFindings {
        bucket: snapshot.bucket.clone(),
        key: found_in.key.to_owned(),
        found: object_findings(app, &app.looking(), snapshot, found_in, detections, at),
        // What is no longer found may be in what was not read.
        wholly_read: found_in.unread.is_none(),
        at,
    }
}

/// A finding for each identifier that the rules do not expect in this object.
pub(crate) fn object_findings(
    app: &App,
    looking: &Looking,
    snapshot: &BucketSnapshot,
    found_in: &FoundIn<'_>,
    detections: &Detections,
    at: Timestamp,
) -> Vec<Finding> {
    let asks = |count: &&Count| looking.rules.disposition(&count.identifier, count.category) != Disposition::Expected;
    let finding = |count: &Count| {
        let of_identifier = detections.kept().iter().filter(|detection| detection.identifier == count.identifier);
        let occurrences: Vec<&Detection> = of_identifier.take(OCCURRENCES_KEPT).collect();
        object_finding(app, looking, snapshot, found_in, count, &occurrences, at)
    };
    detections.counts().iter().filter(asks).map(finding).collect()
}

fn object_finding(
    app: &App,
    looking: &Looking,
    snapshot: &BucketSnapshot,
    found_in: &FoundIn<'_>,
    found: &Count,
    occurrences: &[&Detection],
    at: Timestamp,
) -> Finding {
    let (identifier, category, count) = (&found.identifier, found.category, found.all);
    let severity = looking.engine.severity(identifier, count).unwrap_or(Severity::Low);
    let name = app.identifier_name(identifier);
    let gate = pillbox_posture::gate(snapshot);
    let mut finding = bare_finding(snapshot, &gate);
    finding.id = finding_id(&[&finding.account_id, &snapshot.bucket, found_in.key, identifier.as_str()]);
    finding.finding_type = object_finding_type(category).to_owned();
    finding.title = format!("{name} in an object");
    finding.description = format!("The object holds {count} × {name}, which does not belong in a prescription.");
    finding.severity = severity.into();
    finding.created_at = at;
    finding.updated_at = at;
    finding.resources_affected.s3_object = Some(s3_object(snapshot, found_in));
    finding.classification_details = Some(classification(found_in, found, occurrences));
    finding.pillbox = PillboxDetails {
        state: found_in.state,
        occurrences: occurrences.iter().map(|detection| occurrence(detection)).collect(),
    };
    finding
}

const fn object_finding_type(category: Category) -> &'static str {
    match category {
        Category::Credentials => "SensitiveData:S3Object/Credentials",
        Category::FinancialInformation => "SensitiveData:S3Object/Financial",
        Category::PersonalInformation => "SensitiveData:S3Object/Personal",
        Category::CustomIdentifier => "SensitiveData:S3Object/CustomIdentifier",
    }
}

fn s3_object(snapshot: &BucketSnapshot, found_in: &FoundIn<'_>) -> S3Object {
    let name = found_in.key.rsplit('/').next().unwrap_or_default();
    S3Object {
        bucket_arn: bucket_arn(snapshot),
        key: found_in.key.to_owned(),
        path: format!("{}/{}", snapshot.bucket, found_in.key),
        extension: name.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default(),
        e_tag: found_in.e_tag.to_owned(),
        version_id: found_in.version_id.map(str::to_owned),
        size: found_in.size,
    }
}

fn classification(found_in: &FoundIn<'_>, found: &Count, occurrences: &[&Detection]) -> ClassificationDetails {
    ClassificationDetails {
        job_id: found_in.job.to_owned(),
        result: ClassificationResult {
            status: status(found_in.unread),
            mime_type: found_in.mime_type.to_owned(),
            size_classified: found_in.size,
            additional_occurrences: found.all > MACIE_LOCATIONS as u64,
            sensitive_data: vec![SensitiveDataItem {
                category: found.category,
                total_count: found.all,
                detections: vec![DefaultDetection {
                    identifier: found.identifier.clone(),
                    count: found.all,
                    occurrences: macie_occurrences(occurrences),
                }],
            }],
        },
    }
}

fn occurrence(detection: &Detection) -> Occurrence {
    Occurrence {
        start: detection.place.start,
        end: detection.place.end,
        line: detection.place.line,
        column: detection.place.column,
        location: detection.location.as_deref().cloned(),
        masked: detection.masked.clone(),
        evidence: detection.evidence.clone(),
    }
}

/// Macie's status of an object: what was found in one that was not wholly read is told as well.
fn status(unread: Option<SkipReason>) -> ResultStatus {
    match unread {
        None => ResultStatus { code: "COMPLETE".to_owned(), reason: None },
        Some(reason) => {
            let reason = serde_json::to_value(reason).ok().and_then(|reason| reason.as_str().map(str::to_owned));
            ResultStatus { code: "PARTIAL".to_owned(), reason }
        }
    }
}

/// The first places as Macie has them: cells of tables, pages of PDF, records of JSON, and lines of everything else.
fn macie_occurrences(detections: &[&Detection]) -> Occurrences {
    let mut occurrences = Occurrences::default();
    for detection in detections.iter().take(MACIE_LOCATIONS) {
        let part = detection.location.as_ref().and_then(|location| location.part.as_ref());
        match part {
            Some(DocumentPart::Cell { sheet, row, column, column_name }) => occurrences.cells.push(Cell {
                row: *row,
                column: *column,
                column_name: column_name.clone(),
                cell_reference: sheet.as_ref().map(|sheet| format!("{sheet}!{}{row}", column_letters(*column))),
            }),
            Some(DocumentPart::Page { number }) => occurrences.pages.push(Page { page_number: *number }),
            Some(DocumentPart::Record { index, path }) if path.starts_with('$') => {
                occurrences.records.push(Record { record_index: *index, json_path: shortened(path) });
            }
            _ => occurrences.line_ranges.push(Range {
                start: detection.place.line,
                end: detection.place.line,
                start_column: detection.place.column,
            }),
        }
    }
    occurrences
}

/// Macie cuts paths to 250 characters at their front (`Record`, API model `macie2`).
fn shortened(path: &str) -> String {
    let length = path.chars().count();
    path.chars().skip(length.saturating_sub(250)).collect()
}
