//! All settings of a bucket at one moment.

use pillbox_model::{BucketSnapshot, ErrorCode, Failure, PublicAccessBlock, Read, Timestamp, Unread};

use crate::Client;
use crate::errors::failure;
use crate::settings::{permission, says};

impl Client {
    /// Reads all settings, at the same time. What this key may not read, or the store does not know, is unread
    /// with its reason; the account's own block is read when the account is known.
    ///
    /// Fails as a whole where no setting can be had: `NoSuchBucket`, `BucketOfAnotherAccount`, `WrongRegion`,
    /// no network, no valid key.
    pub async fn snapshot(
        &self,
        bucket: &str,
        account_id: Option<&str>,
        read_at: Timestamp,
    ) -> Result<BucketSnapshot, Failure> {
        let account = account_id.or(self.expected_owner());
        let region = match self.head_bucket(bucket).await {
            Ok(head) => head.region.unwrap_or_else(|| self.region().to_owned()),
            // Who may not list the bucket may still read its settings.
            Err(Failure { code: ErrorCode::AccessDenied | ErrorCode::ManagedByOrganisation, .. }) => {
                self.region().to_owned()
            }
            Err(failure) => return Err(failure),
        };
        let (account_block, bucket_block, policy, policy_is_public, acl, ownership, encryption, versioning) = tokio::join!(
            self.account_block(account),
            self.public_access_block(bucket),
            self.policy(bucket),
            self.policy_is_public(bucket),
            self.acl(bucket),
            self.ownership(bucket),
            self.encryption(bucket),
            self.versioning(bucket),
        );
        let policy = read(policy, permission::POLICY)?;
        let policy_is_public = match (&policy, policy_is_public) {
            // A store may know policies and not their status: no policy is not public anyhow.
            (Read::Known(None), Err(Failure { code: ErrorCode::NotSupported, .. })) => Read::Known(false),
            (_, status) => read(status, permission::POLICY_STATUS)?,
        };
        let (owner_id, acl) = match read(acl, permission::ACL)? {
            Read::Known(acl) => (Read::Known(acl.owner_id), Read::Known(acl.grants)),
            Read::Unread(unread) => (Read::Unread(unread.clone()), Read::Unread(unread)),
        };
        Ok(BucketSnapshot {
            bucket: bucket.to_owned(),
            partition: partition(&region).to_owned(),
            region,
            account_id: account.map(str::to_owned),
            read_at,
            account_block: read(account_block, permission::ACCOUNT_PUBLIC_ACCESS_BLOCK)?,
            bucket_block: read(bucket_block, permission::PUBLIC_ACCESS_BLOCK)?,
            policy,
            policy_is_public,
            owner_id,
            acl,
            ownership: read(ownership, permission::OWNERSHIP)?,
            encryption: read(encryption, permission::ENCRYPTION)?,
            versioning: read(versioning, permission::VERSIONING)?,
        })
    }

    async fn account_block(&self, account: Option<&str>) -> Result<Option<PublicAccessBlock>, Failure> {
        let Some(account) = account else {
            return Err(Failure::about(ErrorCode::AccessDenied, "sts:GetCallerIdentity"));
        };
        let answer = self.shared.s3_control.get_public_access_block().account_id(account).send().await;
        let error = match answer {
            Ok(answer) => {
                return Ok(answer.public_access_block_configuration.map(|flags| PublicAccessBlock {
                    block_public_acls: flags.block_public_acls.unwrap_or(false),
                    ignore_public_acls: flags.ignore_public_acls.unwrap_or(false),
                    block_public_policy: flags.block_public_policy.unwrap_or(false),
                    restrict_public_buckets: flags.restrict_public_buckets.unwrap_or(false),
                }));
            }
            Err(error) if says(&error, "NoSuchPublicAccessBlockConfiguration") => return Ok(None),
            Err(error) => error,
        };
        Err(match failure(&error, self.call(permission::ACCOUNT_PUBLIC_ACCESS_BLOCK, "")) {
            // A store without S3 Control takes the request for one about a bucket or an object.
            Failure {
                code:
                    ErrorCode::NoSuchBucket | ErrorCode::NoSuchObject | ErrorCode::InvalidInput | ErrorCode::WrongRegion,
                ..
            } if self.shared.endpoints.is_foreign() => ErrorCode::NotSupported.into(),
            failure => failure,
        })
    }
}

/// What was read, or why it was not, unless that concerns the bucket or the connection as a whole.
fn read<T>(answer: Result<T, Failure>, permission: &str) -> Result<Read<T>, Failure> {
    let failure = match answer {
        Ok(value) => return Ok(Read::Known(value)),
        Err(failure) => failure,
    };
    match failure.code {
        ErrorCode::NoNetwork
        | ErrorCode::ConnectionLost
        | ErrorCode::NoCredentials
        | ErrorCode::UnknownProfile
        | ErrorCode::WrongKey
        | ErrorCode::ExpiredToken
        | ErrorCode::ClockSkewed
        | ErrorCode::NoSuchBucket
        | ErrorCode::BucketOfAnotherAccount
        | ErrorCode::WrongRegion => Err(failure),
        ErrorCode::AccessDenied | ErrorCode::ManagedByOrganisation => {
            let permission = failure.about.unwrap_or_else(|| permission.to_owned());
            Ok(Read::Unread(Unread { code: ErrorCode::AccessDenied, permission }))
        }
        code => Ok(Read::Unread(Unread { code, permission: permission.to_owned() })),
    }
}

/// The partition of a Region (`AWS General Reference`, "Amazon Resource Names").
fn partition(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        "aws"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partition_follows_the_region() {
        assert_eq!(["ap-southeast-2", "cn-north-1", "us-gov-west-1"].map(partition), ["aws", "aws-cn", "aws-us-gov"]);
    }
}
