//! The running server: opening the store, listening on loopback, stopping.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderValue, Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::SandboxError;
use crate::access::{Access, Peer};
use crate::auth::OneKey;
use crate::route::{Beside, RequestId, Target};
use crate::service::Service;
use crate::store::Store;

/// How long open connections may take to end when the sandbox stops.
const GRACE: Duration = Duration::from_secs(5);

/// How a sandbox is to run.
#[derive(Clone)]
pub struct SandboxOptions {
    /// Where buckets and objects are kept; created where it is missing, for the owner alone.
    pub data_dir: PathBuf,
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The access key id of the account's user.
    pub access_key: String,
    /// The secret that belongs to the access key.
    pub secret_key: String,
    /// The region that buckets are in.
    pub region: String,
    /// The account's id, twelve digits.
    pub account_id: String,
}

impl SandboxOptions {
    /// Options with any free port, the region `ap-southeast-2` and the account `111122223333`.
    #[must_use]
    pub fn new(data_dir: impl Into<PathBuf>, access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self {
            data_dir: data_dir.into(),
            port: 0,
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            region: "ap-southeast-2".to_owned(),
            account_id: "111122223333".to_owned(),
        }
    }

    fn check(&self) -> Result<(), SandboxError> {
        let digits = self.account_id.bytes().all(|byte| byte.is_ascii_digit());
        if self.account_id.len() != 12 || !digits {
            return Err(SandboxError::Options("the account id must have twelve digits"));
        }
        if self.access_key.is_empty() || self.secret_key.is_empty() {
            return Err(SandboxError::Options("the access key and its secret must not be empty"));
        }
        if self.region.is_empty() {
            return Err(SandboxError::Options("the region must not be empty"));
        }
        Ok(())
    }
}

/// A running S3 server. Dropping it stops it without waiting for requests under way.
pub struct Sandbox {
    address: SocketAddr,
    options: SandboxOptions,
    pub(crate) store: Store,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

impl Sandbox {
    /// Opens the data directory and listens on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// [`SandboxError::InUse`] where another sandbox has the data directory,
    /// [`SandboxError::Listen`] where the port is taken, [`SandboxError::Options`] where the
    /// options make no sense; the directory's and the database's own errors otherwise.
    pub async fn start(options: SandboxOptions) -> Result<Self, SandboxError> {
        options.check()?;
        let directory = options.data_dir.clone();
        let store =
            tokio::task::spawn_blocking(move || Store::open(&directory)).await.map_err(|_| SandboxError::Stopped)??;
        let listen = |source| SandboxError::Listen { port: options.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(serve(listener, service(&options, &store), stopped));
        Ok(Self { address, options, store, stop: Some(stop), serving })
    }

    /// The URL to give to clients as their endpoint, for S3, S3 Control and STS alike.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The id of the account that owns everything in the sandbox.
    #[must_use]
    pub fn account_id(&self) -> &str {
        &self.options.account_id
    }

    /// The region that buckets are in.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.options.region
    }

    /// The access key id that requests are signed with.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.options.access_key
    }

    /// Takes no more connections, waits a few seconds for requests under way, and closes the
    /// data directory.
    ///
    /// # Errors
    ///
    /// [`SandboxError::Stopped`] where the server had already ended by itself.
    pub async fn stop(mut self) -> Result<(), SandboxError> {
        if let Some(stop) = self.stop.take() {
            // A server that has ended already cannot be told; waiting for it says so.
            let _ = stop.send(());
        }
        let ended = self.serving.await.map_err(|_| SandboxError::Stopped);
        let store = self.store;
        tokio::task::spawn_blocking(move || drop(store)).await.map_err(|_| SandboxError::Stopped)?;
        ended
    }
}

fn service(options: &SandboxOptions, store: &Store) -> S3Service {
    let access = Access::new(store.clone(), options.account_id.clone());
    let mut builder = S3ServiceBuilder::new(Service {
        store: store.clone(),
        access: access.clone(),
        account_id: options.account_id.clone(),
        region: options.region.clone(),
    });
    builder.set_auth(OneKey::new(options.access_key.clone(), options.secret_key.clone()));
    builder.set_access(access);
    builder.set_route(Beside { store: store.clone(), account_id: options.account_id.clone() });
    builder.build()
}

async fn serve(listener: TcpListener, service: S3Service, mut stopped: oneshot::Receiver<()>) {
    let server = Builder::new(TokioExecutor::new());
    let graceful = GracefulShutdown::new();
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // The sender is dropped with the sandbox, which also means to stop.
            _ = &mut stopped => break,
        };
        // A connection that failed before it was accepted is its client's affair.
        let Ok((stream, peer)) = accepted else { continue };
        drop(stream.set_nodelay(true));
        let service = service.clone();
        let handler = service_fn(move |request| answer(service.clone(), peer, request));
        let connection = server.serve_connection_with_upgrades(TokioIo::new(stream), handler);
        let connection = graceful.watch(connection.into_owned());
        connections.spawn(async move {
            // A client that goes away in the middle is not the server's failure.
            drop(connection.await);
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    drop(tokio::time::timeout(GRACE, graceful.shutdown()).await);
    connections.shutdown().await;
}

async fn answer(service: S3Service, peer: SocketAddr, request: Request<Incoming>) -> Result<Response<Body>, HttpError> {
    let target = Target::of(request.method(), request.uri(), request.headers());
    let id = Uuid::new_v4().simple().to_string();
    let mut request = request.map(Body::from);
    request.extensions_mut().insert(Peer(peer.ip()));
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = service.call(request).await?;
    if target != Target::S3 && response.status().as_u16() >= 400 {
        response = in_error_response(response, &id).await;
    }
    let headers = response.headers_mut();
    headers.insert("server", HeaderValue::from_static("PillboxSandbox"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-amz-request-id", id);
    }
    Ok(response)
}

/// STS and S3 Control wrap their errors, S3 does not.
async fn in_error_response(response: Response<Body>, id: &str) -> Response<Body> {
    let (mut parts, mut body) = response.into_parts();
    let xml = body.store_all_limited(64 * 1024).await.unwrap_or_default();
    let xml = String::from_utf8_lossy(&xml);
    let error = xml.find("<Error>").map(|at| &xml[at..]);
    let wrapped = match error {
        Some(error) if !xml.contains("<ErrorResponse") => {
            format!("<ErrorResponse>{error}<RequestId>{id}</RequestId></ErrorResponse>")
        }
        _ => xml.clone().into_owned(),
    };
    parts.headers.remove("content-length");
    Response::from_parts(parts, Body::from(wrapped))
}
