//! What was attempted: everything, whether it counts or not.

use cairn_core::catalog::{RequirementIx, Rule};

use crate::model::{Model, RANK_DETAIL, RowTag, Use};

impl Model<'_> {
    /// The classes that a requirement over what was attempted looks at.
    pub(crate) fn attempted(&self, scope: usize, requirement: RequirementIx) -> Vec<usize> {
        let qualification = self.qualification_of(scope);
        let Rule::Take(take) = &qualification.requirement(requirement).rule else { return Vec::new() };
        let sees = |class: &usize| {
            let unit = self.unit_of(*class);
            unit.accepted(self.catalog, unit.own, take, qualification, self.question)
        };
        (0..self.classes.len()).filter(sees).collect()
    }

    /// What such a requirement looks at: all that is held, and all that is newly earned. None of it
    /// can be left out.
    pub(super) fn attempts(&mut self, scope: usize, requirement: RequirementIx) -> Vec<Use> {
        let mut attempts = Vec::new();
        for class in self.attempted(scope, requirement) {
            let face = self.unit_of(class).own;
            let var = match self.earned.get(&class) {
                Some(&earned) => earned,
                None => {
                    let size = self.classes[class].size();
                    let all = self.problem.var(size, RANK_DETAIL);
                    self.at_least([(all, 1)], size, RowTag::Structure);
                    all
                }
            };
            attempts.push(Use { class, face, requirement, var, part: None });
        }
        attempts
    }
}
