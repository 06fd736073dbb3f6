//! A terminal, and somebody who presses Enter.

use std::process::{Command, Stdio};

use crate::place::repository;

/// Runs a command on a terminal, which takes a system call that only unsafe Rust can make.
const TERMINAL: &str = r#"
import os, pty, sys
asks, command = sys.argv[1].encode(), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
said, entered = b"", False
while True:
    try:
        heard = os.read(terminal, 4096)
    except OSError:
        break
    if not heard:
        break
    said += heard
    if asks in said and not entered:
        entered = True
        os.write(terminal, b"\n")
sys.stdout.buffer.write(said + b"exit %d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"#;

/// Runs a command on a terminal of its own and presses Enter when it says something for the first time. Answers what it
/// said, and its exit code at the end.
pub fn on_a_terminal(command: &Command, asks: &str) -> String {
    let mut python = Command::new(repository().join(".tools/venv/bin/python"));
    python.args(["-c", TERMINAL, asks]).arg(command.get_program()).args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        python.envs(value.map(|value| (name, value)));
    }
    let output = python.stdin(Stdio::null()).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
