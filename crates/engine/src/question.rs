//! What is asked of an audit.

use cairn_core::{Catalog, Date, Measure, Scenario, catalog::QualificationIx};

/// One question about one learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The qualification to be completed.
    pub qualification: QualificationIx,
    /// The day of the audit; what is valid, offered or too old is judged on it.
    pub as_of: Date,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// What remaining is counted in.
    pub measure: Measure,
}

impl Question {
    /// The usual question: what is earned, in the qualification's own measure.
    #[must_use]
    pub fn new(catalog: &Catalog, qualification: QualificationIx, as_of: Date) -> Question {
        let measure = catalog.qualification(qualification).measure;
        Question { qualification, as_of, scenario: Scenario::Earned, measure }
    }
}
