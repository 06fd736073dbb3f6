//! The AWS CLI: a second client, written by others.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::place::repository;

/// The AWS CLI with a store.
pub struct AwsCli {
    program: PathBuf,
    environment: Vec<(String, String)>,
    home: PathBuf,
}

impl AwsCli {
    pub(crate) fn new(environment: impl IntoIterator<Item = (&'static str, String)>, home: &Path) -> Self {
        let program = repository().join(".tools/venv/bin/aws");
        assert!(program.exists(), "the AWS CLI is missing; run: scripts/setup.sh test");
        let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { program, environment, home: home.to_owned() }
    }

    /// The same with another environment variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs it and answers whether it succeeded, and what it printed.
    pub fn try_run(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(&self.program)
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", &self.home)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_PAGER", "")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .output()
            .expect("the AWS CLI runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), text)
    }

    /// Runs it, and fails the test when it fails.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> String {
        let (success, text) = self.try_run(arguments);
        assert!(success, "aws {arguments:?}: {text}");
        text
    }

    /// Runs it with JSON output.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.run(&[arguments, &["--output", "json"]].concat());
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}
