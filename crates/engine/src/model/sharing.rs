//! Policies on what coupled qualifications may both count.

use std::collections::BTreeMap;

use cairn_core::{Amount, Measure, catalog::Clause};
use cairn_solver::Var;

use crate::model::{Model, RANK_DETAIL, RowTag};

/// The two classes of each pair that may be shared, and whether it is.
type Overlap = Vec<([usize; 2], Var)>;

impl Model<'_> {
    /// For each policy and each two of its qualifications: what both count is within the policy.
    ///
    /// A policy binds when its qualification is complete; two policies on one pair both bind, so
    /// the more restrictive decides.
    pub(super) fn sharing(&mut self) {
        for scopes in self.frames().into_values() {
            let mut shared: BTreeMap<(usize, usize), Overlap> = BTreeMap::new();
            for (&owner, &owner_scope) in &scopes {
                for (place, policy) in self.catalog.qualification(owner).sharing.iter().enumerate() {
                    let named: Vec<usize> =
                        policy.between.iter().filter_map(|ix| scopes.get(ix).copied()).collect();
                    for (at, &one) in named.iter().enumerate() {
                        for &other in &named[at + 1..] {
                            let units = match shared.get(&(one, other)) {
                                Some(units) => units.clone(),
                                None => {
                                    let units = self.overlap(one, other);
                                    shared.insert((one, other), units.clone());
                                    units
                                }
                            };
                            let tag = RowTag::Sharing(one, other);
                            let binds = self.scopes[owner_scope].complete;
                            self.say(Clause::Policy(owner, place), |model| {
                                model.share_at_most(&units, policy.count, Measure::Count, binds, tag);
                                model.share_at_most(&units, policy.credits, Measure::Credits, binds, tag);
                            });
                        }
                    }
                }
            }
        }
    }

    /// For each credential that two scopes may both count, in one holding or two, a variable that
    /// is one if they do. Two holdings of one credential are one thing counted twice: otherwise
    /// earning it again would get round every policy.
    fn overlap(&mut self, one: usize, other: usize) -> Overlap {
        let counted = |model: &Self, scope: usize, class: usize| -> Vec<(Var, i64)> {
            let takes = model.scopes[scope].takes.iter();
            takes.filter(|one| one.class == class).map(|one| (one.var, -1)).collect()
        };
        let mut units = Overlap::new();
        for class in 0..self.classes.len() {
            let left = counted(self, one, class);
            for twin in 0..self.classes.len() {
                let right = counted(self, other, twin);
                let own = self.unit_of(class).own;
                let is_repeatable = self.catalog.credential(own).times > 1;
                let is_same = own == self.unit_of(twin).own && (class == twin || !is_repeatable);
                if left.is_empty() || right.is_empty() || !is_same {
                    continue;
                }
                assert!(!self.classes[class].is_merged(), "coupled scopes keep their units apart");
                let both = self.problem.var(1, RANK_DETAIL);
                let terms: Vec<_> = left.iter().copied().chain(right).chain([(both, 1)]).collect();
                self.at_least(terms, -1, RowTag::Structure);
                units.push(([class, twin], both));
            }
        }
        units
    }

    fn share_at_most(
        &mut self,
        units: &[([usize; 2], Var)],
        most: Option<Amount>,
        measure: Measure,
        binds: Var,
        tag: RowTag,
    ) {
        let Some(most) = most else { return };
        let value = |class: usize| self.unit_of(class).value(self.catalog, self.unit_of(class).own, measure);
        let least = |classes: [usize; 2]| value(classes[0]).min(value(classes[1]));
        let mut terms: Vec<_> = units.iter().map(|&(classes, both)| (both, least(classes))).collect();
        let total: i64 = terms.iter().map(|(_, value)| value).sum();
        let excess = total - most.thousandths();
        if excess > 0 {
            // Σ shared ≤ most + excess · (1 − binds).
            terms.push((binds, excess));
            self.at_most(terms, most.thousandths() + excess, tag);
        }
    }
}
