//! The `pillbox` command as a person runs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::place::built;

/// The command with a data folder of its own and the way to a store.
#[derive(Clone)]
pub struct Pillbox {
    data_dir: PathBuf,
    environment: Vec<(String, String)>,
}

/// What a run of the command printed, and how it ended.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Outcome {
    /// The objects of JSON Lines output.
    pub fn objects(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
    }

    /// The objects of one type.
    pub fn of_type(&self, kind: &str) -> Vec<Value> {
        self.objects().into_iter().filter(|object| object["type"] == kind).collect()
    }

    /// The only object of one type.
    pub fn the(&self, kind: &str) -> Value {
        let mut objects = self.of_type(kind);
        assert_eq!(objects.len(), 1, "one object of type {kind} in {self:?}");
        objects.remove(0)
    }

    /// Fails the test when the command ended with another exit code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

impl Pillbox {
    /// The command with a data folder (which it makes) and no store.
    pub fn new(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned(), environment: Vec::new() }
    }

    /// The same with another environment variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The data folder.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The command, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(built("pillbox"));
        command.args(arguments).env_clear().stdin(Stdio::null());
        // What a program needs to run at all, and nothing of a person's accounts.
        for name in ["PATH", "SystemRoot", "TMPDIR", "TZ"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.env("HOME", &self.data_dir).env("USER", "reception").env("PILLBOX_DATA_DIR", &self.data_dir);
        command.env("PILLBOX_PATIENCE", "0");
        command.env("AWS_EC2_METADATA_DISABLED", "true");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the command to its end.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().expect("the command runs");
        Outcome {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// Starts the command; what it prints is thrown away.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts")
    }

    /// Starts the command; what it prints on standard output can be read.
    pub fn start_to_be_heard(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts")
    }
}
