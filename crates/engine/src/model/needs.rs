//! What must be reached: a row for each requirement, lower and upper limit of a scope.

use cairn_core::catalog::{
    AwardMode, Bound, Clause, Qualification, QualificationIx, RequirementIx, Rule, Sight,
};
use cairn_solver::Var;

use crate::{
    eligibility::{is_held, recorded},
    model::{Model, RANK_DETAIL, RowTag, Scope, Shortfall, Use, limit::Asked},
};

impl Model<'_> {
    /// The units that a take requirement measures.
    fn applied(
        &mut self,
        scope: usize,
        qualification: &Qualification,
        requirement: RequirementIx,
    ) -> Vec<Use> {
        let Rule::Take(take) = &qualification.requirement(requirement).rule else { return Vec::new() };
        let Scope { takes, counted, looks, .. } = &self.scopes[scope];
        match &take.sight {
            Sight::Taking => takes.iter().filter(|one| one.requirement == requirement).copied().collect(),
            Sight::Counted { layer: None } if !take.is_choosy() => {
                let sees = |one: &&Use| {
                    let unit = self.unit_of(one.class);
                    unit.accepted(self.catalog, one.face, take, qualification, self.question)
                };
                counted.iter().filter(sees).copied().collect()
            }
            Sight::Attempted => self.attempts(scope, requirement),
            Sight::Counted { .. } | Sight::Held { .. } => {
                looks.iter().filter(|one| one.requirement == requirement).copied().collect()
            }
        }
    }

    pub(super) fn requirements(&mut self, scope: usize, relaxed: bool) {
        let within = self.scopes[scope].key.qualification;
        let qualification = self.catalog.qualification(within);
        for requirement in qualification.requirement_indexes() {
            let met = self.asked(scope, requirement);
            let child = |children: &[RequirementIx]| -> Vec<(Var, i64)> {
                children.iter().map(|child| (self.scopes[scope].met[child.index()], 1)).collect()
            };
            match &qualification.requirement(requirement).rule {
                // A row for each child says more to the relaxation than one for all of them.
                Rule::All(children) | Rule::Same(_, children) => self.demand_all(child(children), met),
                Rule::Choose(chosen, children) if *chosen as usize == children.len() => {
                    self.demand_all(child(children), met);
                }
                Rule::Any(children) => {
                    let terms = child(children).into_iter().chain([(met, -1)]);
                    self.at_least(terms.collect::<Vec<_>>(), 0, RowTag::Structure);
                }
                Rule::Choose(chosen, children) => {
                    let terms = child(children).into_iter().chain([(met, -i64::from(*chosen))]);
                    self.at_least(terms.collect::<Vec<_>>(), 0, RowTag::Structure);
                }
                Rule::Take(take) => {
                    let applied = self.applied(scope, qualification, requirement);
                    let asked = Asked { scope, requirement: Some(requirement), met, relaxed };
                    for (at, floor) in take.floors.iter().enumerate() {
                        self.say(Clause::Need(within, requirement, at), |model| {
                            model.floor(&applied, floor, asked);
                        });
                    }
                    for (at, cap) in take.caps.iter().enumerate() {
                        let tag = RowTag::Cap(scope, requirement, at);
                        self.say(Clause::Cap(within, requirement, at), |model| {
                            model.cap(&applied, cap, scope, tag);
                        });
                    }
                    if let Some(window) = take.window {
                        let tag = RowTag::Window(scope, requirement);
                        self.say(Clause::Window(within, requirement), |model| {
                            model.window(&applied, window, met, tag);
                        });
                    }
                    if !take.after.is_empty() {
                        let of_those = |one: &&Use| take.after.contains(&one.requirement);
                        let before: Vec<Use> =
                            self.scopes[scope].takes.iter().filter(of_those).copied().collect();
                        let tag = RowTag::After(scope, requirement);
                        self.say(Clause::After(within, requirement), |model| {
                            model.sequence(&before, &applied, met, tag);
                        });
                    }
                }
                Rule::Attest(attest) => {
                    if recorded(self.learner, attest.key.as_str(), self.question) < attest.amount {
                        let granted = self.granted[attest.key.as_str()];
                        self.say(Clause::Asked(within, requirement), |model| {
                            model.at_least([(granted, 1), (met, -1)], 0, RowTag::Structure);
                        });
                    }
                }
                Rule::Award(other, mode) => self.say(Clause::Asked(within, requirement), |model| {
                    model.award(Asked { scope, requirement: Some(requirement), met, relaxed }, *other, *mode);
                }),
            }
        }
    }

    fn demand_all(&mut self, children: Vec<(Var, i64)>, met: Var) {
        for (child, _) in children {
            self.at_least([(child, 1), (met, -1)], 0, RowTag::Structure);
        }
    }

    fn award(&mut self, asked: Asked, other: QualificationIx, mode: AwardMode) {
        let Asked { scope, requirement, met, relaxed } = asked;
        let key = self.scopes[scope].key;
        let grace = self.catalog.qualification(key.qualification).grace;
        if mode != AwardMode::Earned && is_held(self.catalog, self.learner, other, grace, self.question) {
            return;
        }
        let mut terms = vec![(met, -1)];
        if mode == AwardMode::Held {
            terms.extend(self.awarded.get(&other).map(|&awarded| (awarded, 1)));
            if relaxed {
                let var = self.problem.var(1, RANK_DETAIL);
                terms.push((var, 1));
                self.shortfalls.push(Shortfall { scope, requirement, tally: None, var, unit: 1000 });
            }
        } else {
            let earned = self.earned_scope(scope, other);
            terms.push((self.scopes[earned].complete, 1));
        }
        self.at_least(terms, 0, RowTag::Structure);
    }

    /// A scope is complete if its root is met and the limits over everything counted hold.
    pub(super) fn qualification(&mut self, scope: usize, relaxed: bool) {
        let within = self.scopes[scope].key.qualification;
        let qualification = self.catalog.qualification(within);
        let Scope { complete, ref met, ref counted, .. } = self.scopes[scope];
        let (root, counted) = (met[qualification.root().index()], counted.clone());
        self.at_least([(root, 1), (complete, -1)], 0, RowTag::Structure);
        for (at, limit) in qualification.limits.iter().enumerate() {
            self.say(Clause::Limit(within, at), |model| match limit.bound {
                Bound::AtLeast => {
                    model.floor(&counted, limit, Asked { scope, requirement: None, met: complete, relaxed });
                }
                Bound::AtMost => model.cap(&counted, limit, scope, RowTag::QualificationCap(scope, at)),
            });
        }
    }
}
