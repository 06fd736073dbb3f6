//! The SDK's errors as the model's codes.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use pillbox_model::{ErrorCode, Failure};

/// What was asked, as far as its failure speaks of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    /// The permission that it needs.
    pub(crate) permission: &'static str,
    pub(crate) bucket: &'a str,
    /// The Region that it was signed for.
    pub(crate) region: &'a str,
}

/// What a service answered instead of what was asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Refusal<'a> {
    pub(crate) status: u16,
    /// The service's code; none in answers without a body (to HEAD).
    pub(crate) code: Option<&'a str>,
    pub(crate) message: Option<&'a str>,
    /// The Region of the bucket, where S3 says it (`x-amz-bucket-region`).
    pub(crate) bucket_region: Option<&'a str>,
}

/// What the service answered; `None` when there was no answer.
pub(crate) fn refusal<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<Refusal<'_>> {
    let (response, metadata) = match error {
        SdkError::ServiceError(answer) => (answer.raw(), Some(answer.err().meta())),
        SdkError::ResponseError(answer) => (answer.raw(), None),
        _ => return None,
    };
    Some(Refusal {
        status: response.status().as_u16(),
        code: metadata.and_then(|metadata| metadata.code()),
        message: metadata.and_then(|metadata| metadata.message()),
        bucket_region: response.headers().get("x-amz-bucket-region"),
    })
}

/// What went wrong with `call`.
pub(crate) fn failure<E>(error: &SdkError<E, HttpResponse>, call: Call<'_>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ServiceError(_) => of_refusal(refusal(error).unwrap_or_default(), call),
        SdkError::TimeoutError(_) => Failure::new(ErrorCode::ConnectionLost),
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) => of_connector(error),
            None => of_chain(error),
        },
        SdkError::ResponseError(_) if refusal(error).is_some_and(|answer| answer.status >= 300) => {
            of_refusal(refusal(error).unwrap_or_default(), call)
        }
        // The answer broke off after it had begun.
        SdkError::ResponseError(_) if chain(error).any(<dyn Error>::is::<std::io::Error>) => {
            ErrorCode::ConnectionLost.into()
        }
        _ => of_chain(error),
    }
}

/// What the service's answer means. The codes are those of the S3 API Reference, "Error responses", and of
/// the common errors of the STS API Reference.
pub(crate) fn of_refusal(answer: Refusal<'_>, call: Call<'_>) -> Failure {
    let message = answer.message.unwrap_or_default();
    match answer.code.unwrap_or_default() {
        "InvalidAccessKeyId"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "InvalidToken"
        | "IncompleteSignature"
        | "NotSignedUp" => ErrorCode::WrongKey.into(),
        // STS answers a clock that is off with a signature that has expired or is not yet valid.
        "SignatureDoesNotMatch" if message.starts_with("Signature expired") || message.contains("not yet current") => {
            ErrorCode::ClockSkewed.into()
        }
        "SignatureDoesNotMatch" => ErrorCode::WrongKey.into(),
        "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired" | "RequestExpired" => {
            ErrorCode::ExpiredToken.into()
        }
        "RequestTimeTooSkewed" | "RequestInTheFuture" => ErrorCode::ClockSkewed.into(),
        "NoSuchBucket" => Failure::about(ErrorCode::NoSuchBucket, call.bucket),
        "InvalidBucketName" => Failure::about(ErrorCode::InvalidInput, "bucket"),
        "BucketAlreadyExists" => Failure::about(ErrorCode::BucketOfAnotherAccount, call.bucket),
        "NoSuchKey" | "NoSuchVersion" => ErrorCode::NoSuchObject.into(),
        "NoSuchUpload" => Failure::about(ErrorCode::NotFound, "upload"),
        "KeyTooLongError" => ErrorCode::KeyNotUsable.into(),
        "InvalidObjectState" => ErrorCode::ObjectArchived.into(),
        "BadDigest" | "InvalidDigest" | "XAmzContentSHA256Mismatch" | "XAmzContentChecksumMismatch" => {
            ErrorCode::ChecksumMismatch.into()
        }
        "AuthorizationHeaderMalformed" if answer.bucket_region.is_none() && !message.contains("region") => {
            ErrorCode::WrongKey.into()
        }
        "PermanentRedirect"
        | "TemporaryRedirect"
        | "AuthorizationHeaderMalformed"
        | "IncorrectEndpoint"
        | "IllegalLocationConstraintException" => wrong_region(answer, call),
        "NotImplemented" | "MethodNotAllowed" | "UnsupportedOperation" => ErrorCode::NotSupported.into(),
        "SlowDown"
        | "ServiceUnavailable"
        | "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "BandwidthLimitExceeded"
        | "Busy" => ErrorCode::SlowDown.into(),
        "RequestTimeout" | "IncompleteBody" => ErrorCode::ConnectionLost.into(),
        "AccessDenied" | "AccessDeniedException" | "AllAccessDisabled" | "AccountProblem" | "UnauthorizedAccess" => {
            denied(message, call)
        }
        code => of_status(answer, code, call),
    }
}

