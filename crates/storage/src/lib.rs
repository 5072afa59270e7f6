//! What learners hold, kept for good: SQL rows become a `Learner`.
//!
//! Truth is an append-only log of events, chained by hash; what a learner holds now is a
//! projection that is written in the same transaction and can always be rebuilt. The crate keeps
//! no clock, counts nothing toward anything and prints nothing.

// What a store does, in plain types, and how it fails.
pub mod store;
pub use store::{Abandon, AsOf, Context, Listed, OpenMode, Rebuilt, Recorded, Records, Store, StoredLearner};

pub mod error;
pub use error::StoreError;

// Truth: facts, the events that carry them, and one learner's record of both.
mod value;

mod shape;

pub mod fact;
pub use fact::Fact;

mod storable;

pub mod event;
pub use event::{Event, EventId, EventKind};

mod key;

mod record;

pub mod seal;
pub use seal::{Seal, SealHash};

pub mod edition;
pub use edition::{Edition, EditionHash, Entry, KeptAudit, StoredEdition};

pub mod exception;
pub use exception::{AskedException, DecidedException, Decision, Signed, Standing, StoredException};

pub mod verify;
pub use verify::{Flaw, FlawKind, Verification};

// The stores.
pub mod memory;
pub use memory::MemoryStore;

mod sql;

pub mod sqlite;
pub use sqlite::{Condition, SqliteStore};

#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "postgres")]
pub use crate::postgres::PostgresStore;

mod choose;
pub use choose::{is_address, open};

// The way in and the way out.
pub mod import;

pub mod export;

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of a hash that is written in hexadecimal digits.
fn unhex(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut hash = [0; 32];
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}
