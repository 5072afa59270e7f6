//! §3: every way to give units to requirements.

use cairn_core::{
    Scalar,
    catalog::{Attempt, Clause, CredentialIx, Limit, Qualification, RequirementIx, Rule, Take, Tally},
};

use crate::{
    complete::World,
    scope::{Allocation, Scope, counted, given},
    subsets,
};

/// The values that requirements for one value have chosen; without one, nothing has it.
pub(crate) type Chosen = Vec<(RequirementIx, Option<Scalar>)>;

impl World<'_> {
    /// Every way to choose values: for each requirement that does, one that something has.
    pub(crate) fn values_to_choose(&self, qualification: &Qualification) -> Vec<Chosen> {
        let mut ways = vec![Chosen::new()];
        for (same, by) in qualification.sames() {
            let faces = self.units.iter().flat_map(|unit| {
                unit.faces(self.catalog, self.question.as_of)
                    .into_iter()
                    .flat_map(|face| unit.attribute(self.catalog, face, by))
            });
            let mut values: Vec<Option<Scalar>> = faces.map(Some).collect();
            values.sort();
            values.dedup();
            if values.is_empty() {
                values.push(None);
            }
            let with = |way: &Chosen| -> Vec<Chosen> {
                values.iter().map(|value| [&way[..], &[(same, value.clone())]].concat()).collect()
            };
            ways = ways.iter().flat_map(with).collect();
        }
        ways
    }
}

impl Scope<'_> {
    /// Every way to give units to some of the requirements, so that what each is given is admissible.
    pub(crate) fn placed(&self, wanted: &[RequirementIx]) -> Vec<Allocation> {
        let mut found = Vec::new();
        self.place(0, wanted, &mut Vec::new(), &mut found);
        found
    }

    /// Gives each unit from number `unit` on to one of the wanted requirements, or to none.
    fn place(
        &self,
        unit: usize,
        wanted: &[RequirementIx],
        so_far: &mut Allocation,
        found: &mut Vec<Allocation>,
    ) {
        let Some(one) = self.world.units.get(unit) else {
            if self.caps_hold(so_far) {
                found.push(so_far.clone());
            }
            return;
        };
        self.place(unit + 1, wanted, so_far, found);
        let is_tried_again = self.qualification.attempt == Attempt::Latest
            && self.world.catalog.credential(one.own).times == 1
            && one.is_tried_again;
        if !one.is_countable(self.qualification.grace) || is_tried_again {
            return;
        }
        for face in one.faces(self.world.catalog, self.world.question.as_of) {
            let accepting: Vec<(RequirementIx, &Take)> = wanted
                .iter()
                .filter_map(|&ix| Some((ix, self.take(ix)?)))
                .filter(|&(ix, take)| self.accepts(ix, take, unit, face))
                .collect();
            // To one of them, or to several of those between which it may be divided.
            for places in subsets(&accepting) {
                if places.is_empty() || (places.len() > 1 && !places.iter().all(|(_, take)| take.divides)) {
                    continue;
                }
                let before = so_far.len();
                so_far.extend(places.iter().map(|&(requirement, _)| (unit, face, requirement)));
                let fits = |&(requirement, take): &(RequirementIx, &Take)| {
                    // One more holding never mends a broken upper limit, unless it is a part of what counts, or of the last.
                    let never_mends = |cap: &Limit| cap.share.is_none() && cap.last.is_none();
                    self.caps_of(take, requirement, &given(so_far, requirement), never_mends)
                };
                if self.counts_once(&counted(so_far)) && places.iter().all(fits) {
                    self.place(unit + 1, wanted, so_far, found);
                }
                so_far.truncate(before);
            }
        }
    }

    pub(crate) fn accepts(&self, ix: RequirementIx, take: &Take, unit: usize, face: CredentialIx) -> bool {
        let World { catalog, learner, question, units, .. } = *self.world;
        units[unit].accepted(catalog, face, take, self.qualification, learner, question)
            && self.has_chosen(ix, unit, face)
    }

    /// Whether a unit has the values that are chosen above a requirement.
    fn has_chosen(&self, ix: RequirementIx, unit: usize, face: CredentialIx) -> bool {
        self.chosen.iter().all(|(same, value)| {
            let Rule::Same(by, _) = &self.qualification.requirement(*same).rule else { return true };
            let values = self.world.units[unit].attribute(self.world.catalog, face, by);
            let has = |value: &Scalar| values.contains(value);
            !self.qualification.below(*same).contains(&ix) || value.as_ref().is_some_and(has)
        })
    }

    /// Holdings of one credential, or counted as one: at most one counts, or as many as it is repeatable.
    fn counts_once(&self, counted: &[(usize, CredentialIx)]) -> bool {
        let catalog = self.world.catalog;
        catalog.credential_indexes().all(|credential| {
            let is_it = |&&(unit, face): &&(usize, CredentialIx)| {
                self.world.units[unit].own == credential || face == credential
            };
            counted.iter().filter(is_it).count() <= catalog.credential(credential).times as usize
        })
    }

    /// Whether what each requirement is given is admissible.
    fn caps_hold(&self, uses: &Allocation) -> bool {
        let mut all = self.qualification.requirement_indexes();
        all.all(|ix| self.take(ix).is_none_or(|take| self.caps_of(take, ix, &given(uses, ix), |_| true)))
    }

    /// Whether those of the upper limits of a take that are asked about hold.
    pub(crate) fn caps_of(
        &self,
        take: &Take,
        ix: RequirementIx,
        set: &[(usize, CredentialIx)],
        asked: impl Fn(&Limit) -> bool,
    ) -> bool {
        take.caps.iter().enumerate().filter(|(_, cap)| asked(cap)).all(|(at, cap)| {
            !self.keeps(Clause::Cap(self.ix, ix, at))
                || (take.counts_parts() && cap.tally == Tally::Credits)
                || self.limit_holds(cap, set)
        })
    }
}
