//! The schema, as numbered steps that every database takes.

use sha2::{Digest, Sha256};

/// The steps, in order. Released ones never change: their checksums are in people's files.
pub(crate) const MIGRATIONS: [&str; 5] = [
    include_str!("../../migrations/0001_learners.sql"),
    include_str!("../../migrations/0002_holding_credential.sql"),
    include_str!("../../migrations/0003_seals.sql"),
    include_str!("../../migrations/0004_holding_components.sql"),
    include_str!("../../migrations/0005_editions.sql"),
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
