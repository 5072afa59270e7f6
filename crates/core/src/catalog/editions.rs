//! Which editions of a qualification a learner may choose.

use crate::{AttestationKey, CredentialId, Period, Span, catalog::QualificationIx};

/// The editions of one code, and which of them may be chosen.
#[derive(Debug, Clone)]
pub struct Editions {
    /// The code.
    pub code: CredentialId,
    /// All editions, by the day from which each is in force.
    pub all: Vec<QualificationIx>,
    /// Which of them a learner may choose.
    pub choose: Choose,
    /// Only the last so many of those that are in force or were.
    pub last: Option<u32>,
    /// How long an edition may be completed after the next came into force.
    pub teach_out: Option<Period>,
    /// The evidence on a record whose day is that of the learner's entry.
    pub entry: Option<AttestationKey>,
    /// Where it is written.
    pub span: Span,
}

/// Which editions a learner may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose {
    /// The one that was in force on the day of entry.
    Entry,
    /// That, or a later one, if it came into force so long after entry at most.
    Later(Option<Period>),
    /// One in whose time a credit was earned here, and the one that is in force.
    Credit,
    /// Any.
    Any,
}
