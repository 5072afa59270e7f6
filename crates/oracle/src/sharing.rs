//! §3, sharing: whether the policies hold of what claimed qualifications count.

use std::collections::BTreeSet;

use cairn_core::{
    Amount, Date, Measure,
    catalog::{Bound, CredentialIx, Grace, PolicyBound, QualificationIx, Rounding, Sharing, SharingRule},
};

use crate::{Clause, complete::World, facts, scope::Allocation};

/// Claimed qualifications, each with what it counts, in the order in which they are had.
pub(crate) type Claims<'a> = Vec<(QualificationIx, &'a Allocation)>;

impl World<'_> {
    /// Whether every policy holds in some order of the claims that the record allows, and no credential
    /// counts more often in all than it can be had.
    pub(crate) fn policies_hold(&self, claims: &Claims<'_>) -> bool {
        // What is held may come before what is claimed, where a policy looks into it.
        let nothing = Allocation::new();
        let mut had = claims.clone();
        for ix in self.catalog.qualification_indexes() {
            let is_seen = |policy| self.components(policy, ix).is_some();
            if claims.iter().all(|claim| claim.0 != ix) && self.catalog.policies().iter().any(is_seen) {
                had.push((ix, &nothing));
            }
        }
        self.keeps_times(claims)
            && orders(&had).iter().filter(|order| self.is_possible(order)).any(|order| {
                let mut policies = self.catalog.policy_indexes();
                policies.all(|ix| {
                    !self.question.keeps(Clause::Policy(ix))
                        || self.holds(self.catalog.policy(ix), claims, order)
                })
            })
    }

    /// Of a credential that can be had several times, no more units count in all than that.
    fn keeps_times(&self, claims: &Claims<'_>) -> bool {
        let counted: BTreeSet<usize> = claims.iter().flat_map(|claim| claim.1).map(|used| used.0).collect();
        counted.iter().all(|&unit| {
            let own = self.units[unit].own;
            let times = self.catalog.credential(own).times as usize;
            times == 1 || counted.iter().filter(|&&other| self.units[other].own == own).count() <= times
        })
    }

    /// What was awarded on an earlier day comes before what was not, and by its day.
    fn is_possible(&self, order: &Claims<'_>) -> bool {
        (0..order.len()).all(|later| {
            (0..later).all(|earlier| self.first_day(order[earlier].0) <= self.first_day(order[later].0))
        })
    }

    /// The first day on which a qualification was awarded, today at the latest.
    fn first_day(&self, ix: QualificationIx) -> Date {
        let qualification = self.catalog.qualification(ix);
        let holdings = self.learner.holdings.iter().filter(|holding| {
            qualification.is_named(&holding.credential)
                && facts::is_countable(holding, holding.expires, Grace::None, self.question)
        });
        let days = holdings.map(|holding| holding.awarded.unwrap_or(Date::MIN));
        days.min().unwrap_or(self.question.as_of).min(self.question.as_of)
    }

    /// What is recorded to have earned the awards of a qualification that a policy names, if it looks
    /// into awards and anything is recorded.
    pub(crate) fn components(&self, policy: &Sharing, ix: QualificationIx) -> Option<BTreeSet<CredentialIx>> {
        if !policy.looks_into_awards || !policy.between.contains(&ix) {
            return None;
        }
        let qualification = self.catalog.qualification(ix);
        let mut names = BTreeSet::new();
        for holding in &self.learner.holdings {
            if qualification.is_named(&holding.credential)
                && facts::is_countable(holding, holding.expires, Grace::None, self.question)
                && holding.awarded.is_none_or(|day| day < self.question.as_of)
            {
                names.extend(holding.components.keys());
            }
        }
        let known = names.iter().filter_map(|id| self.catalog.find_credential(id.as_str())).collect();
        (!names.is_empty()).then_some(known)
    }

    fn holds(&self, policy: &Sharing, claims: &Claims<'_>, order: &Claims<'_>) -> bool {
        let is_claimed = |ix: QualificationIx| claims.iter().any(|claim| claim.0 == ix);
        let is_held = |ix: QualificationIx| self.components(policy, ix).is_some();
        let takes_part = |ix| policy.between.contains(&ix) && (is_claimed(ix) || is_held(ix));
        let named: Claims<'_> = order.iter().copied().filter(|claim| takes_part(claim.0)).collect();
        // Nothing is demanded of what was awarded, only of what is claimed beside it.
        let open: Claims<'_> = named.iter().copied().filter(|claim| !is_held(claim.0)).collect();
        if policy.owner.is_some_and(|owner| !is_claimed(owner)) || named.len() < 2 || open.is_empty() {
            return true;
        }
        let measured = || open.iter().filter(|claim| policy.only.contains(&claim.0));
        let is_shared = |one: QualificationIx, unit: usize| {
            let mut held = named.iter().filter_map(|claim| self.components(policy, claim.0));
            self.is_shared(&open, one, unit) || held.any(|parts| parts.contains(&self.units[unit].own))
        };
        let shared = |one: &(QualificationIx, &Allocation),
                      other: &(QualificationIx, &Allocation),
                      measure| {
            match (self.components(policy, one.0), self.components(policy, other.0)) {
                (None, None) => self.shared(policy, one.1, other.1, measure),
                (Some(parts), None) => self.worth_of_parts(policy, other.1, &parts, measure),
                (None, Some(parts)) => self.worth_of_parts(policy, one.1, &parts, measure),
                (Some(_), Some(_)) => Amount::ZERO,
            }
        };
        let sum_of = |units: Vec<usize>, measure| -> Amount {
            units.into_iter().map(|unit| self.worth(policy, unit, measure)).sum()
        };
        let unique = |one: QualificationIx, measure| {
            sum_of(self.counted_by(&named, one, |unit| !is_shared(one, unit)), measure)
        };
        let has_unique = |bounds: &[PolicyBound], one| {
            let holds =
                |bound: &PolicyBound| self.is_within(unique(one, bound.measure), bound, Bound::AtLeast, one);
            bounds.iter().all(holds)
        };
        match &policy.rule {
            SharingRule::AtMost(bounds) => named.iter().enumerate().all(|(at, one)| {
                named[at + 1..].iter().filter(|other| goes(policy, one.0, other.0)).all(|other| {
                    bounds.iter().all(|bound| {
                        let shared = shared(one, other, bound.measure);
                        self.is_within(shared, bound, Bound::AtMost, other.0)
                    })
                })
            }),
            SharingRule::Jointly(bounds, sources) => measured().all(|one| {
                let is_limited = |unit: usize| {
                    let holding = self.units[unit].holding;
                    holding.is_some_and(|holding| sources.contains(&holding.source)) || is_shared(one.0, unit)
                };
                bounds.iter().all(|bound| {
                    let limited = self.counted_by(&named, one.0, is_limited);
                    self.is_within(sum_of(limited, bound.measure), bound, Bound::AtMost, one.0)
                })
            }),
            SharingRule::UniqueAtLeast(bounds) => measured().all(|one| has_unique(bounds, one.0)),
            SharingRule::SurplusAbove(bounds) => measured().all(|one| {
                let shared = self.counted_by(&named, one.0, |unit| is_shared(one.0, unit));
                shared.is_empty() || has_unique(bounds, one.0)
            }),
            SharingRule::MaxPurposes(most) => (0..self.units.len()).all(|thing| {
                let counts = |claim: &&(QualificationIx, &Allocation)| {
                    let mut units = claim.1.iter().map(|used| used.0);
                    units.any(|unit| self.is_same(unit, thing) && self.is_spoken_of(policy, unit))
                };
                let counting = open.iter().filter(counts).count();
                let held = named.iter().filter_map(|claim| self.components(policy, claim.0));
                let held = held.filter(|parts| parts.contains(&self.units[thing].own)).count();
                counting == 0 || counting + held <= *most as usize
            }),
            SharingRule::MaxPartners(most) => open.iter().all(|one| {
                let partners = named
                    .iter()
                    .filter(|other| other.0 != one.0 && shared(one, other, Measure::Count) > Amount::ZERO);
                partners.count() <= *most as usize
            }),
            SharingRule::Banned { pairs, .. } => !pairs.iter().any(|&[one, other]| {
                takes_part(one) && takes_part(other) && !(is_held(one) && is_held(other))
            }),
        }
    }

    /// Whether there is so much: a part is compared without dividing, and rounded only if it says so.
    fn is_within(&self, has: Amount, bound: &PolicyBound, which: Bound, one: QualificationIx) -> bool {
        let has = i128::from(has.thousandths());
        let (has, wanted) = match &bound.part {
            None => (has, i128::from(bound.amount.thousandths())),
            Some(part) => {
                let whole = self.catalog.qualification(part.of.unwrap_or(one)).required(bound.measure);
                let whole = i128::from(whole.thousandths()) * i128::from(part.fraction.numerator());
                let lower = i128::from(part.fraction.denominator());
                let last = whole / (lower * 1000);
                match part.rounding {
                    Rounding::Exact => (has * lower, whole),
                    Rounding::Down => (has, last * 1000),
                    Rounding::Up if last * lower * 1000 == whole => (has, last * 1000),
                    Rounding::Up => (has, (last + 1) * 1000),
                }
            }
        };
        match which {
            Bound::AtLeast => has >= wanted,
            Bound::AtMost => has <= wanted,
        }
    }

    /// What two scopes both count. Two holdings of one credential are one thing counted twice:
    /// earning it again does not make it another.
    fn shared(&self, policy: &Sharing, one: &Allocation, other: &Allocation, measure: Measure) -> Amount {
        let pairs = one.iter().flat_map(|&(unit, ..)| other.iter().map(move |&(twin, ..)| (unit, twin)));
        pairs
            .filter(|&(unit, twin)| self.is_same(unit, twin))
            .map(|(unit, twin)| self.worth(policy, unit, measure).min(self.worth(policy, twin, measure)))
            .sum()
    }

    /// What a scope counts of what earned an award.
    fn worth_of_parts(
        &self,
        policy: &Sharing,
        one: &Allocation,
        parts: &BTreeSet<CredentialIx>,
        measure: Measure,
    ) -> Amount {
        let units = one.iter().map(|&(unit, ..)| unit);
        let shared = units.filter(|&unit| parts.contains(&self.units[unit].own));
        shared.map(|unit| self.worth(policy, unit, measure)).sum()
    }

    /// The units that one of the claims counts, and of which something is so.
    fn counted_by(
        &self,
        claims: &Claims<'_>,
        one: QualificationIx,
        is_so: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mine = claims.iter().filter(|claim| claim.0 == one).flat_map(|claim| claim.1);
        mine.map(|&(unit, ..)| unit).filter(|&unit| is_so(unit)).collect()
    }

    /// Whether another claim counts a unit of the same credential.
    fn is_shared(&self, claims: &Claims<'_>, one: QualificationIx, unit: usize) -> bool {
        let mut others = claims.iter().filter(|claim| claim.0 != one).flat_map(|claim| claim.1);
        others.any(|&(twin, ..)| self.is_same(unit, twin))
    }

    /// Whether two units are one thing counted twice. Of a credential that can be had several times,
    /// every unit is a thing of its own.
    fn is_same(&self, unit: usize, twin: usize) -> bool {
        let own = self.units[unit].own;
        let is_repeatable = self.catalog.credential(own).times > 1;
        own == self.units[twin].own && (unit == twin || !is_repeatable)
    }

    fn is_spoken_of(&self, policy: &Sharing, unit: usize) -> bool {
        let own = self.units[unit].own;
        self.units[unit].passes(self.catalog, own, &policy.filter, &[])
    }

    /// What a unit is worth to a policy: nothing, if the policy does not speak of it.
    fn worth(&self, policy: &Sharing, unit: usize, measure: Measure) -> Amount {
        let own = self.units[unit].own;
        match self.is_spoken_of(policy, unit) {
            true => self.units[unit].value(self.catalog, own, measure, self.question.as_of),
            false => Amount::ZERO,
        }
    }
}

/// Whether a policy binds two qualifications of which the first is had before the second.
fn goes(policy: &Sharing, first: QualificationIx, then: QualificationIx) -> bool {
    policy.way.as_ref().is_none_or(|way| way.from.contains(&first) && way.into.contains(&then))
}

/// Every order of the claims.
fn orders<'a>(claims: &Claims<'a>) -> Vec<Claims<'a>> {
    if claims.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..claims.len() {
        let mut rest = claims.clone();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first);
            all.push(order);
        }
    }
    all
}
