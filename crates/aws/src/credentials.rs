//! Where credentials come from, and the chain that looks for them.

use std::sync::Mutex;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use pillbox_model::{Failure, Secret};

use crate::{errors, profiles};

/// Where the credentials of a connection come from.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// A profile of the shared AWS configuration files, with whatever it says: keys, SSO, a role, a process.
    Profile(String),
    /// An access key.
    Static {
        /// The access key id.
        access_key_id: String,
        /// The secret access key.
        secret: Secret,
        /// The session token that belongs to temporary keys.
        session_token: Option<Secret>,
    },
    /// What the environment says: AWS variables, then the profile of `AWS_PROFILE` or the default one, then a
    /// web identity token or a container's credentials. Never the metadata service of EC2: elsewhere every
    /// start would wait for an address that nobody answers at.
    Environment,
}

impl Credentials {
    /// The profile that the connection names.
    pub(crate) fn profile(&self) -> Option<&str> {
        match self {
            Self::Profile(name) => Some(name),
            Self::Static { .. } | Self::Environment => None,
        }
    }

    /// Finds the credentials once, so that a connection without any is known at once.
    ///
    /// `UnknownProfile`, `NoCredentials`, `ExpiredToken`, or what reaching the provider met.
    pub(crate) async fn provider(&self, config: &ProviderConfig) -> Result<SharedCredentialsProvider, Failure> {
        let found = match self {
            Self::Static { access_key_id, secret, session_token } => {
                return Ok(SharedCredentialsProvider::new(aws_credential_types::Credentials::new(
                    access_key_id.trim(),
                    secret.expose().trim(),
                    session_token.as_ref().map(|token| token.expose().trim().to_owned()),
                    None,
                    "pillbox",
                )));
            }
            Self::Profile(name) => {
                profiles::require(name).await?;
                Found::first(ProfileFileCredentialsProvider::builder().configure(config).profile_name(name).build())
                    .await
            }
            Self::Environment => Found::first(environment_chain(config)).await,
        };
        match found {
            Ok(found) => Ok(SharedCredentialsProvider::new(found)),
            Err(error) => Err(match (self, profiles::selected().await) {
                (Self::Environment, Err(unknown)) => unknown,
                _ => errors::of_credentials(&error),
            }),
        }
    }
}

fn environment_chain(config: &ProviderConfig) -> CredentialsProviderChain {
    CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
        .or_else("Profile", ProfileFileCredentialsProvider::builder().configure(config).build())
        .or_else("WebIdentityToken", WebIdentityTokenCredentialsProvider::builder().configure(config).build())
        .or_else("Container", EcsCredentialsProvider::builder().configure(config).build())
}

/// A provider that has been asked once already, and hands that answer to whoever asks next.
#[derive(Debug)]
struct Found {
    answer: Mutex<Option<aws_credential_types::Credentials>>,
    provider: SharedCredentialsProvider,
}

impl Found {
    async fn first(provider: impl ProvideCredentials + 'static) -> Result<Self, CredentialsError> {
        let provider = SharedCredentialsProvider::new(provider);
        let answer = provider.provide_credentials().await?;
        Ok(Self { answer: Mutex::new(Some(answer)), provider })
    }
}

impl ProvideCredentials for Found {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let answer = self.answer.lock().ok().and_then(|mut answer| answer.take());
        match answer {
            Some(credentials) => future::ProvideCredentials::ready(Ok(credentials)),
            None => self.provider.provide_credentials(),
        }
    }
}
