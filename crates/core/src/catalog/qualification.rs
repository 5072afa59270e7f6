//! Qualifications: what is complete when its requirements are met.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    Amount, AttestationKey, Attributes, CredentialId, Measure, QualificationId, RequirementId, SchemeId,
    Span,
    catalog::{Limit, Pool, Requirement, RequirementIx, Rule, Sight, SizeIx, Tally},
};

/// A credential that is complete when its requirements are met.
#[derive(Debug, Clone)]
pub struct Qualification {
    /// Its id with the edition: `BSB50420@R1`.
    pub id: QualificationId,
    /// The part of the id before the edition.
    pub code: CredentialId,
    /// The name to show.
    pub title: String,
    /// Who awards it.
    pub issuer: Option<String>,
    /// The kind of award that it is, where that bounds its size.
    pub kind: Option<SizeIx>,
    /// The first day of this edition.
    pub effective: Option<Date>,
    /// The day from which it is no longer awarded.
    pub retired: Option<Date>,
    /// Where the rules are published.
    pub sources: Vec<String>,
    /// The scheme in which its file states credits, where that is not the common one.
    pub scheme: Option<SchemeId>,
    /// What remains is counted in this.
    pub measure: Measure,
    /// How long after its expiry a holding still counts here.
    pub grace: Grace,
    /// Which of several holdings of one credential may count.
    pub attempt: Attempt,
    /// The day from which `max_age` reckons.
    pub max_age_on: AgeDay,
    /// The evidence on a record whose day is that of the learner's entry.
    pub entry: Option<AttestationKey>,
    /// Whether an award of it uses up the credits that earned it, so that they count nowhere else.
    pub consumes: bool,
    /// Level, issuer and the like.
    pub attributes: Attributes,
    /// All requirements; children stand before their parents, the root is last.
    pub requirements: Vec<Requirement>,
    /// The requirements that have a title of their own when they are met beside the root.
    pub outcomes: Vec<RequirementIx>,
    /// The pools that requirements and limits speak of; a pool stands after those it leaves out.
    pub pools: Vec<Pool>,
    /// Limits over everything that is counted.
    pub limits: Vec<Limit>,
    /// Whether it is the profile of a role or programme: the skills that it needs.
    pub is_profile: bool,
    /// Where it is defined.
    pub span: Span,
}

impl Qualification {
    /// The requirement that must be met for the qualification to be complete.
    #[must_use]
    pub fn root(&self) -> RequirementIx {
        RequirementIx::at(self.requirements.len().saturating_sub(1))
    }

    /// A requirement by position.
    #[must_use]
    pub fn requirement(&self, ix: RequirementIx) -> &Requirement {
        &self.requirements[ix.index()]
    }

    /// The positions of all requirements, children first.
    pub fn requirement_indexes(&self) -> impl DoubleEndedIterator<Item = RequirementIx> + use<> {
        (0..self.requirements.len()).map(RequirementIx::at)
    }

    /// The requirements with their depth, parents first; one that several ask for stands where it
    /// is first asked for.
    #[must_use]
    pub fn outline(&self) -> Vec<(RequirementIx, usize)> {
        self.outline_with(None)
    }

    /// The same with what an outcome asks for, after all else.
    #[must_use]
    pub fn outline_with(&self, outcome: Option<RequirementIx>) -> Vec<(RequirementIx, usize)> {
        self.outline_of(std::iter::once((self.root(), 0)).chain(outcome.map(|outcome| (outcome, 1))))
    }

    /// What outcomes ask for that is not asked of everybody.
    #[must_use]
    pub fn outcomes_outline(&self) -> Vec<(RequirementIx, usize)> {
        let outcomes = self.outcomes.iter().map(|&outcome| (outcome, 1));
        let mut outline = self.outline_of(std::iter::once((self.root(), 0)).chain(outcomes));
        outline.drain(..self.outline().len());
        outline
    }

