//! The program: its parts, put together once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use pillbox_detect::Engine;
use pillbox_model::{Connection, CredentialSource, ErrorCode, Failure, IdentifierId, ReadBack, Rules, Upload};
use pillbox_store::{Keychain, NewEntry, Store};
use tokio::sync::Notify;

use crate::background::Run;
use crate::bucket_scan::ScanBook;
use crate::clock::Clock;
use crate::connect::Session;
use crate::identifiers::{self, Looking, Problems};
use crate::objects::PlannedObject;
use crate::protect::{Planned, Seen};
use crate::wire::{AppState, Appearance, Badges, IdentifierInfo, IdentifierRow, Notice, ProfileChoice, UploadSummary};
use crate::{actor, findings};

/// Where notices go. The window passes them on to its page; the command line draws progress.
pub trait Notices: Send + Sync {
    /// Something is new.
    fn notice(&self, notice: Notice);
}

/// Nobody is listening.
pub struct Silent;

impl Notices for Silent {
    fn notice(&self, _notice: Notice) {}
}

/// Where Pillbox keeps its own data when nobody says otherwise: on this computer, never roaming.
pub fn default_data_dir() -> Option<PathBuf> {
    pillbox_store::default_data_dir()
}

/// Where the sandbox keeps its buckets when nobody says otherwise: beside Pillbox's own folder, not within,
/// because it holds texts of prescriptions, as a bucket does.
pub fn sandbox_dir(data_dir: &Path) -> PathBuf {
    data_dir.with_file_name("pillbox-sandbox")
}

/// The operating system's keychain.
pub fn system_keychain() -> Arc<dyn Keychain> {
    Arc::new(pillbox_store::SystemKeychain)
}

/// How to reach the sandbox, once it runs.
#[derive(Clone)]
pub struct SandboxAccess {
    /// For example `http://127.0.0.1:49152`.
    pub endpoint: String,
    /// The Region that it plays.
    pub region: String,
    /// Its access key id.
    pub access_key: String,
    /// Its secret; made up for this computer and good for nothing else.
    pub secret_key: pillbox_model::Secret,
    /// The account that it plays.
    pub account_id: String,
    /// The bucket of the sample.
    pub bucket: String,
    /// Where the sample prescriptions lie.
    pub samples: PathBuf,
}

/// How a person is asked to sign in again where the sign-in has expired.
#[derive(Clone)]
pub enum SignIn {
    /// The page asks, and [`App::signed_in`] answers.
    Page,
    /// This asks, of the connection's credentials, and answers whether it is worth trying again.
    Ask(Arc<AskToSignIn>),
}

/// Asks a person to sign in again.
pub type AskToSignIn = dyn Fn(&CredentialSource) -> BoxFuture<'static, bool> + Send + Sync;

/// What an [`App`] is built from.
pub struct Options {
    /// Pillbox's own folder.
    pub data_dir: PathBuf,
    /// Where secrets lie.
    pub keychain: Arc<dyn Keychain>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who is told what is new.
    pub notices: Arc<dyn Notices>,
    /// How often the bucket's protection is read again during an upload; 60 seconds outside tests.
    pub gate_interval: Duration,
    /// How long an answer of the store is waited for; `None`: 30 seconds.
    pub answer_limit: Option<Duration>,
    /// How long an upload waits for a store that does not answer before it ends.
    pub patience: Duration,
    /// How a person is asked to sign in again.
    pub sign_in: SignIn,
}

/// The program.
pub struct App {
    pub(crate) store: Store,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) notices: Arc<dyn Notices>,
    looking: Mutex<Looking>,
    pub(crate) gate_interval: Duration,
    pub(crate) answer_limit: Option<Duration>,
    pub(crate) patience: Duration,
    pub(crate) sign_in: SignIn,
    /// Rings when a person says on the page that they have signed in.
    pub(crate) signed_in: Notify,
    data_dir: PathBuf,
    sandbox: Mutex<Option<SandboxAccess>>,
    pub(crate) session: tokio::sync::Mutex<Option<Session>>,
    pub(crate) plans: Mutex<HashMap<String, Planned>>,
    /// Plans for single objects that the window was shown.
    pub(crate) object_plans: Mutex<HashMap<String, PlannedObject>>,
    /// The latest scan of each bucket that the window began.
    pub(crate) scans: Mutex<HashMap<String, Arc<ScanBook>>>,
    /// What each bucket's settings came to when they were read last.
    pub(crate) verdicts: Mutex<HashMap<String, Seen>>,
    /// Held while what the window asks of an upload is done: two such wishes at once would undo one another.
    pub(crate) at_the_desk: tokio::sync::Mutex<()>,
    pub(crate) runs: Mutex<HashMap<String, Run>>,
    /// Uploads under review whose files this program has begun to look into, each with the digest of what it looked for.
    pub(crate) reviewed: Mutex<HashMap<String, Arc<str>>>,
    /// Why a piece of work ended, where it was not by itself.
    pub(crate) ended: Mutex<HashMap<String, Failure>>,
}

