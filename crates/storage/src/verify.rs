//! Whether a record is what its log says, and its log what was written.

use std::fmt;

use crate::Event;
use crate::SealHash;
use crate::key::{self, LearnerKey, NO_HASH};
use crate::record::{Head, Projection, replay};

/// How many flaws a verification keeps; the rest are only counted.
pub const FLAWS_KEPT_MAX: usize = 100;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// How many learners were checked.
    pub learners: u64,
    /// How many events were checked.
    pub events: u64,
    /// The seals, the oldest first.
    pub seals: Vec<SealHash>,
    /// The first flaws, at most [`FLAWS_KEPT_MAX`].
    pub flaws: Vec<Flaw>,
    /// How many flaws there are.
    pub flaws_total: u64,
}

impl Verification {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.flaws_total == 0
    }

    pub(crate) fn report(&mut self, flaw: Flaw) {
        self.flaws_total += 1;
        if self.flaws.len() < FLAWS_KEPT_MAX {
            self.flaws.push(flaw);
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The learner, as the institution writes it; `None` if the whole file is concerned.
    pub learner: Option<String>,
    /// The event, where one is to blame.
    pub seq: Option<u64>,
    /// What is wrong.
    pub kind: FlawKind,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.learner, self.seq) {
            (Some(learner), Some(seq)) => write!(f, "learner `{learner}`, event {seq}: {}", self.kind),
            (Some(learner), None) => write!(f, "learner `{learner}`: {}", self.kind),
            (None, _) => write!(f, "the file: {}", self.kind),
        }
    }
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlawKind {
    /// An event is not there.
    EventMissing,
    /// An event is not what was written, or stands in the wrong place.
    EventChanged,
    /// An event holds no fact that fits into the record.
    EventUnreadable,
    /// There are more events than the record's first row knows, or its hash is another one.
    HeadDiffers,
    /// A row of the record cannot be read.
    RowUnreadable,
    /// The name or id differs from the log.
    NameDiffers,
    /// A holding differs from the log.
    HoldingDiffers(u32),
    /// An attestation differs from the log.
    AttestationDiffers(u32),
    /// What is shown has another hash than the one that was written with it.
    StateHashDiffers,
    /// The learner's key is not derived from the id.
    KeyDiffers,
    /// Rows that belong to no learner.
    Orphans,
    /// An edition of the rules is not what was published.
    EditionDiffers,
    /// An event names an edition of the rules that is not there.
    EditionMissing,
    /// A seal is not what it was when it was set.
    SealDiffers(u64),
    /// An event that a seal covers is missing or is another one.
    SealedEventDiffers,
    /// The database's own check fails.
    DatabaseDamaged,
}

impl fmt::Display for FlawKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            FlawKind::EventMissing => "the event is missing",
            FlawKind::EventChanged => "the event is not what was written",
            FlawKind::EventUnreadable => "the event holds no fact that fits",
            FlawKind::HeadDiffers => "the log does not end where the record says",
            FlawKind::RowUnreadable => "a row cannot be read",
            FlawKind::NameDiffers => "the name or id is not what the log says",
            FlawKind::HoldingDiffers(n) => return write!(f, "holding {n} is not what the log says"),
            FlawKind::AttestationDiffers(n) => return write!(f, "attestation {n} is not what the log says"),
            FlawKind::StateHashDiffers => "the record does not match its hash",
            FlawKind::KeyDiffers => "the key does not belong to the id",
            FlawKind::Orphans => "there are rows that belong to no learner",
            FlawKind::EditionDiffers => "an edition of the rules is not what was published",
            FlawKind::EditionMissing => "the edition of the rules that it names is missing",
            FlawKind::SealDiffers(n) => return write!(f, "seal {n} is not what was set"),
            FlawKind::SealedEventDiffers => "the event is not the one that was sealed",
            FlawKind::DatabaseDamaged => "the database's own check fails",
        };
        f.write_str(words)
    }
}

/// Everything that is kept of one learner; `None` for what cannot be read.
pub(crate) struct Evidence<'a> {
    pub(crate) key: LearnerKey,
    pub(crate) head: Head,
    pub(crate) events: &'a [Event],
    pub(crate) projection: Option<&'a Projection>,
}

/// What is wrong with one learner's record, with the event that is to blame.
pub(crate) fn examine(evidence: &Evidence<'_>) -> Vec<(Option<u64>, FlawKind)> {
    let mut flaws = chain_flaws(evidence.key, &evidence.head, evidence.events);
    if flaws.is_empty() {
        match replay(evidence.events, None) {
            Ok(replayed) => flaws.extend(projection_flaws(evidence, &replayed)),
            Err(seq) => flaws.push((Some(seq), FlawKind::EventUnreadable)),
        }
    }
    flaws
}

/// The first break of the chain, or that it does not end where the head says.
pub(crate) fn chain_flaws(key: LearnerKey, head: &Head, events: &[Event]) -> Vec<(Option<u64>, FlawKind)> {
    if let Some((seq, flaw)) = broken_link(key, events) {
        return vec![(Some(seq), flaw)];
    }
    let count = events.len() as u64;
    if count < head.seq {
        return vec![(Some(count + 1), FlawKind::EventMissing)];
    }
    let end = events.last().map_or((NO_HASH, 0), |event| (event.hash, event.recorded_at));
    let same = (count, end) == (head.seq, (head.hash, head.updated_at));
    if same { Vec::new() } else { vec![(None, FlawKind::HeadDiffers)] }
}

/// The first break of the chain: after it nothing more can be said of the log.
pub(crate) fn broken_link(key: LearnerKey, events: &[Event]) -> Option<(u64, FlawKind)> {
    let mut before = NO_HASH;
    for (expected, event) in (1..).zip(events) {
        if event.seq != expected {
            return Some((expected, FlawKind::EventMissing));
        }
        if event.hash != key::event_hash(&before, key, event) {
            return Some((expected, FlawKind::EventChanged));
        }
        before = event.hash;
    }
    None
}

fn projection_flaws(evidence: &Evidence<'_>, replayed: &Option<Projection>) -> Vec<(Option<u64>, FlawKind)> {
    let (Some(shown), Some(told)) = (evidence.projection, replayed) else {
        return vec![(None, FlawKind::RowUnreadable)];
    };
    let mut flaws = Vec::new();
    if (&shown.learner.id, &shown.learner.name) != (&told.learner.id, &told.learner.name) {
        flaws.push((None, FlawKind::NameDiffers));
    }
    let holdings = |of: &Projection| -> Vec<_> {
        of.learner.holdings.iter().cloned().zip(of.holding_seqs.iter().copied()).collect()
    };
    flaws.extend(differences(&holdings(shown), &holdings(told), FlawKind::HoldingDiffers));
    let attestations = |of: &Projection| -> Vec<_> {
        of.learner.attestations.iter().cloned().zip(of.attestation_seqs.iter().copied()).collect()
    };
    flaws.extend(differences(&attestations(shown), &attestations(told), FlawKind::AttestationDiffers));
    if key::state_hash(&told.learner) != evidence.head.state_hash {
        flaws.push((None, FlawKind::StateHashDiffers));
    }
    flaws
}

/// The numbers at which what is shown is not what the log tells.
fn differences<T: PartialEq>(
    shown: &[(T, u64)],
    told: &[(T, u64)],
    flaw: fn(u32) -> FlawKind,
) -> Vec<(Option<u64>, FlawKind)> {
    (0..shown.len().max(told.len()))
        .filter(|&place| shown.get(place) != told.get(place))
        .map(|place| {
            let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
            (told.get(place).map(|(_, seq)| *seq), flaw(number))
        })
        .collect()
}
