//! What may be newly had: awards, prerequisites, and what a completion costs.

use cairn_core::{
    Amount, Catalog, Measure,
    catalog::{CredentialIx, Grace, Prerequisite},
};

use cairn_solver::Var;

use crate::{
    eligibility::{Unit, is_held},
    model::{Model, RowTag},
    scope::{Frame, ScopeKey},
};

impl Model<'_> {
    /// A new award needs its qualification complete in a frame of its own.
    pub(super) fn awards(&mut self) {
        for (award, var) in self.awarded.clone() {
            let scope = self.found.position[&ScopeKey { frame: Frame::Of(award), qualification: award }];
            let complete = self.scopes[scope].complete;
            self.at_least([(complete, 1), (var, -1)], 0, RowTag::Structure);
        }
    }

    /// A new credential needs one alternative of each of its prerequisites, held or new.
    pub(super) fn prerequisites(&mut self) {
        let catalog = self.catalog;
        for (class, earned) in self.earned.clone() {
            let own = self.unit_of(class).own;
            // What may be had several times needs its prerequisites once.
            let size = self.classes[class].size();
            for alternatives in &catalog.credential(own).requires {
                if alternatives.iter().any(|one| self.has(one)) {
                    continue;
                }
                let mut terms = vec![(earned, -1)];
                for alternative in alternatives {
                    match alternative {
                        Prerequisite::Credential(wanted) => {
                            let does = |class: &usize| self.unit_of(*class).will_do_as(*wanted);
                            let new = self.earned.iter().filter(|(class, _)| does(class));
                            terms.extend(new.map(|(_, &var)| (var, size)));
                        }
                        Prerequisite::Qualification(wanted) => {
                            terms.extend(self.awarded.get(wanted).map(|&var| (var, size)));
                        }
                    }
                }
                self.at_least(terms, 0, RowTag::Structure);
            }
        }
    }

    /// Whether a prerequisite is held; something equivalent will do.
    pub(crate) fn has(&self, prerequisite: &Prerequisite) -> bool {
        match *prerequisite {
            Prerequisite::Credential(wanted) => {
                let held = |unit: &Unit<'_>| !unit.is_new() && unit.is_current && unit.will_do_as(wanted);
                self.units.iter().any(held)
            }
            Prerequisite::Qualification(wanted) => {
                let none = Grace::None;
                is_held(self.catalog, self.learner, wanted, none, self.question)
            }
        }
    }

    pub(super) fn objectives(&mut self, relaxed: bool) {
        if relaxed {
            self.problem
                .minimise(self.shortfalls.iter().map(|short| (short.var, short.unit)).collect::<Vec<_>>());
        }
        for measure in self.question.measures() {
            self.problem.minimise(self.prices(measure));
        }
        let new: Vec<_> = self.earned.values().chain(self.awarded.values()).map(|&var| (var, 1)).collect();
        self.problem.minimise(new);
        let granted: Vec<_> = self.granted.values().map(|&var| (var, 1)).collect();
        self.problem.minimise(granted);
    }

    /// What new credentials add to a measure.
    pub(crate) fn prices(&self, measure: Measure) -> Vec<(Var, i64)> {
        let price = |class: usize| price(self.catalog, self.unit_of(class).own, measure).thousandths();
        self.earned.iter().map(|(&class, &var)| (var, price(class))).collect()
    }
}

/// What earning a credential adds to the measure.
pub(crate) fn price(catalog: &Catalog, ix: CredentialIx, measure: Measure) -> Amount {
    let credential = catalog.credential(ix);
    match measure {
        Measure::Count => Amount::ONE,
        Measure::Credits => credential.credits,
        Measure::Cost => credential.cost,
        Measure::Effort => credential.effort,
    }
}
