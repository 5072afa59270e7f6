//! What a store does, whichever database is behind it.
//!
//! Plain types cross this border: no connection, row or database error does.

use cairn_core::{Date, Learner, LearnerId, SourceFile};

use crate::{Edition, EditionHash, Event, EventKind, Fact, Seal, StoreError, StoredEdition, Verification};

/// Keeps what learners hold.
///
/// Every writing call is one transaction: when it returns `Ok`, all of it is on the disk; when it
/// returns an error, none of it is.
pub trait Store {
    /// Adds to a learner's record, and begins the record if there is none.
    ///
    /// A holding or attestation with exactly the same facts as one already recorded is the same
    /// one and is not added again, even if it was revoked since. A name replaces the recorded
    /// one; no name leaves it alone.
    ///
    /// # Errors
    ///
    /// If the database cannot be written, or the learner's record is damaged.
    fn add(&mut self, additions: &Learner, context: &Context) -> Result<Recorded, StoreError>;

    /// Marks a holding as taken back by its issuer. It stays on the record.
    ///
    /// Holdings are numbered from 1 in the order in which they were recorded, and keep their
    /// number. `from` is the first day on which it does not count; without one it never should
    /// have. Revoking twice is the same as revoking once.
    ///
    /// # Errors
    ///
    /// If there is no such learner or holding, or the database cannot be written.
    fn revoke(
        &mut self,
        learner: &LearnerId,
        holding: u32,
        from: Option<Date>,
        context: &Context,
    ) -> Result<Recorded, StoreError>;

    /// Adds many records in one transaction.
    ///
    /// If `records` ends with [`Abandon`], nothing is kept and the answer is `None`.
    ///
    /// # Errors
    ///
    /// If the database cannot be written, or the record of a learner is damaged.
    fn import(
        &mut self,
        records: &mut Records<'_>,
        context: &Context,
    ) -> Result<Option<Recorded>, StoreError>;

    /// One learner as recorded, or nothing if there is no such learner.
    ///
    /// # Errors
    ///
    /// If the database cannot be read. A damaged record is an error, never an answer.
    fn learner(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError>;

    /// One learner as the record was known at an instant, or as it was on a day, or both.
    ///
    /// # Errors
    ///
    /// If the database cannot be read. A damaged log is an error, never an answer.
    fn learner_as_of(&self, id: &LearnerId, as_of: AsOf) -> Result<Option<StoredLearner>, StoreError>;

    /// The next learners after `after`, in the order of their ids, at most `limit`.
    ///
    /// The last id of a page is the `after` of the next; an empty page is the end.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    fn learners(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError>;

    /// Everything that happened to a learner's record, oldest first; empty if there is none.
    ///
    /// # Errors
    ///
    /// If the database cannot be read. A damaged log is an error, never an answer.
    fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError>;

    /// The learners on whose log there is an event of a kind, by id.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    fn noted(&self, kind: EventKind) -> Result<Vec<LearnerId>, StoreError>;

    /// Adds to a learner's log what changes nothing that is held: [`Fact::Entered`],
    /// [`Fact::Audited`], [`Fact::ExceptionAsked`] or [`Fact::ExceptionDecided`]. The same once more
    /// changes nothing, but for a decision.
    ///
    /// # Errors
    ///
    /// If there is no such learner or edition, the fact is of another kind, or the database cannot be
    /// written.
    fn note(&mut self, learner: &LearnerId, fact: Fact, context: &Context) -> Result<Recorded, StoreError>;

    /// Keeps a set of rules for good; whether it is new. The same files again are the same edition,
    /// with the label and day of the first time.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    fn publish(&mut self, edition: &Edition, context: &Context) -> Result<bool, StoreError>;

    /// All editions, by the day from which they are meant, and then by when they were published.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    fn editions(&self) -> Result<Vec<StoredEdition>, StoreError>;

    /// The files of an edition, in the order of their paths.
    ///
    /// # Errors
    ///
    /// If the database cannot be read. Damaged files are an error, never an answer.
    fn edition(&self, hash: EditionHash) -> Result<Option<Vec<SourceFile>>, StoreError>;

    /// Puts everything that is on record now under one hash, to be kept where nobody can change it.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    fn seal(&mut self, context: &Context) -> Result<Seal, StoreError>;

    /// All seals, the oldest first.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    fn seals(&self) -> Result<Vec<Seal>, StoreError>;

    /// Writes everything that follows from the logs anew.
    ///
    /// What was as it should be is the same afterwards, byte for byte.
    ///
    /// # Errors
    ///
    /// If the database cannot be written, or a log is broken: then nothing follows from it, and
    /// nothing is changed.
    fn rebuild(&mut self) -> Result<Rebuilt, StoreError>;

    /// Verifies the records of at most `learners` learners, spread evenly over all of them: what can
    /// be said before work begins, in a time that does not grow with the store.
    ///
    /// # Errors
    ///
    /// If the database cannot be read at all.
    fn glance(&self, learners: u8) -> Result<Verification, StoreError>;

    /// Recomputes every hash, replays every log and compares it with what is shown.
    ///
    /// # Errors
    ///
    /// If the database cannot be read at all. Damage is not an error here but a [`crate::Flaw`].
    fn verify(&self) -> Result<Verification, StoreError>;
}

/// How to open a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// Makes a new store, which only its owner may read; refuses if anything is there.
    Create,
    /// Opens a store that exists, brings its schema up to date and may write to it.
    Existing,
    /// Opens a store that exists and leaves it as it is.
    ReadOnly,
}

