//! Parts of units: a unit that counts for less than all its credits, or toward several requirements.

use std::collections::BTreeMap;

use cairn_core::{
    Measure,
    catalog::{CredentialIx, Qualification, RequirementIx, Rule, Take},
};
use cairn_solver::Var;

use crate::model::{Model, RANK_DETAIL, RANK_USE, RowTag, Use};

impl Model<'_> {
    /// How much of the credits of units counts toward a requirement that takes parts: something of
    /// each unit that counts, and no more than it has.
    pub(super) fn part(&mut self, class: usize, face: CredentialIx, take: &Take, var: Var) -> Option<Var> {
        let credits = self.unit_of(class).value(self.catalog, face, Measure::Credits);
        if !take.counts_parts() || credits == 0 {
            return None;
        }
        let part = self.problem.var(credits * self.classes[class].size(), RANK_DETAIL);
        self.at_least([(part, 1), (var, -1)], 0, RowTag::Raises(part));
        self.at_most([(part, 1), (var, -credits)], 0, RowTag::Structure);
        Some(part)
    }

    /// What a scope counts: what its requirements take, but what may be divided between them once.
    pub(super) fn divide(&mut self, scope: usize, qualification: &Qualification) {
        let take_of = |ix: RequirementIx| match &qualification.requirement(ix).rule {
            Rule::Take(take) => take,
            _ => unreachable!("only requirements that take have uses"),
        };
        let takes = self.scopes[scope].takes.clone();
        let (divided, mut counted): (Vec<Use>, Vec<Use>) =
            takes.into_iter().partition(|one| take_of(one.requirement).divides);
        let mut by_unit: BTreeMap<(usize, CredentialIx), Vec<Use>> = BTreeMap::new();
        for one in divided {
            by_unit.entry((one.class, one.face)).or_default().push(one);
        }
        for ((class, face), uses) in by_unit {
            assert!(self.classes[class].size() == 1, "what may be divided is kept apart");
            let whole = self.problem.var(1, RANK_USE);
            for one in &uses {
                self.at_least([(whole, 1), (one.var, -1)], 0, RowTag::Raises(whole));
            }
            let any = uses.iter().map(|one| (one.var, 1)).chain([(whole, -1)]);
            self.at_least(any.collect::<Vec<_>>(), 0, RowTag::Structure);
            let credits = self.unit_of(class).value(self.catalog, face, Measure::Credits);
            let parts: Vec<Var> = uses.iter().filter_map(|one| one.part).collect();
            if credits > 0 {
                let mut terms: Vec<_> = parts.iter().map(|&part| (part, 1)).collect();
                terms.push((whole, -credits));
                self.at_most(terms.clone(), 0, RowTag::Structure);
                // Only where it is cut is anything of it lost.
                let cut = uses.iter().filter(|one| take_of(one.requirement).truncates);
                terms.extend(cut.map(|one| (one.var, credits)));
                self.at_least(terms, 0, RowTag::Structure);
            }
            self.divided.insert(whole, parts);
            counted.push(Use { class, face, requirement: uses[0].requirement, var: whole, part: None });
        }
        self.scopes[scope].counted = counted;
    }

    /// Whether something that counts may be divided between requirements.
    pub(crate) fn is_divided(&self, one: &Use) -> bool {
        self.divided.contains_key(&one.var)
    }

    /// The parts of the credits that count of what is used; nothing where it counts whole.
    pub(super) fn parts_of(&self, one: &Use) -> Option<Vec<Var>> {
        one.part.map(|part| vec![part]).or_else(|| self.divided.get(&one.var).cloned())
    }
}