    fn outline_of(&self, roots: impl Iterator<Item = (RequirementIx, usize)>) -> Vec<(RequirementIx, usize)> {
        let mut outline = Vec::with_capacity(self.requirements.len());
        let mut seen = vec![false; self.requirements.len()];
        let mut open: Vec<_> = roots.collect();
        open.reverse();
        while let Some((ix, depth)) = open.pop() {
            if std::mem::replace(&mut seen[ix.index()], true) {
                continue;
            }
            outline.push((ix, depth));
            let children = self.requirement(ix).rule.children();
            open.extend(children.iter().rev().map(|&child| (child, depth + 1)));
        }
        outline
    }

    /// How much its rules ask for, in number or credits: what its root, by `all` alone, takes in all;
    /// or a lower limit over everything that is counted, if that is more.
    #[must_use]
    pub fn required(&self, measure: Measure) -> Amount {
        let tally = Tally::of(measure);
        let needs = |limits: &[Limit]| -> Amount {
            let stated = limits.iter().filter(|limit| limit.tally == tally && limit.per.is_none());
            stated.filter(|limit| limit.is_need()).map(|limit| limit.amount).max().unwrap_or(Amount::ZERO)
        };
        let mut asked = vec![false; self.requirements.len()];
        let mut taken = Amount::ZERO;
        // Where its root could not be read it has no requirements, and asks for nothing by them.
        let mut open: Vec<_> = (!self.requirements.is_empty()).then(|| self.root()).into_iter().collect();
        while let Some(ix) = open.pop() {
            if std::mem::replace(&mut asked[ix.index()], true) {
                continue;
            }
            let requirement = self.requirement(ix);
            // What is asked of some only is not asked for by the rules as they stand.
            if requirement.when.is_some() {
                continue;
            }
            match &requirement.rule {
                Rule::All(children) | Rule::Same(_, children) => open.extend(children),
                Rule::Take(take) if take.sight == Sight::Taking => taken = taken + needs(&take.floors),
                _ => {}
            }
        }
        taken.max(needs(&self.limits))
    }

    /// A requirement and all below it, each once.
    #[must_use]
    pub fn below(&self, top: RequirementIx) -> BTreeSet<RequirementIx> {
        let mut below = BTreeSet::new();
        let mut open = vec![top];
        while let Some(ix) = open.pop() {
            if below.insert(ix) {
                open.extend(self.requirement(ix).rule.children());
            }
        }
        below
    }

    /// The requirements that choose one value of an attribute, each with that attribute.
    pub fn sames(&self) -> impl Iterator<Item = (RequirementIx, &str)> {
        self.requirement_indexes().filter_map(|ix| match &self.requirement(ix).rule {
            Rule::Same(by, _) => Some((ix, by.as_str())),
            _ => None,
        })
    }

    /// The requirement of a name.
    #[must_use]
    pub fn find_requirement(&self, id: &RequirementId) -> Option<RequirementIx> {
        self.requirement_indexes().find(|&ix| self.requirement(ix).id == *id)
    }

    /// The outcome of a name.
    #[must_use]
    pub fn find_outcome(&self, id: &str) -> Option<RequirementIx> {
        self.outcomes.iter().copied().find(|&ix| self.requirement(ix).id.as_str() == id)
    }

    /// Whether an award recorded under `credential` is this qualification, in this or any edition.
    #[must_use]
    pub fn is_named(&self, credential: &CredentialId) -> bool {
        self.code == *credential || self.id.as_str() == credential.as_str()
    }
}

/// Which of several holdings of one credential may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Whichever serves best.
    Best,
    /// Only the latest, whether it serves or not; a repeatable credential has no attempts.
    Latest,
}

/// The day from which the age of a holding reckons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeDay {
    /// The day of the audit.
    Audit,
    /// The day on which the learner entered; today for whoever has not.
    Entry,
}

/// How long after its expiry a holding still counts in a qualification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grace {
    /// Not at all.
    None,
    /// To the end of the calendar year of its expiry.
    EndOfCalendarYear,
}
