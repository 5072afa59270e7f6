//! What may not count together: sharing policies and exclusions.

use crate::{
    Amount, Fraction, Measure, PolicyId, Source, Span,
    catalog::{Bound, Catalog, CredentialIx, Filter, QualificationIx, Rounding, Share, Whole},
};

/// How far qualifications may count the same credentials.
#[derive(Debug, Clone)]
pub struct Sharing {
    /// Its id, if it has one.
    pub id: Option<PolicyId>,
    /// The name to show, if it has one.
    pub title: Option<String>,
    /// The qualification that it belongs to: it binds where that is claimed. Without one, it always does.
    pub owner: Option<QualificationIx>,
    /// All qualifications that it names.
    pub between: Vec<QualificationIx>,
    /// Which comes first, if that matters.
    pub way: Option<Way>,
    /// Those of the qualifications whose part is measured, where it is measured for each.
    pub only: Vec<QualificationIx>,
    /// Whether a named qualification of which an award is held, with what earned it, counts just that.
    pub looks_into_awards: bool,
    /// Of which credentials it speaks, as what they are.
    pub filter: Filter,
    /// What it demands.
    pub rule: SharingRule,
    /// Where it is written.
    pub span: Span,
    /// The file and line, for people; empty if the catalog was not loaded from files.
    pub place: String,
}

/// The direction of a policy: it binds two qualifications if the one is had before the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What comes first.
    pub from: Vec<QualificationIx>,
    /// What comes after.
    pub into: Vec<QualificationIx>,
}

/// What a policy demands of the qualifications that it names, as far as they are claimed.
#[derive(Debug, Clone)]
pub enum SharingRule {
    /// Every two share at most this.
    AtMost(Vec<PolicyBound>),
    /// Of what each counts, at most this is shared with another or comes from one of the sources.
    Jointly(Vec<PolicyBound>, Vec<Source>),
    /// Each counts at least this that it shares with no other.
    UniqueAtLeast(Vec<PolicyBound>),
    /// The same, but only of those that share anything.
    SurplusAbove(Vec<PolicyBound>),
    /// No credential counts in more than so many.
    MaxPurposes(u32),
    /// None shares with more than so many others.
    MaxPartners(u32),
    /// These pairs are not both claimed.
    Banned {
        /// If their rules ask for more of the same than this; without it, in any case.
        above: Option<Vec<(Measure, Amount)>>,
        /// The pairs of which that is so.
        pairs: Vec<[QualificationIx; 2]>,
    },
}

/// An amount of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyBound {
    /// In number or credits.
    pub measure: Measure,
    /// How much, unless it is a part.
    pub amount: Amount,
    /// Which part of what is required, if it is one.
    pub part: Option<Part>,
}

/// A part of what a qualification requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which part.
    pub fraction: Fraction,
    /// What becomes of a part that is no whole number.
    pub rounding: Rounding,
    /// Of which qualification; otherwise of the one that is measured.
    pub of: Option<QualificationIx>,
}

impl PolicyBound {
    /// The amount for a qualification that is measured: the least or the most.
    #[must_use]
    pub fn amount_for(&self, catalog: &Catalog, measured: QualificationIx, bound: Bound) -> Amount {
        let Some(part) = &self.part else { return self.amount };
        let required = catalog.qualification(part.of.unwrap_or(measured)).required(self.measure);
        let share = Share { fraction: part.fraction, of: Whole::Required(required), rounding: part.rounding };
        share.amount(required, bound)
    }
}

impl Sharing {
    /// The pairs that a policy between every two of its qualifications binds: the first comes before
    /// the second, if the policy has a direction.
    #[must_use]
    pub fn pairs(&self) -> Vec<[QualificationIx; 2]> {
        let mut pairs = Vec::new();
        match &self.way {
            Some(Way { from, into }) => {
                for &first in from {
                    pairs.extend(into.iter().filter(|&&then| then != first).map(|&then| [first, then]));
                }
            }
            None => {
                for (at, &one) in self.between.iter().enumerate() {
                    pairs.extend(self.between[at + 1..].iter().map(|&other| [one, other]));
                }
            }
        }
        pairs
    }

    /// Whether it binds anything among these qualifications, and those whose awards are looked into.
    #[must_use]
    pub fn binds_among(
        &self,
        claimed: &[QualificationIx],
        is_looked_into: impl Fn(QualificationIx) -> bool,
    ) -> bool {
        let is_claimed = |named: &&QualificationIx| claimed.contains(named);
        let takes_part = |named: &&QualificationIx| {
            is_claimed(named) || (self.looks_into_awards && is_looked_into(**named))
        };
        self.owner.is_none_or(|owner| claimed.contains(&owner))
            && self.between.iter().any(|named| is_claimed(&named))
            && self.between.iter().filter(takes_part).count() > 1
    }
}

/// Credentials of which at most one is counted in a qualification.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// The credentials.
    pub between: Vec<CredentialIx>,
    /// Where it is written.
    pub span: Span,
}
