//! S3 Inventory as the list of a bucket's objects (S3 User Guide, "Amazon S3 Inventory", "Locating your inventory list").

use std::io::{self, Read};
use std::sync::Arc;

use bytes::{Buf, Bytes};
use flate2::read::MultiGzDecoder;
use md5::{Digest, Md5};
use pillbox_aws::{Client, Listed};
use pillbox_model::{ErrorCode, Failure, Timestamp};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::BucketScope;
use crate::scan::AHEAD;

/// A manifest is some kilobytes; its list of files grows with the bucket.
const MOST_MANIFEST: u64 = 16 * 1024 * 1024;
/// Objects that are passed on at once.
const PAGE: usize = 1_000;

/// Where an inventory's manifest lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InventoryPlace {
    /// The bucket that inventories are written to.
    pub bucket: String,
    /// The key of `manifest.json`.
    pub key: String,
}

/// An inventory, file by file.
pub(super) struct Inventory {
    client: Client,
    bucket: String,
    files: std::vec::IntoIter<DataFile>,
    columns: Arc<Columns>,
    created_at: Timestamp,
    reading: Option<Reading>,
}

/// A file of the inventory that is being read.
struct Reading {
    pages: mpsc::Receiver<Vec<Listed>>,
    outcome: JoinHandle<Result<(), Failure>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    source_bucket: String,
    creation_timestamp: String,
    file_format: String,
    file_schema: String,
    files: Vec<DataFile>,
}

#[derive(Deserialize)]
struct DataFile {
    key: String,
    #[serde(rename = "MD5checksum")]
    md5: String,
}

impl Inventory {
    /// Reads a manifest. [`ErrorCode::InventoryNotUsable`] about what is wrong with it: another bucket's, a format other
    /// than CSV, a checksum that does not agree, columns that are missing.
    pub(super) async fn open(
        client: &Client,
        bucket: &str,
        place: InventoryPlace,
        scope: &BucketScope,
    ) -> Result<Self, Failure> {
        let InventoryPlace { bucket: lies_in, key } = place;
        let text = client.get(&lies_in, &key, None, None).await?.bytes(MOST_MANIFEST).await?;
        let checksum = key.strip_suffix(".json").map(|stem| format!("{stem}.checksum"));
        let checksum = checksum.ok_or_else(|| unusable("the name of its manifest, which ends in .json"))?;
        let checksum = client.get(&lies_in, &checksum, None, None).await?.bytes(MOST_MANIFEST).await?;
        if !same_checksum(&checksum, &Md5::digest(&text)) {
            return Err(unusable("the checksum of its manifest"));
        }
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|_| unusable("its manifest, which is not in the form of S3"))?;
        if manifest.source_bucket != bucket {
            return Err(unusable(format!("it is of {}", manifest.source_bucket)));
        }
        if manifest.file_format != "CSV" {
            return Err(unusable(format!("it is written as {}, only CSV can be read", manifest.file_format)));
        }
        let created_at = manifest.creation_timestamp.parse().map(Timestamp::from_millis);
        let created_at = created_at.map_err(|_| unusable("the moment of its creation"))?;
        let columns = Columns::of(&manifest.file_schema, bucket, scope)?;
        Ok(Self {
            client: client.clone(),
            bucket: lies_in,
            files: manifest.files.into_iter(),
            columns: Arc::new(columns),
            created_at,
            reading: None,
        })
    }

    /// When it was begun: what was stored later is not in it.
    pub(super) const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// The next objects; `None` when all files were read and agreed with their checksums.
    pub(super) async fn page(&mut self) -> Result<Option<Vec<Listed>>, Failure> {
        loop {
            if let Some(reading) = &mut self.reading {
                if let Some(page) = reading.pages.recv().await {
                    return Ok(Some(page));
                }
                if let Some(reading) = self.reading.take() {
                    reading.outcome.await.map_err(|_| ErrorCode::Internal)??;
                }
            }
            let Some(file) = self.files.next() else { return Ok(None) };
            self.reading = Some(self.begin(file).await?);
        }
    }

    async fn begin(&self, file: DataFile) -> Result<Reading, Failure> {
        let mut body = self.client.get(&self.bucket, &file.key, None, None).await?;
        let (bytes, chunks) = mpsc::channel(AHEAD);
        let arriving = tokio::spawn(async move {
            while let Some(chunk) = body.chunk().await? {
                if bytes.send(chunk).await.is_err() {
                    break;
                }
            }
            Ok(())
        });
        let (pages, listed) = mpsc::channel(AHEAD);
        let columns = Arc::clone(&self.columns);
        let reading = tokio::task::spawn_blocking(move || columns.read(Arriving::of(chunks), &file.md5, &pages));
        let outcome = tokio::spawn(async move {
            let read = reading.await.map_err(|_| ErrorCode::Internal)?;
            // Why bytes stopped coming goes before what that made of the file.
            let arrived: Result<(), Failure> = arriving.await.map_err(|_| ErrorCode::Internal)?;
            arrived.and(read)
        });
        Ok(Reading { pages: listed, outcome })
    }
}

