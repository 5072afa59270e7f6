//! Why a command failed, and with which exit code.

/// The exit codes of `cairn`; `docs/reference/exit-codes.md` explains them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The rules have errors.
    Rules,
    /// Something that was named is not there.
    NotFound,
    /// The database cannot be used.
    Database,
    /// Records of an import were refused.
    Refused,
    /// A file cannot be read or written.
    File,
    /// The qualification is not complete, and completeness was required.
    NotComplete,
    /// A certificate proves nothing.
    NotProved,
    /// The search was stopped before the answer was settled.
    Stopped,
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Rules => 1,
            Exit::NotFound => 3,
            Exit::Database => 4,
            Exit::Refused => 5,
            Exit::File => 6,
            Exit::NotComplete => 7,
            Exit::NotProved => 8,
            Exit::Stopped => 9,
        }
    }
}

/// What stopped a command.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// What is wrong; empty where it has been said already.
    pub(crate) message: String,
    /// How to mend it.
    pub(crate) help: Option<String>,
    /// Whether another writer was in the way, so that the same may work in a moment.
    pub(crate) is_busy: bool,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Failure {
        Failure { exit, message: message.into(), help: None, is_busy: false }
    }

    /// A failure whose cause is on the screen already.
    pub(crate) fn said(exit: Exit) -> Failure {
        Failure::new(exit, "")
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into());
        self
    }
}

impl From<cairn_storage::StoreError> for Failure {
    fn from(error: cairn_storage::StoreError) -> Failure {
        let is_busy = matches!(error, cairn_storage::StoreError::Busy { .. });
        Failure { is_busy, ..Failure::new(Exit::Database, error.to_string()) }
    }
}
