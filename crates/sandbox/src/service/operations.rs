//! The protocol crate's trait, each operation handed to the file of its topic. What is not here
//! answers `NotImplemented`.

use async_trait::async_trait;
use s3s::dto::*;
use s3s::{S3, S3Request, S3Response, S3Result};

use super::Service;

/// Declares operations as calls of the service's own functions.
macro_rules! operations {
    ($($name:ident($input:ident) -> $output:ident = $own:ident;)*) => {
        #[async_trait]
        impl S3 for Service {
            $(async fn $name(
                &self,
                request: S3Request<$input>,
            ) -> S3Result<S3Response<$output>> {
                self.$own(request).await
            })*
        }
    };
}

operations! {
    abort_multipart_upload(AbortMultipartUploadInput) -> AbortMultipartUploadOutput = abort;
    complete_multipart_upload(CompleteMultipartUploadInput) -> CompleteMultipartUploadOutput = complete;
    copy_object(CopyObjectInput) -> CopyObjectOutput = copy;
    create_bucket(CreateBucketInput) -> CreateBucketOutput = create;
    create_multipart_upload(CreateMultipartUploadInput) -> CreateMultipartUploadOutput = begin;
    delete_bucket(DeleteBucketInput) -> DeleteBucketOutput = remove;
    delete_bucket_encryption(DeleteBucketEncryptionInput) -> DeleteBucketEncryptionOutput = reset_encryption;
    delete_bucket_ownership_controls(DeleteBucketOwnershipControlsInput) -> DeleteBucketOwnershipControlsOutput = remove_ownership;
    delete_bucket_policy(DeleteBucketPolicyInput) -> DeleteBucketPolicyOutput = remove_policy;
    delete_bucket_tagging(DeleteBucketTaggingInput) -> DeleteBucketTaggingOutput = remove_bucket_tags;
    delete_object(DeleteObjectInput) -> DeleteObjectOutput = delete;
    delete_object_tagging(DeleteObjectTaggingInput) -> DeleteObjectTaggingOutput = remove_object_tags;
    delete_objects(DeleteObjectsInput) -> DeleteObjectsOutput = delete_many;
    delete_public_access_block(DeletePublicAccessBlockInput) -> DeletePublicAccessBlockOutput = remove_public_access_block;
    get_bucket_acl(GetBucketAclInput) -> GetBucketAclOutput = bucket_acl;
    get_bucket_cors(GetBucketCorsInput) -> GetBucketCorsOutput = cors;
    get_bucket_encryption(GetBucketEncryptionInput) -> GetBucketEncryptionOutput = encryption;
    get_bucket_lifecycle_configuration(GetBucketLifecycleConfigurationInput) -> GetBucketLifecycleConfigurationOutput = lifecycle;
    get_bucket_location(GetBucketLocationInput) -> GetBucketLocationOutput = location;
    get_bucket_logging(GetBucketLoggingInput) -> GetBucketLoggingOutput = logging;
    get_bucket_notification_configuration(GetBucketNotificationConfigurationInput) -> GetBucketNotificationConfigurationOutput = notifications;
    get_bucket_ownership_controls(GetBucketOwnershipControlsInput) -> GetBucketOwnershipControlsOutput = ownership;
    get_bucket_policy(GetBucketPolicyInput) -> GetBucketPolicyOutput = policy;
    get_bucket_policy_status(GetBucketPolicyStatusInput) -> GetBucketPolicyStatusOutput = policy_status;
    get_bucket_replication(GetBucketReplicationInput) -> GetBucketReplicationOutput = replication;
    get_bucket_tagging(GetBucketTaggingInput) -> GetBucketTaggingOutput = bucket_tags;
    get_bucket_versioning(GetBucketVersioningInput) -> GetBucketVersioningOutput = versioning;
    get_bucket_website(GetBucketWebsiteInput) -> GetBucketWebsiteOutput = website;
    get_object(GetObjectInput) -> GetObjectOutput = get;
    get_object_acl(GetObjectAclInput) -> GetObjectAclOutput = object_acl;
    get_object_attributes(GetObjectAttributesInput) -> GetObjectAttributesOutput = attributes;
    get_object_lock_configuration(GetObjectLockConfigurationInput) -> GetObjectLockConfigurationOutput = object_lock;
    get_object_tagging(GetObjectTaggingInput) -> GetObjectTaggingOutput = object_tags;
    get_public_access_block(GetPublicAccessBlockInput) -> GetPublicAccessBlockOutput = public_access_block;
    head_bucket(HeadBucketInput) -> HeadBucketOutput = head;
    head_object(HeadObjectInput) -> HeadObjectOutput = head_object_of;
    list_buckets(ListBucketsInput) -> ListBucketsOutput = buckets;
    list_multipart_uploads(ListMultipartUploadsInput) -> ListMultipartUploadsOutput = uploads;
    list_object_versions(ListObjectVersionsInput) -> ListObjectVersionsOutput = list_all_versions;
    list_objects(ListObjectsInput) -> ListObjectsOutput = list_v1;
    list_objects_v2(ListObjectsV2Input) -> ListObjectsV2Output = list_v2;
    list_parts(ListPartsInput) -> ListPartsOutput = parts;
    put_bucket_acl(PutBucketAclInput) -> PutBucketAclOutput = set_bucket_acl;
    put_bucket_encryption(PutBucketEncryptionInput) -> PutBucketEncryptionOutput = set_encryption;
    put_bucket_ownership_controls(PutBucketOwnershipControlsInput) -> PutBucketOwnershipControlsOutput = set_ownership;
    put_bucket_policy(PutBucketPolicyInput) -> PutBucketPolicyOutput = set_policy;
    put_bucket_tagging(PutBucketTaggingInput) -> PutBucketTaggingOutput = set_bucket_tags;
    put_bucket_versioning(PutBucketVersioningInput) -> PutBucketVersioningOutput = set_versioning;
    put_object(PutObjectInput) -> PutObjectOutput = put;
    put_object_acl(PutObjectAclInput) -> PutObjectAclOutput = set_object_acl;
    put_object_tagging(PutObjectTaggingInput) -> PutObjectTaggingOutput = set_object_tags;
    put_public_access_block(PutPublicAccessBlockInput) -> PutPublicAccessBlockOutput = set_public_access_block;
    upload_part(UploadPartInput) -> UploadPartOutput = part;
    upload_part_copy(UploadPartCopyInput) -> UploadPartCopyOutput = copy_part;
}
