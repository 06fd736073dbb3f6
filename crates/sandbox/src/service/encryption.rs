//! Encryption at rest, as S3 tells of it: by default SSE-S3, always something.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use crate::record::{self, Encryption};

/// What a request says about encryption.
pub(super) struct RequestedEncryption<'a> {
    pub(super) algorithm: Option<&'a ServerSideEncryption>,
    pub(super) kms_key: Option<&'a str>,
    pub(super) bucket_key: Option<bool>,
    /// `x-amz-server-side-encryption-customer-algorithm`.
    pub(super) customer: Option<&'a str>,
}

impl RequestedEncryption<'_> {
    /// What the object is told to be encrypted with: the request's wish, else the bucket's.
    ///
    /// # Errors
    ///
    /// `AccessDenied` for keys of the customer's own, which new buckets refuse since April 2026;
    /// `InvalidEncryptionAlgorithmError` for an algorithm S3 has not.
    pub(super) fn decide(&self, bucket: &record::Bucket) -> S3Result<Encryption> {
        if self.customer.is_some() {
            return Err(s3_error!(
                AccessDenied,
                "Server-side encryption with customer-provided keys is blocked on this bucket"
            ));
        }
        let Some(algorithm) = self.algorithm else {
            return Ok(bucket.settings.encryption.clone().unwrap_or_else(Encryption::sse_s3));
        };
        check_algorithm(algorithm.as_str())?;
        Ok(Encryption {
            algorithm: algorithm.as_str().to_owned(),
            kms_key: self.kms_key.map(str::to_owned),
            bucket_key: self.bucket_key,
        })
    }
}

fn check_algorithm(algorithm: &str) -> S3Result<()> {
    match algorithm {
        "AES256" | "aws:kms" | "aws:kms:dsse" => Ok(()),
        _ => Err(s3_error!(
            InvalidEncryptionAlgorithmError,
            "The encryption request you specified is not valid. Supported values: AES256, aws:kms \
             and aws:kms:dsse."
        )),
    }
}

impl Encryption {
    pub(super) fn to_header(&self) -> ServerSideEncryption {
        ServerSideEncryption::from(self.algorithm.clone())
    }
}

impl Service {
    pub(super) async fn encryption(
        &self,
        request: S3Request<GetBucketEncryptionInput>,
    ) -> S3Result<S3Response<GetBucketEncryptionOutput>> {
        let (bucket, _) = self.bucket(&request.input.bucket).await?;
        let encryption = bucket.settings.encryption.unwrap_or_else(Encryption::sse_s3);
        let rule = ServerSideEncryptionRule {
            apply_server_side_encryption_by_default: Some(ServerSideEncryptionByDefault {
                sse_algorithm: encryption.to_header(),
                kms_master_key_id: encryption.kms_key,
            }),
            bucket_key_enabled: Some(encryption.bucket_key.unwrap_or_default()),
        };
        Ok(S3Response::new(GetBucketEncryptionOutput {
            server_side_encryption_configuration: Some(ServerSideEncryptionConfiguration { rules: vec![rule] }),
        }))
    }

    pub(super) async fn set_encryption(
        &self,
        request: S3Request<PutBucketEncryptionInput>,
    ) -> S3Result<S3Response<PutBucketEncryptionOutput>> {
        let mut rules = request.input.server_side_encryption_configuration.rules;
        let (Some(rule), true) = (rules.pop(), rules.is_empty()) else {
            return Err(s3_error!(
                MalformedXML,
                "The XML you provided was not well-formed or did not validate against our \
                 published schema"
            ));
        };
        let encryption = match rule.apply_server_side_encryption_by_default {
            None => Encryption { bucket_key: rule.bucket_key_enabled, ..Encryption::sse_s3() },
            Some(default) => {
                check_algorithm(default.sse_algorithm.as_str())?;
                if default.sse_algorithm.as_str() == "AES256" && default.kms_master_key_id.is_some() {
                    return Err(s3_error!(
                        InvalidArgument,
                        "a KMSMasterKeyID is not applicable if the default sse algorithm is not \
                         aws:kms or aws:kms:dsse"
                    ));
                }
                Encryption {
                    algorithm: default.sse_algorithm.as_str().to_owned(),
                    kms_key: default.kms_master_key_id,
                    bucket_key: rule.bucket_key_enabled,
                }
            }
        };
        self.change(&request.input.bucket, move |bucket| {
            bucket.settings.encryption = Some(encryption);
            Ok(())
        })
        .await?;
        Ok(S3Response::new(PutBucketEncryptionOutput {}))
    }

    pub(super) async fn reset_encryption(
        &self,
        request: S3Request<DeleteBucketEncryptionInput>,
    ) -> S3Result<S3Response<DeleteBucketEncryptionOutput>> {
        self.change(&request.input.bucket, |bucket| {
            bucket.settings.encryption = None;
            Ok(())
        })
        .await?;
        Ok(S3Response::new(DeleteBucketEncryptionOutput {}))
    }
}
