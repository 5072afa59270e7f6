//! Credentials, and who awards them.

use jiff::civil::Date;

use crate::{
    Amount, Attributes, CredentialId, Period, QualificationId, SchemeId, Span,
    catalog::{CredentialIx, Equivalence, PoolIx, QualificationIx},
};

/// Something that can be earned and is not itself made of requirements.
#[derive(Debug, Clone)]
pub struct Credential {
    /// Its id.
    pub id: CredentialId,
    /// The name to show.
    pub title: String,
    /// Credits, if it has any, in the common scheme.
    pub credits: Amount,
    /// The scheme in which its credits are stated and recorded, where that is another.
    pub scheme: Option<SchemeId>,
    /// Its credits in that scheme.
    pub credits_stated: Amount,
    /// What it costs.
    pub cost: Amount,
    /// The effort it takes, in hours.
    pub effort: Amount,
    /// How long an award is valid; for ever without it.
    pub valid: Option<Period>,
    /// Credentials that renew it when they are earned while it is valid.
    pub renewed_by: Vec<CredentialIx>,
    /// How long before the end a renewal may be earned; at any time without it.
    pub renewal_window: Option<Period>,
    /// Whether a renewal moves the end on from the end, not from its own day.
    pub renewed_from_end: bool,
    /// How long after its retirement what has no other end is valid.
    pub valid_after_retirement: Option<Period>,
    /// Each entry must be had before this can be earned; one of its alternatives suffices.
    pub requires: Vec<Vec<Prerequisite>>,
    /// What a holding of this one may count as, besides itself.
    pub counts_as: Vec<Equivalence>,
    /// The qualifications toward which it counts, sorted; without it, all.
    pub only_toward: Option<Vec<QualificationId>>,
    /// Whether it can be earned.
    pub offered: bool,
    /// The day from which it can no longer be earned.
    pub retired: Option<Date>,
    /// How many holdings of it may count together in a qualification: 1, unless it is repeatable.
    pub times: u32,
    /// Everything that conditions look at.
    pub attributes: Attributes,
    /// Where it is described.
    pub origin: Origin,
    /// Where it is defined.
    pub span: Span,
}

/// Where a credential is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In a table of its own.
    Rules,
    /// In this open pool: it stands for what could be earned that no rule file defines.
    Open(QualificationIx, PoolIx),
    /// Nowhere: it is on a learner's record, and an open pool has it.
    Record,
}

/// One alternative of what must be had before a credential can be earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prerequisite {
    /// A credential.
    Credential(CredentialIx),
    /// An awarded qualification.
    Qualification(QualificationIx),
}

/// An awarding body.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// Its id.
    pub id: CredentialId,
    /// The name to show.
    pub title: String,
    /// Where it can be reached.
    pub url: Option<String>,
}
