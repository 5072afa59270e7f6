//! Rows: what each stands for, and which sentence it says.

use cairn_core::catalog::{Clause, CredentialIx, PolicyIx, QualificationIx, RequirementIx};
use cairn_solver::Var;

use crate::model::Model;

/// What a row stands for, as far as a person may ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowTag {
    /// A holding counts once.
    Once,
    /// Of several holdings of one credential, one counts.
    SameCredential(CredentialIx),
    /// Of barred credentials, one counts.
    Excluded(usize),
    /// An upper limit of a requirement: the scope, the requirement, the position among its caps.
    Cap(usize, RequirementIx, usize),
    /// A requirement's window: the scope, the requirement.
    Window(usize, RequirementIx),
    /// That a requirement comes after others: the scope, the requirement.
    After(usize, RequirementIx),
    /// That all has one value: the scope, the requirement that chooses it.
    Same(usize, RequirementIx),
    /// An upper limit of a qualification: the scope, the position among its limits.
    QualificationCap(usize, usize),
    /// A sharing policy.
    Sharing(PolicyIx),
    /// What awards of this qualification use up.
    UsedUp(QualificationIx),
    /// That this variable rises with others: something is shared by it or counts at all, or some of its
    /// credits count.
    Raises(Var),
    /// How often a credential counts where policies bind.
    Times(CredentialIx),
    /// Anything else.
    Structure,
}

impl Model<'_> {
    /// Writes down what a sentence says: without the rows that this adds, it would say nothing.
    pub(super) fn say(&mut self, clause: Clause, write: impl FnOnce(&mut Self)) {
        self.clause = Some(clause);
        write(self);
        self.clause = None;
    }

    pub(crate) fn at_least(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, least: i64, tag: RowTag) {
        self.problem.at_least(terms, least);
        self.tags.push(tag);
        self.clauses.push(self.clause);
    }

    pub(super) fn at_most(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, most: i64, tag: RowTag) {
        self.problem.at_most(terms, most);
        self.tags.push(tag);
        self.clauses.push(self.clause);
    }
}
