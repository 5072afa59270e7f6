//! How far a learner is with every qualification of a catalog.

use cairn_core::{Catalog, Date, Learner, Scenario, catalog::QualificationIx};

use crate::{Audit, Question, audit, eligibility::is_held};

/// One qualification of an overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The qualification.
    pub qualification: QualificationIx,
    /// Whether a countable award of it is held.
    pub is_held: bool,
    /// Its audit in its own measure.
    pub audit: Audit,
}

/// Audits a learner against every qualification, in the order of their ids.
///
/// Each audit looks at no more than so many cases, if a number is given.
#[must_use]
pub fn overview(
    catalog: &Catalog,
    learner: &Learner,
    as_of: Date,
    entry: Option<Date>,
    scenario: Scenario,
    cases_max: Option<u64>,
) -> Vec<Entry> {
    catalog
        .qualification_indexes()
        .map(|qualification| {
            let question =
                Question { entry, scenario, cases_max, ..Question::new(catalog, qualification, as_of) };
            let grace = catalog.qualification(qualification).grace;
            Entry {
                qualification,
                is_held: is_held(catalog, learner, qualification, grace, &question),
                audit: audit(catalog, learner, &question),
            }
        })
        .collect()
}
