//! Clauses: the single sentences of the rules that demand or bar something.

use crate::catalog::{PolicyIx, QualificationIx, RequirementIx};

/// One sentence of the rules, by where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    /// A requirement's need or lower limit, by its position among them.
    Need(QualificationIx, RequirementIx, usize),
    /// What a requirement asks for beside holdings: an award, or evidence.
    Asked(QualificationIx, RequirementIx),
    /// An upper limit of a requirement, by its position among them.
    Cap(QualificationIx, RequirementIx, usize),
    /// The window of a requirement.
    Window(QualificationIx, RequirementIx),
    /// That a requirement comes after others.
    After(QualificationIx, RequirementIx),
    /// A limit over everything that a qualification counts, by its position among them.
    Limit(QualificationIx, usize),
    /// A sharing policy.
    Policy(PolicyIx),
    /// Credentials that bar each other, by position in the catalog.
    Exclusion(usize),
}
