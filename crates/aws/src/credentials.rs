//! Where credentials come from, and the chain that looks for them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use pillbox_model::{Failure, Secret};
use tokio::sync::Mutex;

use crate::{errors, profiles};

/// What expires within this time is asked for again before it is used.
const EXPIRES_SOON: Duration = Duration::from_secs(10);

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

    async fn look(&self, config: &ProviderConfig) -> Result<Current, Failure> {
        let provider = match self {
            Self::Static { access_key_id, secret, session_token } => {
                SharedCredentialsProvider::new(aws_credential_types::Credentials::new(
                    access_key_id.trim(),
                    secret.expose().trim(),
                    session_token.as_ref().map(|token| token.expose().trim().to_owned()),
                    None,
                    "pillbox",
                ))
            }
            Self::Profile(name) => {
                profiles::require(name).await?;
                let profile = ProfileFileCredentialsProvider::builder().configure(config).profile_name(name);
                SharedCredentialsProvider::new(profile.build())
            }
            Self::Environment => SharedCredentialsProvider::new(environment_chain(config)),
        };
        match provider.provide_credentials().await {
            Ok(answer) => Ok(Current { provider, answer }),
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

/// The credentials of a connection: kept until they expire, and looked for anew on request, since files, a sign-in or a
/// program that gives them out may say something else by now.
#[derive(Debug, Clone)]
pub(crate) struct Renewable(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: Credentials,
    config: ProviderConfig,
    current: Mutex<Current>,
}

#[derive(Debug)]
struct Current {
    provider: SharedCredentialsProvider,
    answer: aws_credential_types::Credentials,
}

impl Renewable {
    /// Looks for credentials, so that a connection without any is known at once.
    ///
    /// `UnknownProfile`, `NoCredentials`, `ExpiredToken`, or what reaching the provider met.
    pub(crate) async fn find(source: Credentials, config: ProviderConfig) -> Result<Self, Failure> {
        let current = Mutex::new(source.look(&config).await?);
        Ok(Self(Arc::new(Inner { source, config, current })))
    }

    /// Looks for credentials anew, whatever was kept of them. Errors as when they were looked for first.
    pub(crate) async fn renew(&self) -> Result<(), Failure> {
        let Inner { source, config, current } = &*self.0;
        // Held all the while: nobody signs with what is known to be out of date.
        let mut current = current.lock().await;
        *current = source.look(config).await?;
        Ok(())
    }

    async fn provide(&self) -> Result<aws_credential_types::Credentials, CredentialsError> {
        let mut current = self.0.current.lock().await;
        let good_until = SystemTime::now() + EXPIRES_SOON;
        if current.answer.expiry().is_some_and(|expiry| expiry <= good_until) {
            current.answer = current.provider.provide_credentials().await?;
        }
        Ok(current.answer.clone())
    }
}

impl ProvideCredentials for Renewable {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.provide())
    }
}
