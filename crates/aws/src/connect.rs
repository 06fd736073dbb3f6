//! One connection: its settings and the clients behind it.

use std::sync::Arc;
use std::time::Duration;

use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::identity::IdentityCache;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::ProfileFileRegionProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_s3control::config::endpoint::{Endpoint as ResolvedEndpoint, EndpointFuture, Params, ResolveEndpoint};
use pillbox_model::Failure;

use crate::Credentials;
use crate::credentials::Renewable;
use crate::endpoint::Endpoints;
use crate::errors::Call;
use crate::http_client::http_client;
use crate::slow_downs::SlowDowns;

/// S3's own Region where nothing says another.
const DEFAULT_REGION: &str = "us-east-1";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an answer is waited for unless the connection says otherwise: until the answer to a small request is there
/// (large bodies get more, by their size), and how long a download may stand still.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
const ATTEMPTS: u32 = 3;
/// Shorter than the SDK's second: a person waits, and uploads have a retry of their own above this one.
const FIRST_BACKOFF: Duration = Duration::from_millis(200);
/// The slowest uplink that an upload is waited for, in bytes a second.
const SLOWEST_UPLINK: u64 = 16 * 1024;

/// How to reach the service.
#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// Where the credentials come from.
    pub credentials: Credentials,
    /// The Region; without one, what the environment or the profile says, else `us-east-1`.
    pub region: Option<String>,
    /// An endpoint other than Amazon's own; without one, what `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` or the
    /// profile say. `http://` only on this computer.
    pub endpoint_url: Option<String>,
    /// The account (12 digits) that owns the buckets; sent with every call.
    pub expected_owner: Option<String>,
    /// How long an answer is waited for before the request is tried again or given up; without one, 30 seconds. Large
    /// bodies get more, by their size.
    pub answer_limit: Option<Duration>,
}

/// A connection. Clones share it and its warm sockets.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) expected_owner: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) s3: aws_sdk_s3::Client,
    pub(crate) slow_downs: SlowDowns,
    /// S3 as a stranger calls it: without credentials.
    pub(crate) anonymous: aws_sdk_s3::Client,
    pub(crate) s3_control: aws_sdk_s3control::Client,
    pub(crate) sts: aws_sdk_sts::Client,
    pub(crate) region: String,
    pub(crate) endpoints: Endpoints,
    credentials: Renewable,
    answer_limit: Duration,
}

