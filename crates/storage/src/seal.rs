//! Seals: one hash for everything that a store held at an instant.
//!
//! The chain of one learner shows what was changed or left out in the middle of it. That its newest
//! events were cut off, or that all of it was written anew by somebody who may write the database,
//! only a hash shows that is kept where they cannot write. A seal is such a hash: it covers the seal
//! before it and the head of every log that has grown since.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::Context;
use crate::key::{LearnerKey, NO_HASH, part};

/// What a store held at an instant, in one hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Its number in the store, from 1.
    pub number: u64,
    /// When, in microseconds since 1970-01-01 00:00 UTC.
    pub sealed_at: i64,
    /// Who sealed.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// How many logs have grown since the seal before.
    pub heads: u64,
    /// SHA-256 over the seal before, every other part of this one, and the heads.
    pub hash: SealHash,
}

/// The hash of a seal, which is kept where nobody can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SealHash(pub [u8; 32]);

impl fmt::Display for SealHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::hex(&self.0))
    }
}

impl std::str::FromStr for SealHash {
    type Err = NotASeal;

    fn from_str(text: &str) -> Result<SealHash, NotASeal> {
        crate::unhex(text).map(SealHash).ok_or(NotASeal)
    }
}

/// A text that is no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seal has 64 hexadecimal digits")]
pub struct NotASeal;

impl Seal {
    /// The seal after `before`, without its hash.
    pub(crate) fn after(before: Option<&Seal>, context: &Context) -> Seal {
        Seal {
            number: before.map_or(1, |before| before.number + 1),
            sealed_at: context.recorded_at,
            actor: context.actor.clone(),
            reason: context.reason.clone(),
            heads: 0,
            hash: SealHash(NO_HASH),
        }
    }
}

/// Hashes the heads that a seal covers, in the order of their learners.
pub(crate) struct Sealing(Sha256, u64);

impl Sealing {
    pub(crate) fn new() -> Sealing {
        Sealing(Sha256::new(), 0)
    }

    pub(crate) fn head(&mut self, learner: LearnerKey, seq: u64, hash: &[u8; 32]) {
        part(&mut self.0, &learner.0);
        part(&mut self.0, &seq.to_le_bytes());
        part(&mut self.0, hash);
        self.1 += 1;
    }

    /// How many heads there are, and the hash of the seal.
    pub(crate) fn close(self, before: Option<&Seal>, seal: &Seal) -> (u64, SealHash) {
        let (heads, count) = (self.0.finalize(), self.1);
        let mut hash = Sha256::new();
        part(&mut hash, &before.map_or(NO_HASH, |before| before.hash.0));
        part(&mut hash, &seal.number.to_le_bytes());
        part(&mut hash, &seal.sealed_at.to_le_bytes());
        part(&mut hash, seal.actor.as_bytes());
        part(&mut hash, seal.reason.as_bytes());
        part(&mut hash, &count.to_le_bytes());
        part(&mut hash, &heads);
        (count, SealHash(hash.finalize().into()))
    }
}
