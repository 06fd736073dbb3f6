//! Which endpoint each service is called at.

use std::net::IpAddr;

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use http::Uri;
use pillbox_model::{ErrorCode, Failure};

/// An endpoint that somebody gave, by argument, environment or profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    url: String,
    host: String,
}

impl Endpoint {
    /// Takes a URL in. Without TLS it must be on this computer (`EndpointNotSecure`); what is no http or https
    /// URL is `InvalidInput`.
    pub(crate) fn parse(url: &str) -> Result<Self, Failure> {
        let no_url = || Failure::about(ErrorCode::InvalidInput, "endpoint-url");
        let uri: Uri = url.parse().map_err(|_| no_url())?;
        let host = uri.host().ok_or_else(no_url)?.trim_matches(['[', ']']).to_ascii_lowercase();
        let endpoint = Self { url: url.trim_end_matches('/').to_owned(), host };
        match uri.scheme_str() {
            Some("https") => Ok(endpoint),
            Some("http") if endpoint.is_loopback() => Ok(endpoint),
            Some("http") => Err(Failure::about(ErrorCode::EndpointNotSecure, endpoint.url)),
            _ => Err(no_url()),
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whether it is on this computer.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether it is reached without TLS.
    pub(crate) fn is_plain(&self) -> bool {
        self.url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"))
    }

    /// Whether it is one of Amazon's own hosts, such as a VPC endpoint, where the other services have hosts
    /// of their own.
    fn is_amazon(&self) -> bool {
        [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"].iter().any(|suffix| self.host.ends_with(suffix))
    }
}

/// The endpoints of one connection; `None`: Amazon's own.
#[derive(Debug, Clone)]
pub(crate) struct Endpoints {
    pub(crate) s3: Option<Endpoint>,
    pub(crate) s3_control: Option<Endpoint>,
    pub(crate) sts: Option<Endpoint>,
}

impl Endpoints {
    /// The endpoint given to this connection, or what the configuration says for each service: an endpoint of
    /// its own (`AWS_ENDPOINT_URL_STS` and the like), or the one for all. STS and S3 Control follow the endpoint
    /// of S3 unless that is Amazon's.
    pub(crate) fn of(given: Option<&str>, config: &SdkConfig) -> Result<Self, Failure> {
        let configured = |service: &str| configured(config, service).map(|url| Endpoint::parse(&url)).transpose();
        if let Some(given) = given {
            let s3 = Endpoint::parse(given)?;
            if !s3.is_amazon() {
                return Ok(Self { s3_control: Some(s3.clone()), sts: Some(s3.clone()), s3: Some(s3) });
            }
            return Ok(Self { s3: Some(s3), s3_control: configured("S3 Control")?, sts: configured("STS")? });
        }
        let s3 = configured("S3")?;
        let leader = s3.clone().filter(|endpoint| !endpoint.is_amazon());
        Ok(Self {
            s3_control: configured("S3 Control")?.or_else(|| leader.clone()),
            sts: configured("STS")?.or(leader),
            s3,
        })
    }

    /// The endpoint, where it is the same for all services.
    pub(crate) fn only(&self) -> Option<&Endpoint> {
        self.s3.as_ref().filter(|s3| self.sts.as_ref() == Some(s3) && self.s3_control.as_ref() == Some(s3))
    }

    /// Whether S3 itself is somewhere other than at Amazon's.
    pub(crate) fn is_foreign(&self) -> bool {
        self.s3.as_ref().is_some_and(|endpoint| !endpoint.is_amazon())
    }
}

fn configured(config: &SdkConfig, service: &str) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    config
        .service_config()
        .and_then(|values| values.load_config(key.ok()?))
        .or_else(|| config.endpoint_url().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_computer() {
        for url in ["http://127.0.0.1:9000", "http://localhost:1", "http://[::1]:9000/", "https://s3.example.org"] {
            assert!(Endpoint::parse(url).is_ok(), "{url}");
        }
        for url in ["http://192.0.2.7", "http://localhost.example.org", "http://127.0.0.1.example.org:80"] {
            assert_eq!(Endpoint::parse(url).unwrap_err().code, ErrorCode::EndpointNotSecure, "{url}");
        }
        for url in ["", "s3.example.org", "ftp://127.0.0.1", "http://"] {
            assert_eq!(Endpoint::parse(url).unwrap_err().code, ErrorCode::InvalidInput, "{url}");
        }
    }

    #[test]
    fn amazons_own_hosts_are_known() {
        let endpoint = |url| Endpoint::parse(url).unwrap();
        assert!(endpoint("https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com").is_amazon());
        assert!(!endpoint("https://amazonaws.com.example.org").is_amazon());
    }
}
