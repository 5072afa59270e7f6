//! What would be if: the same question about a changed record.

use cairn_core::{Catalog, Holding, Learner};

use crate::{Audit, Question, audit};

/// A change of a record, for the sake of argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// One more holding.
    Add(Holding),
    /// Without the holdings of this credential.
    Drop(cairn_core::CredentialId),
}

/// Audits a learner as if the changes had happened. The record itself is not touched.
#[must_use]
pub fn what_if(catalog: &Catalog, learner: &Learner, question: &Question, changes: &[Change]) -> Audit {
    let mut learner = learner.clone();
    for change in changes {
        match change {
            Change::Add(holding) => learner.holdings.push(holding.clone()),
            Change::Drop(credential) => learner.holdings.retain(|holding| holding.credential != *credential),
        }
    }
    audit(catalog, &learner, question)
}