/// Locks, whatever became of a thread that held the lock before: each value behind these locks is whole
/// between any two statements.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether an upload was begun with a connection as it is: one of its name may lead elsewhere by now.
pub(crate) fn is_of(upload: &Upload, connection: &Connection) -> bool {
    upload.connection == connection.name && upload.bucket == connection.bucket
}

const CURRENT_CONNECTION: &str = "current-connection";
const APPEARANCE: &str = "appearance";
const READ_BACK: &str = "read-back";

impl App {
    /// Opens the data folder and builds the program.
    ///
    /// # Errors
    /// What [`Store::open`] says of the folder or the database.
    pub fn open(options: Options) -> Result<Arc<Self>, Failure> {
        let store = Store::open(&options.data_dir)?;
        let looking = Looking::of(&store, &*options.keychain)?;
        Ok(Arc::new(Self {
            store,
            keychain: options.keychain,
            clock: options.clock,
            notices: options.notices,
            looking: Mutex::new(looking),
            gate_interval: options.gate_interval,
            answer_limit: options.answer_limit,
            patience: options.patience,
            sign_in: options.sign_in,
            signed_in: Notify::new(),
            data_dir: options.data_dir,
            sandbox: Mutex::new(None),
            session: tokio::sync::Mutex::new(None),
            plans: Mutex::default(),
            object_plans: Mutex::default(),
            scans: Mutex::default(),
            verdicts: Mutex::default(),
            at_the_desk: tokio::sync::Mutex::default(),
            runs: Mutex::default(),
            reviewed: Mutex::default(),
            ended: Mutex::default(),
        }))
    }

