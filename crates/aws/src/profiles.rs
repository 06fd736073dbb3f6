//! The profiles of the shared AWS configuration files.

use aws_config::profile::ProfileSet;
use aws_types::os_shim_internal::{Env, Fs};
use pillbox_model::{ErrorCode, Failure};

/// A profile, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileSummary {
    /// Its name.
    pub name: String,
    /// The Region it says.
    pub region: Option<String>,
}

/// The profiles of the shared config and credentials files (`~/.aws`, or where `AWS_CONFIG_FILE` and
/// `AWS_SHARED_CREDENTIALS_FILE` say), by name. None when there are no such files or they can't be understood.
pub async fn profiles() -> Vec<ProfileSummary> {
    let Ok(set) = load().await else { return Vec::new() };
    let mut summaries: Vec<_> = set
        .profiles()
        .map(|name| ProfileSummary {
            name: name.to_owned(),
            region: set.get_profile(name).and_then(|profile| profile.get("region")).map(str::to_owned),
        })
        .collect();
    summaries.sort_by(|a, b| a.name.cmp(&b.name));
    summaries
}

/// `UnknownProfile` when there is no profile of this name.
pub(crate) async fn require(name: &str) -> Result<(), Failure> {
    known(&load().await?, name)
}

/// `UnknownProfile` when the environment selects a profile that is not there.
pub(crate) async fn selected() -> Result<(), Failure> {
    let set = load().await?;
    match set.selected_profile() {
        "default" => Ok(()),
        name => known(&set, name),
    }
}

fn known(set: &ProfileSet, name: &str) -> Result<(), Failure> {
    match set.get_profile(name) {
        Some(_) => Ok(()),
        None => Err(Failure::about(ErrorCode::UnknownProfile, name)),
    }
}

async fn load() -> Result<ProfileSet, Failure> {
    aws_config::profile::load(&Fs::real(), &Env::real(), &Default::default(), None)
        .await
        .map_err(|_| Failure::about(ErrorCode::NoCredentials, "AWS_CONFIG_FILE"))
}
