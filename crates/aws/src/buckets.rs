//! Buckets as wholes: is it there, whose is it, which are there, make one.

use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use pillbox_model::{ErrorCode, Failure};

use crate::Client;
use crate::errors::{failure, refusal};

/// What a bucket says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketHead {
    /// Its Region, where the store says it.
    pub region: Option<String>,
}

impl Client {
    /// Whether the bucket is there, ours, and in this Region.
    ///
    /// `NoSuchBucket`; `WrongRegion` about the right one; `BucketOfAnotherAccount` when it answers without the
    /// expected owner and not with it; `AccessDenied` about `s3:ListBucket`, which S3 answers as well for a
    /// bucket of another account that lets this key do nothing: the two can't be told apart then.
    pub async fn head_bucket(&self, bucket: &str) -> Result<BucketHead, Failure> {
        let call = self.call("s3:ListBucket", bucket);
        let error = match self.s3().head_bucket().bucket(bucket).set_expected_bucket_owner(self.owner()).send().await {
            Ok(answer) => return Ok(BucketHead { region: answer.bucket_region }),
            Err(error) => error,
        };
        let met = failure(&error, call);
        match met.code {
            ErrorCode::NoSuchObject => Err(Failure::about(ErrorCode::NoSuchBucket, bucket)),
            // An answer to HEAD has no body, so that it does not say why.
            _ if refusal(&error).is_some_and(|answer| answer.code.is_none() && matches!(answer.status, 400 | 403)) => {
                Err(match self.reason(bucket).await {
                    Some(Failure { code: ErrorCode::AccessDenied, .. }) if self.is_of_another_account(bucket).await => {
                        Failure::about(ErrorCode::BucketOfAnotherAccount, bucket)
                    }
                    Some(reason) if met.code != ErrorCode::WrongRegion => reason,
                    _ => met,
                })
            }
            _ => Err(met),
        }
    }

    /// The reason for a refusal, from a call that needs the same permission and is answered in words.
    async fn reason(&self, bucket: &str) -> Option<Failure> {
        let answer =
            self.s3().list_objects_v2().bucket(bucket).max_keys(1).set_expected_bucket_owner(self.owner()).send().await;
        answer.err().map(|error| failure(&error, self.call("s3:ListBucket", bucket)))
    }

    /// Whether the bucket answers this key as long as it is not asked whose it is.
    async fn is_of_another_account(&self, bucket: &str) -> bool {
        self.expected_owner.is_some() && self.s3().head_bucket().bucket(bucket).send().await.is_ok()
    }

    /// The names of the account's buckets.
    pub async fn list_buckets(&self) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .s3()
                .list_buckets()
                .set_continuation_token(token)
                .send()
                .await
                .map_err(|error| failure(&error, self.call("s3:ListAllMyBuckets", "")))?;
            names.extend(page.buckets.unwrap_or_default().into_iter().filter_map(|bucket| bucket.name));
            match page.continuation_token.filter(|next| !next.is_empty()) {
                Some(next) => token = Some(next),
                None => return Ok(names),
            }
        }
    }

    /// Makes a bucket in this Region. Good as well when it is there already and the caller's own;
    /// `BucketOfAnotherAccount` when the name is taken.
    pub async fn create_bucket(&self, bucket: &str) -> Result<(), Failure> {
        // us-east-1 has no name as a location (S3 API Reference, CreateBucket).
        let place = (self.region() != "us-east-1").then(|| {
            CreateBucketConfiguration::builder()
                .location_constraint(BucketLocationConstraint::from(self.region()))
                .build()
        });
        match self.s3().create_bucket().bucket(bucket).set_create_bucket_configuration(place).send().await {
            Ok(_) => Ok(()),
            Err(error) if refusal(&error).and_then(|answer| answer.code) == Some("BucketAlreadyOwnedByYou") => Ok(()),
            Err(error) => Err(failure(&error, self.call("s3:CreateBucket", bucket))),
        }
    }
}
