//! A sandbox in a folder of its own, and a client that signs (AWS Signature Version 4).

use bytes::Bytes;
use hmac::{Hmac, Mac};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use pillbox_sandbox::{Sandbox, SandboxOptions};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::format_description;

pub(crate) const ACCESS_KEY: &str = "AKIASANDBOXTESTS0001";
pub(crate) const SECRET_KEY: &str = "tests/of/the/sandbox/with/a/secret+of+40";
pub(crate) const ACCOUNT: &str = "111122223333";

pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) folder: TempDir,
}

pub(crate) fn options(folder: &TempDir) -> SandboxOptions {
    SandboxOptions::new(folder.path().join("data"), ACCESS_KEY, SECRET_KEY)
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(options(&folder)).await.unwrap();
        Self { sandbox, folder }
    }

    /// A world with a bucket whose Block Public Access is off and whose lists are in use.
    pub(crate) async fn with_open_bucket(name: &str) -> Self {
        let world = Self::new().await;
        let create = world.call(Method::PUT, &format!("/{name}"));
        create.header("x-amz-object-ownership", "ObjectWriter").send().await.expect(200);
        let path = format!("/{name}?publicAccessBlock");
        world.call(Method::DELETE, &path).send().await.expect(204);
        world
    }

    /// Stops the sandbox and starts it again on the same folder.
    pub(crate) async fn restart(self) -> Self {
        self.sandbox.stop().await.unwrap();
        let sandbox = Sandbox::start(options(&self.folder)).await.unwrap();
        Self { sandbox, folder: self.folder }
    }

    /// A signed request by the owner.
    pub(crate) fn call(&self, method: Method, target: &str) -> Call {
        Call {
            address: self.sandbox.endpoint().replace("http://", ""),
            method,
            target: target.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
            signer: Some(Signer::default()),
            payload: None,
        }
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.call(Method::GET, target).send().await
    }

    pub(crate) async fn put(&self, target: &str, body: impl Into<Bytes>) -> Answer {
        self.call(Method::PUT, target).body(body).send().await
    }

    pub(crate) async fn delete(&self, target: &str) -> Answer {
        self.call(Method::DELETE, target).send().await
    }

    /// The status of an unsigned GET.
    pub(crate) async fn unsigned(&self, target: &str) -> u16 {
        self.call(Method::GET, target).unsigned().send().await.status.as_u16()
    }
}

/// What a request is signed with.
pub(crate) struct Signer {
    pub(crate) access_key: &'static str,
    pub(crate) secret_key: &'static str,
    pub(crate) service: &'static str,
    pub(crate) time: OffsetDateTime,
}

impl Default for Signer {
    fn default() -> Self {
        Self { access_key: ACCESS_KEY, secret_key: SECRET_KEY, service: "s3", time: OffsetDateTime::now_utc() }
    }
}

pub(crate) struct Call {
    address: String,
    method: Method,
    target: String,
    headers: Vec<(String, String)>,
    body: Bytes,
    signer: Option<Signer>,
    /// What stands for the body's hash in the signature.
    payload: Option<&'static str>,
}

impl Call {
    /// The body is in AWS's chunks with a trailer, and neither is signed.
    pub(crate) fn streaming_with_trailer(mut self) -> Self {
        self.payload = Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn unsigned(mut self) -> Self {
        self.signer = None;
        self
    }

    pub(crate) fn signer(mut self, signer: Signer) -> Self {
        self.signer = Some(signer);
        self
    }

    pub(crate) async fn send(mut self) -> Answer {
        self.headers.push(("host".to_owned(), self.address.clone()));
        if let Some(signer) = self.signer.take() {
            self.sign(&signer);
        }
        let mut request = Request::builder().method(&self.method).uri(&self.target);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(self.body)).unwrap();
        let stream = tokio::net::TcpStream::connect(&self.address).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        let driver = tokio::spawn(connection);
        let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        driver.abort();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    fn sign(&mut self, signer: &Signer) {
        let stamp = format_description!("[year][month][day]T[hour][minute][second]Z");
        let stamp = signer.time.format(stamp).unwrap();
        let hash = match self.payload {
            Some(literal) => literal.to_owned(),
            None => hex::encode(Sha256::digest(&self.body)),
        };
        self.headers.push(("x-amz-date".to_owned(), stamp.clone()));
        if signer.service == "s3" {
            self.headers.push(("x-amz-content-sha256".to_owned(), hash.clone()));
        }
        let mut headers = self.headers.clone();
        headers.sort();
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(";");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let mut pairs: Vec<String> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| if pair.contains('=') { pair.to_owned() } else { format!("{pair}=") })
            .collect();
        pairs.sort();
        let canonical = format!("{}\n{path}\n{}\n{lines}\n{names}\n{hash}", self.method, pairs.join("&"));
        let scope = format!("{}/ap-southeast-2/{}/aws4_request", &stamp[..8], signer.service);
        let digest = hex::encode(Sha256::digest(canonical));
        let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}");
        let mut key = format!("AWS4{}", signer.secret_key).into_bytes();
        for part in scope.split('/') {
            key = mac(&key, part);
        }
        let signature = hex::encode(mac(&key, &to_sign));
        self.headers.push((
            "authorization".to_owned(),
            format!(
                "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, \
                 Signature={signature}",
                signer.access_key
            ),
        ));
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// Asserts the error that S3 answers.
    #[track_caller]
    pub(crate) fn expect_error(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.element("Code").as_str()), (status, code));
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The text of the first element of that name.
    pub(crate) fn element(&self, name: &str) -> String {
        self.elements(name).into_iter().next().unwrap_or_default()
    }

    pub(crate) fn elements(&self, name: &str) -> Vec<String> {
        let text = self.text();
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        text.split(&open)
            .skip(1)
            .filter_map(|rest| rest.split_once(&close).map(|(inside, _)| inside.to_owned()))
            .collect()
    }
}
