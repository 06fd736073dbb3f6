//! From the options of the command line to a connection.

use pillbox_app::{App, Session};
use pillbox_model::{Connection, CredentialSource, ErrorCode, Failure};

use crate::arguments::Global;

/// A bucket and a prefix, as in `s3://bucket/prefix`.
pub(crate) struct Place {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
}

/// Reads `s3://BUCKET/PREFIX`; `None` when the text is no such address.
pub(crate) fn place(text: &str) -> Option<Place> {
    let rest = text.strip_prefix("s3://")?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    (!bucket.is_empty()).then(|| Place { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
}

/// A bucket as an argument.
pub(crate) fn bucket(text: &str) -> Result<Place, Failure> {
    place(text).ok_or_else(|| Failure::about(ErrorCode::InvalidInput, "write the bucket as s3://BUCKET"))
}

/// The connection to a bucket: the one that is named, or one made of the AWS options and environment.
pub(crate) fn to_bucket(app: &App, global: &Global, bucket: &str) -> Result<Connection, Failure> {
    if let Some(name) = &global.connection {
        let connection = app.connection(name)?;
        let account_id = connection.account_id.filter(|_| connection.bucket == bucket);
        return Ok(Connection { bucket: bucket.to_owned(), account_id, ..connection });
    }
    let credentials = match &global.profile {
        Some(profile) => CredentialSource::Profile { profile: profile.clone() },
        None => CredentialSource::Environment,
    };
    Ok(Connection {
        name: "command line".to_owned(),
        credentials,
        region: global.region.clone().unwrap_or_default(),
        endpoint_url: global.endpoint_url.clone(),
        bucket: bucket.to_owned(),
        prefix: String::new(),
        account_id: None,
    })
}

/// Opens the connection to a bucket.
pub(crate) async fn open(app: &App, global: &Global, bucket: &str) -> Result<Session, Failure> {
    app.open_session(&to_bucket(app, global, bucket)?).await
}
