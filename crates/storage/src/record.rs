//! One learner's record: the log, what it adds up to, and how it grows.
//!
//! Pure: both stores load a record, let it grow and write down what is new.

use std::collections::HashSet;

use cairn_core::{Attestation, Date, Holding, Learner, State};

use crate::event::known_at;
use crate::fact::Fact;
use crate::key::{self, LearnerKey, NO_HASH};
use crate::storable::{unstorable, unstorable_context, unstorable_note};
use crate::{AsOf, Context, Event, EventId, EventKind, Recorded, StoreError, StoredLearner};

/// What a log adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Projection {
    pub(crate) learner: Learner,
    /// The last event of each holding.
    pub(crate) holding_seqs: Vec<u64>,
    /// The event of each attestation.
    pub(crate) attestation_seqs: Vec<u64>,
}

/// Where a log ends, and what the record's first row says of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: u64,
    pub(crate) hash: [u8; 32],
    pub(crate) state_hash: [u8; 32],
    pub(crate) updated_at: i64,
}

/// A record that may grow.
pub(crate) struct Record {
    key: LearnerKey,
    head: Head,
    projection: Option<Projection>,
    known: HashSet<EventId>,
    /// The events since it was loaded.
    fresh: Vec<Event>,
}

impl Projection {
    /// What a log adds up to after one more fact; `None` if the fact does not fit.
    pub(crate) fn after(before: Option<Projection>, seq: u64, fact: Fact) -> Option<Projection> {
        let Some(mut after) = before else {
            let Fact::Registered { id, name } = fact else { return None };
            let learner = Learner { name, ..Learner::new(id) };
            return Some(Projection { learner, holding_seqs: Vec::new(), attestation_seqs: Vec::new() });
        };
        match fact {
            Fact::Registered { .. } => return None,
            Fact::Renamed { name } => after.learner.name = Some(name),
            Fact::Awarded(holding) => {
                after.learner.holdings.push(*holding);
                after.holding_seqs.push(seq);
            }
            Fact::Attested(attestation) => {
                after.learner.attestations.push(attestation);
                after.attestation_seqs.push(seq);
            }
            Fact::Revoked { holding, .. } => {
                let place = usize::try_from(holding).ok()?.checked_sub(1)?;
                after.learner.holdings.get_mut(place)?.state = State::Revoked;
                *after.holding_seqs.get_mut(place)? = seq;
            }
            // They say something about the learner, and nothing about what is held.
            Fact::Entered(_) | Fact::Audited(_) | Fact::ExceptionAsked(_) | Fact::ExceptionDecided(_) => {}
        }
        Some(after)
    }

    pub(crate) fn stored(self, head: &Head) -> StoredLearner {
        StoredLearner {
            learner: self.learner,
            seq: head.seq,
            updated_at: head.updated_at,
            state_hash: head.state_hash,
        }
    }
}

/// What a log adds up to on a day, or without a day all of it; else the event that does not fit.
pub(crate) fn replay(events: &[Event], on: Option<Date>) -> Result<Option<Projection>, u64> {
    events.iter().try_fold(None, |before, event| {
        let fact = event.fact().ok_or(event.seq)?;
        if fact.event_id(&event.payload, event.seq) != event.id {
            return Err(event.seq);
        }
        match (&fact, on) {
            (Fact::Revoked { from: Some(from), .. }, Some(on)) if *from > on => Ok(before),
            _ => Projection::after(before, event.seq, fact).map(Some).ok_or(event.seq),
        }
    })
}

/// The record as it was known or on a day; `Err` is the event that does not fit.
pub(crate) fn stored_as_of(events: &[Event], as_of: AsOf) -> Result<Option<StoredLearner>, u64> {
    let known = known_at(events, as_of.known_at);
    let (Some(last), Some(projection)) = (known.last(), replay(known, as_of.on)?) else {
        return Ok(None);
    };
    let head = Head::after(last, &projection);
    Ok(Some(projection.stored(&head)))
}

impl Head {
    /// The end of a log without events.
    pub(crate) const NONE: Head = Head { seq: 0, hash: NO_HASH, state_hash: NO_HASH, updated_at: 0 };

    /// The end of a log whose last event is `last`, and what it adds up to.
    pub(crate) fn after(last: &Event, projection: &Projection) -> Head {
        let state_hash = key::state_hash(&projection.learner);
        Head { seq: last.seq, hash: last.hash, state_hash, updated_at: last.recorded_at }
    }
}

impl Record {
    pub(crate) fn empty(key: LearnerKey) -> Record {
        Record { key, head: Head::NONE, projection: None, known: HashSet::new(), fresh: Vec::new() }
    }

    pub(crate) fn loaded(
        key: LearnerKey,
        head: Head,
        projection: Projection,
        mut known: HashSet<EventId>,
    ) -> Record {
        // An export shows a revoked holding as revoked; importing it again must not add it twice.
        let revoked = |holding: &&Holding| holding.state == State::Revoked;
        let now = projection.learner.holdings.iter().filter(revoked);
        known.extend(now.map(|holding| id_of(&Fact::Awarded(Box::new(holding.clone())))));
        Record { key, head, projection: Some(projection), known, fresh: Vec::new() }
    }

