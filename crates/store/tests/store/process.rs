//! The body of a test, run in a process of its own: this very test program, told to run that one test.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Names the data folder to the other process.
const FOLDER: &str = "PILLBOX_STORE_TEST_FOLDER";

/// What the other process writes when it has got somewhere.
const STEP: &str = "one step further";

/// A process that runs one test of this program.
pub(crate) struct Other {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Other {
    /// Runs the test of this path (for example `leases::a_lease_can_be_taken`) on the data folder.
    pub(crate) fn running(test: &str, folder: &Path) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    /// Waits until it has got so many steps further.
    pub(crate) fn wait_for(&mut self, steps: usize) {
        for _ in 0..steps {
            let mut line = String::new();
            while !line.contains(STEP) {
                line.clear();
                assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the other process has ended");
            }
        }
    }

    /// Ends it as `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// In the other process: the data folder. Nothing in a usual test.
pub(crate) fn given_folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(|folder: OsString| folder.into())
}

/// In the other process: says that it has got a step further.
pub(crate) fn report_step() {
    let mut output = std::io::stdout().lock();
    writeln!(output, "\n{STEP}").unwrap();
    output.flush().unwrap();
}

/// In the other process: waits to be killed.
pub(crate) fn wait_for_the_end() {
    std::io::stdin().lock().read_line(&mut String::new()).unwrap();
}