fn of_status(answer: Refusal<'_>, code: &str, call: Call<'_>) -> Failure {
    match answer.status {
        301 | 307 => wrong_region(answer, call),
        400 if code.is_empty() && answer.bucket_region.is_some_and(|region| region != call.region) => {
            wrong_region(answer, call)
        }
        401 | 403 => denied(answer.message.unwrap_or_default(), call),
        404 if code.is_empty() || code == "NotFound" => ErrorCode::NoSuchObject.into(),
        405 | 501 => ErrorCode::NotSupported.into(),
        429 | 503 => ErrorCode::SlowDown.into(),
        _ if code.is_empty() => ErrorCode::ServiceError.into(),
        _ => Failure::about(ErrorCode::ServiceError, code),
    }
}

fn wrong_region(answer: Refusal<'_>, call: Call<'_>) -> Failure {
    Failure::about(ErrorCode::WrongRegion, answer.bucket_region.unwrap_or(call.region))
}

/// The message of a refusal names the action that was refused, which may be another than the one called (KMS
/// for an encrypted bucket), and says when an organisation refused it (IAM User Guide, "Troubleshoot access
/// denied error messages"), where the service gives the reason at all.
fn denied(message: &str, call: Call<'_>) -> Failure {
    // What S3 Object Lock keeps can't be deleted whatever the key may do (S3 User Guide, "Locking objects").
    if message.to_ascii_lowercase().contains("object lock") {
        return ErrorCode::ObjectLocked.into();
    }
    let code = if message.contains("service control policy") || message.contains("resource control policy") {
        ErrorCode::ManagedByOrganisation
    } else {
        ErrorCode::AccessDenied
    };
    Failure::about(code, refused_action(message).unwrap_or(call.permission))
}

fn refused_action(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("not authorized to perform: ")?;
    let action = rest.split_whitespace().next()?;
    let is_action = action.split_once(':').is_some_and(|(service, name)| {
        let word =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        word(service) && word(name)
    });
    is_action.then_some(action)
}

/// What finding credentials met.
pub(crate) fn of_credentials(error: &CredentialsError) -> Failure {
    if let Some(failure) = transport(error) {
        return failure;
    }
    let code = match error {
        CredentialsError::ProviderTimedOut(_) => ErrorCode::ConnectionLost,
        _ if says_expired(error) => ErrorCode::ExpiredToken,
        _ => ErrorCode::NoCredentials,
    };
    code.into()
}

/// SSO and role providers name expiry in words or codes only.
fn says_expired(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|link| {
        let text = link.to_string();
        ["expired", "ExpiredToken", "UnauthorizedException", "InvalidGrantException"]
            .iter()
            .any(|word| text.contains(word))
    })
}

fn of_connector(error: &ConnectorError) -> Failure {
    transport(error).unwrap_or(Failure { code: ErrorCode::ConnectionLost, about: None })
}

fn of_chain(error: &(dyn Error + 'static)) -> Failure {
    if let Some(credentials) = chain(error).find_map(|link| link.downcast_ref::<CredentialsError>()) {
        return of_credentials(credentials);
    }
    transport(error).unwrap_or(Failure { code: ErrorCode::ServiceError, about: None })
}

/// What went wrong on the way, where that is what went wrong: no connection at all, or one that was lost.
fn transport(error: &(dyn Error + 'static)) -> Option<Failure> {
    let connecting = |link: &(dyn Error + 'static)| {
        link.downcast_ref::<hyper_util::client::legacy::Error>().is_some_and(|error| error.is_connect())
    };
    if chain(error).any(connecting) {
        return Some(ErrorCode::NoNetwork.into());
    }
    let lost = chain(error).any(|link| link.downcast_ref::<ConnectorError>().is_some_and(|error| !error.is_user()));
    lost.then(|| ErrorCode::ConnectionLost.into())
}

/// What went wrong while a body was read.
pub(crate) fn of_body(error: &(dyn Error + 'static)) -> Failure {
    if chain(error).any(|link| link.is::<aws_smithy_checksums::body::validate::Error>()) {
        return ErrorCode::ChecksumMismatch.into();
    }
    ErrorCode::ConnectionLost.into()
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    // The source of an I/O error is its payload's source, which leaves the payload itself out.
    std::iter::successors(Some(error), |&link| {
        match link.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref()) {
            Some(payload) => Some(payload),
            None => link.source(),
        }
    })
}
