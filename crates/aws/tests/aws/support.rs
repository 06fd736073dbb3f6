//! A store on loopback that answers what a test says, and remembers what it was asked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use pillbox_aws::{Client, ClientSettings, Credentials};
use pillbox_model::Secret;
use tokio::net::TcpListener;

pub(crate) const BUCKET: &str = "the-practice";
pub(crate) const OWNER: &str = "111122223333";

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Whether the query has this parameter, with or without a value.
    pub(crate) fn asks(&self, parameter: &str) -> bool {
        self.query.split('&').any(|pair| pair.split('=').next() == Some(parameter))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What is answered; `None` hangs up.
pub(crate) type Answer = Option<Response<Full<Bytes>>>;

pub(crate) fn ok(body: &str) -> Answer {
    reply(200, &[], body)
}

pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Some(response.body(Full::from(body.to_owned())).unwrap())
}

/// An error as S3 writes it.
pub(crate) fn refuse(status: u16, code: &str) -> Answer {
    refuse_saying(status, code, "said by a test")
}

pub(crate) fn refuse_saying(status: u16, code: &str, message: &str) -> Answer {
    reply(
        status,
        &[("content-type", "application/xml")],
        &format!("<Error><Code>{code}</Code><Message>{message}</Message><RequestId>1</RequestId></Error>"),
    )
}

/// What STS says of [`OWNER`]'s user.
pub(crate) fn identity() -> Answer {
    ok("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
        <Arn>arn:aws:iam::111122223333:user/clinic</Arn><UserId>AIDA</UserId><Account>111122223333</Account>\
        </GetCallerIdentityResult></GetCallerIdentityResponse>")
}

/// The store of one test.
pub(crate) struct Store {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Store {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (remembered, answer) = (seen.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (remembered, answer) = (remembered.clone(), answer.clone());
                let service = service_fn(move |request| {
                    let (remembered, answer) = (remembered.clone(), answer.clone());
                    async move {
                        let seen = take_in(request).await;
                        remembered.lock().unwrap().push(seen.clone());
                        answer(&seen).ok_or("hung up")
                    }
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
                );
            }
        });
        Self { address, seen }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) async fn client(&self) -> Client {
        connect(self.endpoint()).await
    }

    pub(crate) async fn owned_client(&self) -> Client {
        self.client().await.with_expected_owner(OWNER.to_owned())
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

pub(crate) async fn connect(endpoint_url: String) -> Client {
    Client::connect(ClientSettings {
        credentials: Credentials::Static {
            access_key_id: "AKIDEXAMPLE".to_owned(),
            secret: Secret::new("example"),
            session_token: None,
        },
        region: Some("ap-southeast-2".to_owned()),
        endpoint_url: Some(endpoint_url),
        expected_owner: None,
        answer_limit: None,
    })
    .await
    .unwrap()
}

async fn take_in(request: Request<Incoming>) -> Seen {
    let (head, body) = request.into_parts();
    Seen {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.collect().await.map(|body| body.to_bytes()).unwrap_or_default(),
    }
}
