//! The gate: nothing leaves for a bucket that is not shut.

use pillbox_model::{BucketSnapshot, ErrorCode, Failure, Gate, Upload};

/// Whether an upload may go, by the bucket's settings at this moment.
///
/// # Errors
/// [`ErrorCode::BucketNotShut`], [`ErrorCode::BucketProtectionUnknown`], and [`ErrorCode::NotSupported`] for a
/// store without Block Public Access, unless the upload says why it may go there all the same. That reason
/// serves no other case: never a refusal, never a flag that is known to be off.
pub(crate) fn let_through(upload: &Upload, snapshot: &BucketSnapshot) -> Result<(), Failure> {
    let bucket = snapshot.bucket.clone();
    match pillbox_posture::gate(snapshot) {
        Gate::Shut => Ok(()),
        Gate::NotSupported if upload.accept_unprotected.is_some() => Ok(()),
        Gate::NotSupported => Err(Failure::about(ErrorCode::NotSupported, bucket)),
        Gate::NotShut { .. } => Err(Failure::about(ErrorCode::BucketNotShut, bucket)),
        Gate::Unknown { .. } => Err(Failure::about(ErrorCode::BucketProtectionUnknown, bucket)),
    }
}
