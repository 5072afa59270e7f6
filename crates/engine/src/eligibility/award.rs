//! Awards of qualifications that are on the record.

use std::collections::BTreeSet;

use cairn_core::{
    Catalog, Date, Holding, Learner,
    catalog::{CredentialIx, Grace, QualificationIx},
};

use super::{Countability, countability};
use crate::Question;

/// The countable awards of a qualification.
fn awards<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    ix: QualificationIx,
    grace: Grace,
    question: &'a Question,
) -> impl Iterator<Item = &'a Holding> {
    let qualification = catalog.qualification(ix);
    learner.holdings.iter().filter(move |holding| {
        qualification.is_named(&holding.credential)
            && matches!(countability(catalog, learner, holding, grace, question), Countability::Countable(_))
    })
}

/// Whether the learner holds a countable award of the qualification.
pub(crate) fn is_held(
    catalog: &Catalog,
    learner: &Learner,
    ix: QualificationIx,
    grace: Grace,
    question: &Question,
) -> bool {
    awards(catalog, learner, ix, grace, question).next().is_some()
}

/// The credentials that are recorded to have earned the countable awards of the qualification that are
/// of a day before that of the audit; nothing where no such award says what earned it.
pub(crate) fn recorded_components(
    catalog: &Catalog,
    learner: &Learner,
    ix: QualificationIx,
    question: &Question,
) -> Option<BTreeSet<CredentialIx>> {
    let awards = awards(catalog, learner, ix, Grace::None, question);
    let before = awards.filter(|holding| holding.awarded.is_none_or(|day| day < question.as_of));
    let mut recorded = before.flat_map(|holding| holding.components.keys()).peekable();
    recorded.peek()?;
    Some(recorded.filter_map(|id| catalog.find_credential(id.as_str())).collect())
}

/// The first day of a countable award of the qualification, the day of the audit at the latest; an
/// award without a day was always there.
pub(crate) fn first_day(
    catalog: &Catalog,
    learner: &Learner,
    ix: QualificationIx,
    question: &Question,
) -> Date {
    let awards = awards(catalog, learner, ix, Grace::None, question);
    let days = awards.map(|holding| holding.awarded.unwrap_or(Date::MIN));
    days.min().unwrap_or(question.as_of).min(question.as_of)
}
