//! Hashes and what is derived from them.
//!
//! Every part is preceded by its length, so that no two lists of parts hash alike.

use std::path::Path;

use cairn_core::{Learner, LearnerId};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::shape::{self, LearnerShape};
use crate::{Event, EventId, EventKind, StoreError};

/// The version of the payloads that this release writes.
pub(crate) const PAYLOAD_VERSION: i64 = 1;

/// The hash before the first event.
pub(crate) const NO_HASH: [u8; 32] = [0; 32];

/// The secret of one store, under which learner ids are derived.
#[derive(Clone)]
pub(crate) struct StoreKey(pub(crate) [u8; 32]);

/// A learner inside a store: uniform, so that a range of them is a shard, and of no use to
/// someone without the store's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LearnerKey(pub(crate) [u8; 16]);

impl StoreKey {
    /// The secret of a new store, which is to be at `place`.
    pub(crate) fn fresh(place: &Path) -> Result<StoreKey, StoreError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| StoreError::NoRandomness { path: place.to_owned() })?;
        Ok(StoreKey(key))
    }

    /// HMAC-SHA-256 of the institution's id, in the form of a UUID of version 8 (RFC 9562).
    pub(crate) fn learner(&self, id: &LearnerId) -> LearnerKey {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(id.as_str().as_bytes());
        let mut key = first_half(mac.finalize().into_bytes().into());
        key[6] = (key[6] & 0x0f) | 0x80;
        key[8] = (key[8] & 0x3f) | 0x80;
        LearnerKey(key)
    }
}

pub(crate) fn event_id(kind: EventKind, payload: &str, place: u64) -> EventId {
    let mut hash = Sha256::new();
    part(&mut hash, kind.word().as_bytes());
    part(&mut hash, payload.as_bytes());
    part(&mut hash, &place.to_le_bytes());
    EventId(first_half(hash.finalize().into()))
}

/// The hash of an event, over every column of its row but the hash itself.
pub(crate) fn event_hash(before: &[u8; 32], learner: LearnerKey, event: &Event) -> [u8; 32] {
    let mut hash = Sha256::new();
    part(&mut hash, before);
    part(&mut hash, &learner.0);
    part(&mut hash, &event.seq.to_le_bytes());
    part(&mut hash, &event.id.0);
    part(&mut hash, event.kind.word().as_bytes());
    part(&mut hash, &PAYLOAD_VERSION.to_le_bytes());
    part(&mut hash, &event.recorded_at.to_le_bytes());
    part(&mut hash, event.actor.as_bytes());
    part(&mut hash, event.reason.as_bytes());
    part(&mut hash, event.payload.as_bytes());
    hash.finalize().into()
}

/// The hash of everything that a learner's record shows.
pub(crate) fn state_hash(learner: &Learner) -> [u8; 32] {
    Sha256::digest(shape::text(&LearnerShape::full(learner)).as_bytes()).into()
}

pub(crate) fn part(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn first_half(bytes: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    half
}