impl Client {
    /// Finds Region, endpoint and credentials. Nothing is asked of S3 yet.
    ///
    /// `EndpointNotSecure` for plain HTTP to another computer; `UnknownProfile`, `NoCredentials` and
    /// `ExpiredToken` as the credentials have it; `InvalidInput` for an endpoint that is no URL.
    pub async fn connect(settings: ClientSettings) -> Result<Self, Failure> {
        let answer_limit = settings.answer_limit.unwrap_or(ANSWER_LIMIT);
        let http = http_client(None)?;
        let profile = settings.credentials.profile();
        let region = region(settings.region.as_deref(), profile).await;
        let mut found = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .region(region.clone())
            .http_client(http.clone())
            .no_credentials()
            // They are kept, and looked for anew, by `Renewable`.
            .identity_cache(IdentityCache::no_cache())
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_BACKOFF))
            .timeout_config(timeouts(answer_limit))
            // An upload over a slow line looks stalled to the SDK, which sees only when it hands bytes to the
            // socket; uploads have a time limit by their size instead.
            .stalled_stream_protection(
                StalledStreamProtectionConfig::enabled().upload_enabled(false).grace_period(answer_limit).build(),
            )
            // SHA-256 goes with every object; a second checksum beside it is refused by some other stores.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenSupported)
            // The record carries this computer's time: a clock that is off must be put right, not worked around.
            .disable_clock_skew_correction(true);
        if let Some(profile) = profile {
            found = found.profile_name(profile);
        }
        let found = found.load().await;
        let endpoints = Endpoints::of(settings.endpoint_url.as_deref(), &found)?;
        let provider_config = ProviderConfig::without_region().with_region(Some(region.clone())).with_http_client(http);
        let credentials = Renewable::find(settings.credentials, provider_config).await?;

        let mut config = found.into_builder().endpoint_url(String::new());
        config.set_endpoint_url(None);
        if let Some(endpoint) = endpoints.only() {
            config.set_http_client(Some(http_client(Some(endpoint))?));
        }
        let unsigned = config.build();
        let signed = unsigned
            .clone()
            .into_builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials.clone()))
            .build();
        let slow_downs = SlowDowns::default();
        let s3 = s3_config(&signed, &endpoints).interceptor(slow_downs.clone()).build();
        Ok(Self {
            shared: Arc::new(Shared {
                s3: aws_sdk_s3::Client::from_conf(s3),
                slow_downs,
                anonymous: aws_sdk_s3::Client::from_conf(s3_config(&unsigned, &endpoints).allow_no_auth().build()),
                s3_control: s3_control(&signed, &endpoints),
                sts: sts(&signed, &endpoints),
                region: region.to_string(),
                endpoints,
                credentials,
                answer_limit,
            }),
            expected_owner: settings.expected_owner,
        })
    }

    /// Looks for the credentials anew, after they have expired: somebody may have signed in, or changed the files that say
    /// them. Holds for all clones. Errors as with [`Client::connect`].
    pub async fn renew(&self) -> Result<(), Failure> {
        self.shared.credentials.renew().await
    }

    /// The Region that calls are signed for.
    pub fn region(&self) -> &str {
        &self.shared.region
    }

    /// The endpoint that was given, by argument, environment or profile; `None`: Amazon's own.
    pub fn endpoint(&self) -> Option<&str> {
        self.shared.endpoints.s3.as_ref().map(crate::endpoint::Endpoint::url)
    }

    /// The same connection, which expects buckets to belong to `account` (12 digits).
    #[must_use]
    pub fn with_expected_owner(self, account: String) -> Self {
        Self { expected_owner: Some(account), ..self }
    }

    /// The account that buckets are expected to belong to.
    pub fn expected_owner(&self) -> Option<&str> {
        self.expected_owner.as_deref()
    }

    pub(crate) fn s3(&self) -> &aws_sdk_s3::Client {
        &self.shared.s3
    }

    pub(crate) fn owner(&self) -> Option<String> {
        self.expected_owner.clone()
    }

    /// A call about `bucket`, for the errors it may meet.
    pub(crate) fn call<'a>(&'a self, permission: &'static str, bucket: &'a str) -> Call<'a> {
        Call { permission, bucket, region: self.region() }
    }

    /// The time limit for sending a body of `size` bytes.
    pub(crate) fn upload_timeout(&self, size: usize) -> aws_sdk_s3::config::Builder {
        let seconds = u64::try_from(size).unwrap_or(u64::MAX) / SLOWEST_UPLINK;
        let limit = self.shared.answer_limit + Duration::from_secs(seconds);
        aws_sdk_s3::Config::builder().timeout_config(timeouts(limit))
    }

    /// The time limit for a call that the service itself may take minutes for.
    pub(crate) fn patient_timeout(&self) -> aws_sdk_s3::config::Builder {
        aws_sdk_s3::Config::builder().timeout_config(timeouts(10 * self.shared.answer_limit))
    }
}

/// The read timeout stays off: it would count the sending of the body, and a second value of it would open a
/// second pool of connections.
fn timeouts(attempt: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .disable_read_timeout()
        .operation_attempt_timeout(attempt)
        .build()
}

async fn region(given: Option<&str>, profile: Option<&str>) -> Region {
    let mut file = ProfileFileRegionProvider::builder();
    if let Some(profile) = profile {
        file = file.profile_name(profile);
    }
    let given = given.filter(|region| !region.is_empty()).map(|region| Region::new(region.to_owned()));
    RegionProviderChain::first_try(given)
        .or_else(EnvironmentVariableRegionProvider::new())
        .or_else(file.build())
        .region()
        .await
        .unwrap_or_else(|| Region::from_static(DEFAULT_REGION))
}

fn s3_config(config: &SdkConfig, endpoints: &Endpoints) -> aws_sdk_s3::config::Builder {
    let mut builder = aws_sdk_s3::config::Builder::from(config).force_path_style(endpoints.is_foreign());
    builder.set_endpoint_url(endpoints.s3.as_ref().map(|endpoint| endpoint.url().to_owned()));
    builder
}

fn sts(config: &SdkConfig, endpoints: &Endpoints) -> aws_sdk_sts::Client {
    let mut builder = aws_sdk_sts::config::Builder::from(config);
    builder.set_endpoint_url(endpoints.sts.as_ref().map(|endpoint| endpoint.url().to_owned()));
    aws_sdk_sts::Client::from_conf(builder.build())
}

fn s3_control(config: &SdkConfig, endpoints: &Endpoints) -> aws_sdk_s3control::Client {
    let mut builder = aws_sdk_s3control::config::Builder::from(config);
    builder.set_endpoint_url(None);
    if let Some(endpoint) = &endpoints.s3_control {
        builder = builder.endpoint_resolver(AsGiven(endpoint.url().to_owned()));
    }
    aws_sdk_s3control::Client::from_conf(builder.build())
}

/// S3 Control at an endpoint as it was given. The SDK's own rules put the account id before its host name,
/// which no store but Amazon's has a name for; the account goes as a header too.
#[derive(Debug)]
struct AsGiven(String);

impl ResolveEndpoint for AsGiven {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(ResolvedEndpoint::builder().url(self.0.clone()).build()))
    }
}
