//! The schema, as numbered steps that every database takes.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::StoreError;

/// The steps, in order. Released ones never change: their checksums are in people's files.
pub(crate) const MIGRATIONS: [&str; 6] = [
    include_str!("../../migrations/0001_learners.sql"),
    include_str!("../../migrations/0002_holding_credential.sql"),
    include_str!("../../migrations/0003_seals.sql"),
    include_str!("../../migrations/0004_holding_components.sql"),
    include_str!("../../migrations/0005_editions.sql"),
    include_str!("../../migrations/0006_holding_scheme.sql"),
];

/// The schema version of this release.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// The text of a step, counted from 1.
pub(crate) fn migration(version: i64) -> &'static str {
    let place = usize::try_from(version - 1).expect("versions count from 1");
    MIGRATIONS[place]
}

/// What a file remembers of a step.
pub(crate) fn checksum(sql: &str) -> [u8; 32] {
    Sha256::digest(sql.as_bytes()).into()
}

/// Refuses a store that a later release has made.
pub(crate) fn check_is_not_newer(found: i64, place: &Path) -> Result<(), StoreError> {
    if found > VERSION {
        return Err(StoreError::SchemaTooNew { path: place.to_owned(), found, supported: VERSION });
    }
    Ok(())
}

/// Refuses a store that lacks steps of this release.
pub(crate) fn check_is_current(found: i64, place: &Path) -> Result<(), StoreError> {
    if found < VERSION {
        return Err(StoreError::SchemaTooOld { path: place.to_owned(), found, supported: VERSION });
    }
    Ok(())
}

/// Compares the steps that made a store, with their checksums, with those of this release.
pub(crate) fn check_steps(applied: &[(i64, Vec<u8>)], place: &Path) -> Result<(), StoreError> {
    for ((version, found), (expected, sql)) in applied.iter().zip((1..).zip(MIGRATIONS)) {
        if *version != expected || *found != checksum(sql) {
            return Err(StoreError::MigrationChanged { path: place.to_owned(), version: expected });
        }
    }
    Ok(())
}
