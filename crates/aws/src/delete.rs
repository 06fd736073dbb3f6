//! Taking objects away: hidden by a delete marker, or one version for ever.

use pillbox_model::Failure;

use crate::errors::{failure, refusal};
use crate::{Client, PutError};

/// What S3 did when it was asked to delete an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// The delete marker that hides the object; `None` where the bucket keeps no versions, so that the object is
    /// gone.
    pub marker: Option<String>,
}

impl Client {
    /// Hides the object that is there under a delete marker, as long as it has this entity tag. Where the bucket
    /// keeps no versions, the object is gone; where versioning is suspended, its `null` version is.
    ///
    /// `Changed` when another object is there by now, or none; `AccessDenied` about `s3:DeleteObject`.
    pub async fn hide(&self, bucket: &str, key: &str, e_tag: &str) -> Result<Hidden, PutError> {
        let answer = self
            .s3()
            .delete_object()
            .bucket(bucket)
            .key(key)
            .if_match(e_tag)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await;
        match answer {
            Ok(answer) => Ok(Hidden { marker: answer.version_id.filter(|_| answer.delete_marker == Some(true)) }),
            Err(error) => match refusal(&error) {
                Some(answer) if matches!(answer.status, 404 | 409 | 412) && answer.code != Some("NoSuchBucket") => {
                    Err(PutError::Changed)
                }
                _ => Err(failure(&error, self.call("s3:DeleteObject", bucket)).into()),
            },
        }
    }

    /// Deletes one version for ever; of a delete marker, what it hid is there again. Good as well when it is gone
    /// already.
    ///
    /// `ObjectLocked` where retention or a legal hold keeps it; `AccessDenied` about `s3:DeleteObjectVersion`.
    pub async fn delete_version(&self, bucket: &str, key: &str, version: &str) -> Result<(), Failure> {
        let answer = self
            .s3()
            .delete_object()
            .bucket(bucket)
            .key(key)
            .version_id(version)
            .set_expected_bucket_owner(self.owner())
            .send()
            .await;
        match answer {
            Ok(_) => Ok(()),
            Err(error) if refusal(&error).and_then(|answer| answer.code) == Some("NoSuchVersion") => Ok(()),
            Err(error) => Err(failure(&error, self.call("s3:DeleteObjectVersion", bucket))),
        }
    }
}
