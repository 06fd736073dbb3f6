//! What the uploads to one bucket add up to, each key counted once, as its newest upload left it.

use pillbox_model::{Disposition, Failure, IdentifierId};
use rusqlite::Connection;

use crate::Store;
use crate::error::Error;
use crate::words::from_word;

/// What lies in a bucket by the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BucketTotals {
    /// Objects that were read back and are as they were sent.
    pub safe: u64,
    /// Of these, sent with something unexpected that a person answered for.
    pub with_unexpected: u64,
    /// Objects that may be there and were not proved: stored and not read back, failed, in conflict.
    pub not_verified: u64,
    /// What safe objects hold, by identifier, most objects first. What was blacked out does not count.
    pub kinds: Vec<KindTotal>,
}

/// In how many objects one identifier is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindTotal {
    /// The identifier.
    pub identifier: IdentifierId,
    /// What the rules said.
    pub disposition: Disposition,
    /// In how many objects.
    pub objects: u64,
}

/// Each key's row of the newest upload that came to an end with it.
const NEWEST: &str = "WITH ended AS (
        SELECT file.*, row_number() OVER (PARTITION BY key ORDER BY upload DESC) AS age
        FROM upload_file AS file JOIN upload ON upload.seq = file.upload
        WHERE upload.bucket = ?1
          AND file.state IN ('verified', 'alreadyThere', 'storedNotReadBack', 'failed', 'conflict')
    ), newest AS (SELECT * FROM ended WHERE age = 1)";

impl Store {
    /// What the uploads to this bucket add up to.
    pub fn bucket_totals(&self, bucket: &str) -> Result<BucketTotals, Failure> {
        self.read(|database| {
            // One transaction, so that the numbers speak of the same moment.
            let database = database.unchecked_transaction()?;
            Ok(BucketTotals { kinds: kinds(&database, bucket)?, ..objects(&database, bucket)? })
        })
    }
}

fn objects(database: &Connection, bucket: &str) -> Result<BucketTotals, Error> {
    let sums = format!(
        "{NEWEST} SELECT
            coalesce(sum(state IN ('verified', 'alreadyThere')), 0),
            coalesce(sum(state IN ('verified', 'alreadyThere') AND decision ->> 'kind' IS 'send'), 0),
            coalesce(sum(state NOT IN ('verified', 'alreadyThere')), 0)
         FROM newest"
    );
    Ok(database.prepare_cached(&sums)?.query_row([bucket], |row| {
        Ok(BucketTotals {
            safe: row.get(0)?,
            with_unexpected: row.get(1)?,
            not_verified: row.get(2)?,
            kinds: Vec::new(),
        })
    })?)
}

fn kinds(database: &Connection, bucket: &str) -> Result<Vec<KindTotal>, Error> {
    let by_identifier = format!(
        "{NEWEST} SELECT found.value ->> 'identifier', found.value ->> 'disposition', count(*) AS objects
         FROM newest, json_each(newest.counts) AS found
         WHERE state IN ('verified', 'alreadyThere')
           AND NOT (decision ->> 'kind' IS 'redact' AND found.value ->> 'disposition' <> 'expected')
         GROUP BY 1, 2 ORDER BY objects DESC, 1"
    );
    let mut statement = database.prepare_cached(&by_identifier)?;
    let mut rows = statement.query([bucket])?;
    let mut kinds = Vec::new();
    while let Some(row) = rows.next()? {
        kinds.push(KindTotal {
            identifier: IdentifierId::parse(row.get::<_, String>(0)?),
            disposition: from_word(row.get(1)?)?,
            objects: row.get(2)?,
        });
    }
    Ok(kinds)
}
