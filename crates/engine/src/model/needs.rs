//! What must be reached: a row for each requirement, lower and upper limit of a scope.

use cairn_core::catalog::{
    AwardMode, Bound, Limit, Qualification, QualificationIx, RequirementIx, Rule, Sight,
};
use cairn_solver::Var;

use crate::{
    clause::Clause,
    eligibility::is_held,
    model::{Model, RANK_DETAIL, RowTag, Scope, Shortfall, Use, recorded},
};

impl Model<'_> {
    /// The units that a take requirement measures.
    fn applied(&self, scope: usize, qualification: &Qualification, requirement: RequirementIx) -> Vec<Use> {
        let Rule::Take(take) = &qualification.requirement(requirement).rule else { return Vec::new() };
        let Scope { takes, looks, .. } = &self.scopes[scope];
        match &take.sight {
            Sight::Taking => takes.iter().filter(|one| one.requirement == requirement).copied().collect(),
            Sight::Counted { layer: None } if take.caps.is_empty() => {
                let as_of = self.question.as_of;
                let sees = |one: &&Use| {
                    self.unit_of(one.class).accepted(self.catalog, one.face, take, qualification, as_of)
                };
                takes.iter().filter(sees).copied().collect()
            }
            Sight::Counted { .. } | Sight::Held { .. } => {
                looks.iter().filter(|one| one.requirement == requirement).copied().collect()
            }
        }
    }

    /// `uses` in the measure of a limit, as far as the limit speaks of them.
    fn measured(&self, uses: &[Use], limit: &Limit, qualification: &Qualification) -> Vec<(Var, i64)> {
        uses.iter()
            .filter(|one| {
                self.unit_of(one.class).passes(self.catalog, one.face, &limit.filter, qualification)
            })
            .map(|one| (one.var, self.unit_of(one.class).value(self.catalog, one.face, limit.measure)))
            .collect()
    }

    pub(super) fn requirements(&mut self, scope: usize, relaxed: bool) {
        let within = self.scopes[scope].key.qualification;
        let qualification = self.catalog.qualification(within);
        for requirement in qualification.requirement_indexes() {
            let met = self.scopes[scope].met[requirement.index()];
            let child = |children: &[RequirementIx]| -> Vec<(Var, i64)> {
                children.iter().map(|child| (self.scopes[scope].met[child.index()], 1)).collect()
            };
            match &qualification.requirement(requirement).rule {
                Rule::All(children) => {
                    for (child, _) in child(children) {
                        self.at_least([(child, 1), (met, -1)], 0, RowTag::Structure);
                    }
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
                    for (at, floor) in take.floors.iter().enumerate() {
                        let terms = self.measured(&applied, floor, qualification);
                        self.say(Clause::Need(within, requirement, at), |model| {
                            model.need(terms, floor, met, scope, Some(requirement), relaxed);
                        });
                    }
                    for (at, cap) in take.caps.iter().enumerate() {
                        let terms = self.measured(&applied, cap, qualification);
                        self.say(Clause::Cap(within, requirement, at), |model| {
                            let tag = RowTag::Cap(scope, requirement, at);
                            model.at_most(terms, cap.amount.thousandths(), tag);
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
                    model.award(scope, requirement, *other, *mode, relaxed);
                }),
            }
        }
    }

    /// `terms` must reach the amount of a lower limit if `met` is to be so.
    fn need(
        &mut self,
        mut terms: Vec<(Var, i64)>,
        floor: &Limit,
        met: Var,
        scope: usize,
        requirement: Option<RequirementIx>,
        relaxed: bool,
    ) {
        let amount = floor.amount.thousandths();
        if relaxed {
            let unit = terms.iter().fold(amount, |unit, &(_, value)| gcd(unit, value)).max(1);
            let var = self.problem.var(amount / unit, RANK_DETAIL);
            terms.push((var, unit));
            let measure = Some(floor.measure);
            self.shortfalls.push(Shortfall { scope, requirement, measure, var, unit });
        }
        terms.push((met, -amount));
        self.at_least(terms, 0, RowTag::Structure);
    }

    fn award(
        &mut self,
        scope: usize,
        requirement: RequirementIx,
        other: QualificationIx,
        mode: AwardMode,
        relaxed: bool,
    ) {
        let key = self.scopes[scope].key;
        let met = self.scopes[scope].met[requirement.index()];
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
                let requirement = Some(requirement);
                self.shortfalls.push(Shortfall { scope, requirement, measure: None, var, unit: 1000 });
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
        let Scope { complete, ref met, ref takes, .. } = self.scopes[scope];
        let (root, takes) = (met[qualification.root().index()], takes.clone());
        self.at_least([(root, 1), (complete, -1)], 0, RowTag::Structure);
        for (at, limit) in qualification.limits.iter().enumerate() {
            let terms = self.measured(&takes, limit, qualification);
            self.say(Clause::Limit(within, at), |model| match limit.bound {
                Bound::AtLeast => model.need(terms, limit, complete, scope, None, relaxed),
                Bound::AtMost => {
                    model.at_most(terms, limit.amount.thousandths(), RowTag::QualificationCap(scope, at));
                }
            });
        }
    }
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}
