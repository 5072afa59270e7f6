//! The store in one SQLite file.
//!
//! One writer and any number of readers at a time, also from other processes. An answer that was
//! given is on the disk: write-ahead log, and a flush at every commit.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::key::StoreKey;
use crate::sql::{Database, Session};
use crate::{OpenMode, StoreError};

mod open;

mod header;

mod migration;

mod driver;
use driver::SqliteDriver;

mod backup;

mod condition;
pub use condition::Condition;

mod failure;
use failure::InFile;

/// What learners hold, in one SQLite file.
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    key: StoreKey,
}

impl SqliteStore {
    /// Opens the store in the file `path`.
    ///
    /// # Errors
    ///
    /// If there is none, there is something else, or the file cannot be used; nothing is then
    /// created, changed or repaired.
    pub fn open(path: impl AsRef<Path>, mode: OpenMode) -> Result<SqliteStore, StoreError> {
        let path = path.as_ref();
        let (connection, key) = open::open(path, mode)?;
        Ok(SqliteStore { connection, path: path.to_owned(), key })
    }

    /// A second connection to the same file, for reading, that may move to another thread.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened once more.
    pub fn reader(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open(&self.path, OpenMode::ReadOnly)
    }

    /// Copies everything that is committed at this moment into a new file, while others read and
    /// write on. The copy is verified before it gets its name.
    ///
    /// # Errors
    ///
    /// If something of that name is there, the copy cannot be written, or the store is damaged.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<(), StoreError> {
        backup::backup(&self.connection, &self.path, to.as_ref())
    }

    /// Makes a new store at `to` from a copy; with `until`, without what was recorded after that
    /// instant, in microseconds since 1970-01-01 00:00 UTC. It is verified before it gets its name.
    ///
    /// # Errors
    ///
    /// If something is at `to`, or the copy is none or damaged.
    pub fn restore(
        from: impl AsRef<Path>,
        to: impl AsRef<Path>,
        until: Option<i64>,
    ) -> Result<(), StoreError> {
        backup::restore(from.as_ref(), to.as_ref(), until)
    }

    /// In what condition the file is, without reading it.
    ///
    /// # Errors
    ///
    /// If the file is gone.
    pub fn condition(&self) -> Result<Condition, StoreError> {
        condition::condition(&self.path)
    }

    /// Moves everything into the main file.
    fn fold(&self) -> Result<(), StoreError> {
        open::checkpoint(&self.connection, &self.path)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bounds the file's size; a change that needs more fails with [`StoreError::Full`].
    ///
    /// # Errors
    ///
    /// If the connection refuses.
    pub fn limit_pages(&self, pages_max: u32) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "max_page_count", pages_max).in_file(&self.path)
    }

    /// Runs `change` in one transaction that holds the write lock from its first statement: one
    /// that asks for it later fails when another writer came between. Without an answer nothing of
    /// it is kept.
    fn transaction<T>(
        &mut self,
        change: impl FnOnce(&Session<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let path = &self.path;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).in_file(path)?;
        let driver = SqliteDriver { connection: &transaction, path };
        let answer = change(&Session { driver: &driver, key: &self.key })?;
        match answer {
            Some(_) => transaction.commit().in_file(path)?,
            None => transaction.rollback().in_file(path)?,
        }
        Ok(answer)
    }
}

impl fmt::Debug for SqliteStore {
    // Without the key: it must not end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Database for SqliteStore {
    fn read<T>(&self, question: impl Fn(&Session<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let path = &self.path;
        let transaction = self.connection.unchecked_transaction().in_file(path)?;
        let driver = SqliteDriver { connection: &transaction, path };
        question(&Session { driver: &driver, key: &self.key })
    }

    fn write<T>(&mut self, change: impl Fn(&Session<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let answer = self.transaction(|session| change(session).map(Some))?;
        Ok(answer.expect("a change has an answer"))
    }

    fn write_bulk<T>(
        &mut self,
        change: impl FnMut(&Session<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let answer = self.transaction(change)?;
        if answer.is_some() {
            self.fold()?;
        }
        Ok(answer)
    }
}