/// Where in a line what is, and which lines are wanted.
struct Columns {
    source: String,
    prefix: String,
    versions: bool,
    bucket: usize,
    key: usize,
    size: Option<usize>,
    e_tag: Option<usize>,
    version_id: Option<usize>,
    is_latest: Option<usize>,
    is_delete_marker: Option<usize>,
    last_modified: Option<usize>,
    storage_class: Option<usize>,
}

impl Columns {
    fn of(schema: &str, bucket: &str, scope: &BucketScope) -> Result<Self, Failure> {
        let names: Vec<&str> = schema.split(',').map(str::trim).collect();
        let find = |name: &str| names.iter().position(|column| *column == name);
        let require = |name: &str| find(name).ok_or_else(|| unusable(format!("it has no column {name}")));
        let columns = Self {
            source: bucket.to_owned(),
            prefix: scope.prefix.clone(),
            versions: scope.versions,
            bucket: require("Bucket")?,
            key: require("Key")?,
            size: find("Size"),
            e_tag: find("ETag"),
            version_id: find("VersionId"),
            is_latest: find("IsLatest"),
            is_delete_marker: find("IsDeleteMarker"),
            last_modified: find("LastModifiedDate"),
            storage_class: find("StorageClass"),
        };
        let missing = [
            ("Size", scope.min_size.is_some() || scope.max_size.is_some(), columns.size),
            (
                "LastModifiedDate",
                scope.modified_since.is_some() || scope.modified_before.is_some(),
                columns.last_modified,
            ),
            ("VersionId", scope.versions, columns.version_id),
            ("IsLatest", columns.version_id.is_some(), columns.is_latest),
        ];
        match missing.into_iter().find(|(_, is_needed, column)| *is_needed && column.is_none()) {
            Some((name, ..)) => Err(unusable(format!("it has no column {name}"))),
            None => Ok(columns),
        }
    }

    /// Reads a file to its end, and compares its checksum.
    fn read(&self, mut arriving: Arriving, md5: &str, pages: &mpsc::Sender<Vec<Listed>>) -> Result<(), Failure> {
        let mut rows =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(MultiGzDecoder::new(&mut arriving));
        let (mut row, mut page) = (csv::StringRecord::new(), Vec::with_capacity(PAGE));
        while rows.read_record(&mut row).map_err(|_| unusable("a file of it, which can't be read"))? {
            page.extend(self.listed(&row)?);
            if page.len() >= PAGE && pages.blocking_send(std::mem::take(&mut page)).is_err() {
                return Ok(());
            }
        }
        drop(rows);
        // What stands behind the compressed bytes is part of the file.
        io::copy(&mut arriving, &mut io::sink()).map_err(|_| unusable("a file of it, which can't be read"))?;
        if !same_checksum(md5.as_bytes(), &arriving.sum.finalize()) {
            return Err(unusable("the checksum of a file of it"));
        }
        if !page.is_empty() {
            // Who listens no more wants no more.
            let _ = pages.blocking_send(page);
        }
        Ok(())
    }

    /// The object of a line; `None` where it is not wanted.
    fn listed(&self, row: &csv::StringRecord) -> Result<Option<Listed>, Failure> {
        let text = |column: Option<usize>| column.and_then(|column| row.get(column)).filter(|text| !text.is_empty());
        let broken = || unusable("a line of it");
        if row.get(self.bucket) != Some(&self.source) {
            return Err(broken());
        }
        let key = pillbox_aws::decode_key(row.get(self.key).ok_or_else(broken)?).ok_or_else(broken)?;
        let is_latest = text(self.is_latest).is_none_or(|word| word == "true");
        let is_delete_marker = text(self.is_delete_marker).is_some_and(|word| word == "true");
        if !key.starts_with(&self.prefix) || (!self.versions && (!is_latest || is_delete_marker)) {
            return Ok(None);
        }
        Ok(Some(Listed {
            key,
            size: text(self.size).map_or(Ok(0), |size| size.parse().map_err(|_| broken()))?,
            e_tag: text(self.e_tag).map(str::to_owned),
            version_id: text(self.version_id).filter(|_| self.versions).map(str::to_owned),
            is_latest,
            is_delete_marker,
            last_modified: text(self.last_modified).and_then(Timestamp::parse),
            storage_class: text(self.storage_class).map(str::to_owned),
        }))
    }
}

/// The bytes of a file as they arrive, which are summed up on their way.
struct Arriving {
    chunks: mpsc::Receiver<Bytes>,
    chunk: Bytes,
    sum: Md5,
}

impl Arriving {
    fn of(chunks: mpsc::Receiver<Bytes>) -> Self {
        Self { chunks, chunk: Bytes::new(), sum: Md5::new() }
    }
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.chunks.blocking_recv() {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let length = into.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut into[..length]);
        self.sum.update(&into[..length]);
        Ok(length)
    }
}

fn same_checksum(told: &[u8], sum: &[u8]) -> bool {
    told.trim_ascii().eq_ignore_ascii_case(hex::encode(sum).as_bytes())
}

fn unusable(about: impl Into<String>) -> Failure {
    Failure::about(ErrorCode::InventoryNotUsable, about)
}
