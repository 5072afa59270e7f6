//! The rules as an integer problem.
//!
//! For every scope, a variable says how many of a class of interchangeable units count as a
//! credential for a requirement; for every requirement, one says whether it is met; for every new
//! credential, award and attestation, one says whether it is had. Every sentence of the rules is
//! one row. The objectives are the parts of the cost of a completion.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Catalog, Learner,
    catalog::{Clause, CredentialIx, PolicyIx, Qualification, QualificationIx, RequirementIx},
};
use cairn_solver::{Problem, Var};

use crate::{
    Question,
    eligibility::Unit,
    scope::{Frame, Goal, ScopeKey, Scopes},
};

mod class;
use class::Class;

mod row;
pub(crate) use row::RowTag;

mod build;
pub(crate) use build::{build, build_preferring, build_to_meet};

// The sentences of the rules, in the order in which they are written down.
mod placing;

mod part;

mod same;

mod needs;

mod when;

mod limit;
pub(crate) use limit::gcd;

mod shortfall;
pub(crate) use shortfall::Shortfall;

mod last;

mod window;

mod sequence;

mod attempts;

mod completion;
pub(crate) use completion::price;

mod sharing;

mod used_up;

mod names;

/// Units of a class that count as a credential for a requirement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) class: usize,
    pub(crate) face: CredentialIx,
    pub(crate) requirement: RequirementIx,
    pub(crate) var: Var,
    /// How much of their credits counts, in thousandths, where that may be less than all.
    pub(crate) part: Option<Var>,
}

/// One scope of the model.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) key: ScopeKey,
    /// Whether the scope's qualification is complete.
    pub(crate) complete: Var,
    /// Whether each requirement is met.
    pub(crate) met: Vec<Var>,
    /// What taking requirements take.
    pub(crate) takes: Vec<Use>,
    /// What is counted: the same, but for units that are divided, which are counted once.
    pub(crate) counted: Vec<Use>,
    /// What overlays look at, where that is a choice.
    pub(crate) looks: Vec<Use>,
}

/// The whole problem with the meaning of its variables.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) learner: &'a Learner,
    pub(crate) question: &'a Question,
    pub(crate) goal: Goal<'a>,
    pub(crate) problem: Problem,
    pub(crate) tags: Vec<RowTag>,
    /// The sentence that each row is there for, by position; nothing where it is none of the author's.
    pub(crate) clauses: Vec<Option<Clause>>,
    /// The sentence that is being written down.
    clause: Option<Clause>,
    pub(crate) units: Vec<Unit<'a>>,
    pub(crate) classes: Vec<Class>,
    pub(crate) scopes: Vec<Scope>,
    /// How many of each class of new credentials are earned.
    pub(crate) earned: BTreeMap<usize, Var>,
    /// Whether each qualification that may be newly awarded is.
    pub(crate) awarded: BTreeMap<QualificationIx, Var>,
    /// Whether each attestation is granted.
    pub(crate) granted: BTreeMap<String, Var>,
    /// For each unit that may be divided, whether it is counted, and the parts of its credits.
    divided: BTreeMap<Var, Vec<Var>>,
    /// Whether requirements that are asked of some only are asked, and whether their rules hold.
    pub(crate) conditional: Vec<Var>,
    /// How much each need falls short, if it may; in which units.
    pub(crate) shortfalls: Vec<Shortfall>,
    /// Whether something counts toward what a policy wants unshared: as little as will do.
    pub(crate) unique: Vec<Var>,
    /// Whether something is shared, as policies see it: whenever it is, or more often.
    pub(crate) permits: Vec<Var>,
    /// Whether one qualification is had before another, where a policy asks.
    before: BTreeMap<(Frame, [QualificationIx; 2]), Var>,
    found: Scopes,
}

// The order in which the search decides: the shape of the solution first, then its details.
const RANK_SHAPE: u8 = 0;
const RANK_NEW: u8 = 1;
const RANK_USE: u8 = 2;
pub(crate) const RANK_DETAIL: u8 = 3;

impl Model<'_> {
    pub(crate) fn qualification_of(&self, scope: usize) -> &Qualification {
        self.catalog.qualification(self.scopes[scope].key.qualification)
    }

    /// The first unit of a class stands for all of them.
    pub(crate) fn unit_of(&self, class: usize) -> &Unit<'_> {
        &self.units[self.classes[class].units[0]]
    }

    /// The scope in which a scope's requirement has another qualification earned.
    pub(crate) fn earned_scope(&self, scope: usize, other: QualificationIx) -> usize {
        self.found.earned_in(self.scopes[scope].key, other)
    }

    /// The policies that bind in some frame, each once.
    pub(crate) fn binding(&self) -> BTreeSet<PolicyIx> {
        self.found.coupled.values().flatten().copied().collect()
    }

    /// The scopes of a frame.
    pub(crate) fn scopes_of(&self, frame: Frame) -> BTreeMap<QualificationIx, usize> {
        let scopes = self.scopes.iter().enumerate().filter(|(_, scope)| scope.key.frame == frame);
        scopes.map(|(at, scope)| (scope.key.qualification, at)).collect()
    }
}
