//! What is asked of an audit.

use cairn_core::{
    AttestationKey, Catalog, Date, Learner, Measure, Scenario,
    catalog::{AgeDay, Qualification, QualificationIx, RequirementIx},
};

/// One question about one learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The qualification to be completed.
    pub qualification: QualificationIx,
    /// An outcome of it that is to be reached as well, by the position of its requirement.
    pub outcome: Option<RequirementIx>,
    /// The day of the audit; what is valid, offered or too old is judged on it.
    pub as_of: Date,
    /// The day on which the learner entered, if it is not to be read off the record.
    pub entry: Option<Date>,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// What remaining and progress are counted in.
    pub measure: Measure,
    /// What decides, one after the other, among completions that are equal in `measure`.
    pub further: [Option<Measure>; FURTHER_MAX],
    /// The most cases that the search may look at; without it, it goes on until the answer is proved.
    pub cases_max: Option<u64>,
}

/// So many measures may decide after the first: then each of them has been named.
pub const FURTHER_MAX: usize = Measure::ALL.len() - 1;

impl Question {
    /// The usual question: what is earned, in the qualification's own measure.
    #[must_use]
    pub fn new(catalog: &Catalog, qualification: QualificationIx, as_of: Date) -> Question {
        let measure = catalog.qualification(qualification).measure;
        Question {
            qualification,
            outcome: None,
            as_of,
            entry: None,
            scenario: Scenario::Earned,
            measure,
            further: [None; FURTHER_MAX],
            cases_max: None,
        }
    }

    /// The same question, with remaining counted first in the first of these, then in the next; a
    /// measure that is repeated decides nothing more.
    #[must_use]
    pub fn by(self, measures: &[Measure]) -> Question {
        let mut distinct: Vec<Measure> = Vec::new();
        for &measure in measures {
            if !distinct.contains(&measure) {
                distinct.push(measure);
            }
        }
        let [measure, rest @ ..] = &distinct[..] else { return self };
        let further = std::array::from_fn(|at| rest.get(at).copied());
        Question { measure: *measure, further, ..self }
    }

    /// The day from which ages reckon in a qualification.
    pub(crate) fn age_day(&self, learner: &Learner, qualification: &Qualification) -> Date {
        match qualification.max_age_on {
            AgeDay::Audit => self.as_of,
            AgeDay::Entry => self.entered(learner, qualification.entry.as_ref()),
        }
    }

    /// The day of entry: the one that is asked about, else the first day of the evidence of it. Who
    /// has not entered would enter today.
    pub(crate) fn entered(&self, learner: &Learner, evidence: Option<&AttestationKey>) -> Date {
        let shown = learner.attestations.iter().filter(|one| Some(&one.key) == evidence);
        let days = shown.filter_map(|one| one.on).filter(|&day| day <= self.as_of);
        self.entry.or_else(|| days.min()).unwrap_or(self.as_of)
    }

    /// The same question about another qualification; no outcome of it is asked for.
    #[must_use]
    pub fn about(self, qualification: QualificationIx) -> Question {
        let outcome = self.outcome.filter(|_| qualification == self.qualification);
        Question { qualification, outcome, ..self }
    }

    pub(crate) fn cases(&self) -> u64 {
        self.cases_max.unwrap_or(u64::MAX)
    }

    /// All measures that decide, the first of them first.
    pub fn measures(&self) -> impl Iterator<Item = Measure> + use<> {
        std::iter::once(self.measure).chain(self.further.into_iter().flatten())
    }
}