    /// Adds what is not on the record yet.
    pub(crate) fn add(
        &mut self,
        additions: &Learner,
        context: &Context,
        recorded: &mut Recorded,
    ) -> Result<(), StoreError> {
        if let Some(field) = unstorable(additions).or_else(|| unstorable_context(context)) {
            return Err(StoreError::Unstorable { learner: additions.id.clone(), field });
        }
        self.greet(additions, context, recorded);
        for holding in &additions.holdings {
            let added = self.tell_once(Fact::Awarded(Box::new(holding.clone())), context);
            count(added, &mut recorded.holdings, &mut recorded.unchanged);
        }
        for attestation in &additions.attestations {
            let added = self.tell_once(Fact::Attested(Attestation::clone(attestation)), context);
            count(added, &mut recorded.attestations, &mut recorded.unchanged);
        }
        Ok(())
    }

    /// Marks a holding as revoked.
    pub(crate) fn revoke(
        &mut self,
        number: u32,
        from: Option<Date>,
        context: &Context,
        recorded: &mut Recorded,
    ) -> Result<(), StoreError> {
        let learner = &self.projection.as_ref().expect("only a record that exists is revoked from").learner;
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let Some(holding) = place.and_then(|place| learner.holdings.get(place)) else {
            let holdings = learner.holdings.len() as u64;
            return Err(StoreError::NoHolding { learner: learner.id.clone(), number, holdings });
        };
        if let Some(field) = unstorable_context(context) {
            return Err(StoreError::Unstorable { learner: learner.id.clone(), field });
        }
        let revoked = holding.state != State::Revoked && {
            let after = Holding { state: State::Revoked, ..holding.clone() };
            self.known.insert(id_of(&Fact::Awarded(Box::new(after))));
            self.tell_once(Fact::Revoked { holding: number, from }, context)
        };
        count(revoked, &mut recorded.revoked, &mut recorded.unchanged);
        Ok(())
    }

    /// Adds what changes nothing that is held: an entry, an audit, an exception.
    pub(crate) fn note(
        &mut self,
        fact: Fact,
        context: &Context,
        recorded: &mut Recorded,
    ) -> Result<(), StoreError> {
        let learner = &self.projection.as_ref().expect("only a record that exists is noted upon").learner;
        let is_note = fact.kind().is_note();
        let field = unstorable_context(context).or_else(|| (!is_note).then_some("fact"));
        if let Some(field) = field.or_else(|| unstorable_note(&fact)) {
            return Err(StoreError::Unstorable { learner: learner.id.clone(), field });
        }
        let added = self.tell_once(fact, context);
        count(added, &mut recorded.notes, &mut recorded.unchanged);
        Ok(())
    }

    /// What there is to write down, with the head brought up to date; `None` if nothing is new.
    pub(crate) fn growth(&mut self) -> Option<(&Projection, &Head, &[Event])> {
        let (last, projection) = (self.fresh.last()?, self.projection.as_ref()?);
        self.head = Head::after(last, projection);
        Some((projection, &self.head, &self.fresh))
    }

    /// Begins the record, or takes a new name into it.
    fn greet(&mut self, additions: &Learner, context: &Context, recorded: &mut Recorded) {
        let Some(projection) = &self.projection else {
            let fact = Fact::Registered { id: additions.id.clone(), name: additions.name.clone() };
            self.tell_once(fact, context);
            recorded.learners += 1;
            return;
        };
        match &additions.name {
            Some(name) if projection.learner.name.as_ref() != Some(name) => {
                self.tell_once(Fact::Renamed { name: name.clone() }, context);
                recorded.names += 1;
            }
            _ => {}
        }
    }

    /// Appends a fact, unless the log has it already.
    fn tell_once(&mut self, fact: Fact, context: &Context) -> bool {
        let (payload, kind, seq) = (fact.payload(), fact.kind(), self.head.seq + 1);
        let id = fact.event_id(&payload, seq);
        if !self.known.insert(id) {
            return false;
        }
        self.append(Event {
            seq,
            id,
            kind,
            recorded_at: context.recorded_at,
            actor: context.actor.clone(),
            reason: context.reason.clone(),
            payload,
            hash: NO_HASH,
        });
        let after = Projection::after(self.projection.take(), seq, fact);
        self.projection = Some(after.expect("a record tells itself only facts that fit"));
        true
    }

    fn append(&mut self, mut event: Event) {
        event.hash = key::event_hash(&self.head.hash, self.key, &event);
        self.head.seq = event.seq;
        self.head.hash = event.hash;
        self.fresh.push(event);
    }
}

fn id_of(fact: &Fact) -> EventId {
    debug_assert_eq!(fact.kind(), EventKind::Awarded, "only awards are known by their present facts");
    fact.event_id(&fact.payload(), 0)
}

fn count(changed: bool, counter: &mut u64, unchanged: &mut u64) {
    *if changed { counter } else { unchanged } += 1;
}
