//! What is served beside S3 on the same port: STS, and S3 Control's account configuration.

use async_trait::async_trait;
use http::{Extensions, HeaderMap, HeaderValue, Method, Uri};
use s3s::route::S3Route;
use s3s::{Body, S3Request, S3Response, S3Result, s3_error};

use crate::account;
use crate::store::Store;
use crate::sts;

/// The longest body these services read, in bytes.
const LONGEST: usize = 64 * 1024;

/// Which service a request is for, by what it looks like before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    S3,
    Sts,
    S3Control,
}

impl Target {
    pub(crate) fn of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let form = headers
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if uri.path() == account::PATH {
            Self::S3Control
        } else if method == Method::POST && uri.path() == "/" && form {
            Self::Sts
        } else {
            Self::S3
        }
    }
}

/// Serves signed requests that are not for S3 itself.
pub(crate) struct Beside {
    pub(crate) store: Store,
    pub(crate) account_id: String,
}

/// The id of the request, which the server gives to every one.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

#[async_trait]
impl S3Route for Beside {
    fn is_match(&self, method: &Method, uri: &Uri, headers: &HeaderMap, _: &mut Extensions) -> bool {
        Target::of(method, uri, headers) != Target::S3
    }

    async fn call(&self, mut request: S3Request<Body>) -> S3Result<S3Response<Body>> {
        let body = request
            .input
            .store_all_limited(LONGEST)
            .await
            .map_err(|_| s3_error!(InvalidRequest, "The request's body cannot be read"))?;
        let id = request.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        let (status, xml) = match Target::of(&request.method, &request.uri, &request.headers) {
            Target::S3 | Target::Sts => sts::answer(&body, &self.account_id, &id),
            Target::S3Control => {
                account::answer(&self.store, &self.account_id, &request.method, &request.headers, &body).await?
            }
        };
        let mut response = S3Response::with_status(Body::from(xml), status);
        response.headers.insert("content-type", HeaderValue::from_static("text/xml"));
        Ok(response)
    }
}
