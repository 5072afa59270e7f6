//! Requirements that accept only what has one value of an attribute, chosen for all of them.

use cairn_core::catalog::Qualification;
use cairn_solver::Var;

use crate::model::{Model, RANK_SHAPE, RowTag, Use};

impl Model<'_> {
    /// Below each requirement that chooses a value, all that is taken or looked at has it.
    pub(super) fn choose_values(&mut self, scope: usize, qualification: &Qualification) {
        for (same, by) in qualification.sames() {
            let below = qualification.below(same);
            let uses = self.scopes[scope].takes.iter().chain(&self.scopes[scope].looks);
            let uses: Vec<Use> = uses.filter(|one| below.contains(&one.requirement)).copied().collect();
            let tag = RowTag::Same(scope, same);
            let chosen: Vec<(Vec<Use>, Var)> = self
                .by_value(&uses, by)
                .into_values()
                .map(|having| (having, self.problem.var(1, RANK_SHAPE)))
                .collect();
            self.at_most(
                chosen.iter().map(|&(_, value)| (value, 1)).collect::<Vec<_>>(),
                1,
                RowTag::Structure,
            );
            for one in uses {
                let size = self.classes[one.class].size();
                let has = |having: &[Use]| having.iter().any(|other| other.var == one.var);
                let values = chosen.iter().filter(|(having, _)| has(having)).map(|&(_, value)| (value, size));
                let terms = values.chain([(one.var, -1)]).collect::<Vec<_>>();
                self.at_least(terms, 0, tag);
            }
        }
    }
}
