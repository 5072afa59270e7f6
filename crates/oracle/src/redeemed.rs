//! §3, used up: what awards redeem counts for nothing else.

use cairn_core::{
    Date, Holding, State,
    catalog::{CredentialIx, QualificationIx},
};

use crate::{
    complete::World,
    scope::{Allocation, counted},
    subsets,
};

impl World<'_> {
    /// Whether what is wanted and what is newly awarded is complete, whatever the new awards use up.
    pub(crate) fn completes(&self, wanted: &[QualificationIx]) -> bool {
        let consumes = |award: &&QualificationIx| self.catalog.qualification(**award).consumes;
        let open: Vec<QualificationIx> = self.awards.iter().filter(consumes).copied().collect();
        // What is not complete although nothing is used up need not be tried in every way.
        self.all_complete(wanted) && (open.is_empty() || self.completes_with(wanted, &open, &mut Vec::new()))
    }

    fn completes_with(
        &self,
        wanted: &[QualificationIx],
        open: &[QualificationIx],
        redeemed: &mut Vec<(QualificationIx, Vec<CredentialIx>)>,
    ) -> bool {
        let Some((&award, rest)) = open.split_first() else {
            return World { redeemed, ..*self }.all_complete(wanted);
        };
        let mut own: Vec<CredentialIx> = self.units.iter().map(|unit| unit.own).collect();
        own.sort_unstable();
        let mut ways = subsets(&own);
        ways.sort();
        ways.dedup();
        ways.into_iter().any(|way| {
            redeemed.push((award, way));
            let completes = self.completes_with(wanted, rest, redeemed);
            redeemed.pop();
            completes
        })
    }

    fn all_complete(&self, wanted: &[QualificationIx]) -> bool {
        let for_award = |award| World { redeeming: Some(award), ..*self };
        self.awards.iter().all(|&award| for_award(award).is_complete(award)) && self.are_complete(wanted)
    }

    /// Whether a scope counts nothing that awards of other qualifications have used up; and, where a new
    /// award is asked whether it is complete, just what it is said to use up.
    pub(crate) fn is_left(&self, ix: QualificationIx, allocation: &Allocation) -> bool {
        let units = counted(allocation);
        let mut counted: Vec<CredentialIx> = units.iter().map(|used| self.units[used.0].own).collect();
        counted.sort_unstable();
        if self.redeeming == Some(ix) {
            let mut redeemed = self.redeemed.iter();
            if redeemed.any(|(award, used)| *award == ix && *used != counted) {
                return false;
            }
        }
        counted.iter().all(|&own| self.is_left_of(ix, &units, own))
    }

    fn is_left_of(&self, ix: QualificationIx, units: &[(usize, CredentialIx)], own: CredentialIx) -> bool {
        let as_of = self.question.as_of;
        // What is new is had on the day that is asked about.
        let new = self.units.iter().filter(|unit| unit.own == own && unit.holding.is_none()).count();
        let times = self.catalog.credential(own).times as usize;
        let had = |by: Date| {
            let holdings = self.holdings_of(own).filter(move |holding| self.is_had_by(holding, by)).count();
            (holdings + if by < as_of { 0 } else { new }).min(times)
        };
        let counted = |by: Date| {
            let units = units.iter().map(|used| &self.units[used.0]).filter(|unit| unit.own == own);
            units
                .filter(|unit| unit.holding.map_or(by >= as_of, |holding| self.is_had_by(holding, by)))
                .count()
        };
        let mut used = 0;
        for (day, times) in self.awards_using(ix, own) {
            used = (used + times).min(had(day));
            if counted(day) + used > had(day) {
                return false;
            }
        }
        let others = self.redeemed.iter().filter(|(award, _)| *award != ix);
        let newly = others.flat_map(|(_, used)| used).filter(|&&one| one == own).count();
        newly == 0 || counted(as_of) + newly + used <= had(as_of)
    }

    fn holdings_of(&self, own: CredentialIx) -> impl Iterator<Item = &Holding> {
        let id = &self.catalog.credential(own).id;
        self.learner.holdings.iter().filter(move |holding| holding.credential == *id)
    }

    /// The recorded awards that use a credential up and are not of this qualification: the day of each,
    /// and how many; from the first on.
    fn awards_using(&self, ix: QualificationIx, own: CredentialIx) -> Vec<(Date, usize)> {
        let as_of = self.question.as_of;
        let id = &self.catalog.credential(own).id;
        let awards = self.learner.holdings.iter().filter(|holding| {
            let named = self.catalog.find_qualifications(holding.credential.as_str());
            named.iter().any(|&named| self.catalog.qualification(named).consumes)
                && !self.catalog.qualification(ix).is_named(&holding.credential)
                && self.is_had_by(holding, as_of)
        });
        let mut using: Vec<(Date, usize)> = awards
            .filter_map(|award| {
                let before = as_of.yesterday().unwrap_or(as_of);
                let day = award.awarded.unwrap_or(before).min(as_of);
                Some((day, *award.components.get(id)? as usize))
            })
            .collect();
        using.sort_unstable();
        using
    }

    /// Whether the scenario takes a holding to be had by a day, whether or not it has expired.
    fn is_had_by(&self, holding: &Holding, by: Date) -> bool {
        self.question.scenario.admits(holding.state)
            && (holding.state != State::Earned || holding.awarded.is_none_or(|day| day <= by))
    }
}
