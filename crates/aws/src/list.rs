//! A bucket's objects, page by page.

use aws_sdk_s3::types::EncodingType;
use pillbox_model::{ErrorCode, Failure};

use crate::errors::failure;
use crate::{Client, url_encoding};

/// One object of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its entity tag, with its quotes.
    pub e_tag: Option<String>,
}

/// A listing under way.
#[derive(Debug)]
pub struct Listing {
    client: Client,
    bucket: String,
    prefix: String,
    next: Next,
}

#[derive(Debug)]
enum Next {
    First,
    After(String),
    Nothing,
}

impl Client {
    /// Begins to list the objects whose keys begin with `prefix`, in the order of their keys.
    pub fn list(&self, bucket: &str, prefix: &str) -> Listing {
        Listing { client: self.clone(), bucket: bucket.to_owned(), prefix: prefix.to_owned(), next: Next::First }
    }
}

impl Listing {
    /// The next page of at most 1,000 objects; `None` at the end.
    ///
    /// `AccessDenied` about `s3:ListBucket`, `NoSuchBucket`; `ServiceError` when the store says that there is
    /// more but not how to get it, so that a part of a listing is never taken for the whole.
    pub async fn page(&mut self) -> Result<Option<Vec<Listed>>, Failure> {
        let token = match &self.next {
            Next::First => None,
            Next::After(token) => Some(token.clone()),
            Next::Nothing => return Ok(None),
        };
        let page = self
            .client
            .s3()
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(&self.prefix)
            .encoding_type(EncodingType::Url)
            .set_continuation_token(token.clone())
            .set_expected_bucket_owner(self.client.owner())
            .send()
            .await
            .map_err(|error| failure(&error, self.client.call("s3:ListBucket", &self.bucket)))?;
        let next = match (page.is_truncated.unwrap_or(false), page.next_continuation_token) {
            (false, _) => Next::Nothing,
            (true, Some(next)) if Some(&next) != token.as_ref() => Next::After(next),
            (true, _) => return Err(ErrorCode::ServiceError.into()),
        };
        let encoded = page.encoding_type == Some(EncodingType::Url);
        let objects =
            page.contents.unwrap_or_default().into_iter().map(|object| listed(object, encoded)).collect::<Option<_>>();
        self.next = next;
        objects.map(Some).ok_or_else(|| ErrorCode::ServiceError.into())
    }
}

fn listed(object: aws_sdk_s3::types::Object, encoded: bool) -> Option<Listed> {
    let key = object.key?;
    Some(Listed {
        key: if encoded { url_encoding::decode(&key)? } else { key },
        size: u64::try_from(object.size?).ok()?,
        e_tag: object.e_tag,
    })
}
