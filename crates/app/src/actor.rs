//! Who does what is done: the name for the record.

/// The operating system's user, for example `reception`. On AWS the caller's ARN is recorded beside it.
pub(crate) fn os_user() -> String {
    let name = |variable| std::env::var(variable).ok().filter(|name| !name.is_empty());
    name("USER").or_else(|| name("USERNAME")).or_else(|| name("LOGNAME")).unwrap_or_else(|| "unknown".to_owned())
}
