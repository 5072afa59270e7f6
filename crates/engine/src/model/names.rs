//! What each variable stands for, for those who read a certificate.

use cairn_core::catalog::{QualificationIx, RequirementIx};

use crate::model::{Model, Use};

impl Model<'_> {
    /// A name without spaces for every variable, by position.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = (0..self.problem.variables()).map(|at| format!("aux/{at}")).collect();
        let mut name = |var: cairn_solver::Var, text: String| names[var.index()] = text;
        for scope in &self.scopes {
            let within = scope.key.qualification;
            name(scope.complete, format!("complete/{}", self.catalog.qualification(within).id));
            for (ix, &met) in self.catalog.qualification(within).requirement_indexes().zip(&scope.met) {
                name(met, format!("met/{}", self.place(within, ix)));
            }
            for (uses, word) in [(&scope.takes, "count"), (&scope.looks, "look")] {
                for one in uses {
                    name(
                        one.var,
                        format!("{word}/{}/{}", self.unit(one), self.place(within, one.requirement)),
                    );
                }
            }
        }
        for (&class, &var) in &self.earned {
            name(var, format!("earn/{}", self.class(class)));
        }
        for (&award, &var) in &self.awarded {
            name(var, format!("award/{}", self.catalog.qualification(award).id));
        }
        for (key, &var) in &self.granted {
            name(var, format!("confirm/{key}"));
        }
        names
    }

    fn place(&self, within: QualificationIx, ix: RequirementIx) -> String {
        let qualification = self.catalog.qualification(within);
        format!("{}#{}", qualification.id, qualification.requirement(ix).id)
    }

    fn unit(&self, one: &Use) -> String {
        let face = &self.catalog.credential(one.face).id;
        let class = self.class(one.class);
        if self.units[self.classes[one.class].units[0]].own == one.face {
            class
        } else {
            format!("{class}-as-{face}")
        }
    }

    /// The first of a class by its credential, with how many others are like it.
    fn class(&self, class: usize) -> String {
        let units = &self.classes[class].units;
        let first = &self.units[units[0]];
        let state = if first.is_new() { "new" } else { "held" };
        let id = &self.catalog.credential(first.own).id;
        if units.len() == 1 { format!("{state}-{id}") } else { format!("{state}-{id}+{}", units.len() - 1) }
    }
}
