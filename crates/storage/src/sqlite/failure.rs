//! What SQLite's failures mean to whoever named the file.

use std::io;
use std::path::Path;

use rusqlite::{Error, ErrorCode, ffi};

use crate::StoreError;

/// Gives a failure the name of the file that it happened to.
pub(super) trait InFile<T> {
    fn in_file(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> InFile<T> for rusqlite::Result<T> {
    fn in_file(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|error| explain(&error, path))
    }
}

impl<T> InFile<T> for io::Result<T> {
    fn in_file(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|error| explain_io(error, path))
    }
}

/// Whether a row was there but did not hold what it should.
pub(super) fn is_unreadable(error: &Error) -> bool {
    !matches!(error, Error::SqliteFailure(..))
}

pub(super) fn explain(error: &Error, path: &Path) -> StoreError {
    let path = path.to_owned();
    let Error::SqliteFailure(failure, _) = error else { return StoreError::Damaged { path } };
    match (failure.code, failure.extended_code) {
        // A full disk shows as either, depending on which write hits it.
        (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => {
            StoreError::Full { path }
        }
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Busy { path },
        // The file itself was seen before, so what cannot be opened is a file beside it.
        (ErrorCode::ReadOnly | ErrorCode::CannotOpen, _) => StoreError::ReadOnly { path },
        (ErrorCode::PermissionDenied, _) => StoreError::Forbidden { path },
        (ErrorCode::DatabaseCorrupt, _) => StoreError::Damaged { path },
        (ErrorCode::NotADatabase, _) => StoreError::NotADatabase { path },
        (_, code) => StoreError::Database { path, code: code.to_string() },
    }
}

fn explain_io(error: io::Error, path: &Path) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing { path },
        io::ErrorKind::AlreadyExists => StoreError::Exists { path },
        io::ErrorKind::PermissionDenied => StoreError::Forbidden { path },
        io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
        io::ErrorKind::StorageFull => StoreError::Full { path },
        _ => StoreError::Io { path, source: error },
    }
}
