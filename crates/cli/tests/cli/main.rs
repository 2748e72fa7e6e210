//! The program as a person meets it: real files, the real binary.

mod archives;
mod codebook;
mod exchange;
mod formats;
mod inputs;
mod order;
mod properties;
mod record;
mod schema;
mod watch;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A report with an act, a toll, a denial and letters beyond ASCII.
const REPORT: &str = "Published 2023-08-26\n\nNiger's military rulers told France on Friday to withdraw its 1,500 soldiers by December. \
    Paris denied arming a militia. At least 17 Nigerien soldiers were killed on Tuesday in an ambush near Tillabéri, the defence ministry said.\n";

/// A folder for one test.
struct Desk {
    folder: TempDir,
}

/// What a run gave.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs `griot` in this folder.
    fn griot(&self, args: &[&str]) -> Run {
        self.griot_with(args, b"")
    }

    /// The same with bytes on standard input.
    fn griot_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that never looks at its input closes it.
        let _ = stdin.write_all(input);
        drop(stdin);
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Run { code: status.code(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        command.args(args).current_dir(self.path()).env_remove("COLUMNS").env_remove("CLICOLOR_FORCE");
        command
    }
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
