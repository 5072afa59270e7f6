//! Sets of rules as they were published, and who is bound to which.
//!
//! An edition is named by the hash of its files, so that it cannot be exchanged under its name.

use std::fmt;

use cairn_core::{Date, Learner, SourceFile};
use sha2::{Digest, Sha256};

use crate::key::part;
use crate::{Context, Event, Fact};

/// A set of rules on its way into a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// What people call it: `2026-27`.
    pub label: String,
    /// The first day of entry for which it is meant.
    pub effective_from: Date,
    /// Its files, in any order.
    pub files: Vec<SourceFile>,
}

/// The SHA-256 over the paths and texts of an edition's files, in the order of their paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionHash(pub [u8; 32]);

/// An edition as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdition {
    /// Its name.
    pub hash: EditionHash,
    /// What people call it.
    pub label: String,
    /// The first day of entry for which it is meant.
    pub effective_from: Date,
    /// When it was published, in microseconds since 1970-01-01 00:00 UTC.
    pub recorded_at: i64,
    /// Who published it.
    pub actor: String,
    /// Why.
    pub reason: String,
}

/// That a learner entered a qualification under an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The qualification's id.
    pub qualification: String,
    /// The day of entry.
    pub on: Date,
    /// The edition that binds.
    pub edition: EditionHash,
}

/// An audit that is kept, with everything that is needed to make it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAudit {
    /// The qualification's id.
    pub qualification: String,
    /// The day of the audit.
    pub on: Date,
    /// The rules that it follows.
    pub edition: EditionHash,
    /// The SHA-256 of the record that it is about ([`crate::StoredLearner::state_hash`]).
    pub record: [u8; 32],
    /// The release that made it.
    pub release: String,
    /// The answer, as JSON.
    pub answer: String,
}

impl Edition {
    /// What names it.
    #[must_use]
    pub fn hash(&self) -> EditionHash {
        hash_of(&self.files)
    }

    /// What is kept of it besides its files.
    pub(crate) fn stored(&self, context: &Context) -> StoredEdition {
        StoredEdition {
            hash: self.hash(),
            label: self.label.clone(),
            effective_from: self.effective_from,
            recorded_at: context.recorded_at,
            actor: context.actor.clone(),
            reason: context.reason.clone(),
        }
    }
}

/// The name of a set of files.
pub(crate) fn hash_of(files: &[SourceFile]) -> EditionHash {
    let mut hash = Sha256::new();
    for file in sorted(files) {
        part(&mut hash, file.path.as_bytes());
        part(&mut hash, file.text.as_bytes());
    }
    EditionHash(hash.finalize().into())
}

/// Files in the order in which they are hashed and kept.
pub(crate) fn sorted(files: &[SourceFile]) -> Vec<&SourceFile> {
    let mut files: Vec<_> = files.iter().collect();
    files.sort_by(|a, b| (&a.path, &a.text).cmp(&(&b.path, &b.text)));
    files
}

impl StoredEdition {
    /// Guards every column of the row, the content by the edition's own hash.
    pub(crate) fn row_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        part(&mut hash, &self.hash.0);
        part(&mut hash, self.label.as_bytes());
        part(&mut hash, self.effective_from.to_string().as_bytes());
        part(&mut hash, &self.recorded_at.to_le_bytes());
        part(&mut hash, self.actor.as_bytes());
        part(&mut hash, self.reason.as_bytes());
        hash.finalize().into()
    }
}

/// The hash of everything that a record shows, by which an audit names what it is about.
#[must_use]
pub fn record_hash(learner: &Learner) -> [u8; 32] {
    crate::key::state_hash(learner)
}

/// The edition for somebody who enters on a day: the latest that is meant for it, and among equals
/// the one that was published last.
#[must_use]
pub fn on_entry(editions: &[StoredEdition], on: Date) -> Option<&StoredEdition> {
    let meant = editions.iter().filter(|edition| edition.effective_from <= on);
    meant.max_by_key(|edition| (edition.effective_from, edition.recorded_at, edition.hash))
}

/// What a log says of the qualifications that were entered: of each the last word.
#[must_use]
pub fn entries(events: &[Event]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for event in events {
        if let Some(Fact::Entered(entry)) = event.fact() {
            entries.retain(|other| other.qualification != entry.qualification);
            entries.push(entry);
        }
    }
    entries.sort_by(|a, b| a.qualification.cmp(&b.qualification));
    entries
}

impl fmt::Display for EditionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::hex(&self.0))
    }
}
