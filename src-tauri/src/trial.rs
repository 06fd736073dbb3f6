//! *Try it on this computer*: the sandbox of this run, started when it is needed first.

use pillbox_app::{App, SandboxAccess, sandbox_dir};
use pillbox_model::{ErrorCode, Failure, Secret};
use pillbox_sandbox::{Sandbox, SandboxError, SandboxOptions, sample};
use tokio::sync::Mutex;
use uuid::Uuid;

/// The sandbox of this run.
#[derive(Default)]
pub(crate) struct Trial {
    running: Mutex<Option<Sandbox>>,
}

impl Trial {
    /// Starts the sandbox with its sample and tells the program how it is reached; once.
    ///
    /// # Errors
    /// [`ErrorCode::AlreadyRunning`] when another Pillbox has the sandbox's folder; [`ErrorCode::DataFolderUnusable`]
    /// when the folder can't be used.
    pub(crate) async fn start(&self, app: &App) -> Result<(), Failure> {
        let mut running = self.running.lock().await;
        if running.is_some() {
            return Ok(());
        }
        let folder = sandbox_dir(app.data_dir());
        // The key opens nothing but this run of the sandbox.
        let access_key = format!("AKIA{}", &Uuid::new_v4().simple().to_string().to_uppercase()[..16]);
        let secret_key = format!("{}{}", Uuid::new_v4().simple(), &Uuid::new_v4().simple().to_string()[..8]);
        let options = SandboxOptions::new(folder.join("s3"), access_key.clone(), secret_key.clone());
        let sandbox = Sandbox::start(options).await.map_err(failure)?;
        sandbox.add_sample().await.map_err(failure)?;
        let samples = folder.join("prescriptions");
        let written = samples.clone();
        tauri::async_runtime::spawn_blocking(move || sample::write_to(&written))
            .await
            .map_err(|_| ErrorCode::Internal)?
            .map_err(|_| ErrorCode::DataFolderUnusable)?;
        app.set_sandbox(SandboxAccess {
            endpoint: sandbox.endpoint(),
            region: sandbox.region().to_owned(),
            access_key,
            secret_key: Secret::new(secret_key),
            account_id: sandbox.account_id().to_owned(),
            bucket: sample::BUCKET.to_owned(),
            samples,
        });
        *running = Some(sandbox);
        Ok(())
    }

    /// Starts the sandbox when the connection in use leads there.
    ///
    /// # Errors
    /// As [`Trial::start`].
    pub(crate) async fn start_if_used(&self, app: &App) -> Result<(), Failure> {
        if app.uses_sandbox()? { self.start(app).await } else { Ok(()) }
    }
}

fn failure(error: SandboxError) -> Failure {
    match error {
        SandboxError::InUse(_) => ErrorCode::AlreadyRunning.into(),
        _ => ErrorCode::DataFolderUnusable.into(),
    }
}
