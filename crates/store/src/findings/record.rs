//! Writing findings, and reading one.

use std::collections::HashSet;

use pillbox_model::{Failure, Finding, FindingCategory, FindingState, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::Store;
use crate::error::Error;
use crate::words::{from_json, json, word};

/// What one check or one scan looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingScope<'a> {
    /// The settings of a bucket: its policy findings.
    Policy {
        /// The bucket.
        bucket: &'a str,
    },
    /// One object: its sensitive data findings.
    Object {
        /// The bucket.
        bucket: &'a str,
        /// The key.
        key: &'a str,
    },
}

impl Store {
    /// Writes a finding down. One that is known keeps the moment of its creation,
    /// what people made of it (state, archived) and, of a policy finding, how often it was seen; one that was
    /// resolved is reopened. What people made of an object's bytes holds for these bytes alone: where the entity
    /// tag or the version is another, a finding that was accepted or called false is reopened, unless a person
    /// answers for the new bytes as well.
    pub fn upsert_finding(&self, finding: &Finding) -> Result<(), Failure> {
        self.write(|database| upsert(database, finding))
    }

    /// Resolves the finding of this id, where it is open: the check was asked again and no longer fails.
    pub fn resolve_finding(&self, id: &str, at: Timestamp) -> Result<(), Failure> {
        self.write(|database| resolve(database, id, at).map(drop))
    }

    /// Resolves what the check or scan of this scope no longer found: every open finding of the scope but those
    /// of the ids in `still`. Says how many were resolved.
    pub fn resolve_findings<S: AsRef<str>>(
        &self,
        scope: FindingScope<'_>,
        still: &[S],
        at: Timestamp,
    ) -> Result<u64, Failure> {
        let still: Vec<&str> = still.iter().map(AsRef::as_ref).collect();
        self.write(|database| resolve_all_but(database, scope, &still, at))
    }

