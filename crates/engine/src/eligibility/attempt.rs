//! Of several attempts at a credential, which count.

use cairn_core::{
    Catalog, CredentialId, Date, Learner, State,
    catalog::{Attempt, CredentialIx, Qualification},
};

use crate::Question;

/// Whether only the latest holding of a credential may count in a qualification.
pub(crate) fn has_attempts(catalog: &Catalog, own: CredentialIx, qualification: &Qualification) -> bool {
    qualification.attempt == Attempt::Latest && catalog.credential(own).times == 1
}

/// Whether the learner tried a credential on a later day, as far as the scenario reaches.
pub(super) fn is_tried_again(
    learner: &Learner,
    credential: &CredentialId,
    day: Option<Date>,
    question: &Question,
) -> bool {
    learner.holdings.iter().any(|other| {
        let is_known = other.state != State::Earned || other.awarded.is_none_or(|day| day <= question.as_of);
        other.credential == *credential
            && question.scenario.admits(other.state)
            && is_known
            && other.awarded > day
    })
}
