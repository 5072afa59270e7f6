//! Tests that stand beside the rules: a learner in a few words, and what an audit must say.

use crate::{
    Amount, Attestation, Date, Holding, Measure, Scenario, Span,
    catalog::{QualificationIx, RequirementIx},
};

/// One test: a question about a learner, and what the answer must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTest {
    /// What is tested, in a sentence.
    pub name: String,
    /// The qualification that is asked about.
    pub qualification: QualificationIx,
    /// Others that are asked about at once, sorted.
    pub beside: Vec<QualificationIx>,
    /// The outcome that is asked about, if one is.
    pub outcome: Option<RequirementIx>,
    /// The day of the audit.
    pub on: Date,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// Requirements of the qualification that what the learner holds meets, whatever that takes.
    pub satisfied: Vec<RequirementIx>,
    /// What else the learner holds.
    pub holdings: Vec<Holding>,
    /// What is confirmed.
    pub attestations: Vec<Attestation>,
    /// What the audit must say, at least one thing.
    pub expectations: Vec<Expectation>,
    /// Where it is written.
    pub span: Span,
}

/// One thing that an audit must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The qualification to which its requirements belong.
    pub of: QualificationIx,
    /// What.
    pub expected: Expected,
    /// Where it is written.
    pub span: Span,
}

/// What an audit must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// What is asked about is complete, or is not: of several qualifications, all of them together.
    Complete(bool),
    /// One of several qualifications is complete beside the others, or is not.
    CompleteBeside(bool),
    /// Nothing that can be earned would complete it, or something would.
    Unreachable(bool),
    /// So much remains, where it is counted in this.
    Remaining(Measure, Amount),
    /// So many confirmations remain.
    Attestations(Amount),
    /// So much of what is held counts toward a requirement: in this, or in its own measure.
    Counted(RequirementIx, Option<Measure>, Amount),
    /// What is held meets the requirement.
    Met(RequirementIx),
    /// What is held does not meet the requirement.
    Open(RequirementIx),
    /// These outcomes are reached, in the order of their positions, and no others.
    Outcomes(Vec<RequirementIx>),
    /// These are to be earned, awarded and confirmed, by id in the order of ids, and nothing else.
    Next(Vec<String>),
}