    /// The keys under a prefix with sensitive data findings that are open or accepted, behind `after` and, where it is
    /// given, up to `up_to`, at most `limit`, in the order of their bytes.
    pub fn keys_with_findings(
        &self,
        bucket: &str,
        prefix: &str,
        after: &str,
        up_to: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, Failure> {
        self.read(|database| {
            let mut statement = database.prepare_cached(
                "SELECT DISTINCT key FROM finding
                 WHERE bucket = ?1 AND key > ?2 AND key >= ?3 AND (?4 IS NULL OR key <= ?4)
                   AND substr(key, 1, length(?3)) = ?3 AND category = ?5 AND state NOT IN (?6, ?7)
                 ORDER BY key LIMIT ?8",
            )?;
            let closed = (word(&FindingState::Resolved)?, word(&FindingState::FalsePositive)?);
            let category = word(&FindingCategory::Classification)?;
            let asked = params![bucket, after, prefix, up_to, category, closed.0, closed.1, limit];
            let keys = statement.query_map(asked, |row| row.get(0))?;
            Ok(keys.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The finding of this id.
    pub fn finding(&self, id: &str) -> Result<Option<Finding>, Failure> {
        self.read(|database| Ok(find(database, id)?.map(|(_, finding)| finding)))
    }
}

/// Writes a finding down, see [`Store::upsert_finding`].
fn upsert(database: &Connection, finding: &Finding) -> Result<(), Error> {
    match find(database, &finding.id)? {
        None => insert(database, finding),
        Some((seq, known)) => replace(database, seq, &seen_again(&known, finding)),
    }
}

/// Writes down what was found, and resolves what was not found again where all of a scope was looked into.
pub(crate) fn settle(
    database: &Connection,
    found: &[Finding],
    wholly_read: Option<FindingScope<'_>>,
    at: Timestamp,
) -> Result<(), Error> {
    for finding in found {
        upsert(database, finding)?;
    }
    let Some(scope) = wholly_read else { return Ok(()) };
    let still: Vec<&str> = found.iter().map(|finding| finding.id.as_str()).collect();
    resolve_all_but(database, scope, &still, at).map(drop)
}

/// Resolves every open finding of the scope but these, and says how many it were.
fn resolve_all_but(
    database: &Connection,
    scope: FindingScope<'_>,
    still: &[&str],
    at: Timestamp,
) -> Result<u64, Error> {
    let still: HashSet<&str> = still.iter().copied().collect();
    let mut resolved = 0;
    for id in ids_in(database, scope)? {
        if !still.contains(id.as_str()) && resolve(database, &id, at)? {
            resolved += 1;
        }
    }
    Ok(resolved)
}

/// The finding as it is after it was found again.
fn seen_again(known: &Finding, found: &Finding) -> Finding {
    let mut seen = found.clone();
    seen.created_at = known.created_at;
    seen.updated_at = found.updated_at.max(known.updated_at);
    seen.archived = known.archived;
    if found.category == FindingCategory::Policy {
        seen.count = known.count.saturating_add(1);
    }
    seen.pillbox.state = state_after(known, found);
    seen
}

fn state_after(known: &Finding, found: &Finding) -> FindingState {
    use FindingState::{Accepted, FalsePositive, InReview, New, Reopened, Resolved};
    let same_bytes = bytes_of(known) == bytes_of(found);
    match (known.pillbox.state, found.pillbox.state) {
        (FalsePositive, _) if same_bytes => FalsePositive,
        (_, Accepted) => Accepted,
        (Accepted, _) if same_bytes => Accepted,
        (Resolved | Accepted | FalsePositive, New) => Reopened,
        (open @ (InReview | Reopened), New) => open,
        (_, state) => state,
    }
}

/// What tells an object's bytes from those that lay under its key before. `null` is what S3 calls the version of
/// an object that was stored without versioning.
fn bytes_of(finding: &Finding) -> Option<(&str, Option<&str>)> {
    let object = finding.resources_affected.s3_object.as_ref()?;
    Some((&object.e_tag, object.version_id.as_deref().filter(|version| *version != "null")))
}

/// Says whether the finding was open. What a person called a false positive stays one.
fn resolve(database: &Connection, id: &str, at: Timestamp) -> Result<bool, Error> {
    let Some((seq, mut finding)) = find(database, id)? else { return Ok(false) };
    if matches!(finding.pillbox.state, FindingState::Resolved | FindingState::FalsePositive) {
        return Ok(false);
    }
    finding.pillbox.state = FindingState::Resolved;
    finding.updated_at = at;
    replace(database, seq, &finding)?;
    Ok(true)
}

fn find(database: &Connection, id: &str) -> Result<Option<(i64, Finding)>, Error> {
    let found: Option<(i64, String)> = database
        .prepare_cached("SELECT seq, body FROM finding JOIN finding_body USING (seq) WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(seq, body)| Ok((seq, from_json(&body)?))).transpose()
}

fn ids_in(database: &Connection, scope: FindingScope<'_>) -> Result<Vec<String>, Error> {
    let (category, bucket, key) = match scope {
        FindingScope::Policy { bucket } => (FindingCategory::Policy, bucket, None),
        FindingScope::Object { bucket, key } => (FindingCategory::Classification, bucket, Some(key)),
    };
    let mut statement =
        database.prepare_cached("SELECT id FROM finding WHERE bucket = ?1 AND key IS ?2 AND category = ?3")?;
    let ids = statement.query_map(params![bucket, key, word(&category)?], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

fn insert(database: &Connection, finding: &Finding) -> Result<(), Error> {
    let columns = Columns::of(finding);
    let seq: i64 = database
        .prepare_cached(
            "INSERT INTO finding (id, category, type, severity, bucket, key, identifier, state, created_at, updated_at,
                                  words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING seq",
        )?
        .query_row(
            params![
                finding.id,
                word(&finding.category)?,
                finding.finding_type,
                finding.severity.score,
                columns.bucket,
                columns.key,
                columns.identifier,
                word(&finding.pillbox.state)?,
                finding.created_at.millis(),
                finding.updated_at.millis(),
                columns.words,
            ],
            |row| row.get(0),
        )?;
    database
        .prepare_cached("INSERT INTO finding_body (seq, body) VALUES (?1, ?2)")?
        .execute(params![seq, json(finding)?])?;
    Ok(())
}

fn replace(database: &Connection, seq: i64, finding: &Finding) -> Result<(), Error> {
    let columns = Columns::of(finding);
    database
        .prepare_cached(
            "UPDATE finding SET category = ?2, type = ?3, severity = ?4, bucket = ?5, key = ?6, identifier = ?7,
                    state = ?8, created_at = ?9, updated_at = ?10, words = ?11
             WHERE seq = ?1",
        )?
        .execute(params![
            seq,
            word(&finding.category)?,
            finding.finding_type,
            finding.severity.score,
            columns.bucket,
            columns.key,
            columns.identifier,
            word(&finding.pillbox.state)?,
            finding.created_at.millis(),
            finding.updated_at.millis(),
            columns.words,
        ])?;
    database
        .prepare_cached("UPDATE finding_body SET body = ?2 WHERE seq = ?1")?
        .execute(params![seq, json(finding)?])?;
    Ok(())
}

/// What of the document stands in columns, beyond its own fields.
struct Columns<'a> {
    bucket: Option<&'a str>,
    key: Option<&'a str>,
    identifier: Option<&'a str>,
    words: String,
}

impl<'a> Columns<'a> {
    fn of(finding: &'a Finding) -> Self {
        let resources = &finding.resources_affected;
        let bucket = resources.s3_bucket.as_ref().map(|bucket| bucket.name.as_str());
        let key = resources.s3_object.as_ref().map(|object| object.key.as_str());
        // A finding is about one identifier, so that the first detection names it.
        let identifier = finding
            .classification_details
            .as_ref()
            .and_then(|details| details.result.sensitive_data.first())
            .and_then(|item| item.detections.first())
            .map(|detection| detection.identifier.as_str());
        let words = [Some(finding.title.as_str()), Some(&finding.finding_type), bucket, key, identifier];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase();
        Self { bucket, key, identifier, words }
    }
}
