//! A store in memory: the model that the databases are measured against, and a store for tests.

use std::collections::{BTreeMap, HashSet};

use cairn_core::{Date, Learner, LearnerId, SourceFile};

use crate::edition;
use crate::key::StoreKey;
use crate::record::{self, Head, Projection, Record};
use crate::seal::{Seal, Sealing};
use crate::storable::refuse_unstorable;
use crate::store::Records;
use crate::verify::{Evidence, Flaw, examine};
use crate::{
    AsOf, Context, Edition, EditionHash, Event, EventKind, Fact, FlawKind, Listed, Rebuilt, Recorded, Store,
    StoreError, StoredEdition, StoredLearner, Verification,
};

/// Keeps everything in memory, and forgets it when dropped.
#[derive(Clone)]
pub struct MemoryStore {
    key: StoreKey,
    learners: BTreeMap<LearnerId, Kept>,
    seals: Vec<Seal>,
    editions: BTreeMap<EditionHash, (StoredEdition, Vec<SourceFile>)>,
}

/// Everything that is kept of one learner.
#[derive(Clone)]
struct Kept {
    head: Head,
    events: Vec<Event>,
    projection: Projection,
    /// How far the log was sealed.
    sealed: u64,
}

impl MemoryStore {
    /// A store without learners.
    #[must_use]
    pub fn new() -> MemoryStore {
        MemoryStore {
            key: StoreKey([0; 32]),
            learners: BTreeMap::new(),
            seals: Vec::new(),
            editions: BTreeMap::new(),
        }
    }

    fn record(&self, id: &LearnerId) -> Option<Record> {
        let kept = self.learners.get(id)?;
        let known: HashSet<_> = kept.events.iter().map(|event| event.id).collect();
        Some(Record::loaded(self.key.learner(id), kept.head, kept.projection.clone(), known))
    }

    /// Lets the record of a learner who is there grow.
    fn grow(
        &mut self,
        id: &LearnerId,
        growth: impl FnOnce(&mut Record, &mut Recorded) -> Result<(), StoreError>,
    ) -> Result<Recorded, StoreError> {
        let mut recorded = Recorded::default();
        let mut record = self.record(id).ok_or_else(|| StoreError::NoLearner { learner: id.clone() })?;
        growth(&mut record, &mut recorded)?;
        self.keep(record);
        Ok(recorded)
    }

    /// Verifies the first learners.
    fn examine(&self, learners: usize, verification: &mut Verification) {
        for (id, kept) in self.learners.iter().take(learners) {
            verification.learners += 1;
            verification.events += kept.events.len() as u64;
            let evidence = Evidence {
                key: self.key.learner(id),
                head: kept.head,
                events: &kept.events,
                projection: Some(&kept.projection),
            };
            for (seq, kind) in examine(&evidence) {
                verification.report(Flaw { learner: Some(id.to_string()), seq, kind });
            }
        }
    }

    fn keep(&mut self, mut record: Record) {
        let Some((projection, head, fresh)) = record.growth() else { return };
        let id = projection.learner.id.clone();
        let (mut events, sealed) =
            self.learners.remove(&id).map(|kept| (kept.events, kept.sealed)).unwrap_or_default();
        events.extend_from_slice(fresh);
        self.learners.insert(id, Kept { head: *head, events, projection: projection.clone(), sealed });
    }
}

impl Default for MemoryStore {
    fn default() -> MemoryStore {
        MemoryStore::new()
    }
}

impl Store for MemoryStore {
    fn add(&mut self, additions: &Learner, context: &Context) -> Result<Recorded, StoreError> {
        let mut recorded = Recorded::default();
        let id = &additions.id;
        let mut record = self.record(id).unwrap_or_else(|| Record::empty(self.key.learner(id)));
        record.add(additions, context, &mut recorded)?;
        self.keep(record);
        Ok(recorded)
    }

    fn revoke(
        &mut self,
        learner: &LearnerId,
        holding: u32,
        from: Option<Date>,
        context: &Context,
    ) -> Result<Recorded, StoreError> {
        self.grow(learner, |record, recorded| record.revoke(holding, from, context, recorded))
    }

    fn import(
        &mut self,
        records: &mut Records<'_>,
        context: &Context,
    ) -> Result<Option<Recorded>, StoreError> {
        let mut after = self.clone();
        let mut recorded = Recorded::default();
        for record in records {
            let Ok(additions) = record else { return Ok(None) };
            recorded += after.add(&additions, context)?;
        }
        *self = after;
        Ok(Some(recorded))
    }

