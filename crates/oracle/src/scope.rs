//! §3: what one qualification may count: admissible allocations that satisfy its root and its limits.

use std::collections::BTreeSet;

use cairn_core::catalog::{
    Clause, CredentialIx, Qualification, QualificationIx, RequirementIx, Rule, Sight, Take,
};

use crate::{
    complete::World,
    parts,
    place::Chosen,
    tree::{Ways, is_leaf},
};

/// A unit counted as a credential for a requirement.
pub(crate) type Use = (usize, CredentialIx, RequirementIx);

/// What one scope counts.
pub(crate) type Allocation = Vec<Use>;

/// One qualification, as it is counted.
pub(crate) struct Scope<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) ix: QualificationIx,
    pub(crate) qualification: &'a Qualification,
    /// Of these, just the claimed ones are earned.
    pub(crate) frame: &'a [QualificationIx],
    pub(crate) claimed: &'a [QualificationIx],
    /// What must be met for the root to be.
    pub(crate) ways: Ways,
    pub(crate) chosen: Chosen,
}

impl World<'_> {
    /// All admissible allocations of a qualification that satisfy its root and its limits.
    pub(crate) fn allocations<'s>(
        &'s self,
        ix: QualificationIx,
        frame: &'s [QualificationIx],
        claimed: &'s [QualificationIx],
    ) -> impl Iterator<Item = Allocation> {
        let qualification = self.catalog.qualification(ix);
        self.values_to_choose(qualification).into_iter().flat_map(move |chosen| {
            let ways = self.ways(ix);
            let scope = Scope { world: self, ix, qualification, frame, claimed, ways, chosen };
            let taken = scope.placed(&scope.takes(|take| take.sight == Sight::Taking));
            taken.into_iter().filter(move |allocation| scope.is_satisfied_by(allocation))
        })
    }
}

impl<'a> Scope<'a> {
    pub(crate) fn take(&self, ix: RequirementIx) -> Option<&'a Take> {
        match &self.qualification.requirement(ix).rule {
            Rule::Take(take) => Some(take),
            _ => None,
        }
    }

    /// The requirements that take or look, and of which something is so.
    pub(crate) fn takes(&self, is_so: impl Fn(&Take) -> bool) -> Vec<RequirementIx> {
        let all = self.qualification.requirement_indexes();
        all.filter(|&ix| self.take(ix).is_some_and(&is_so)).collect()
    }

    /// Whether a sentence of the rules is among those that demand or bar anything.
    pub(crate) fn keeps(&self, clause: Clause) -> bool {
        self.world.question.keeps(clause)
    }

    fn is_satisfied_by(&self, allocation: &Allocation) -> bool {
        let counted = counted(allocation);
        let mut limits = self.qualification.limits.iter().enumerate();
        limits.all(|(at, limit)| {
            !self.keeps(Clause::Limit(self.ix, at))
                || parts::is_open(self.qualification, limit)
                || self.limit_holds(limit, &counted)
        }) && !self.is_barred(&counted)
            && self.world.is_left(self.ix, allocation)
            && self.is_placed(allocation)
            && self.looks(allocation).iter().any(|looked_at| self.root_holds(allocation, looked_at))
    }

    fn is_barred(&self, counted: &[(usize, CredentialIx)]) -> bool {
        let exclusions = self.world.catalog.exclusions().iter().enumerate();
        let mut kept = exclusions.filter(|(at, _)| self.keeps(Clause::Exclusion(*at)));
        kept.any(|(_, barred)| {
            let within = |&&(unit, face): &&(usize, CredentialIx)| {
                barred.between.contains(&face) || barred.between.contains(&self.world.units[unit].own)
            };
            counted.iter().filter(within).count() > 1
        })
    }

    /// Whether the holding that must count somewhere does.
    fn is_placed(&self, allocation: &Allocation) -> bool {
        let Some((holding, within, requirement)) = self.world.question.placed else { return true };
        let wanted = &self.world.learner.holdings[holding];
        let is_it =
            |unit: usize| self.world.units[unit].holding.is_some_and(|holding| std::ptr::eq(holding, wanted));
        within != self.ix || allocation.iter().any(|&(unit, _, place)| is_it(unit) && place == requirement)
    }

    /// Whether the root holds for what is taken and looked at.
    fn root_holds(&self, allocation: &Allocation, looked_at: &Allocation) -> bool {
        if self.qualification.requirements.iter().any(|one| parts::counts_parts(&one.rule)) {
            return self.holds_in_parts(allocation, looked_at);
        }
        let leaves = self.qualification.requirement_indexes().filter(|&ix| is_leaf(self.qualification, ix));
        let met: BTreeSet<_> = leaves.filter(|&ix| self.is_met(ix, allocation, looked_at)).collect();
        self.ways.iter().any(|way| way.is_subset(&met))
    }

    /// Whether a requirement that is made of no others holds.
    pub(crate) fn is_met(&self, ix: RequirementIx, allocation: &Allocation, looked_at: &Allocation) -> bool {
        match self.take(ix) {
            Some(take) => self.take_holds(take, ix, allocation, looked_at),
            None => self.is_had(ix),
        }
    }
}

/// What an allocation counts: what is divided between requirements counts once.
pub(crate) fn counted(allocation: &Allocation) -> Vec<(usize, CredentialIx)> {
    let mut counted: Vec<_> = allocation.iter().map(|&(unit, face, _)| (unit, face)).collect();
    counted.dedup();
    counted
}

/// What of it a requirement is given.
pub(crate) fn given(allocation: &[Use], to: RequirementIx) -> Vec<(usize, CredentialIx)> {
    allocation.iter().filter(|used| used.2 == to).map(|&(unit, face, _)| (unit, face)).collect()
}
