//! What two scopes of a frame may both count, and what one counts alone.

use std::collections::BTreeMap;

use cairn_core::{
    Measure,
    catalog::{CredentialIx, QualificationIx},
};
use cairn_solver::Var;

use super::{Policy, others};
use crate::{
    model::{Model, RANK_DETAIL, RowTag},
    scope::Frame,
};

/// The two classes of each pair that two scopes may share, and whether they do.
pub(super) type Overlap = Vec<([usize; 2], Var)>;

/// A frame in which a policy binds.
pub(super) struct Coupled {
    pub(super) frame: Frame,
    /// Its scopes, by qualification.
    pub(super) scopes: BTreeMap<QualificationIx, usize>,
    counted: BTreeMap<usize, Counted>,
    /// What is known already, by the two scopes.
    overlaps: BTreeMap<[usize; 2], Overlap>,
}

/// What a scope may count. Of each class, and of each credential that cannot be had several times, it
/// counts one at most.
#[derive(Default)]
struct Counted {
    by_class: BTreeMap<usize, Vec<Var>>,
    by_credential: BTreeMap<CredentialIx, Vec<(usize, Var)>>,
}

impl Coupled {
    pub(super) fn new(model: &Model<'_>, frame: Frame) -> Coupled {
        let scopes = model.scopes_of(frame);
        let counted = scopes.values().map(|&scope| (scope, Counted::new(model, scope))).collect();
        Coupled { frame, scopes, counted, overlaps: BTreeMap::new() }
    }

    /// The classes of which a scope may count something, with what it counts of them.
    pub(super) fn counts(&self, scope: usize) -> impl Iterator<Item = (usize, &[Var])> {
        self.counted[&scope].by_class.iter().map(|(&class, vars)| (class, &vars[..]))
    }
}

impl Counted {
    fn new(model: &Model<'_>, scope: usize) -> Counted {
        let mut counted = Counted::default();
        for one in &model.scopes[scope].counted {
            assert!(!model.classes[one.class].is_merged(), "coupled scopes keep their units apart");
            counted.by_class.entry(one.class).or_default().push(one.var);
            let own = model.unit_of(one.class).own;
            counted.by_credential.entry(own).or_default().push((one.class, one.var));
        }
        counted
    }
}