    fn learner(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError> {
        Ok(self.learners.get(id).map(|kept| kept.projection.clone().stored(&kept.head)))
    }

    fn learners(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError> {
        let later = self.learners.iter().filter(|(id, _)| after.is_none_or(|after| *id > after));
        let listed = later.take(limit as usize).map(|(id, kept)| Listed {
            id: id.clone(),
            name: kept.projection.learner.name.clone(),
            holdings: kept.projection.learner.holdings.len() as u64,
            updated_at: kept.head.updated_at,
        });
        Ok(listed.collect())
    }

    fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError> {
        Ok(self.learners.get(id).map(|kept| kept.events.clone()).unwrap_or_default())
    }

    fn noted(&self, kind: EventKind) -> Result<Vec<LearnerId>, StoreError> {
        let has = |kept: &Kept| kept.events.iter().any(|event| event.kind == kind);
        let learners = self.learners.iter().filter(|(_, kept)| has(kept));
        Ok(learners.map(|(id, _)| id.clone()).collect())
    }

    fn learner_as_of(&self, id: &LearnerId, as_of: AsOf) -> Result<Option<StoredLearner>, StoreError> {
        let damaged = |_| StoreError::DamagedRecord {
            path: "memory".into(),
            learner: id.to_string(),
            flaw: FlawKind::EventUnreadable,
        };
        record::stored_as_of(&self.events(id)?, as_of).map_err(damaged)
    }

    fn note(&mut self, learner: &LearnerId, fact: Fact, context: &Context) -> Result<Recorded, StoreError> {
        let missing = fact.edition().filter(|hash| !self.editions.contains_key(hash));
        self.grow(learner, |record, recorded| match missing {
            Some(hash) => Err(StoreError::NoEdition { hash }),
            None => record.note(fact, context, recorded),
        })
    }

    fn publish(&mut self, edition: &Edition, context: &Context) -> Result<bool, StoreError> {
        refuse_unstorable(edition, context)?;
        let stored = edition.stored(context);
        if self.editions.contains_key(&stored.hash) {
            return Ok(false);
        }
        let files = edition::sorted(&edition.files).into_iter().cloned().collect();
        self.editions.insert(stored.hash, (stored, files));
        Ok(true)
    }

    fn editions(&self) -> Result<Vec<StoredEdition>, StoreError> {
        let mut editions: Vec<_> = self.editions.values().map(|(stored, _)| stored.clone()).collect();
        editions.sort_by_key(|edition| (edition.effective_from, edition.recorded_at, edition.hash));
        Ok(editions)
    }

    fn edition(&self, hash: EditionHash) -> Result<Option<Vec<SourceFile>>, StoreError> {
        Ok(self.editions.get(&hash).map(|(_, files)| files.clone()))
    }

    fn seal(&mut self, context: &Context) -> Result<Seal, StoreError> {
        let before = self.seals.last();
        let (mut seal, mut sealing) = (Seal::after(before, context), Sealing::new());
        let mut grown: Vec<_> = self.learners.iter_mut().collect();
        grown.retain(|(_, kept)| kept.sealed < kept.head.seq);
        grown.sort_by_key(|(id, _)| self.key.learner(id));
        for (id, kept) in grown {
            sealing.head(self.key.learner(id), kept.head.seq, &kept.head.hash);
            kept.sealed = kept.head.seq;
        }
        (seal.heads, seal.hash) = sealing.close(before, &seal);
        self.seals.push(seal.clone());
        Ok(seal)
    }

    fn seals(&self) -> Result<Vec<Seal>, StoreError> {
        Ok(self.seals.clone())
    }

    fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        let events = self.learners.values().map(|kept| kept.events.len() as u64).sum();
        Ok(Rebuilt { learners: self.learners.len() as u64, events, ..Rebuilt::default() })
    }

    fn glance(&self, learners: u8) -> Result<Verification, StoreError> {
        let mut verification = Verification::default();
        self.examine(learners.into(), &mut verification);
        Ok(verification)
    }

    fn verify(&self) -> Result<Verification, StoreError> {
        let seals = self.seals.iter().map(|seal| seal.hash).collect();
        let mut verification = Verification { seals, ..Verification::default() };
        self.examine(self.learners.len(), &mut verification);
        Ok(verification)
    }
}
