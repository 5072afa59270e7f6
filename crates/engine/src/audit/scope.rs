//! One scope of an audit: what it counts, and how its requirements stand.

use cairn_core::{
    Amount,
    catalog::{QualificationIx, Tally},
};

use super::Placement;

/// One scope: a qualification with its own allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeAudit {
    /// The qualification.
    pub qualification: QualificationIx,
    /// The qualification for which it is counted, often itself; nothing where sharing policies couple
    /// everything that is asked.
    pub frame: Option<QualificationIx>,
    /// Whether the completion needs this scope to be complete.
    pub needed: bool,
    /// Whether what is held, as it counts here, completes it.
    pub is_complete: bool,
    /// What counts.
    pub counted: Vec<Placement>,
    /// What overlays look at, where that is a choice; it does not count by that.
    pub looked_at: Vec<Placement>,
    /// The status of each requirement, by position.
    pub requirements: Vec<Status>,
    /// How far the lower limits over everything counted are met, in the order of the rules.
    pub limits: Vec<Measured>,
}

/// How a requirement stands in the optimal completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Met, open, or not needed.
    pub standing: Standing,
    /// Its needs and lower limits, in the order of the rules.
    pub floors: Vec<Measured>,
}

/// Whether a requirement is met by what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Met,
    /// It is not, and the completion meets it.
    Open,
    /// It is not, and the completion does without it.
    NotNeeded,
    /// It is asked of others only.
    NotAsked,
}

/// A need, and what there is toward it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// What is added up or compared.
    pub tally: Tally,
    /// How much is needed.
    pub needed: Amount,
    /// How much the holdings that count bring.
    pub held: Amount,
    /// How much the completion adds; how much better it makes an average.
    pub new: Amount,
}
