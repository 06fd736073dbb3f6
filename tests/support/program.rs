//! The program in this process, as the window has it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pillbox_app::{App, Clock, FileRow, FilesRequest, Notice, Notices, Options, SandboxAccess, SectionKind, SignIn};
use pillbox_model::{Phase, Secret, Timestamp};

use crate::{RunningSandbox, Tally};

/// Noon of a day in the year of the samples.
struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_795_176_000_000)
    }

    fn today(&self) -> (i32, u8, u8) {
        (2026, 11, 20)
    }
}

struct CountsUploads {
    changed: Tally,
    asks_to_sign_in: Tally,
}

impl Notices for CountsUploads {
    fn notice(&self, notice: Notice) {
        match notice {
            Notice::UploadChanged { .. } => drop(self.changed.add()),
            Notice::Progress { progress, .. } if progress.phase == Phase::SigningIn => drop(self.asks_to_sign_in.add()),
            _ => {}
        }
    }
}

/// The program in this process, connected to a sandbox's sample bucket.
pub struct Program<'s> {
    /// The program.
    pub app: Arc<App>,
    sandbox: &'s RunningSandbox,
    ended: Tally,
    seen: u64,
    /// Goes on counting as long as the program waits for a person to sign in.
    pub asks_to_sign_in: Tally,
}

impl<'s> Program<'s> {
    /// Opens the program over a data folder and connects it to the sandbox by way of `endpoint`. The gate is
    /// read again and again without a pause.
    pub fn open(sandbox: &'s RunningSandbox, data_dir: &Path, endpoint: &str) -> Self {
        let (ended, asks_to_sign_in) = (Tally::default(), Tally::default());
        let counted = CountsUploads { changed: ended.clone(), asks_to_sign_in: asks_to_sign_in.clone() };
        let app = App::open(Options {
            data_dir: data_dir.to_owned(),
            keychain: pillbox_app::system_keychain(),
            clock: Arc::new(Noon),
            notices: Arc::new(counted),
            gate_interval: Duration::from_millis(1),
            answer_limit: None,
            patience: Duration::ZERO,
            sign_in: SignIn::Page,
        })
        .expect("the program opens");
        let [_, (_, access_key), (_, secret_key), (_, region)] = sandbox.environment();
        app.set_sandbox(SandboxAccess {
            endpoint: endpoint.to_owned(),
            region,
            access_key,
            secret_key: Secret::new(secret_key),
            account_id: sandbox.account_id().to_owned(),
            bucket: pillbox_sandbox::sample::BUCKET.to_owned(),
            samples: sandbox.folder().join("prescriptions"),
        });
        sandbox.wait(app.try_sandbox()).expect("the sandbox is reached");
        Self { app, sandbox, ended, seen: 0, asks_to_sign_in }
    }

    /// Waits for what the program does.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.sandbox.wait(work)
    }

    /// Chooses a file or folder and waits until it has been looked into; answers the upload's id.
    pub fn review(&mut self, path: &Path) -> String {
        let view = self.wait(self.app.choose(vec![path.to_owned()])).expect("the files are chosen");
        self.wait_for_the_end();
        view.id
    }

    /// Sends what is ready and waits for the end.
    pub fn send(&mut self, upload: &str) {
        self.wait(self.app.start_upload(upload)).expect("the upload starts");
        self.wait_for_the_end();
    }

    /// The files of one section.
    pub fn files(&self, upload: &str, section: SectionKind) -> Vec<FileRow> {
        let request = FilesRequest { upload: upload.to_owned(), section, offset: 0, limit: 200 };
        self.app.upload_files(&request).expect("the files are listed")
    }

    /// Waits for the end of a piece of work.
    pub fn wait_for_the_end(&mut self) {
        self.seen += 1;
        self.ended.wait_for(self.seen);
    }
}
