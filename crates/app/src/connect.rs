//! Connections: from what a person chose to a client that reaches the bucket.

use pillbox_aws::{Client, ClientSettings, Credentials};
use pillbox_model::{Connection, CredentialSource, ErrorCode, Failure, Secret, Upload};

use crate::app::App;
use crate::wire::{AppState, NewConnection};

/// The destination that a new connection proposes.
pub(crate) const DEFAULT_PREFIX: &str = "prescriptions/{yyyy}/{mm}/";

/// An open connection.
#[derive(Clone)]
pub struct Session {
    /// What it was opened with; its account is pinned.
    pub connection: Connection,
    /// The client.
    pub(crate) client: Client,
    /// The key's own identity, where the store tells it.
    pub caller_arn: Option<String>,
}

impl Session {
    async fn open(settings: ClientSettings, connection: &Connection) -> Result<Self, Failure> {
        let client = Client::connect(settings).await?;
        let caller = match client.caller().await {
            Ok(caller) => Some(caller),
            Err(failure) if failure.code == ErrorCode::NotSupported => None,
            Err(failure) => return Err(failure),
        };
        let account = connection.account_id.clone().or_else(|| caller.as_ref().map(|caller| caller.account.clone()));
        let client = match &account {
            Some(account) => client.with_expected_owner(account.clone()),
            None => client,
        };
        client.head_bucket(&connection.bucket).await?;
        let connection = Connection {
            account_id: account,
            region: if connection.region.is_empty() { client.region().to_owned() } else { connection.region.clone() },
            ..connection.clone()
        };
        Ok(Self { connection, client, caller_arn: caller.map(|caller| caller.arn) })
    }

    /// The endpoint as an upload remembers it: none for Amazon's own, and none for a store on this computer,
    /// whose port is another one at each start.
    pub(crate) fn endpoint(&self) -> Option<String> {
        const THIS_COMPUTER: [&str; 3] = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let endpoint = self.client.endpoint()?;
        let here = THIS_COMPUTER.iter().any(|host| endpoint.starts_with(host));
        (!here).then(|| endpoint.to_owned())
    }

    /// Whether this session leads to where an upload goes. What one bucket's gate says must never let files into
    /// another bucket.
    pub(crate) fn leads_to(&self, upload: &Upload) -> bool {
        self.leads_to_place(&upload.bucket, upload.endpoint.as_deref(), upload.account_id.as_deref())
    }

    /// Whether this session leads to a bucket of an account behind an endpoint.
    pub(crate) fn leads_to_place(&self, bucket: &str, endpoint: Option<&str>, account_id: Option<&str>) -> bool {
        bucket == self.connection.bucket
            && endpoint == self.endpoint().as_deref()
            && account_id == self.connection.account_id.as_deref()
    }
}

impl App {
    /// Connects to the sandbox's sample bucket and makes it the connection in use.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`] when no sandbox runs; what connecting says.
    pub async fn try_sandbox(&self) -> Result<AppState, Failure> {
        let access = self.sandbox().ok_or_else(Self::not_connected)?;
        let connection = Connection {
            name: "Sandbox".to_owned(),
            credentials: CredentialSource::Sandbox,
            region: access.region,
            endpoint_url: None,
            bucket: access.bucket,
            prefix: DEFAULT_PREFIX.to_owned(),
            account_id: Some(access.account_id),
        };
        self.keep(self.open_session(&connection).await?).await
    }

    /// Tries a new connection, keeps it, and makes it the one in use. The secret goes to the keychain.
    ///
    /// # Errors
    /// What connecting says: the key, the Region, the bucket, its owner. Nothing is kept then.
    pub async fn save_connection(&self, new: NewConnection) -> Result<AppState, Failure> {
        let bucket = required("bucket", &new.bucket)?;
        let name = if new.name.trim().is_empty() { bucket.clone() } else { new.name.trim().to_owned() };
        let prefix =
            if new.prefix.trim().is_empty() { DEFAULT_PREFIX.to_owned() } else { new.prefix.trim().to_owned() };
        let secret = new.secret_access_key.filter(|secret| !secret.is_empty()).map(Secret::new);
        let credentials = match (new.profile.filter(|profile| !profile.is_empty()), new.access_key_id) {
            (Some(profile), _) => CredentialSource::Profile { profile },
            (None, Some(id)) if !id.trim().is_empty() => {
                CredentialSource::Keychain { access_key_id: id.trim().to_owned() }
            }
            _ => return Err(ErrorCode::NoCredentials.into()),
        };
        let endpoint_url = new.endpoint_url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
        let region = new.region.trim().to_owned();
        let connection = Connection { name, credentials, region, endpoint_url, bucket, prefix, account_id: None };
        let settings = self.client_settings(&connection, secret.as_ref())?;
        let session = Session::open(settings, &connection).await?;
        if let (CredentialSource::Keychain { access_key_id }, Some(secret)) = (&connection.credentials, &secret) {
            self.keychain.set(access_key_id, secret)?;
        }
        self.keep(session).await
    }

