//! How a store fails, in the words of whoever named the file.

use std::path::PathBuf;

use cairn_core::LearnerId;

/// Why a store could not do what was asked. Nothing of a failed change is kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No file of that name.
    #[error("there is no learner database at `{}`", path.display())]
    Missing {
        /// The file that was named.
        path: PathBuf,
    },
    /// A new store was asked for where something is.
    #[error("`{}` exists already and was left as it is", path.display())]
    Exists {
        /// The file that was named.
        path: PathBuf,
    },
    /// The folder in which a new store should lie is not there.
    #[error("the folder of `{}` does not exist", path.display())]
    NoFolder {
        /// The file that was named.
        path: PathBuf,
    },
    /// A folder or device, not a file.
    #[error("`{}` is not a file", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
    },
    /// The file has no bytes.
    #[error("`{}` is empty: it was cut off, or it never was a learner database", path.display())]
    Empty {
        /// The file that was named.
        path: PathBuf,
    },
    /// Not SQLite.
    #[error("`{}` is not a database file", path.display())]
    NotADatabase {
        /// The file that was named.
        path: PathBuf,
    },
    /// SQLite, but somebody else's.
    #[error("`{}` is a database of another application (id {found})", path.display())]
    OtherApplication {
        /// The file that was named.
        path: PathBuf,
        /// The application id that it carries.
        found: i32,
    },
    /// Written by a newer release.
    #[error(
        "`{}` has schema version {found}, and this release knows versions up to {supported}: \
         use a newer release",
        path.display()
    )]
    SchemaTooNew {
        /// The file that was named.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The newest version that this release knows.
        supported: i64,
    },
    /// Written by an older release, and opened only for reading.
    #[error(
        "`{}` has schema version {found} and must be brought to version {supported}: \
         open it once for writing",
        path.display()
    )]
    SchemaTooOld {
        /// The file that was named.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The version that this release reads.
        supported: i64,
    },
    /// A migration in the file is not the one of this release.
    #[error("`{}` was set up by a different migration {version} than this release has", path.display())]
    MigrationChanged {
        /// The file that was named.
        path: PathBuf,
        /// The migration that differs.
        version: i64,
    },
    /// The file or its folder may not be written.
    #[error(
        "`{}` cannot be written: it was opened for reading, or the file or its folder is read-only",
        path.display()
    )]
    ReadOnly {
        /// The file that was named.
        path: PathBuf,
    },
    /// The process that made the file died before it was done.
    #[error("`{}` was begun and never finished: remove it and create it again", path.display())]
    Unfinished {
        /// The file that was named.
        path: PathBuf,
    },
    /// The file system cannot keep the log that makes changes durable.
    #[error("`{}` lies on a file system that no database log works on: use a local disk", path.display())]
    NoLog {
        /// The file that was named.
        path: PathBuf,
    },
    /// The file may not be read.
    #[error("`{}` may not be opened by this user", path.display())]
    Forbidden {
        /// The file that was named.
        path: PathBuf,
    },
    /// No room left.
    #[error("the disk of `{}` is full, or a limit on the file's size is reached", path.display())]
    Full {
        /// The file that was named.
        path: PathBuf,
    },
    /// Others held the file for longer than the store waits.
    #[error("`{}` is in use by another process that does not let go of it: try again", path.display())]
    Busy {
        /// The file that was named.
        path: PathBuf,
    },
    /// The database is damaged as a whole.
    #[error("`{}` is damaged: restore it from a backup", path.display())]
    Damaged {
        /// The file that was named.
        path: PathBuf,
    },
    /// The record of one learner is damaged.
    #[error("the record of learner `{learner}` in `{}` is damaged: {flaw}", path.display())]
    DamagedRecord {
        /// The file that was named.
        path: PathBuf,
        /// The learner, as the institution writes it.
        learner: String,
        /// What is wrong with it.
        flaw: crate::FlawKind,
    },
    /// The system refused to read or write.
    #[error("`{}` cannot be read or written", path.display())]
    Io {
        /// The file that was named.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database failed in a way that has no name here.
    #[error("`{}` failed with database result {code}", path.display())]
    Database {
        /// The file that was named.
        path: PathBuf,
        /// SQLite's extended result code, or the SQLSTATE of a server.
        code: String,
    },
    /// The server does not answer, or not in time. Whether the last change is kept is not known;
    /// making it again is safe.
    #[error("`{}` does not answer: try again later", path.display())]
    Unavailable {
        /// The server that was named.
        path: PathBuf,
    },
    /// This build has no servers.
    #[error("this build reads no PostgreSQL database: it was made without the feature `postgres`")]
    NoServers,
    /// An address that names no server, or asks for what is not there.
    #[error("`{}` is not the address of a PostgreSQL database", path.display())]
    NotAnAddress {
        /// The address without its password.
        path: PathBuf,
    },
    /// A server that does not write down what it acknowledges.
    #[error("`{}` has `{setting}` switched off, so that what it acknowledges could be lost", path.display())]
    NotDurable {
        /// The server that was named.
        path: PathBuf,
        /// Its setting.
        setting: &'static str,
    },
    /// Nobody of that id.
    #[error("no learner `{learner}` is on record")]
    NoLearner {
        /// The learner that was named.
        learner: LearnerId,
    },
    /// No holding of that number.
    #[error("learner `{learner}` has no holding number {number} (there are {holdings})")]
    NoHolding {
        /// The learner that was named.
        learner: LearnerId,
        /// The number that was named.
        number: u32,
        /// How many holdings there are.
        holdings: u64,
    },
    /// A fact that no file could state: an amount below zero, a text without end.
    #[error("learner `{learner}`: `{field}` is outside what a record can hold")]
    Unstorable {
        /// The learner whose record was to be changed.
        learner: LearnerId,
        /// The fact's name.
        field: &'static str,
    },
    /// No edition of that hash.
    #[error("no edition of the rules is published as {hash}")]
    NoEdition {
        /// The edition that was named.
        hash: crate::EditionHash,
    },
    /// A label, person or reason that no row can hold.
    #[error("`{field}` is outside what a database can hold")]
    UnstorableText {
        /// Its name.
        field: &'static str,
    },
    /// The system gave no random bytes for the key of a new store.
    #[error("the system has no random bytes to make a key for `{}`", path.display())]
    NoRandomness {
        /// The file that was named.
        path: PathBuf,
    },
}
