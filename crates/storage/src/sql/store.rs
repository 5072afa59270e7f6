//! The store in a database, whichever it is: every question and every change is one transaction.

use cairn_core::{Date, Learner, LearnerId, SourceFile};

use super::{Session, bulk, edition, rebuild, seal};
use crate::record::Record;
use crate::storable::refuse_unstorable;
use crate::store::Records;
use crate::{
    AsOf, Context, Edition, EditionHash, Event, EventKind, Fact, Listed, Rebuilt, Recorded, Seal, Store,
    StoreError, StoredEdition, StoredLearner, Verification,
};

/// How a database runs transactions.
pub(crate) trait Database {
    /// Runs `question` on one unchanging state of the database.
    fn read<T>(&self, question: impl Fn(&Session<'_>) -> Result<T, StoreError>) -> Result<T, StoreError>;

    /// Runs `change` as a whole or not at all, and again from its beginning where that can help.
    fn write<T>(&mut self, change: impl Fn(&Session<'_>) -> Result<T, StoreError>) -> Result<T, StoreError>;

    /// Runs a large change only once: what it reads from cannot be read again. Without an answer
    /// nothing of it is kept.
    fn write_bulk<T>(
        &mut self,
        change: impl FnMut(&Session<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError>;
}

impl<D: Database> Store for D {
    fn add(&mut self, additions: &Learner, context: &Context) -> Result<Recorded, StoreError> {
        self.write(|session| {
            let mut recorded = Recorded::default();
            let mut record = session.record_or_empty(&additions.id)?;
            record.add(additions, context, &mut recorded)?;
            session.save(&additions.id, &mut record)?;
            Ok(recorded)
        })
    }

    fn revoke(
        &mut self,
        learner: &LearnerId,
        holding: u32,
        from: Option<Date>,
        context: &Context,
    ) -> Result<Recorded, StoreError> {
        self.write(|session| {
            grow(session, learner, |record, recorded| record.revoke(holding, from, context, recorded))
        })
    }

    fn import(
        &mut self,
        records: &mut Records<'_>,
        context: &Context,
    ) -> Result<Option<Recorded>, StoreError> {
        self.write_bulk(|session| bulk::add_all(session, records, context))
    }

    fn learner(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError> {
        self.read(|session| session.stored(id))
    }

    fn learner_as_of(&self, id: &LearnerId, as_of: AsOf) -> Result<Option<StoredLearner>, StoreError> {
        self.read(|session| session.stored_as_of(id, as_of))
    }

    fn learners(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError> {
        self.read(|session| session.listed(after, limit))
    }

    fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError> {
        self.read(|session| session.events(id))
    }

    fn noted(&self, kind: EventKind) -> Result<Vec<LearnerId>, StoreError> {
        self.read(|session| session.noted(kind))
    }

    fn note(&mut self, learner: &LearnerId, fact: Fact, context: &Context) -> Result<Recorded, StoreError> {
        self.write(|session| {
            grow(session, learner, |record, recorded| {
                edition::check(session, &fact)?;
                record.note(fact.clone(), context, recorded)
            })
        })
    }

    fn publish(&mut self, published: &Edition, context: &Context) -> Result<bool, StoreError> {
        refuse_unstorable(published, context)?;
        self.write(|session| session.whole(edition::publish(session, published, context)))
    }

    fn editions(&self) -> Result<Vec<StoredEdition>, StoreError> {
        self.read(|session| session.whole(edition::all(session)))
    }

    fn edition(&self, hash: EditionHash) -> Result<Option<Vec<SourceFile>>, StoreError> {
        self.read(|session| session.whole(edition::files(session, hash)))
    }

    fn seal(&mut self, context: &Context) -> Result<Seal, StoreError> {
        self.write(|session| session.whole(seal::seal(session, context)))
    }

    fn seals(&self) -> Result<Vec<Seal>, StoreError> {
        self.read(|session| session.whole(seal::all(session)))
    }

    fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        self.write(rebuild::rebuild)
    }

    fn glance(&self, learners: u8) -> Result<Verification, StoreError> {
        self.read(|session| session.glance(learners))
    }

    fn verify(&self) -> Result<Verification, StoreError> {
        self.read(|session| session.verify())
    }
}

/// Lets the record of a learner who is there grow.
fn grow(
    session: &Session<'_>,
    id: &LearnerId,
    growth: impl FnOnce(&mut Record, &mut Recorded) -> Result<(), StoreError>,
) -> Result<Recorded, StoreError> {
    let mut recorded = Recorded::default();
    let mut record = session.record(id)?.ok_or_else(|| StoreError::NoLearner { learner: id.clone() })?;
    growth(&mut record, &mut recorded)?;
    session.save(id, &mut record)?;
    Ok(recorded)
}
