//! The store in a PostgreSQL database, for many writers at a time.
//!
//! The same tables, statements and rules as in a file. One learner is one transaction and the first
//! part of every key, so the tables can be spread over servers by learner.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ::postgres::Config;

use crate::key::StoreKey;
use crate::sql::{Database, Session};
use crate::{OpenMode, StoreError};

mod address;

mod connection;
use connection::{Change, Connection, Kind};

mod driver;

mod migration;

mod failure;

mod retry;
use retry::Retry;

/// What learners hold, in one PostgreSQL database.
pub struct PostgresStore {
    config: Config,
    place: PathBuf,
    key: StoreKey,
    connection: Mutex<Option<Connection>>,
}

impl PostgresStore {
    /// Opens the store in a database, named as `postgres://user:password@host:port/database`.
    ///
    /// # Errors
    ///
    /// If there is no store (or, to create one, if there is one), the server does not answer, or it
    /// would not keep what it acknowledges.
    pub fn open(url: &str, mode: OpenMode) -> Result<PostgresStore, StoreError> {
        let (config, place) = address::read(url)?;
        let retry = Retry::begin();
        loop {
            match connection::open(&config, &place, mode) {
                Ok((connection, key)) => {
                    return Ok(PostgresStore {
                        config,
                        place,
                        key,
                        connection: Mutex::new(Some(connection)),
                    });
                }
                Err(error) => retry.after(error)?,
            }
        }
    }

    /// The database's address without its password.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Tries until it works; if another transaction was in its way or the server was away, again from
    /// the beginning. That is safe: what was recorded already is not recorded again.
    fn patiently<T>(
        &self,
        kind: Kind,
        change: impl Fn(&Session<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let retry = Retry::begin();
        loop {
            match self.once(kind, &mut |session| change(session).map(Some)) {
                Ok(answer) => return Ok(answer.expect("a change has an answer")),
                Err(error) => retry.after(error)?,
            }
        }
    }

    /// One try. A connection that has seen a failure of the server is not used again.
    fn once<T>(&self, kind: Kind, change: &mut Change<'_, T>) -> Result<Option<T>, StoreError> {
        let mut slot = self.slot();
        let mut connection = match slot.take() {
            Some(connection) => connection,
            None => connection::connect(&self.config, &self.place)?,
        };
        let answer = connection.transaction(kind, &self.place, &self.key, change);
        if !matches!(answer, Err(StoreError::Unavailable { .. })) {
            *slot = Some(connection);
        }
        answer
    }

    fn slot(&self) -> MutexGuard<'_, Option<Connection>> {
        // A panic in between dropped the connection, and with it its transaction.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for PostgresStore {
    // Without the key and the password: they must not end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Database for PostgresStore {
    fn read<T>(&self, question: impl Fn(&Session<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.patiently(Kind::Reading, question)
    }

    fn write<T>(&mut self, change: impl Fn(&Session<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.patiently(Kind::Writing, change)
    }

    fn write_bulk<T>(
        &mut self,
        mut change: impl FnMut(&Session<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.once(Kind::Writing, &mut change)
    }
}
