//! Requirements that are asked of some only.

use cairn_core::{
    Amount,
    catalog::{Prerequisite, Qualification, RequirementIx, When},
};
use cairn_solver::Var;

use crate::{
    eligibility::{is_held, recorded},
    model::{Model, RANK_SHAPE, RowTag},
};

/// Whether one part of a condition holds.
enum Holds {
    Always,
    /// If one of these is more than nothing.
    If(Vec<Var>),
}

impl Model<'_> {
    /// What is one only if the rule of a requirement holds: whether it is met, where it is asked of
    /// everybody; otherwise it need not be so of those of whom it is not asked.
    pub(super) fn asked(&mut self, scope: usize, requirement: RequirementIx) -> Var {
        let met = self.scopes[scope].met[requirement.index()];
        let catalog = self.catalog;
        let qualification = catalog.qualification(self.scopes[scope].key.qualification);
        let Some(when) = &qualification.requirement(requirement).when else { return met };
        let parts: Vec<Vec<Var>> = self
            .parts_of_condition(scope, qualification, when)
            .into_iter()
            .filter_map(|part| match part {
                Holds::Always => None,
                Holds::If(vars) => Some(vars),
            })
            .collect();
        if parts.is_empty() {
            return met;
        }
        let number = i64::try_from(parts.len()).expect("three at most");
        let mut all = Vec::new();
        for vars in parts {
            let holds = self.problem.var(1, RANK_SHAPE);
            for var in vars {
                let most = self.problem.uppers()[var.index()];
                self.at_least([(holds, most), (var, -1)], 0, RowTag::Structure);
            }
            self.conditional.push(holds);
            all.push((holds, -1));
        }
        let (is_asked, rule) = (self.problem.var(1, RANK_SHAPE), self.problem.var(1, RANK_SHAPE));
        all.push((is_asked, 1));
        self.at_least(all, 1 - number, RowTag::Structure);
        self.at_least([(rule, 1), (met, -1), (is_asked, -1)], -1, RowTag::Structure);
        self.conditional.extend([is_asked, rule]);
        rule
    }

    /// Whether a requirement is asked in a solution.
    pub(crate) fn is_asked(&self, scope: usize, requirement: RequirementIx, values: &[i64]) -> bool {
        let qualification = self.qualification_of(scope);
        let Some(when) = &qualification.requirement(requirement).when else { return true };
        self.parts_of_condition(scope, qualification, when).into_iter().all(|part| match part {
            Holds::Always => true,
            Holds::If(vars) => vars.iter().any(|var| values[var.index()] > 0),
        })
    }

    fn parts_of_condition(&self, scope: usize, qualification: &Qualification, when: &When) -> Vec<Holds> {
        let When { held, attested, met } = when;
        let mut parts = Vec::new();
        if let Some(held) = held {
            let is_had = |one: &Prerequisite| match *one {
                Prerequisite::Credential(wanted) => self.units.iter().any(|unit| {
                    !unit.is_new() && unit.is_countable(qualification.grace) && unit.will_do_as(wanted)
                }),
                Prerequisite::Qualification(wanted) => {
                    is_held(self.catalog, self.learner, wanted, qualification.grace, self.question)
                }
            };
            parts.push(match held.iter().any(is_had) {
                true => Holds::Always,
                false => Holds::If(held.iter().flat_map(|one| self.newly_had(one)).collect()),
            });
        }
        if let Some(key) = attested {
            let is_shown = recorded(self.learner, key.as_str(), self.question) >= Amount::ONE;
            parts.push(match is_shown {
                true => Holds::Always,
                false => Holds::If(self.granted.get(key.as_str()).copied().into_iter().collect()),
            });
        }
        if let Some(met) = met {
            let relied = met.iter().map(|ix| self.scopes[scope].met[ix.index()]);
            parts.push(Holds::If(relied.collect()));
        }
        parts
    }

    /// What would newly bring something that a condition asks about.
    fn newly_had(&self, one: &Prerequisite) -> Vec<Var> {
        match *one {
            Prerequisite::Credential(wanted) => {
                let counts_as = |class: usize| self.unit_of(class).will_do_as(wanted);
                let new = self.earned.iter().filter(|&(&class, _)| counts_as(class));
                new.map(|(_, &var)| var).collect()
            }
            Prerequisite::Qualification(wanted) => self.awarded.get(&wanted).copied().into_iter().collect(),
        }
    }
}
