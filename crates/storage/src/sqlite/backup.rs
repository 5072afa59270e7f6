//! Copies of a whole file that are known to be good, and the way back from one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::condition::beside;
use super::failure::InFile;
use super::open::make_file;
use super::{SqliteDriver, SqliteStore};
use crate::sql::{Database as _, Driver as _, rebuild, statement};
use crate::{OpenMode, Store as _, StoreError};

/// Copies everything that is committed at this moment into a new file, while others go on.
pub(super) fn backup(connection: &Connection, from: &Path, to: &Path) -> Result<(), StoreError> {
    let part = copy(connection, from, to)?;
    let finish = || {
        is_sound(&part)?;
        put(&part, to)
    };
    finish().inspect_err(|_| remove(&part))
}

/// Makes a store from a copy, as it was at an instant or as it is.
pub(super) fn restore(from: &Path, to: &Path, until: Option<i64>) -> Result<(), StoreError> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    let (connection, _) = super::open::open_any(from)?;
    let part = copy(&connection, from, to)?;
    let finish = || {
        let mut store = SqliteStore::open(&part, OpenMode::Existing)?;
        if let Some(until) = until {
            cut(&mut store, until)?;
        }
        store.fold()?;
        drop(store);
        is_sound(&part)?;
        put(&part, to)
    };
    finish().inspect_err(|_| remove(&part))
}

/// A copy beside the place where it will be, which only its owner may read.
fn copy(connection: &Connection, from: &Path, to: &Path) -> Result<PathBuf, StoreError> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    let part = beside(to, &[".part", &std::process::id().to_string()].concat());
    make_file(&part)?;
    let name = part.to_str().ok_or_else(|| StoreError::NotAFile { path: part.clone() })?;
    let copied = connection.execute(statement::COPY_INTO, params![name]).in_file(from);
    copied.map(|_| part.clone()).inspect_err(|_| remove(&part))
}

/// Refuses a copy of something damaged: it would only be found when it is needed.
fn is_sound(part: &Path) -> Result<(), StoreError> {
    let (connection, _) = super::open::open_any(part)?;
    let sound = SqliteDriver { connection: &connection, path: part }.is_sound()?;
    drop(connection);
    if !sound {
        return Err(StoreError::Damaged { path: part.to_owned() });
    }
    // One of an older release is copied as it is before it is migrated.
    match SqliteStore::open(part, OpenMode::ReadOnly) {
        Err(StoreError::SchemaTooOld { .. }) => Ok(()),
        Err(error) => Err(error),
        Ok(store) if store.verify()?.is_clean() => Ok(()),
        Ok(_) => Err(StoreError::Damaged { path: part.to_owned() }),
    }
}

/// Gives a copy its name once it is on the disk.
fn put(part: &Path, to: &Path) -> Result<(), StoreError> {
    File::open(part).and_then(|file| file.sync_all()).in_file(part)?;
    fs::rename(part, to).in_file(to)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).in_file(to)
}

fn remove(part: &Path) {
    // The reason why the copy failed matters more than that a part of it stays.
    let _ = fs::remove_file(part);
    for suffix in ["-wal", "-shm"] {
        let mut name = part.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(name);
    }
}

/// Takes out what was recorded after an instant, and makes what follows from the rest anew.
fn cut(store: &mut SqliteStore, until: i64) -> Result<(), StoreError> {
    let later =
        [statement::DELETE_EVENTS_AFTER, statement::DELETE_SEALS_AFTER, statement::DELETE_EDITIONS_AFTER];
    store.write(|session| {
        for later in later {
            session.whole(session.driver.execute(later, &[until.into()]))?;
        }
        for rest in [statement::DELETE_HEADS_OF_SEALS, statement::DELETE_HEADS] {
            session.whole(session.driver.execute(rest, &[]))?;
        }
        rebuild::rebuild(session).map(drop)
    })
}
