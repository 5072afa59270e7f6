//! Which database a name means.

use std::path::Path;

use crate::{OpenMode, SqliteStore, Store, StoreError};

/// Whether a name is the address of a server and not that of a file.
#[must_use]
pub fn is_address(name: &Path) -> bool {
    name.to_str().is_some_and(|name| name.starts_with("postgres://") || name.starts_with("postgresql://"))
}

/// Opens the store that a name means: a file, or a database on a server (`postgres://…`).
///
/// # Errors
///
/// As [`SqliteStore::open`]; also if this build was made without servers.
pub fn open(name: &Path, mode: OpenMode) -> Result<Box<dyn Store>, StoreError> {
    if is_address(name) { server(name, mode) } else { Ok(Box::new(SqliteStore::open(name, mode)?)) }
}

#[cfg(feature = "postgres")]
fn server(name: &Path, mode: OpenMode) -> Result<Box<dyn Store>, StoreError> {
    Ok(Box::new(crate::PostgresStore::open(&name.to_string_lossy(), mode)?))
}

#[cfg(not(feature = "postgres"))]
fn server(_: &Path, _: OpenMode) -> Result<Box<dyn Store>, StoreError> {
    Err(StoreError::NoServers)
}
