//! Opening a file: first make sure that it is one of ours, then touch it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::failure::InFile;
use super::{OpenMode, migration, statement};
use crate::StoreError;
use crate::key::StoreKey;

/// How long a connection waits for another writer.
const BUSY_TIMEOUT: Duration = Duration::from_millis(5000);

/// The first bytes of every SQLite file.
const SQLITE_HEADER: &[u8; 16] = b"SQLite format 3\0";

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
    let key = fresh_key(path)?;
    make_file(path)?;
    let made = connect_for_writing(path).and_then(|mut connection| {
        migration::set_up(&mut connection, path, &key)?;
        Ok(connection)
    });
    match made {
        Ok(connection) => Ok((connection, key)),
        Err(error) => {
            remove_what_was_made(path);
            Err(error)
        }
    }
}

fn open_existing(path: &Path) -> Result<(Connection, StoreKey), StoreError> {
    check_file(path)?;
    check_application(path)?;
    let mut connection = connect_for_writing(path)?;
    migration::bring_up_to_date(&mut connection, path)?;
    let key = stored_key(&connection, path)?;
    Ok((connection, key))
}

fn open_read_only(path: &Path) -> Result<(Connection, StoreKey), StoreError> {
    check_file(path)?;
    let connection = connect_for_reading(path)?;
    migration::check_application(&connection, path)?;
    migration::check_is_current(&connection, path)?;
    let key = stored_key(&connection, path)?;
    Ok((connection, key))
}

/// A file that is not ours must not even be switched to another journal.
fn check_application(path: &Path) -> Result<(), StoreError> {
    let connection = connect_for_reading(path)?;
    migration::check_application(&connection, path)?;
    migration::check_is_not_newer(&connection, path)
}

fn connect_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).in_file(path)?;
    set_options(&connection).in_file(path)?;
    Ok(connection)
}

fn connect_for_writing(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).in_file(path)?;
    // SQLite falls back to reading where it may not write, and says so only later.
    if connection.is_readonly("main").in_file(path)? {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    set_options(&connection).in_file(path)?;
    let journal: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).in_file(path)?;
    assert_eq!(journal, "wal", "an ordinary file takes a write-ahead log");
    connection.pragma_update(None, "synchronous", "FULL").in_file(path)?;
    Ok(connection)
}

fn set_options(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(32);
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -65_536)
}

fn make_file(path: &Path) -> Result<(), StoreError> {
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
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // The reason why it could not be set up matters more than that a remnant stays.
        let _ = fs::remove_file(PathBuf::from(name));
    }
}

/// Looks at the outside of a file: SQLite would take an empty one for a new database.
fn check_file(path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).in_file(path)?;
    if !metadata.is_file() {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    if metadata.len() == 0 {
        return Err(StoreError::Empty { path: path.to_owned() });
    }
    let mut header = Vec::new();
    let file = File::open(path).in_file(path)?;
    file.take(SQLITE_HEADER.len() as u64).read_to_end(&mut header).in_file(path)?;
    if header == SQLITE_HEADER { Ok(()) } else { Err(StoreError::NotADatabase { path: path.to_owned() }) }
}

fn fresh_key(path: &Path) -> Result<StoreKey, StoreError> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|_| StoreError::NoRandomness { path: path.to_owned() })?;
    Ok(StoreKey(key))
}

fn stored_key(connection: &Connection, path: &Path) -> Result<StoreKey, StoreError> {
    let key = connection.query_row(statement::STORE_KEY, [], |row| row.get(0)).optional().in_file(path)?;
    key.map(StoreKey).ok_or_else(|| StoreError::Damaged { path: path.to_owned() })
}
