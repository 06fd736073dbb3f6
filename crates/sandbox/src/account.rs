//! The account's own Block Public Access, as S3 Control serves it.

use http::{HeaderMap, Method, StatusCode};
use s3s::dto::PublicAccessBlockConfiguration;
use s3s::xml::{Deserialize, Deserializer};
use s3s::{S3Result, s3_error};

use crate::answer::{custom, store_error};
use crate::record::PublicAccessBlock;
use crate::store::Store;

/// The path of the account's configuration; its API version is part of it.
pub(crate) const PATH: &str = "/v20180820/configuration/publicAccessBlock";

const NAMESPACE: &str = "http://awss3control.amazonaws.com/doc/2018-08-20/";

/// Serves a signed request for the account's configuration: the status and the XML.
///
/// # Errors
///
/// `AccessDenied` for another account, `NoSuchPublicAccessBlockConfiguration` where none is set.
pub(crate) async fn answer(
    store: &Store,
    account_id: &str,
    method: &Method,
    headers: &HeaderMap,
    body: &[u8],
) -> S3Result<(StatusCode, String)> {
    let named = headers.get("x-amz-account-id").and_then(|value| value.to_str().ok());
    match named {
        Some(id) if id == account_id => {}
        Some(_) => return Err(s3_error!(AccessDenied, "Access Denied")),
        None => return Err(s3_error!(InvalidRequest, "Missing header: x-amz-account-id")),
    }
    match *method {
        Method::GET => {
            let block = store.account_block().await.map_err(store_error)?;
            let block = block.ok_or_else(not_set)?;
            Ok((StatusCode::OK, to_xml(block)))
        }
        Method::PUT => {
            let block = from_xml(body)?;
            store.set_account_block(Some(block)).await.map_err(store_error)?;
            Ok((StatusCode::CREATED, String::new()))
        }
        Method::DELETE => {
            store.set_account_block(None).await.map_err(store_error)?;
            Ok((StatusCode::NO_CONTENT, String::new()))
        }
        _ => Err(s3_error!(MethodNotAllowed, "The specified method is not allowed against this resource.")),
    }
}

fn not_set() -> s3s::S3Error {
    custom(
        "NoSuchPublicAccessBlockConfiguration",
        StatusCode::NOT_FOUND,
        "The public access block configuration was not found",
    )
}

fn to_xml(block: PublicAccessBlock) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <PublicAccessBlockConfiguration xmlns=\"{NAMESPACE}\">\
         <BlockPublicAcls>{}</BlockPublicAcls><IgnorePublicAcls>{}</IgnorePublicAcls>\
         <BlockPublicPolicy>{}</BlockPublicPolicy>\
         <RestrictPublicBuckets>{}</RestrictPublicBuckets></PublicAccessBlockConfiguration>",
        block.block_public_acls, block.ignore_public_acls, block.block_public_policy, block.restrict_public_buckets,
    )
}

fn from_xml(body: &[u8]) -> S3Result<PublicAccessBlock> {
    let flags = PublicAccessBlockConfiguration::deserialize(&mut Deserializer::new(body)).map_err(|_| {
        s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our \
                 published schema"
        )
    })?;
    Ok(PublicAccessBlock {
        block_public_acls: flags.block_public_acls.unwrap_or_default(),
        ignore_public_acls: flags.ignore_public_acls.unwrap_or_default(),
        block_public_policy: flags.block_public_policy.unwrap_or_default(),
        restrict_public_buckets: flags.restrict_public_buckets.unwrap_or_default(),
    })
}