    async fn keep(&self, session: Session) -> Result<AppState, Failure> {
        let connection = &session.connection;
        self.store.save_connection(connection)?;
        self.set_current_connection(&connection.name)?;
        self.record("connection.saved", &connection.bucket, serde_json::json!({ "caller": session.caller_arn }))?;
        *self.session.lock().await = Some(session);
        self.state()
    }

    /// Makes another connection the one in use.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when there is none of this name.
    pub async fn select_connection(&self, name: &str) -> Result<AppState, Failure> {
        self.store.connection(name)?.ok_or(ErrorCode::NotFound)?;
        self.set_current_connection(name)?;
        *self.session.lock().await = None;
        self.state()
    }

    /// Forgets a connection and its secret. What lies in the bucket stays as it is.
    ///
    /// # Errors
    /// What the store or the keychain says.
    pub async fn remove_connection(&self, name: &str) -> Result<AppState, Failure> {
        if let Some(connection) = self.store.connection(name)? {
            self.store.remove_connection(name)?;
            let others = self.store.connections()?;
            if let CredentialSource::Keychain { access_key_id } = &connection.credentials
                && !others.iter().any(|other| other.credentials == connection.credentials)
            {
                self.keychain.delete(access_key_id)?;
            }
            self.record("connection.removed", &connection.bucket, serde_json::Value::Null)?;
        }
        *self.session.lock().await = None;
        self.state()
    }

    /// The session of the connection in use, opened when it is needed first.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`]; what connecting says.
    pub async fn session(&self) -> Result<Session, Failure> {
        let mut slot = self.session.lock().await;
        if let Some(session) = slot.as_ref() {
            return Ok(session.clone());
        }
        let connection = self.current_connection()?.ok_or_else(Self::not_connected)?;
        let session = self.open_session(&connection).await?;
        *slot = Some(session.clone());
        Ok(session)
    }

    /// Opens a connection: builds the client, asks who the key is, pins the bucket's owner and makes sure
    /// that the bucket is there and is the owner's.
    ///
    /// # Errors
    /// What is wrong with the key, the Region, the endpoint, the bucket or its owner.
    pub async fn open_session(&self, connection: &Connection) -> Result<Session, Failure> {
        Session::open(self.client_settings(connection, None)?, connection).await
    }

    /// What the client needs; `typed` is a secret that is not in the keychain yet.
    fn client_settings(&self, connection: &Connection, typed: Option<&Secret>) -> Result<ClientSettings, Failure> {
        let mut endpoint_url = connection.endpoint_url.clone();
        let credentials = match &connection.credentials {
            CredentialSource::Sandbox => {
                let access = self.sandbox().ok_or_else(Self::not_connected)?;
                endpoint_url = Some(access.endpoint);
                Credentials::Static { access_key_id: access.access_key, secret: access.secret_key, session_token: None }
            }
            CredentialSource::Profile { profile } => Credentials::Profile(profile.clone()),
            CredentialSource::Keychain { access_key_id } => Credentials::Static {
                access_key_id: access_key_id.clone(),
                secret: match typed {
                    Some(secret) => secret.clone(),
                    None => self.keychain.get(access_key_id)?.ok_or(ErrorCode::NoCredentials)?,
                },
                session_token: None,
            },
            CredentialSource::Environment => Credentials::Environment,
        };
        let region = Some(connection.region.clone()).filter(|region| !region.is_empty());
        let expected_owner = connection.account_id.clone();
        Ok(ClientSettings { credentials, region, endpoint_url, expected_owner, answer_limit: self.answer_limit })
    }
}

fn required(argument: &str, value: &str) -> Result<String, Failure> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Failure::about(ErrorCode::InvalidInput, argument));
    }
    Ok(value.to_owned())
}