impl Model<'_> {
    /// For each credential that two scopes may both count, in one holding or two, a variable that
    /// is one if they do. Two holdings of one credential are one thing counted twice: otherwise
    /// earning it again would get round every policy.
    pub(super) fn overlap(&mut self, one: usize, other: usize, coupled: &mut Coupled) -> Overlap {
        let scopes = [one.min(other), one.max(other)];
        if let Some(known) = coupled.overlaps.get(&scopes) {
            return known.clone();
        }
        let [one, other] = scopes;
        let mut units = Overlap::new();
        for (class, mine) in coupled.counts(one) {
            let mut theirs: BTreeMap<usize, Vec<Var>> = BTreeMap::new();
            for (twin, var) in self.counts_same(coupled, other, class) {
                theirs.entry(twin).or_default().push(var);
            }
            for (twin, theirs) in theirs {
                let both = self.problem.var(1, RANK_DETAIL);
                self.permits.push(both);
                self.both(mine, &theirs, both);
                units.push(([class, twin], both));
            }
        }
        coupled.overlaps.insert(scopes, units.clone());
        units
    }

    /// For each unit of a component of an award that a scope may count, a variable that is one if it does.
    pub(super) fn overlap_recorded(
        &self,
        policy: &Policy<'_>,
        scope: usize,
        award: QualificationIx,
        coupled: &Coupled,
    ) -> Overlap {
        let Some(components) = policy.recorded.get(&award) else { return Overlap::new() };
        let shared =
            coupled.counts(scope).filter(|&(class, _)| components.contains(&self.unit_of(class).own));
        shared.flat_map(|(class, vars)| vars.iter().map(move |&var| ([class, class], var))).collect()
    }

    /// Of a credential that can be had several times, no more units count in the whole frame than that:
    /// no policy is got round by having it once more.
    pub(super) fn times(&mut self, coupled: &Coupled) {
        let mut units: BTreeMap<CredentialIx, BTreeMap<usize, Vec<Vec<Var>>>> = BTreeMap::new();
        for &scope in coupled.scopes.values() {
            for (class, vars) in coupled.counts(scope) {
                let own = self.unit_of(class).own;
                units.entry(own).or_default().entry(class).or_default().push(vars.to_vec());
            }
        }
        for (credential, classes) in units {
            let times = self.catalog.credential(credential).times;
            if times == 1 || classes.len() <= times as usize {
                continue;
            }
            let mut used = Vec::new();
            for scopes in classes.into_values() {
                let counts = self.problem.var(1, RANK_DETAIL);
                self.permits.push(counts);
                for vars in scopes {
                    let terms = vars.into_iter().map(|var| (var, -1)).chain([(counts, 1)]);
                    self.at_least(terms.collect::<Vec<_>>(), 0, RowTag::Raises(counts));
                }
                used.push((counts, 1));
            }
            self.at_most(used, i64::from(times), RowTag::Times(credential));
        }
    }

    /// What a scope may count of the credential of a class, or the same unit of it: one at most.
    fn counts_same<'c>(
        &self,
        coupled: &'c Coupled,
        scope: usize,
        class: usize,
    ) -> impl Iterator<Item = (usize, Var)> + use<'c> {
        let own = self.unit_of(class).own;
        let is_repeatable = self.catalog.credential(own).times > 1;
        let counted = coupled.counted[&scope].by_credential.get(&own).into_iter().flatten();
        // Of a credential that can be had several times, every unit is a thing of its own.
        counted.copied().filter(move |&(twin, _)| twin == class || !is_repeatable)
    }

    /// `both` is one if one of `mine` and one of `theirs` are counted.
    fn both(&mut self, mine: &[Var], theirs: &[Var], both: Var) {
        let terms = mine.iter().chain(theirs).map(|&var| (var, -1)).chain([(both, 1)]);
        self.at_least(terms.collect::<Vec<_>>(), -1, RowTag::Raises(both));
    }

    /// A variable that is one if `mine` is counted, and its credential in one of the other scopes.
    pub(super) fn shared_with_any(
        &mut self,
        mine: &[Var],
        class: usize,
        others: &[usize],
        coupled: &Coupled,
    ) -> Option<Var> {
        let of = |&other: &usize| self.counts_same(coupled, other, class).map(|(_, var)| var).collect();
        let theirs: Vec<Vec<Var>> =
            others.iter().map(of).filter(|theirs: &Vec<_>| !theirs.is_empty()).collect();
        if theirs.is_empty() {
            return None;
        }
        let shared = self.problem.var(1, RANK_DETAIL);
        self.permits.push(shared);
        theirs.iter().for_each(|theirs| self.both(mine, theirs, shared));
        Some(shared)
    }

    /// For each class that a scope may count, a variable that is one only if the scope counts it and
    /// no other scope counts its credential.
    pub(super) fn alone(
        &mut self,
        policy: &Policy<'_>,
        scope: usize,
        coupled: &Coupled,
    ) -> Vec<(usize, Var)> {
        let mut alone = Vec::new();
        for (class, mine) in coupled.counts(scope) {
            let is_recorded = policy.has_earned(self.unit_of(class).own);
            if is_recorded || self.value_to(policy, class, Measure::Count) == 0 {
                continue;
            }
            let unique = self.problem.var(1, RANK_DETAIL);
            self.unique.push(unique);
            let terms = mine.iter().map(|&var| (var, 1)).chain([(unique, -1)]);
            self.at_least(terms.collect::<Vec<_>>(), 0, RowTag::Structure);
            for other in others(policy, scope) {
                let mut terms: Vec<_> =
                    self.counts_same(coupled, other, class).map(|(_, var)| (var, 1)).collect();
                if !terms.is_empty() {
                    terms.push((unique, 1));
                    self.at_most(terms, 1, RowTag::Sharing(policy.ix));
                }
            }
            alone.push((class, unique));
        }
        alone
    }
}
