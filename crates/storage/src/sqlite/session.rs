//! What happens inside one transaction: one learner's rows become a record and back.

use std::collections::HashSet;
use std::path::Path;

use cairn_core::{Learner, LearnerId};
use rusqlite::{Connection, Row, params};

use super::failure::{InFile, Trouble};
use super::row::{self, HeadRow};
use super::statement;
use crate::key::{self, LearnerKey, StoreKey};
use crate::record::{Projection, Record};
use crate::{Event, EventId, FlawKind, Listed, StoreError, StoredLearner};

/// One transaction on one file.
pub(super) struct Session<'a> {
    pub(super) connection: &'a Connection,
    pub(super) path: &'a Path,
    pub(super) key: &'a StoreKey,
}

impl Session<'_> {
    pub(super) fn stored(&self, id: &LearnerId) -> Result<Option<StoredLearner>, StoreError> {
        let Some(head) = self.head(id)? else { return Ok(None) };
        let projection = self.sound_projection(&head).map_err(|trouble| self.of(trouble, id))?;
        Ok(Some(projection.stored(&head.head)))
    }

    pub(super) fn record_or_empty(&self, id: &LearnerId) -> Result<Record, StoreError> {
        Ok(self.record(id)?.unwrap_or_else(|| Record::empty(self.key.learner(id))))
    }

    pub(super) fn record(&self, id: &LearnerId) -> Result<Option<Record>, StoreError> {
        let Some(head) = self.head(id)? else { return Ok(None) };
        let load = || {
            let projection = self.sound_projection(&head)?;
            let known = self.event_ids(head.key)?;
            Ok(Record::loaded(head.key, head.head, projection, known))
        };
        load().map(Some).map_err(|trouble| self.of(trouble, id))
    }

    /// Writes down what is new in a record.
    pub(super) fn save(&self, id: &LearnerId, record: &mut Record) -> Result<(), StoreError> {
        self.save_rows(id, record).in_file(self.path)
    }

    pub(super) fn listed(&self, after: Option<&LearnerId>, limit: u32) -> Result<Vec<Listed>, StoreError> {
        let after = after.map_or("", LearnerId::as_str);
        let query = |row: &Row<'_>| -> Result<Listed, Trouble> {
            let id: String = row.get(0)?;
            let unreadable = |_| Trouble::Flaw(FlawKind::RowUnreadable);
            let holdings = u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0);
            let id = id.parse().map_err(unreadable)?;
            Ok(Listed { id, name: row.get(1)?, holdings, updated_at: row.get(2)? })
        };
        self.rows(statement::LISTED, params![after, limit], query).map_err(|trouble| match trouble {
            Trouble::Flaw(_) => StoreError::Damaged { path: self.path.to_owned() },
            trouble => trouble.of(after, self.path),
        })
    }

    pub(super) fn events(&self, id: &LearnerId) -> Result<Vec<Event>, StoreError> {
        self.events_of(self.key.learner(id)).map_err(|trouble| self.of(trouble, id))
    }

    pub(super) fn events_of(&self, key: LearnerKey) -> Result<Vec<Event>, Trouble> {
        self.rows(statement::EVENTS, params![key.0], row::event)
    }

    /// What is shown of a learner, as the rows have it.
    pub(super) fn projection(&self, head: &HeadRow) -> Result<Projection, Trouble> {
        let id: LearnerId = head.external_id.parse().map_err(|_| Trouble::Flaw(FlawKind::RowUnreadable))?;
        let holdings = self.rows(statement::HOLDINGS, params![head.key.0], row::holding)?;
        let attestations = self.rows(statement::ATTESTATIONS, params![head.key.0], row::attestation)?;
        let (holdings, holding_seqs) = numbered(holdings, FlawKind::HoldingDiffers)?;
        let (attestations, attestation_seqs) = numbered(attestations, FlawKind::AttestationDiffers)?;
        let learner = Learner { id, name: head.name.clone(), holdings, attestations };
        Ok(Projection { learner, holding_seqs, attestation_seqs })
    }

    /// The same, if it is what was written: damage is never shown as a fact.
    fn sound_projection(&self, head: &HeadRow) -> Result<Projection, Trouble> {
        let projection = self.projection(head)?;
        if key::state_hash(&projection.learner) != head.head.state_hash {
            return Err(Trouble::Flaw(FlawKind::StateHashDiffers));
        }
        Ok(projection)
    }

    fn head(&self, id: &LearnerId) -> Result<Option<HeadRow>, StoreError> {
        let key = self.key.learner(id);
        let heads = self.rows(statement::HEAD, params![key.0], row::head);
        let head = heads.map_err(|trouble| self.of(trouble, id))?.pop();
        match head {
            Some(head) if head.external_id != id.as_str() => {
                Err(self.of(Trouble::Flaw(FlawKind::KeyDiffers), id))
            }
            head => Ok(head),
        }
    }

    fn event_ids(&self, key: LearnerKey) -> Result<HashSet<EventId>, Trouble> {
        let ids = self.rows(statement::EVENT_IDS, params![key.0], |row| Ok(EventId(row.get(0)?)))?;
        Ok(ids.into_iter().collect())
    }

    fn save_rows(&self, id: &LearnerId, record: &mut Record) -> rusqlite::Result<()> {
        let key = self.key.learner(id);
        let Some((projection, head, fresh)) = record.growth() else { return Ok(()) };
        let Projection { learner, holding_seqs, attestation_seqs } = projection;
        let before = fresh.first().map_or(0, |event| event.seq - 1);
        for event in fresh {
            row::save_event(self.connection, key, event)?;
        }
        for (place, (holding, seq)) in learner.holdings.iter().zip(holding_seqs).enumerate() {
            if *seq > before {
                row::save_holding(self.connection, key, (place, holding, *seq))?;
            }
        }
        for (place, (attestation, seq)) in learner.attestations.iter().zip(attestation_seqs).enumerate() {
            if *seq > before {
                row::save_attestation(self.connection, key, (place, attestation, *seq))?;
            }
        }
        let (name, seq) = (&learner.name, row::integer(head.seq));
        let values =
            params![key.0, learner.id.as_str(), name, seq, head.hash, head.state_hash, head.updated_at];
        self.connection.prepare_cached(statement::SAVE_HEAD)?.execute(values)?;
        Ok(())
    }

    /// The rows of a query, each read by `read`.
    pub(super) fn rows<T>(
        &self,
        sql: &'static str,
        values: impl rusqlite::Params,
        read: impl Fn(&Row<'_>) -> Result<T, Trouble>,
    ) -> Result<Vec<T>, Trouble> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(values)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }

    fn of(&self, trouble: Trouble, id: &LearnerId) -> StoreError {
        trouble.of(id.as_str(), self.path)
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
