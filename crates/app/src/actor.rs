//! Who does what is done: the name for the record.

/// The operating system's user, for example `reception`. On AWS the caller's ARN is recorded beside it.
pub(crate) fn os_user() -> String {
    whoami::username().unwrap_or_else(|_| "unknown".to_owned())
}
