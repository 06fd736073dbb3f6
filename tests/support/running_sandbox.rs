//! A sandbox in this process, with a folder that goes with it.

use std::path::{Path, PathBuf};

use pillbox_sandbox::{Sandbox, SandboxOptions, sample};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{AwsCli, Pillbox};

const ACCESS_KEY: &str = "AKIATESTSANDBOX00001";
const SECRET_KEY: &str = "sandbox-secret-that-opens-nothing-else-00";

/// A sandbox in this process.
pub struct RunningSandbox {
    sandbox: Sandbox,
    runtime: Runtime,
    folder: TempDir,
}

impl RunningSandbox {
    /// Starts an empty sandbox on any free port.
    pub fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        let options = SandboxOptions::new(folder.path().join("s3"), ACCESS_KEY, SECRET_KEY);
        let sandbox = runtime.block_on(Sandbox::start(options)).expect("the sandbox starts");
        Self { sandbox, runtime, folder }
    }

    /// Starts a sandbox with the sample bucket.
    pub fn with_sample() -> Self {
        let running = Self::start();
        running.runtime.block_on(running.sandbox.add_sample()).expect("the sample");
        running
    }

    /// The sample prescriptions as files.
    pub fn samples(&self) -> PathBuf {
        let samples = self.folder.path().join("prescriptions");
        sample::write_to(&samples).expect("the samples are written");
        samples
    }

    /// A folder for this test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where it is reached.
    pub fn endpoint(&self) -> String {
        self.sandbox.endpoint()
    }

    /// The account that it plays.
    pub fn account_id(&self) -> &str {
        self.sandbox.account_id()
    }

    /// What a client needs to reach it.
    pub fn environment(&self) -> [(&'static str, String); 4] {
        [
            ("AWS_ENDPOINT_URL", self.endpoint()),
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
            ("AWS_REGION", self.sandbox.region().to_owned()),
        ]
    }

    /// The command, with its data folder in this test's folder and this sandbox as its store.
    pub fn pillbox(&self) -> Pillbox {
        let pillbox = Pillbox::new(&self.folder.path().join("pillbox"));
        self.environment().into_iter().fold(pillbox, |pillbox, (name, value)| pillbox.with(name, &value))
    }

    /// The AWS CLI, with this sandbox as its store.
    pub fn aws(&self) -> AwsCli {
        AwsCli::new(self.environment(), self.folder.path())
    }
}
