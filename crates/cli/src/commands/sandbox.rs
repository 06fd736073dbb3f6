//! `pillbox sandbox`: an S3 server on 127.0.0.1 that says how to reach it and runs until it is stopped.

use std::path::PathBuf;
use std::process::ExitCode;

use pillbox_model::{ErrorCode, Failure};
use pillbox_sandbox::{SandboxError, SandboxOptions};
use serde_json::json;
use uuid::Uuid;

use crate::arguments::Sandbox;
use crate::output::Output;
use crate::program;

/// Runs the sandbox.
pub(crate) async fn run(arguments: &Sandbox, output: &Output) -> Result<ExitCode, Failure> {
    let data_dir = arguments
        .data
        .clone()
        .or_else(|| pillbox_app::default_data_dir().map(|dir| pillbox_app::sandbox_dir(&dir)))
        .ok_or(ErrorCode::DataFolderUnusable)?;
    // The key opens nothing but this run of the sandbox.
    let access_key = arguments
        .access_key
        .clone()
        .unwrap_or_else(|| format!("AKIA{}", &Uuid::new_v4().simple().to_string().to_uppercase()[..16]));
    let secret_key = arguments
        .secret_key
        .clone()
        .unwrap_or_else(|| format!("{}{}", Uuid::new_v4().simple(), &Uuid::new_v4().simple().to_string()[..8]));
    let mut options = SandboxOptions::new(data_dir.join("s3"), access_key, secret_key.clone());
    options.port = arguments.port;
    let sandbox = pillbox_sandbox::Sandbox::start(options).await.map_err(|error| sandbox_failure(&error))?;
    let samples = arguments.sample.then(|| data_dir.join("prescriptions"));
    if let Some(samples) = &samples {
        prepare_sample(&sandbox, samples.clone()).await?;
    }
    let stop = program::stop_on_signal();
    output.object(&json!({
        "type": "sandbox",
        "endpoint": sandbox.endpoint(),
        "region": sandbox.region(),
        "accountId": sandbox.account_id(),
        "accessKeyId": sandbox.access_key(),
        "secretAccessKey": secret_key,
        "samples": samples,
    }));
    output.line(&format!(
        "The sandbox runs at {endpoint}. To reach it:\n\n  \
         export AWS_ENDPOINT_URL={endpoint}\n  export AWS_ACCESS_KEY_ID={key}\n  \
         export AWS_SECRET_ACCESS_KEY={secret_key}\n  export AWS_REGION={region}\n",
        endpoint = sandbox.endpoint(),
        key = sandbox.access_key(),
        region = sandbox.region(),
    ));
    if let Some(samples) = &samples {
        output.line(&format!(
            "Bucket: s3://{}\nSample prescriptions: {}\n",
            pillbox_sandbox::sample::BUCKET,
            samples.display()
        ));
    }
    output.line("Stop it with Ctrl-C.");
    output.end();
    stop.cancelled().await;
    sandbox.stop().await.map_err(|error| sandbox_failure(&error))?;
    Ok(ExitCode::SUCCESS)
}

async fn prepare_sample(sandbox: &pillbox_sandbox::Sandbox, samples: PathBuf) -> Result<(), Failure> {
    sandbox.add_sample().await.map_err(|error| sandbox_failure(&error))?;
    tokio::task::spawn_blocking(move || pillbox_sandbox::sample::write_to(&samples))
        .await
        .map_err(|_| ErrorCode::Internal)?
        .map(drop)
        .map_err(|_| ErrorCode::DataFolderUnusable.into())
}

fn sandbox_failure(error: &SandboxError) -> Failure {
    match error {
        SandboxError::Listen { .. } => Failure::about(ErrorCode::InvalidInput, format!("port: {error}")),
        SandboxError::InUse(_) => Failure::about(ErrorCode::AlreadyRunning, error.to_string()),
        _ => Failure::about(ErrorCode::DataFolderUnusable, error.to_string()),
    }
}
