//! The one HTTP client of a connection: TLS, certificates, proxies, warm connections.

use std::time::Duration;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use pillbox_model::{ErrorCode, Failure};

use crate::endpoint::Endpoint;

/// S3 closes idle connections after some 20 seconds; one that the service has closed costs a failed request.
const IDLE_CONNECTION: Duration = Duration::from_secs(15);

/// A client over rustls that trusts the system's certificates and those of `AWS_CA_BUNDLE`, which the SDK
/// itself does not read. Proxies are those of the environment, except towards this computer, and nothing is
/// trusted where no TLS is spoken: reading the system's certificates takes longer than all else here.
///
/// `InvalidInput` when `AWS_CA_BUNDLE` names a file that can't be read.
pub(crate) fn http_client(endpoint: Option<&Endpoint>) -> Result<SharedHttpClient, Failure> {
    let to_this_computer = endpoint.is_some_and(Endpoint::is_loopback);
    let tls = TlsContext::builder()
        .with_trust_store(if endpoint.is_some_and(Endpoint::is_plain) { TrustStore::empty() } else { trust_store()? })
        .build()
        .map_err(|_| Failure::new(ErrorCode::Internal))?;
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder()
            .proxy_config(if to_this_computer { ProxyConfig::disabled() } else { ProxyConfig::from_env() })
            .pool_idle_timeout(IDLE_CONNECTION)
            // Small requests are written in several pieces; waiting for acknowledgements between them costs
            // a round trip each.
            .enable_tcp_nodelay(true);
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(|components| components.sleep_impl()));
        connector.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(tls.clone()).build()
    }))
}

fn trust_store() -> Result<TrustStore, Failure> {
    let store = TrustStore::default();
    let Some(path) = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) else {
        return Ok(store);
    };
    let certificates = std::fs::read(path).map_err(|_| Failure::about(ErrorCode::InvalidInput, "AWS_CA_BUNDLE"))?;
    Ok(store.with_pem_certificate(certificates))
}
