//! What happens inside one transaction: one learner's rows become a record and back.

use std::collections::HashSet;

use cairn_core::{Holding, Learner, LearnerId, State};

use super::row::{self, HeadRow};
use super::{Columns, Driver, Trouble, Value, statement};
use crate::key::{self, LearnerKey, StoreKey};
use crate::record::{Projection, Record};
use crate::verify::chain_flaws;
use crate::{AsOf, Event, EventId, EventKind, FlawKind, Listed, StoreError, StoredLearner, record};

/// One transaction on one database.
pub(crate) struct Session<'a> {
    pub(crate) driver: &'a dyn Driver,
    pub(crate) key: &'a StoreKey,
}

impl Session<'_> {
    pub(crate) fn stored(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError> {
        let Some(head) = self.head(id)? else { return Ok(None) };
        let projection = self.sound_projection(&head).map_err(|trouble| self.about(trouble, id))?;
        Ok(Some(projection.stored(&head.head)))
    }

    /// The record as it was known, or as it was on a day: the log is played as far as that.
    pub(crate) fn stored_as_of(
        &self,
        id: &LearnerId,
        as_of: AsOf,
    ) -> Result<Option<StoredLearner>, StoreError> {
        // Only what was recorded later, or revoked from a later day, can make a difference.
        if as_of.known_at.is_none() {
            let stored = self.stored(id)?;
            let is_revoked = |held: &Holding| held.state == State::Revoked;
            if stored.as_ref().is_none_or(|stored| !stored.learner.holdings.iter().any(is_revoked)) {
                return Ok(stored);
            }
        }
        let flaw = |flaw| self.about(Trouble::Flaw(flaw), id);
        record::stored_as_of(&self.events(id)?, as_of).map_err(|_| flaw(FlawKind::EventUnreadable))
    }

    pub(crate) fn record_or_empty(&self, id: &LearnerId) -> Result<Record, StoreError> {
        Ok(self.record(id)?.unwrap_or_else(|| Record::empty(self.key.learner(id))))
    }

    pub(crate) fn record(&self, id: &LearnerId) -> Result<Option<Record>, StoreError> {
        let Some(head) = self.head(id)? else { return Ok(None) };
        let load = || {
            let projection = self.sound_projection(&head)?;
            let known = self.event_ids(head.key)?;
            Ok(Record::loaded(head.key, head.head, projection, known))
        };
        load().map(Some).map_err(|trouble| self.about(trouble, id))
    }

    /// Writes down what is new in a record.
    pub(crate) fn save(&self, id: &LearnerId, record: &mut Record) -> Result<(), StoreError> {
        self.save_rows(id, record).map_err(|trouble| self.about(trouble, id))
    }

    pub(crate) fn listed(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError> {
        let after = after.map_or("", LearnerId::as_str);
        let read = |row: &dyn Columns| {
            let id = row.text(0)?.parse().map_err(|_| Trouble::UNREADABLE)?;
            Ok(Listed {
                id,
                name: row.optional_text(1)?.map(str::to_owned),
                holdings: row.number(3)?,
                updated_at: row.integer(2)?,
            })
        };
        let values = [after.into(), Value::Integer(limit.into())];
        self.whole(self.driver.rows(statement::LISTED, &values, read))
    }

    /// The learners on whose log there is an event of a kind.
    pub(crate) fn noted(&self, kind: EventKind) -> Result<Vec<LearnerId>, StoreError> {
        let read = |row: &dyn Columns| row.text(0)?.parse().map_err(|_| Trouble::UNREADABLE);
        self.whole(self.driver.rows(statement::NOTED, &[kind.word().into()], read))
    }

    /// The log of one learner; one that does not hold together is an error.
    pub(crate) fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError> {
        let Some(head) = self.head(id)? else { return Ok(Vec::new()) };
        let events = self.events_of(head.key).map_err(|trouble| self.about(trouble, id))?;
        match chain_flaws(head.key, &head.head, &events).pop() {
            Some((_, flaw)) => Err(self.about(Trouble::Flaw(flaw), id)),
            None => Ok(events),
        }
    }

    pub(crate) fn events_of(&self, key: LearnerKey) -> Result<Vec<Event>, Trouble> {
        self.driver.rows(statement::EVENTS, &[Value::from(&key.0)], row::event)
    }

    /// What is shown of a learner, as the rows have it.
    pub(crate) fn projection(&self, head: &HeadRow) -> Result<Projection, Trouble> {
        let id: LearnerId = head.external_id.parse().map_err(|_| Trouble::UNREADABLE)?;
        let key = [Value::from(&head.key.0)];
        let holdings = self.driver.rows(statement::HOLDINGS, &key, row::holding)?;
        let attestations = self.driver.rows(statement::ATTESTATIONS, &key, row::attestation)?;
        let (holdings, holding_seqs) = numbered(holdings, FlawKind::HoldingDiffers)?;
        let (attestations, attestation_seqs) = numbered(attestations, FlawKind::AttestationDiffers)?;
        let learner = Learner { id, name: head.name.clone(), holdings, attestations };
        Ok(Projection { learner, holding_seqs, attestation_seqs })
    }

    /// Writes the rows that the events after `before` have touched, and the head.
    pub(crate) fn save_projection(
        &self,
        key: LearnerKey,
        projection: &Projection,
        head: &record::Head,
        before: u64,
    ) -> Result<(), Trouble> {
        let Projection { learner, holding_seqs, attestation_seqs } = projection;
        for (place, (holding, seq)) in learner.holdings.iter().zip(holding_seqs).enumerate() {
            if *seq > before {
                row::save_holding(self.driver, key, (place, holding, *seq))?;
            }
        }
        for (place, (attestation, seq)) in learner.attestations.iter().zip(attestation_seqs).enumerate() {
            if *seq > before {
                row::save_attestation(self.driver, key, (place, attestation, *seq))?;
            }
        }
        row::save_head(self.driver, key, learner, head)
    }

    /// The same as [`Session::projection`], if it is what was written: damage is never shown as a
    /// fact.
    fn sound_projection(&self, head: &HeadRow) -> Result<Projection, Trouble> {
        let projection = self.projection(head)?;
        if key::state_hash(&projection.learner) != head.head.state_hash {
            return Err(Trouble::Flaw(FlawKind::StateHashDiffers));
        }
        Ok(projection)
    }

    fn head(&self, id: &LearnerId) -> Result<Option<HeadRow>, StoreError> {
        let head = self.head_of(self.key.learner(id)).map_err(|trouble| self.about(trouble, id))?;
        match head {
            Some(head) if head.external_id != id.as_str() => {
                Err(self.about(Trouble::Flaw(FlawKind::KeyDiffers), id))
            }
            head => Ok(head),
        }
    }

    pub(crate) fn head_of(&self, key: LearnerKey) -> Result<Option<HeadRow>, Trouble> {
        Ok(self.driver.rows(statement::HEAD, &[Value::from(&key.0)], row::head)?.pop())
    }

    fn event_ids(&self, key: LearnerKey) -> Result<HashSet<EventId>, Trouble> {
        let read = |row: &dyn Columns| Ok(EventId(row.array(0)?));
        Ok(self.driver.rows(statement::EVENT_IDS, &[Value::from(&key.0)], read)?.into_iter().collect())
    }

    fn save_rows(&self, id: &LearnerId, record: &mut Record) -> Result<(), Trouble> {
        let key = self.key.learner(id);
        let Some((projection, head, fresh)) = record.growth() else { return Ok(()) };
        let before = fresh.first().map_or(0, |event| event.seq - 1);
        for event in fresh {
            row::save_event(self.driver, key, event)?;
        }
        self.save_projection(key, projection, head, before)
    }

    /// The answer to a question about everybody.
    pub(crate) fn whole<T>(&self, answer: Result<T, Trouble>) -> Result<T, StoreError> {
        answer.map_err(|trouble| trouble.about_all(self.driver.place()))
    }

    fn about(&self, trouble: Trouble, id: &LearnerId) -> StoreError {
        trouble.about(id.as_str(), self.driver.place())
    }
}

/// Takes the numbers off rows that are numbered from 1 without a gap.
fn numbered<T>(rows: Vec<(u64, T, u64)>, gap: fn(u32) -> FlawKind) -> Result<(Vec<T>, Vec<u64>), Trouble> {
    let misplaced = (1..).zip(&rows).find(|(expected, (number, ..))| number != expected);
    if let Some((expected, _)) = misplaced {
        return Err(Trouble::Flaw(gap(u32::try_from(expected).unwrap_or(u32::MAX))));
    }
    Ok(rows.into_iter().map(|(_, value, seq)| (value, seq)).unzip())
}
