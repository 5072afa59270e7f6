//! The log of one learner's record, as it is read.

use std::fmt;

use crate::Fact;

/// One thing that happened to a record. Events are added and never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place in the learner's log, from 1.
    pub seq: u64,
    /// Its id: the same fact told twice has the same one, and is recorded once.
    pub id: EventId,
    /// What kind of thing happened.
    pub kind: EventKind,
    /// When it was recorded, in microseconds since 1970-01-01 00:00 UTC.
    pub recorded_at: i64,
    /// Who recorded it.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// What happened, as canonical JSON in the shape that import reads.
    pub payload: String,
    /// SHA-256 over the hash before it and every other part of it.
    pub hash: [u8; 32],
}

impl Event {
    /// What happened, or `None` if this release cannot understand it.
    #[must_use]
    pub fn fact(&self) -> Option<Fact> {
        Fact::read(self.kind, &self.payload)
    }
}

/// A log as it was known at an instant, in microseconds since 1970-01-01 00:00 UTC: up to the last event
/// that had been recorded by then. The order of a log is that of its numbers, also where the clock was
/// set back in between.
#[must_use]
pub fn known_at(events: &[Event], known_at: Option<i64>) -> &[Event] {
    let by_then = |event: &Event| known_at.is_none_or(|known_at| event.recorded_at <= known_at);
    &events[..events.iter().rposition(by_then).map_or(0, |place| place + 1)]
}

/// The id of an event inside one learner's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub [u8; 16]);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::hex(&self.0))
    }
}

/// What kind of thing happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// The record was begun.
    Registered,
    /// The name changed.
    Renamed,
    /// A holding was added.
    Awarded,
    /// An attestation was added.
    Attested,
    /// A holding was taken back by its issuer.
    Revoked,
    /// A qualification was entered, under an edition of the rules.
    Entered,
    /// An audit was kept.
    Audited,
    /// An exception was asked for.
    ExceptionAsked,
    /// An exception was decided about.
    ExceptionDecided,
}

impl EventKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [EventKind; 9] = [
        EventKind::Registered,
        EventKind::Renamed,
        EventKind::Awarded,
        EventKind::Attested,
        EventKind::Revoked,
        EventKind::Entered,
        EventKind::Audited,
        EventKind::ExceptionAsked,
        EventKind::ExceptionDecided,
    ];

    /// The word that files and reports use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            EventKind::Registered => "registered",
            EventKind::Renamed => "renamed",
            EventKind::Awarded => "awarded",
            EventKind::Attested => "attested",
            EventKind::Revoked => "revoked",
            EventKind::Entered => "entered",
            EventKind::Audited => "audited",
            EventKind::ExceptionAsked => "exception-asked",
            EventKind::ExceptionDecided => "exception-decided",
        }
    }

    /// Whether it changes nothing that is held, and names an edition of the rules.
    #[must_use]
    pub fn is_note(self) -> bool {
        match self {
            EventKind::Entered
            | EventKind::Audited
            | EventKind::ExceptionAsked
            | EventKind::ExceptionDecided => true,
            EventKind::Registered
            | EventKind::Renamed
            | EventKind::Awarded
            | EventKind::Attested
            | EventKind::Revoked => false,
        }
    }

    /// The kind that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
