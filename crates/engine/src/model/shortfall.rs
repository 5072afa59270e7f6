//! Needs that may fall short, to say how near one could come.

use cairn_core::{
    Amount,
    catalog::{RequirementIx, Tally},
};
use cairn_solver::Var;

/// A need that falls short when nothing could fill it.
#[derive(Debug, Clone)]
pub(crate) struct Shortfall {
    pub(crate) scope: usize,
    /// Nothing where it is a limit of the whole qualification.
    pub(crate) requirement: Option<RequirementIx>,
    /// What is added up, or nothing for an award.
    pub(crate) tally: Option<Tally>,
    pub(super) var: Var,
    /// Thousandths per unit of the variable.
    pub(super) unit: i64,
}

impl Shortfall {
    pub(crate) fn amount(&self, values: &[i64]) -> Amount {
        Amount::from_thousandths(values[self.var.index()] * self.unit)
    }
}
