//! A sandbox in this process, with a folder that goes with it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pillbox_aws::{Client, ClientSettings, Credentials};
use pillbox_model::Secret;
use pillbox_sandbox::{Sandbox, SandboxOptions, sample};
use serde_json::{Value, json};
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

    /// Waits for work on this sandbox's threads.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Shuts the sample bucket, as `pillbox fix --all` does.
    pub fn shut(&self) {
        self.pillbox().run(&["fix", &format!("s3://{}", sample::BUCKET), "--all", "--yes"]).ended(0);
    }

    /// Opens the sample bucket again: its Block Public Access goes off.
    pub fn open_up(&self) {
        self.aws().run(&["s3api", "delete-public-access-block", "--bucket", sample::BUCKET]);
    }

    /// Writes the sample bucket's policy.
    pub fn set_policy(&self, policy: &Value) {
        self.aws().run(&["s3api", "put-bucket-policy", "--bucket", sample::BUCKET, "--policy", &policy.to_string()]);
    }

    /// Takes permissions of the sample bucket and its objects away from everybody, its owner too.
    pub fn deny(&self, actions: &[&str]) {
        self.set_policy(&json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Deny",
                "Principal": "*",
                "Action": actions,
                "Resource": [
                    format!("arn:aws:s3:::{}", sample::BUCKET),
                    format!("arn:aws:s3:::{}/*", sample::BUCKET),
                ],
            }],
        }));
    }

    /// The keys of all versions under a prefix of the sample bucket, in the order of the keys.
    pub fn versions(&self, prefix: &str) -> Vec<String> {
        let call = ["s3api", "list-object-versions", "--bucket", sample::BUCKET, "--prefix", prefix];
        let listed = self.aws().json(&call);
        let versions = listed["Versions"].as_array().cloned().unwrap_or_default();
        versions.iter().map(|version| version["Key"].as_str().expect("a key").to_owned()).collect()
    }

    /// A second client in this process, for what is asked too often for the AWS CLI.
    pub fn client(&self) -> Client {
        let settings = ClientSettings {
            credentials: Credentials::Static {
                access_key_id: ACCESS_KEY.to_owned(),
                secret: Secret::new(SECRET_KEY),
                session_token: None,
            },
            region: Some(self.sandbox.region().to_owned()),
            endpoint_url: Some(self.endpoint()),
            expected_owner: None,
            answer_limit: None,
        };
        self.wait(Client::connect(settings)).expect("the client connects")
    }

    /// The keys of the objects under a prefix of the sample bucket.
    pub fn keys(&self, prefix: &str) -> BTreeSet<String> {
        let mut listing = self.client().list(sample::BUCKET, prefix);
        self.wait(async {
            let mut keys = BTreeSet::new();
            while let Some(page) = listing.page().await.expect("the bucket is listed") {
                keys.extend(page.into_iter().map(|object| object.key));
            }
            keys
        })
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
