//! The time of the computer: S3's dates are the server's.

use s3s::dto::Timestamp;
use time::OffsetDateTime;

/// Milliseconds since 1970-01-01 UTC.
pub(crate) fn now() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// Milliseconds since 1970-01-01 UTC as S3's timestamp.
pub(crate) fn timestamp(milliseconds: i64) -> Timestamp {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    Timestamp::from(time)
}
