//! One connection to a server, and its transactions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use ::postgres::{Client, Config, IsolationLevel, NoTls, Statement};

use super::driver::PostgresDriver;
use super::failure::At;
use super::migration;
use crate::key::StoreKey;
use crate::sql::Session;
use crate::{OpenMode, StoreError};

/// Statements that were prepared on a connection, by their text.
pub(super) type Prepared = HashMap<&'static str, Statement>;

/// One connection.
pub(super) struct Connection {
    pub(super) client: Client,
    pub(super) prepared: Prepared,
}

/// What is done in a transaction; nothing of it is kept if there is no answer.
pub(super) type Change<'change, T> = dyn FnMut(&Session<'_>) -> Result<Option<T>, StoreError> + 'change;

/// What a transaction is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Reading,
    Writing,
}

/// What must be on, or the server forgets what it has acknowledged.
const DURABLE: [(&str, &str, &str); 2] =
    [("fsync", "SHOW fsync", "on"), ("full_page_writes", "SHOW full_page_writes", "on")];

/// Connects, and makes, migrates or checks the store.
pub(super) fn open(
    config: &Config,
    place: &Path,
    mode: OpenMode,
) -> Result<(Connection, StoreKey), StoreError> {
    let mut connection = connect(config, place)?;
    let client = &mut connection.client;
    match mode {
        OpenMode::Create => migration::set_up(client, place)?,
        OpenMode::Existing => migration::bring_up_to_date(client, place)?,
        OpenMode::ReadOnly => migration::check_is_current(client, place)?,
    }
    if mode != OpenMode::ReadOnly {
        check_is_durable(client, place)?;
    }
    let key = migration::stored_key(client, place)?;
    Ok((connection, key))
}

pub(super) fn connect(config: &Config, place: &Path) -> Result<Connection, StoreError> {
    let mut client = config.connect(NoTls).at(place)?;
    // Whatever the server's default is: a commit is an answer only when it is on the disk.
    client.batch_execute("SET synchronous_commit = on; SET client_min_messages = warning").at(place)?;
    Ok(Connection { client, prepared: Prepared::new() })
}

fn check_is_durable(client: &mut Client, place: &Path) -> Result<(), StoreError> {
    for (setting, question, expected) in DURABLE {
        let found: String = client.query_one(question, &[]).and_then(|row| row.try_get(0)).at(place)?;
        if found != expected {
            return Err(StoreError::NotDurable { path: place.to_owned(), setting });
        }
    }
    Ok(())
}

impl Connection {
    /// Runs `change` on one unchanging state of the database. Two that touch the same learner
    /// cannot both commit: each writes the row of its head, and the next number of its log.
    pub(super) fn transaction<T>(
        &mut self,
        kind: Kind,
        place: &Path,
        key: &StoreKey,
        change: &mut Change<'_, T>,
    ) -> Result<Option<T>, StoreError> {
        let Connection { client, prepared } = self;
        let begin = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead);
        let transaction = begin.read_only(kind == Kind::Reading).start().at(place)?;
        let driver = PostgresDriver {
            transaction: RefCell::new(transaction),
            prepared: RefCell::new(prepared),
            place,
        };
        let answer = change(&Session { driver: &driver, key });
        let transaction = driver.transaction.into_inner();
        match answer {
            Ok(Some(answer)) => transaction.commit().at(place).map(|()| Some(answer)),
            Ok(None) => transaction.rollback().at(place).map(|()| None),
            Err(error) => {
                // The reason why it failed matters more than that it cannot be rolled back either.
                let _ = transaction.rollback();
                Err(error)
            }
        }
    }
}
