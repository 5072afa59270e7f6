//! What each kind of policy demands, in rows.

use std::collections::BTreeMap;

use cairn_core::{
    Measure, Source,
    catalog::{Bound, Clause, PolicyBound, QualificationIx},
};
use cairn_solver::Var;

use super::{Policy, others, overlap::Coupled};
use crate::model::{Model, RANK_DETAIL, RowTag};

impl Model<'_> {
    pub(super) fn share_at_most(
        &mut self,
        policy: &Policy<'_>,
        bounds: &[PolicyBound],
        coupled: &mut Coupled,
    ) {
        for [one, other] in policy.rule.pairs() {
            let scope_of = |ix| policy.named.iter().find(|named| named.0 == ix).map(|named| named.1);
            let units = match (scope_of(one), scope_of(other)) {
                (Some(left), Some(right)) => self.overlap(left, right, coupled),
                (Some(scope), None) => self.overlap_recorded(policy, scope, other, coupled),
                (None, Some(scope)) => self.overlap_recorded(policy, scope, one, coupled),
                (None, None) => continue,
            };
            let mut claims = self.claims(policy, &[]);
            if policy.rule.way.is_some() {
                let Some(first) = self.goes_before(coupled.frame, one, other) else { continue };
                claims.extend(first);
            }
            for bound in bounds {
                let least = |&([class, twin], both): &([usize; 2], Var)| {
                    let worth = |class| self.value_to(policy, class, bound.measure);
                    (both, worth(class).min(worth(twin)))
                };
                let terms = units.iter().map(least).collect();
                let most = bound.amount_for(self.catalog, other, Bound::AtMost).thousandths();
                self.most_if(terms, most, &claims, policy.ix);
            }
        }
    }

    pub(super) fn jointly(
        &mut self,
        policy: &Policy<'_>,
        bounds: &[PolicyBound],
        sources: &[Source],
        coupled: &Coupled,
    ) {
        for &(one, scope) in policy.named.iter().filter(|(one, _)| policy.rule.only.contains(one)) {
            let others: Vec<usize> = others(policy, scope);
            let mut limited: Vec<(usize, Var)> = Vec::new();
            for (class, mine) in coupled.counts(scope) {
                if self.unit_of(class).is_from(sources) || policy.has_earned(self.unit_of(class).own) {
                    limited.extend(mine.iter().map(|&var| (class, var)));
                } else if let Some(shared) = self.shared_with_any(mine, class, &others, coupled) {
                    limited.push((class, shared));
                }
            }
            for bound in bounds {
                let most = bound.amount_for(self.catalog, one, Bound::AtMost).thousandths();
                let worth = |&(class, var): &(usize, Var)| (var, self.value_to(policy, class, bound.measure));
                let terms: Vec<_> = limited.iter().map(worth).collect();
                for scopes in policy.beside(scope) {
                    let claims = self.claims(policy, &scopes);
                    self.most_if(terms.clone(), most, &claims, policy.ix);
                }
            }
        }
    }

    pub(super) fn unique_at_least(&mut self, policy: &Policy<'_>, bounds: &[PolicyBound], coupled: &Coupled) {
        for &(one, scope) in policy.named.iter().filter(|(one, _)| policy.rule.only.contains(one)) {
            let alone = self.alone(policy, scope, coupled);
            for bound in bounds {
                let least = bound.amount_for(self.catalog, one, Bound::AtLeast).thousandths();
                let worth = |&(class, var): &(usize, Var)| (var, self.value_to(policy, class, bound.measure));
                let terms: Vec<_> = alone.iter().map(worth).collect();
                for scopes in policy.beside(scope) {
                    let claims = self.claims(policy, &scopes);
                    self.least_if(terms.clone(), least, &claims, policy.ix);
                }
            }
        }
    }

    pub(super) fn surplus_above(
        &mut self,
        policy: &Policy<'_>,
        bounds: &[PolicyBound],
        coupled: &mut Coupled,
    ) {
        for &(one, scope) in policy.named.iter().filter(|(one, _)| policy.rule.only.contains(one)) {
            let alone = self.alone(policy, scope, coupled);
            let shares = self.problem.var(1, RANK_DETAIL);
            self.permits.push(shares);
            for other in others(policy, scope) {
                for (_, both) in self.overlap(scope, other, coupled) {
                    self.at_least([(shares, 1), (both, -1)], 0, RowTag::Raises(shares));
                }
            }
            for ix in policy.recorded.keys() {
                for (_, counted) in self.overlap_recorded(policy, scope, *ix, coupled) {
                    self.at_least([(shares, 1), (counted, -1)], 0, RowTag::Raises(shares));
                }
            }
            for bound in bounds {
                let least = bound.amount_for(self.catalog, one, Bound::AtLeast).thousandths();
                let worth = |&(class, var): &(usize, Var)| (var, self.value_to(policy, class, bound.measure));
                let terms: Vec<_> = alone.iter().map(worth).collect();
                let claims: Vec<Var> = policy.owner.into_iter().chain([shares]).collect();
                self.least_if(terms, least, &claims, policy.ix);
            }
        }
    }

    pub(super) fn max_purposes(&mut self, policy: &Policy<'_>, most: u32) {
        let mut by_thing: BTreeMap<_, Vec<(Var, i64)>> = BTreeMap::new();
        for &(_, scope) in &policy.named {
            for one in &self.scopes[scope].counted {
                if self.value_to(policy, one.class, Measure::Count) > 0 {
                    let own = self.unit_of(one.class).own;
                    let is_repeatable = self.catalog.credential(own).times > 1;
                    let thing = (own, is_repeatable.then_some(one.class));
                    by_thing.entry(thing).or_default().push((one.var, 1));
                }
            }
        }
        let claims = self.claims(policy, &[]);
        for ((own, _), terms) in by_thing {
            let recorded = policy.recorded.values().filter(|components| components.contains(&own)).count();
            let left = i64::from(most).saturating_sub(i64::try_from(recorded).unwrap_or(i64::MAX)).max(0);
            self.most_if(terms, left, &claims, policy.ix);
        }
    }

    pub(super) fn max_partners(&mut self, policy: &Policy<'_>, most: u32, coupled: &mut Coupled) {
        let mut partners: BTreeMap<usize, Vec<(Var, i64)>> = BTreeMap::new();
        for (at, &(_, one)) in policy.named.iter().enumerate() {
            for &(_, other) in &policy.named[at + 1..] {
                let share = self.problem.var(1, RANK_DETAIL);
                self.permits.push(share);
                for ([class, twin], both) in self.overlap(one, other, coupled) {
                    let is_meant = |class| self.value_to(policy, class, Measure::Count) > 0;
                    if is_meant(class) && is_meant(twin) {
                        self.at_least([(share, 1), (both, -1)], 0, RowTag::Raises(share));
                    }
                }
                partners.entry(one).or_default().push((share, 1));
                partners.entry(other).or_default().push((share, 1));
            }
            for ix in policy.recorded.keys() {
                let share = self.problem.var(1, RANK_DETAIL);
                self.permits.push(share);
                for ([class, _], counted) in self.overlap_recorded(policy, one, *ix, coupled) {
                    if self.value_to(policy, class, Measure::Count) > 0 {
                        self.at_least([(share, 1), (counted, -1)], 0, RowTag::Raises(share));
                    }
                }
                partners.entry(one).or_default().push((share, 1));
            }
        }
        let claims = self.claims(policy, &[]);
        for terms in partners.into_values() {
            self.most_if(terms, i64::from(most), &claims, policy.ix);
        }
    }

    pub(super) fn ban(&mut self, policy: &Policy<'_>, pairs: &[[QualificationIx; 2]]) {
        for pair in pairs {
            let scopes: Vec<usize> =
                policy.named.iter().filter(|(one, _)| pair.contains(one)).map(|&(_, scope)| scope).collect();
            let recorded = pair.iter().filter(|one| policy.recorded.contains_key(one)).count();
            if scopes.is_empty() || scopes.len() + recorded < 2 {
                continue;
            }
            let claims = self.claims(policy, &scopes);
            let most = i64::try_from(claims.len()).expect("three at most") - 1;
            let terms: Vec<_> = claims.into_iter().map(|claim| (claim, 1)).collect();
            let tag = RowTag::Sharing(policy.ix);
            self.say(Clause::Policy(policy.ix), |model| model.at_most(terms, most, tag));
        }
    }
}
