//! The steps of the schema on a server: the same texts, with the server's names of the types.

use std::path::Path;

use ::postgres::{Client, Transaction};

use super::failure::At;
use crate::StoreError;
use crate::key::StoreKey;
use crate::sql::schema::{self, VERSION, checksum, migration};
use crate::sql::statement;

/// How SQLite and PostgreSQL call the same things. Texts are compared byte by byte in both.
const DIALECT: [(&str, &str); 4] = [
    (" STRICT, WITHOUT ROWID", ""),
    (" INTEGER", " BIGINT"),
    (" BLOB", " BYTEA"),
    (" TEXT", " TEXT COLLATE \"C\""),
];

/// Sets up a new store in a database that has none.
pub(super) fn set_up(client: &mut Client, place: &Path) -> Result<(), StoreError> {
    if is_set_up(client, place)? {
        return Err(StoreError::Exists { path: place.to_owned() });
    }
    let key = StoreKey::fresh(place)?;
    let mut transaction = client.transaction().at(place)?;
    for version in 1..=VERSION {
        apply(&mut transaction, version, place)?;
    }
    transaction.execute(statement::INSERT_STORE, &[&key.0.as_slice()]).at(place)?;
    transaction.commit().at(place)
}

/// Runs the steps that a store lacks.
pub(super) fn bring_up_to_date(client: &mut Client, place: &Path) -> Result<(), StoreError> {
    while check_applied(client, place)? < VERSION {
        let mut transaction = client.transaction().at(place)?;
        let version = version_of(&mut transaction, place)? + 1;
        if version <= VERSION {
            // Somebody else who takes the same step at this moment waits for its number.
            apply(&mut transaction, version, place)?;
        }
        transaction.commit().at(place)?;
    }
    Ok(())
}

pub(super) fn check_is_current(client: &mut Client, place: &Path) -> Result<(), StoreError> {
    schema::check_is_current(check_applied(client, place)?, place)
}

pub(super) fn stored_key(client: &mut Client, place: &Path) -> Result<StoreKey, StoreError> {
    let damaged = || StoreError::Damaged { path: place.to_owned() };
    let row = client.query_opt(statement::STORE_KEY, &[]).at(place)?.ok_or_else(damaged)?;
    let key: Vec<u8> = row.try_get(0).map_err(|_| damaged())?;
    Ok(StoreKey(key.try_into().map_err(|_| damaged())?))
}

/// Compares the steps that made the store with those of this release; the last one's number.
fn check_applied(client: &mut Client, place: &Path) -> Result<i64, StoreError> {
    if !is_set_up(client, place)? {
        return Err(StoreError::Missing { path: place.to_owned() });
    }
    let rows = client.query(statement::MIGRATIONS, &[]).at(place)?;
    let read = |row: &::postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    let applied: Vec<(i64, Vec<u8>)> = rows.iter().map(read).collect::<Result<_, _>>().at(place)?;
    let found = applied.last().map_or(0, |(version, _)| *version);
    schema::check_is_not_newer(found, place)?;
    schema::check_steps(&applied, place)?;
    if found == 0 { Err(StoreError::Unfinished { path: place.to_owned() }) } else { Ok(found) }
}

fn is_set_up(client: &mut Client, place: &Path) -> Result<bool, StoreError> {
    let tables: i64 = client.query_one(statement::SERVER_TABLES, &[]).at(place)?.try_get(0).at(place)?;
    Ok(tables > 0)
}

fn version_of(transaction: &mut Transaction<'_>, place: &Path) -> Result<i64, StoreError> {
    let rows = transaction.query(statement::MIGRATIONS, &[]).at(place)?;
    rows.last().map_or(Ok(0), |row| row.try_get(0)).at(place)
}

fn apply(transaction: &mut Transaction<'_>, version: i64, place: &Path) -> Result<(), StoreError> {
    let sql = migration(version);
    let words = DIALECT.iter().fold(sql.to_owned(), |text, (here, there)| text.replace(here, there));
    // The first step makes the table of steps; every other one takes its number first.
    let note = |transaction: &mut Transaction<'_>| {
        let values: [&(dyn ::postgres::types::ToSql + Sync); 2] = [&version, &checksum(sql).to_vec()];
        transaction.execute(statement::INSERT_MIGRATION, &values).map(drop)
    };
    if version == 1 {
        transaction.batch_execute(&words).at(place)?;
        return note(transaction).at(place);
    }
    note(transaction).at(place)?;
    transaction.batch_execute(&words).at(place)
}
