//! From the options of the command line to a connection.

use pillbox_app::{App, Session};
use pillbox_model::{Connection, CredentialSource, ErrorCode, Failure};

use crate::arguments::Global;

/// A bucket and a prefix, as in `s3://bucket/prefix`.
pub(crate) struct Place {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
}

/// Reads `s3://BUCKET/PREFIX`; `None` when the text is a path.
///
/// # Errors
/// [`ErrorCode::InvalidInput`] for what begins like an address and is none: it is never taken for a path.
pub(crate) fn place(text: &str) -> Result<Option<Place>, Failure> {
    if !text.get(..3).is_some_and(|scheme| scheme.eq_ignore_ascii_case("s3:")) {
        return Ok(None);
    }
    let address = text.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
    match address {
        Some((bucket, prefix)) if !bucket.is_empty() => {
            Ok(Some(Place { bucket: bucket.to_owned(), prefix: prefix.to_owned() }))
        }
        _ => Err(no_address()),
    }
}

/// A bucket as an argument.
pub(crate) fn bucket(text: &str) -> Result<Place, Failure> {
    place(text)?.ok_or_else(no_address)
}

fn no_address() -> Failure {
    Failure::about(ErrorCode::InvalidInput, "write the bucket as s3://BUCKET, with small letters in front")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_path() {
        let read = |text| place(text).map(|place| place.map(|place| (place.bucket, place.prefix)));
        assert_eq!(read("s3://b/p/q"), Ok(Some(("b".to_owned(), "p/q".to_owned()))));
        assert_eq!(read("s3://b"), Ok(Some(("b".to_owned(), String::new()))));
        for path in ["scripts", "/s3/b", "./s3:b", "s3", ""] {
            assert_eq!(read(path), Ok(None), "{path}");
        }
        for neither in ["s3:", "s3://", "s3:///p", "S3://b", "s3:b", "s3:/b"] {
            assert_eq!(read(neither).unwrap_err().code, ErrorCode::InvalidInput, "{neither}");
        }
    }
}