    /// What looks into texts. Who works on one source keeps the same to its end; the next source may get another,
    /// after a person changed identifiers or allow lists.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        Arc::clone(&locked(&self.looking).engine)
    }

    /// What looks into texts and what is made of it, as they belong together: for work on many sources that is to mean
    /// one thing.
    pub(crate) fn looking(&self) -> Looking {
        locked(&self.looking).clone()
    }

    /// What is made of what is found.
    pub(crate) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&locked(&self.looking).rules)
    }

    /// What can't be used of what the practice added.
    pub(crate) fn problems(&self) -> Arc<Problems> {
        Arc::clone(&locked(&self.looking).problems)
    }

    /// A digest of all that a look depends on.
    pub(crate) fn looking_digest(&self) -> Arc<str> {
        Arc::clone(&locked(&self.looking).digest)
    }

    pub(crate) fn set_looking(&self, looking: Looking) {
        *locked(&self.looking) = looking;
    }

    /// Pillbox's own folder.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Tells how the sandbox of this computer is reached.
    pub fn set_sandbox(&self, access: SandboxAccess) {
        *locked(&self.sandbox) = Some(access);
    }

    pub(crate) fn sandbox(&self) -> Option<SandboxAccess> {
        locked(&self.sandbox).clone()
    }

    /// The connection in use: the one that was chosen last.
    ///
    /// # Errors
    /// What the store says.
    pub fn current_connection(&self) -> Result<Option<Connection>, Failure> {
        let Some(name) = self.store.setting::<String>(CURRENT_CONNECTION)? else { return Ok(None) };
        self.store.connection(&name)
    }

    /// Whether the connection in use leads to the sandbox, which then must run.
    ///
    /// # Errors
    /// What the store says.
    pub fn uses_sandbox(&self) -> Result<bool, Failure> {
        Ok(self.current_connection()?.is_some_and(|connection| connection.credentials == CredentialSource::Sandbox))
    }

    pub(crate) fn set_current_connection(&self, name: &str) -> Result<(), Failure> {
        self.store.set_setting(CURRENT_CONNECTION, &name)
    }

    /// What the page needs to know first.
    ///
    /// # Errors
    /// What the store says.
    pub fn state(&self) -> Result<AppState, Failure> {
        let connection = self.current_connection()?;
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            badges: self.badges(connection.as_ref())?,
            unfinished_upload: self.unfinished_upload(connection.as_ref())?,
            connection,
            connections: self.store.connections()?,
            appearance: self.store.setting(APPEARANCE)?.unwrap_or_default(),
            read_back: self.read_back()?,
            data_dir: self.data_dir.display().to_string(),
        })
    }

    fn badges(&self, connection: Option<&Connection>) -> Result<Badges, Failure> {
        let Some(connection) = connection else { return Ok(Badges::default()) };
        Ok(Badges {
            protection: findings::open_policy_findings(&self.store, &connection.bucket)?,
            findings: findings::open_findings(&self.store, &connection.bucket)?,
            upload: self.held_here(&connection.bucket)?,
        })
    }

    fn unfinished_upload(&self, connection: Option<&Connection>) -> Result<Option<UploadSummary>, Failure> {
        let here =
            |upload: &Upload| connection.is_some_and(|connection| is_of(upload, connection)) && upload.watch.is_none();
        let Some(upload) = self.store.unfinished_uploads()?.into_iter().find(here) else { return Ok(None) };
        let totals = self.store.file_totals(&upload.id)?;
        Ok(Some(UploadSummary {
            files: totals.by_state.iter().map(|total| total.files).sum(),
            safe: totals.by_state.iter().filter(|total| total.state.is_safe()).map(|total| total.files).sum(),
            id: upload.id,
            state: upload.state,
            created_at: upload.created_at,
        }))
    }

    /// Sets how the window looks.
    ///
    /// # Errors
    /// What the store says.
    pub fn set_appearance(&self, appearance: Appearance) -> Result<AppState, Failure> {
        self.store.set_setting(APPEARANCE, &appearance)?;
        self.state()
    }

    /// How uploads that are begun make sure that each object is what was sent, as the practice has set it.
    ///
    /// # Errors
    /// What the store says.
    pub fn read_back(&self) -> Result<ReadBack, Failure> {
        Ok(self.store.setting(READ_BACK)?.unwrap_or_default())
    }

    /// Sets how uploads that are begun from now on make sure that each object is what was sent.
    ///
    /// # Errors
    /// What the store says.
    pub fn set_read_back(&self, read_back: ReadBack) -> Result<AppState, Failure> {
        self.store.set_setting(READ_BACK, &read_back)?;
        self.record("settings.readBack", "uploads", serde_json::json!({ "readBack": read_back }))?;
        self.state()
    }

    /// The identifiers, for the page's words.
    ///
    /// # Errors
    /// What the store says.
    pub fn identifiers(&self) -> Result<Vec<IdentifierInfo>, Failure> {
        let info = |row: IdentifierRow| IdentifierInfo { id: row.id, name: row.name, category: row.category };
        Ok(self.identifier_rows()?.into_iter().map(info).collect())
    }

    /// An identifier's name for people; its id where it is none of ours.
    pub fn identifier_name<'a>(&self, id: &'a IdentifierId) -> &'a str {
        identifiers::managed().identifier(id).map_or(id.as_str(), |identifier| identifier.name)
    }

    /// A connection by its name.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the name when there is none.
    pub fn connection(&self, name: &str) -> Result<Connection, Failure> {
        self.store.connection(name)?.ok_or_else(|| Failure::about(ErrorCode::NotFound, name))
    }

    /// The profiles of the shared AWS configuration.
    pub async fn profiles(&self) -> Vec<ProfileChoice> {
        pillbox_aws::profiles()
            .await
            .into_iter()
            .map(|profile| ProfileChoice { name: profile.name, region: profile.region })
            .collect()
    }

    /// Puts an entry on the record.
    pub(crate) fn record(&self, action: &str, subject: &str, details: serde_json::Value) -> Result<(), Failure> {
        let entry = NewEntry {
            at: self.clock.now(),
            actor: actor::os_user(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            details,
        };
        self.store.record(entry).map(|_| ())
    }

    /// Whether the audit log agrees with itself.
    ///
    /// # Errors
    /// What the store says; a log that does not agree is an answer, not an error.
    pub fn verify_audit(&self) -> Result<pillbox_store::AuditReport, Failure> {
        self.store.verify_audit()
    }

    /// The store's lock on a piece of work, so that it is done once on this computer.
    pub(crate) fn lease(&self, name: &str) -> Result<pillbox_store::Lease, Failure> {
        self.store.lease(name)
    }

    pub(crate) fn not_connected() -> Failure {
        Failure::new(ErrorCode::NotConnected)
    }
}
