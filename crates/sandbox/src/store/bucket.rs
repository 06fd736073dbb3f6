//! Buckets, their settings, and the account's own.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError, StoreResult};
use crate::record::{Bucket, BucketSettings, PublicAccessBlock, Versioning};

/// A change to a bucket, decided inside the transaction that writes it.
pub(crate) type BucketChange<T> = Box<dyn FnOnce(&mut Bucket) -> T + Send>;

impl Store {
    pub(crate) async fn create_bucket(&self, bucket: Bucket) -> StoreResult<()> {
        self.writer
            .run(move |transaction| {
                if find(transaction, &bucket.name)?.is_some() {
                    return Err(StoreError::BucketExists);
                }
                transaction.execute(
                    "INSERT INTO bucket (name, created, versioning, settings)
                     VALUES (?1, ?2, ?3, ?4)",
                    params![
                        bucket.name,
                        bucket.created,
                        bucket.versioning.map(versioning_text),
                        serde_json::to_string(&bucket.settings)?
                    ],
                )?;
                Ok(())
            })
            .await
    }

    /// Deletes a bucket that holds nothing; its unfinished uploads go with it.
    pub(crate) async fn delete_bucket(&self, name: String) -> StoreResult<()> {
        let files = self
            .writer
            .run(move |transaction| {
                find(transaction, &name)?.ok_or(StoreError::NoSuchBucket)?;
                let held: bool = transaction.query_row(
                    "SELECT EXISTS (SELECT 1 FROM object WHERE bucket = ?1)",
                    [&name],
                    |row| row.get(0),
                )?;
                if held {
                    return Err(StoreError::BucketNotEmpty);
                }
                let files = super::multipart::delete_all_of_bucket(transaction, &name)?;
                transaction.execute("DELETE FROM bucket WHERE name = ?1", [&name])?;
                Ok(files)
            })
            .await?;
        self.delete_files(files).await;
        Ok(())
    }

    /// The bucket of that name, or none, and the account's own block.
    pub(crate) async fn bucket_and_account(
        &self,
        name: &str,
    ) -> StoreResult<(Option<Bucket>, Option<PublicAccessBlock>)> {
        let name = name.to_owned();
        self.readers.run(move |transaction| Ok((find(transaction, &name)?, account_block(transaction)?))).await
    }

    pub(crate) async fn buckets(&self) -> StoreResult<Vec<Bucket>> {
        self.readers
            .run(|transaction| {
                let mut statement = transaction
                    .prepare_cached("SELECT name, created, versioning, settings FROM bucket ORDER BY name")?;
                let rows = statement.query_map([], read)?;
                rows.map(|row| parse(row?)).collect()
            })
            .await
    }

    /// Changes a bucket's settings; nothing is written where the change answers an error.
    pub(crate) async fn change_bucket<T, E>(
        &self,
        name: &str,
        change: BucketChange<Result<T, E>>,
    ) -> StoreResult<Result<T, E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let name = name.to_owned();
        self.writer
            .run(move |transaction| {
                let mut bucket = find(transaction, &name)?.ok_or(StoreError::NoSuchBucket)?;
                let result = change(&mut bucket);
                if result.is_ok() {
                    transaction.execute(
                        "UPDATE bucket SET versioning = ?2, settings = ?3 WHERE name = ?1",
                        params![name, bucket.versioning.map(versioning_text), serde_json::to_string(&bucket.settings)?],
                    )?;
                }
                Ok(result)
            })
            .await
    }

    pub(crate) async fn account_block(&self) -> StoreResult<Option<PublicAccessBlock>> {
        self.readers.run(|transaction| account_block(transaction)).await
    }

    pub(crate) async fn set_account_block(&self, block: Option<PublicAccessBlock>) -> StoreResult<()> {
        self.writer
            .run(move |transaction| {
                let text = block.map(|block| serde_json::to_string(&block)).transpose()?;
                transaction.execute("UPDATE account SET public_access_block = ?1 WHERE id = 1", [text])?;
                Ok(())
            })
            .await
    }
}

type BucketRow = (String, i64, Option<String>, String);

fn read(row: &Row<'_>) -> rusqlite::Result<BucketRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn parse((name, created, versioning, settings): BucketRow) -> StoreResult<Bucket> {
    let settings: BucketSettings = serde_json::from_str(&settings)?;
    let versioning = versioning.map(|text| match text.as_str() {
        "Enabled" => Versioning::Enabled,
        _ => Versioning::Suspended,
    });
    Ok(Bucket { name, created, versioning, settings })
}

fn versioning_text(versioning: Versioning) -> &'static str {
    match versioning {
        Versioning::Enabled => "Enabled",
        Versioning::Suspended => "Suspended",
    }
}

pub(crate) fn find(connection: &Connection, name: &str) -> StoreResult<Option<Bucket>> {
    connection
        .prepare_cached("SELECT name, created, versioning, settings FROM bucket WHERE name = ?1")?
        .query_row([name], read)
        .optional()?
        .map(parse)
        .transpose()
}

/// The bucket's versioning, for a write into it.
pub(crate) fn versioning(connection: &Connection, name: &str) -> StoreResult<Option<Versioning>> {
    let text = connection
        .prepare_cached("SELECT versioning FROM bucket WHERE name = ?1")?
        .query_row([name], |row| row.get::<_, Option<String>>(0))
        .optional()?
        .ok_or(StoreError::NoSuchBucket)?;
    Ok(text.map(|text| match text.as_str() {
        "Enabled" => Versioning::Enabled,
        _ => Versioning::Suspended,
    }))
}

fn account_block(connection: &Connection) -> StoreResult<Option<PublicAccessBlock>> {
    let text = connection
        .prepare_cached("SELECT public_access_block FROM account WHERE id = 1")?
        .query_row([], |row| row.get::<_, Option<String>>(0))?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}
