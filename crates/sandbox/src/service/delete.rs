//! Deleting objects, one or up to a thousand at a time.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::Service;
use super::objects::condition;
use crate::access::{Action, Asked, Request};
use crate::answer::store_error;
use crate::store::{Condition, Deleted};

/// The most keys one request may name.
const MOST: usize = 1000;

impl Service {
    pub(super) async fn delete(
        &self,
        request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let input = request.input;
        let condition = condition(input.if_match.as_ref(), None)?;
        let deleted = self
            .store
            .delete(&input.bucket, &input.key, input.version_id.as_deref(), condition)
            .await
            .map_err(store_error)?;
        let output = DeleteObjectOutput {
            delete_marker: deleted.delete_marker.then_some(true),
            version_id: deleted.version,
            ..DeleteObjectOutput::default()
        };
        Ok(S3Response::new(output))
    }

    pub(super) async fn delete_many(
        &self,
        request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let asked = Self::asked(&request)?;
        let input = request.input;
        self.bucket(&input.bucket).await?;
        if input.delete.objects.is_empty() || input.delete.objects.len() > MOST {
            return Err(s3_error!(
                MalformedXML,
                "The XML you provided was not well-formed or did not validate against our \
                 published schema"
            ));
        }
        let quiet = input.delete.quiet == Some(true);
        let (mut deleted, mut errors) = (Vec::new(), Vec::new());
        for object in input.delete.objects {
            match self.delete_one(&asked, &input.bucket, &object).await {
                Ok(_) if quiet => {}
                Ok(done) => deleted.push(DeletedObject {
                    delete_marker: done.delete_marker.then_some(true),
                    delete_marker_version_id: done.delete_marker.then_some(done.version).flatten(),
                    key: Some(object.key),
                    version_id: object.version_id,
                }),
                Err(error) => errors.push(Error {
                    code: Some(error.code().as_str().to_owned()),
                    key: Some(object.key),
                    message: error.message().map(str::to_owned),
                    version_id: object.version_id,
                }),
            }
        }
        Ok(S3Response::new(DeleteObjectsOutput { deleted: Some(deleted), errors: Some(errors), request_charged: None }))
    }

    async fn delete_one(&self, asked: &Asked, bucket: &str, object: &ObjectIdentifier) -> S3Result<Deleted> {
        let version = object.version_id.as_deref();
        let action = match version {
            Some(_) => Action::DELETE_OBJECT_VERSION,
            None => Action::DELETE_OBJECT,
        };
        self.access
            .authorize(&Request {
                caller: asked.caller,
                action,
                bucket,
                key: Some(&object.key),
                version,
                context: &asked.context,
            })
            .await?;
        let etag = object.e_tag.as_ref().map(|etag| etag.value().to_owned());
        let condition = Condition { absent: false, etag };
        self.store.delete(bucket, &object.key, version, condition).await.map_err(store_error)
    }
}
