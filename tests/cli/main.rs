//! The real binary: exit codes, stdout and stderr, and what happens with bad input.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

mod hostile;

mod output;

mod records;

mod exceptions;

/// What a command left behind.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The exit code and everything that was said, for a snapshot.
    pub(crate) fn said(&self) -> String {
        format!("exit {}\n{}", self.code.unwrap_or(-1), self.stderr)
    }
}

/// A folder with a pathway and a database to try things in.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// An empty folder.
    pub(crate) fn empty() -> Place {
        Place { folder: tempfile::tempdir().expect("a folder") }
    }

    /// The tutorial pathway with its learners imported.
    pub(crate) fn with_learners() -> Place {
        let place = Place::empty();
        assert_eq!(place.run("init pathway").code, Some(0));
        assert_eq!(place.run("learner import pathway/learners.json").code, Some(0));
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }

    /// Runs `cairn` with words that are separated by spaces.
    pub(crate) fn run(&self, words: &str) -> Ran {
        self.run_with(words, &[])
    }

    pub(crate) fn run_with(&self, words: &str, variables: &[(&str, &str)]) -> Ran {
        let mut command = self.command(words);
        command.env("NO_COLOR", "1").envs(variables.iter().copied());
        let output = command.output().expect("cairn runs");
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }

    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
        command.args(words.split_whitespace()).current_dir(self.folder.path());
        command.env_remove("CAIRN_RULES").env_remove("CAIRN_DB");
        command
    }

    /// Runs `cairn` with something on its standard input.
    pub(crate) fn run_on(&self, words: &str, input: &[u8]) -> Ran {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("cairn runs");
        child.stdin.take().expect("a pipe").write_all(input).expect("written");
        let output = child.wait_with_output().expect("cairn ends");
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

/// The shipped pathways.
pub(crate) fn pathways() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pathways").canonicalize().expect("pathways are there")
}
