//! Opening a file: first make sure that it is one of ours, then touch it.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::condition::beside;
use super::failure::InFile;
use super::{header, migration};
use crate::key::StoreKey;
use crate::sql::{schema::VERSION, statement};
use crate::{OpenMode, StoreError};

/// How often a connection asks again, a millisecond later, before it gives another writer up.
///
/// The waiting that is built in doubles up to a tenth of a second: of eight writers one may then
/// wait for seconds while the others take turns.
const TRIES: i32 = 10_000;

fn wait_for_another_writer(tries: i32) -> bool {
    std::thread::sleep(Duration::from_millis(1));
    tries < TRIES
}

pub(super) fn open(path: &Path, mode: OpenMode) -> Result<(Connection, StoreKey), StoreError> {
    match mode {
        OpenMode::Create => create(path),
        OpenMode::Existing => open_existing(path),
        OpenMode::ReadOnly => open_read_only(path),
    }
}

/// Moves everything into the main file, so that it can be copied by itself.
pub(super) fn checkpoint(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    // Readers may hold it up; then the next checkpoint does it.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).in_file(path)
}

fn create(path: &Path) -> Result<(Connection, StoreKey), StoreError> {
    let key = StoreKey::fresh(path)?;
    make_file(path)?;
    match set_up(path, &key) {
        Ok(connection) => Ok((connection, key)),
        Err(error) => {
            remove_what_was_made(path);
            Err(error)
        }
    }
}

fn set_up(path: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    header::write(path)?;
    let mut connection = connect_for_writing(path)?;
    migration::set_up(&mut connection, path, key)?;
    Ok(connection)
}

fn open_existing(path: &Path) -> Result<(Connection, StoreKey), StoreError> {
    header::check(path)?;
    let mut connection = connect_for_writing(path)?;
    copy_before_migration(&connection, path)?;
    migration::bring_up_to_date(&mut connection, path)?;
    let key = stored_key(&connection, path)?;
    Ok((connection, key))
}

/// Opens a file of this release or an older one for reading, and leaves it as it is.
pub(super) fn open_any(path: &Path) -> Result<(Connection, StoreKey), StoreError> {
    header::check(path)?;
    let connection = connect_for_reading(path)?;
    let key = stored_key(&connection, path)?;
    Ok((connection, key))
}

/// Before a file is migrated, it is copied as it is: `NAME.version-1`, once for each version.
fn copy_before_migration(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found = migration::version_of(connection, path)?;
    if found == 0 || found >= VERSION {
        return Ok(());
    }
    match super::backup::backup(connection, path, &beside(path, &[".version-", &found.to_string()].concat()))
    {
        // Somebody else has made it, or is making it at this moment.
        Err(StoreError::Exists { .. }) => Ok(()),
        made => made,
    }
}

fn open_read_only(path: &Path) -> Result<(Connection, StoreKey), StoreError> {
    header::check(path)?;
    let connection = connect_for_reading(path)?;
    migration::check_is_current(&connection, path)?;
    let key = stored_key(&connection, path)?;
    Ok((connection, key))
}

fn connect_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).in_file(path)?;
    set_options(&mut connection).in_file(path)?;
    Ok(connection)
}

fn connect_for_writing(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).in_file(path)?;
    // SQLite falls back to reading where it may not write, and says so only later.
    if connection.is_readonly("main").in_file(path)? {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    set_options(&mut connection).in_file(path)?;
    let journal: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).in_file(path)?;
    if journal != "wal" {
        return Err(StoreError::NoLog { path: path.to_owned() });
    }
    connection.pragma_update(None, "synchronous", "FULL").in_file(path)?;
    Ok(connection)
}

fn set_options(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_handler(Some(wait_for_another_writer))?;
    connection.set_prepared_statement_cache_capacity(32);
    // The plan of a statement follows from its text. Otherwise SQLite makes some of them anew each
    // time that they get values, which costs as much as the reading itself.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -65_536)
}

pub(super) fn make_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(StoreError::NoFolder { path: path.to_owned() })
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(StoreError::ReadOnly { path: path.to_owned() })
        }
        Err(error) => Err(error).in_file(path),
    }
}

fn remove_what_was_made(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        // The reason why it could not be set up matters more than that a remnant stays.
        let _ = fs::remove_file(beside(path, suffix));
    }
}

fn stored_key(connection: &Connection, path: &Path) -> Result<StoreKey, StoreError> {
    let key = connection.query_row(statement::STORE_KEY, [], |row| row.get(0)).optional().in_file(path)?;
    key.map(StoreKey).ok_or_else(|| StoreError::Damaged { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn no_statement_is_planned_anew_for_its_values() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("learners.sqlite");
        let (connection, _) = open(&path, OpenMode::Create).expect("a new store");
        for learner in [[1; 16], [2; 16]] {
            let mut query = connection.prepare_cached(statement::HOLDINGS).expect("a statement");
            assert!(query.query([learner]).expect("rows").next().expect("no row").is_none());
            assert_eq!(query.get_status(StatementStatus::RePrepare), 0);
        }
    }

    #[test]
    fn every_connection_is_durable_and_strict() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("learners.sqlite");
        let (writer, _) = open(&path, OpenMode::Create).expect("a new store");
        let (reader, _) = open(&path, OpenMode::ReadOnly).expect("a reader");
        let option = |connection: &Connection, name: &str| -> i64 {
            connection.pragma_query_value(None, name, |row| row.get(0)).expect("an option")
        };
        for connection in [&writer, &reader] {
            let strict = [("foreign_keys", 1), ("trusted_schema", 0), ("cell_size_check", 1)];
            for (name, value) in strict {
                assert_eq!(option(connection, name), value, "{name}");
            }
        }
        // 2 is FULL: with NORMAL a power cut loses commits that were acknowledged.
        assert_eq!(option(&writer, "synchronous"), 2);
    }
}
