//! Sharing policies: what the scopes of a frame may both count.
//!
//! A variable says for each credential of two scopes whether both count it; it is one whenever they
//! do, and may be one besides. Others say what is surely counted by one scope alone. Every demand
//! of a policy is one row over them, with a term for each claim on which it depends: without the
//! claim, the row demands nothing.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Measure,
    catalog::{Clause, CredentialIx, PolicyIx, QualificationIx, Sharing, SharingRule},
};
use cairn_solver::Var;

use crate::{
    eligibility::recorded_components,
    model::{Model, RowTag},
};

mod overlap;
use overlap::Coupled;

mod demand;

mod order;

/// A policy, and what of it takes part.
struct Policy<'c> {
    ix: PolicyIx,
    rule: &'c Sharing,
    /// The named qualifications of the frame with their scopes, without those that are recorded.
    named: Vec<(QualificationIx, usize)>,
    /// The named qualifications whose awards it looks into, with what is recorded to have earned them.
    recorded: BTreeMap<QualificationIx, BTreeSet<CredentialIx>>,
    /// The claim of the qualification that it belongs to.
    owner: Option<Var>,
}

impl Model<'_> {
    /// Every policy of every frame. With `relaxed`, those stay away that no completion might satisfy.
    pub(super) fn sharing(&mut self, relaxed: bool) {
        for (frame, policies) in self.found.coupled.clone() {
            let mut coupled = Coupled::new(self, frame);
            self.times(&coupled);
            self.order(&coupled, &policies);
            for ix in policies {
                let rule = self.catalog.policy(ix);
                let scope_of = |ix: &QualificationIx| coupled.scopes.get(ix).map(|&scope| (*ix, scope));
                let recorded = self.recorded(rule);
                let claimed = rule.between.iter().filter(|ix| !recorded.contains_key(ix));
                let named: Vec<_> = claimed.filter_map(scope_of).collect();
                if named.is_empty() {
                    continue;
                }
                let owner = rule.owner.map(|owner| self.scopes[coupled.scopes[&owner]].complete);
                let policy = Policy { ix, rule, named, recorded, owner };
                match &rule.rule {
                    SharingRule::AtMost(bounds) => self.share_at_most(&policy, bounds, &mut coupled),
                    SharingRule::Jointly(bounds, sources) => self.jointly(&policy, bounds, sources, &coupled),
                    SharingRule::UniqueAtLeast(_) if relaxed => {}
                    SharingRule::UniqueAtLeast(bounds) => self.unique_at_least(&policy, bounds, &coupled),
                    SharingRule::SurplusAbove(bounds) => self.surplus_above(&policy, bounds, &mut coupled),
                    SharingRule::MaxPurposes(most) => self.max_purposes(&policy, *most),
                    SharingRule::MaxPartners(most) => self.max_partners(&policy, *most, &mut coupled),
                    SharingRule::Banned { .. } if relaxed => {}
                    SharingRule::Banned { pairs, .. } => self.ban(&policy, pairs),
                }
            }
        }
    }

    /// The awards that a policy looks into, with what earned them.
    fn recorded(&self, rule: &Sharing) -> BTreeMap<QualificationIx, BTreeSet<CredentialIx>> {
        let looked_into = rule.between.iter().filter(|_| rule.looks_into_awards);
        let components = |&ix: &QualificationIx| {
            Some((ix, recorded_components(self.catalog, self.learner, ix, self.question)?))
        };
        looked_into.filter_map(components).collect()
    }

    /// What a unit is worth to a policy: nothing, if the policy does not speak of it.
    fn value_to(&self, policy: &Policy<'_>, class: usize, measure: Measure) -> i64 {
        let unit = self.unit_of(class);
        let (_, scope) = policy.named[0];
        let is_meant = unit.passes(self.catalog, unit.own, &policy.rule.filter, self.qualification_of(scope));
        if is_meant { unit.value(self.catalog, unit.own, measure) } else { 0 }
    }

    /// `terms` are at most `most`, if all of `claims` are made.
    fn most_if(&mut self, mut terms: Vec<(Var, i64)>, most: i64, claims: &[Var], policy: PolicyIx) {
        let all: i64 = terms.iter().map(|(_, worth)| worth).sum();
        if all > most {
            // For each claim that is not made, all of it is allowed.
            terms.extend(claims.iter().map(|&claim| (claim, all - most)));
            let number = i64::try_from(claims.len()).expect("few claims");
            let most = most + (all - most) * number;
            self.say(Clause::Policy(policy), |model| model.at_most(terms, most, RowTag::Sharing(policy)));
        }
    }

    /// `terms` are at least `least`, if all of `claims` are made.
    fn least_if(&mut self, mut terms: Vec<(Var, i64)>, least: i64, claims: &[Var], policy: PolicyIx) {
        terms.extend(claims.iter().map(|&claim| (claim, -least)));
        let number = i64::try_from(claims.len()).expect("few claims");
        let least = least - least * number;
        self.say(Clause::Policy(policy), |model| model.at_least(terms, least, RowTag::Sharing(policy)));
    }

    /// The claims on which a policy about these scopes depends.
    fn claims(&self, policy: &Policy<'_>, scopes: &[usize]) -> Vec<Var> {
        let claimed = scopes.iter().map(|&scope| self.scopes[scope].complete);
        let mut claims: Vec<Var> = policy.owner.into_iter().chain(claimed).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

impl Policy<'_> {
    /// Whether a credential is among what earned an award that the policy looks into.
    fn has_earned(&self, credential: CredentialIx) -> bool {
        self.recorded.values().any(|components| components.contains(&credential))
    }

    /// The scopes beside which a demand of `scope` holds: of the others that are named each, and none
    /// where an award is looked into.
    fn beside(&self, scope: usize) -> Vec<Vec<usize>> {
        let mut beside: Vec<_> = others(self, scope).into_iter().map(|other| vec![scope, other]).collect();
        if !self.recorded.is_empty() {
            beside.push(vec![scope]);
        }
        beside
    }
}

/// The other scopes that a policy names.
fn others(policy: &Policy<'_>, scope: usize) -> Vec<usize> {
    policy.named.iter().map(|&(_, other)| other).filter(|&other| other != scope).collect()
}
