//! From what went wrong inside to the error S3 answers.

use http::StatusCode;
use s3s::{S3Error, S3ErrorCode, s3_error};

use crate::store::StoreError;

pub(crate) fn store_error(error: StoreError) -> S3Error {
    match error {
        StoreError::NoSuchBucket => {
            s3_error!(NoSuchBucket, "The specified bucket does not exist")
        }
        StoreError::BucketExists => s3_error!(
            BucketAlreadyOwnedByYou,
            "Your previous request to create the named bucket succeeded and you already own it."
        ),
        StoreError::BucketNotEmpty => {
            s3_error!(BucketNotEmpty, "The bucket you tried to delete is not empty")
        }
        StoreError::NoSuchKey => s3_error!(NoSuchKey, "The specified key does not exist."),
        StoreError::NoSuchVersion => {
            s3_error!(NoSuchVersion, "The specified version does not exist.")
        }
        StoreError::NoSuchUpload => s3_error!(
            NoSuchUpload,
            "The specified upload does not exist. The upload ID may be invalid, or the upload \
             may have been aborted or completed."
        ),
        StoreError::PreconditionFailed => {
            s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold")
        }
        StoreError::Io(error) => internal(error),
        StoreError::Database(error) => internal(error),
        StoreError::Damaged(error) => internal(error),
        StoreError::Closed => s3_error!(ServiceUnavailable, "The sandbox is stopping"),
    }
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> S3Error {
    s3_error!(error, InternalError, "We encountered an internal error. Please try again.")
}

/// An error whose code S3 has and the protocol crate does not name.
pub(crate) fn custom(code: &str, status: StatusCode, message: &'static str) -> S3Error {
    let mut error = S3Error::with_message(S3ErrorCode::Custom(code.into()), message);
    error.set_status_code(status);
    error
}
