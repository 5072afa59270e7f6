//! Brings a file to the schema of this release, one numbered step and one transaction at a time.
//!
//! A small runner of our own: the usual crate brings 45 others along
//! (docs/decisions/0010-storage-shape.md).

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::failure::InFile;
use crate::StoreError;
use crate::key::StoreKey;
use crate::sql::schema::{self, VERSION, checksum, migration};
use crate::sql::statement;

/// Sets up a new file.
pub(super) fn set_up(connection: &mut Connection, path: &Path, key: &StoreKey) -> Result<(), StoreError> {
    let transaction = immediate(connection, path)?;
    for version in 1..=VERSION {
        apply(&transaction, version).in_file(path)?;
    }
    transaction.execute(statement::INSERT_STORE, params![key.0]).in_file(path)?;
    transaction.commit().in_file(path)
}

/// Runs the steps that a file lacks; one that was interrupted goes on where it stopped.
pub(super) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    loop {
        check_applied(connection, path)?;
        if version_of(connection, path)? == VERSION {
            return Ok(());
        }
        let transaction = immediate(connection, path)?;
        // Another process may have taken this step in the meantime.
        let version = version_of(&transaction, path)? + 1;
        if version <= VERSION {
            apply(&transaction, version).in_file(path)?;
        }
        transaction.commit().in_file(path)?;
    }
}

pub(super) fn check_is_current(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    check_applied(connection, path)?;
    schema::check_is_current(version_of(connection, path)?, path)
}

/// Compares the steps that made the file with those of this release.
fn check_applied(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    // One look at both, or another process could migrate between the two.
    let snapshot = connection.unchecked_transaction().in_file(path)?;
    let version = version_of(&snapshot, path)?;
    schema::check_is_not_newer(version, path)?;
    if version == 0 {
        return Err(StoreError::Unfinished { path: path.to_owned() });
    }
    let applied = applied(&snapshot).in_file(path)?;
    if i64::try_from(applied.len()) != Ok(version) {
        return Err(StoreError::Damaged { path: path.to_owned() });
    }
    schema::check_steps(&applied, path)
}

fn applied(connection: &Connection) -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
    let mut query = connection.prepare(statement::MIGRATIONS)?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn apply(transaction: &Transaction<'_>, version: i64) -> rusqlite::Result<()> {
    let sql = migration(version);
    transaction.execute_batch(sql)?;
    transaction.execute(statement::INSERT_MIGRATION, params![version, checksum(sql)])?;
    transaction.pragma_update(None, "user_version", version)
}

fn immediate<'a>(connection: &'a mut Connection, path: &Path) -> Result<Transaction<'a>, StoreError> {
    connection.transaction_with_behavior(TransactionBehavior::Immediate).in_file(path)
}

pub(super) fn version_of(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).in_file(path)
}