/// Records on their way into a store.
pub type Records<'a> = dyn Iterator<Item = Result<Learner, Abandon>> + 'a;

/// Whoever supplies records wants nothing of them to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abandon;

/// Who changes a record, when and why. The store keeps no clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// When, in microseconds since 1970-01-01 00:00 UTC.
    pub recorded_at: i64,
    /// Who: a person's or a system's name.
    pub actor: String,
    /// Why, in a few words.
    pub reason: String,
}

/// From where a record is looked at. The default is everything that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AsOf {
    /// *Recorded* time: what was on the record at this instant, in microseconds since 1970-01-01
    /// 00:00 UTC.
    pub known_at: Option<i64>,
    /// *Valid* time: a revocation from a later day has not taken place yet.
    pub on: Option<Date>,
}

/// What a rebuilding did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// How many learners' rows were written anew.
    pub learners: u64,
    /// How many events they follow from.
    pub events: u64,
    /// How many of the learners had rows that were not what their log says.
    pub mended: u64,
    /// How many rows followed from no log, and are gone.
    pub orphans: u64,
}

/// A learner as recorded, and where the record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLearner {
    /// The learner. Holding number `n` is `holdings[n - 1]`.
    pub learner: Learner,
    /// How many events the record has.
    pub seq: u64,
    /// When the last of them was recorded, in microseconds since 1970-01-01 00:00 UTC.
    pub updated_at: i64,
    /// The SHA-256 of the learner as canonical JSON: equal records have equal hashes.
    pub state_hash: [u8; 32],
}

/// One line of the list of learners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The institution's id of the learner.
    pub id: LearnerId,
    /// The name to show, if one is kept.
    pub name: Option<String>,
    /// How many holdings are on the record, in whatever state.
    pub holdings: u64,
    /// When the record last changed, in microseconds since 1970-01-01 00:00 UTC.
    pub updated_at: i64,
}

/// What a writing call changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Learners whose record was begun.
    pub learners: u64,
    /// Names that were changed.
    pub names: u64,
    /// Holdings added.
    pub holdings: u64,
    /// Attestations added.
    pub attestations: u64,
    /// Holdings revoked.
    pub revoked: u64,
    /// Entries, audits, and exceptions with their decisions, noted.
    pub notes: u64,
    /// Facts that were on the record already.
    pub unchanged: u64,
}

impl Recorded {
    /// Whether the record is as it was before.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.learners + self.names + self.holdings + self.attestations + self.revoked + self.notes == 0
    }
}

impl std::ops::AddAssign for Recorded {
    fn add_assign(&mut self, other: Recorded) {
        self.learners += other.learners;
        self.names += other.names;
        self.holdings += other.holdings;
        self.attestations += other.attestations;
        self.revoked += other.revoked;
        self.notes += other.notes;
        self.unchanged += other.unchanged;
    }
}
