//! A learner's record, looked up in a catalog once for many questions.

use cairn_core::{
    Catalog, Date, Learner, State,
    catalog::{CredentialIx, Grace, QualificationIx, Requirement, Rule},
};

use crate::{
    Countability, Question,
    eligibility::{countability, is_good_enough, is_recent_enough},
};

/// A learner's record with its names looked up.
#[derive(Debug)]
pub struct Record<'l> {
    learner: &'l Learner,
    holdings: Vec<Known>,
    /// The qualifications of which an award is on the record.
    awards: Vec<QualificationIx>,
}

/// A holding of a credential in the catalog.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) own: CredentialIx,
    position: u32,
    awarded: Option<Date>,
    /// Whether it was earned and cannot expire.
    is_lasting: bool,
    /// Whether facts of the award differ from those of its credential.
    pub(super) has_facts: bool,
}

impl<'l> Record<'l> {
    /// Looks a record up.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &'l Learner) -> Record<'l> {
        let mut holdings = Vec::with_capacity(learner.holdings.len());
        let mut awards = Vec::new();
        for (position, holding) in (0..).zip(&learner.holdings) {
            let Some(own) = catalog.find_credential(holding.credential.as_str()) else {
                let named = |&ix: &QualificationIx| catalog.qualification(ix).is_named(&holding.credential);
                awards.extend(catalog.qualification_indexes().filter(named));
                continue;
            };
            holdings.push(Known {
                own,
                position,
                awarded: holding.awarded,
                is_lasting: holding.state == State::Earned
                    && holding.expires.is_none()
                    && catalog.credential(own).valid.is_none()
                    && catalog.credential(own).valid_after_retirement.is_none(),
                has_facts: holding.issuer.is_some()
                    || holding.credits.is_some()
                    || !holding.attributes.is_empty(),
            });
        }
        Record { learner, holdings, awards }
    }

    /// The learner.
    #[must_use]
    pub fn learner(&self) -> &'l Learner {
        self.learner
    }

    pub(super) fn holdings(&self) -> &[Known] {
        &self.holdings
    }

    pub(super) fn has_award(&self, ix: QualificationIx) -> bool {
        self.awards.contains(&ix)
    }
}

impl Known {
    /// Whether it will do where `wanted` must be had first.
    pub(super) fn will_do_as(&self, catalog: &Catalog, wanted: CredentialIx) -> bool {
        self.own == wanted || catalog.credential(self.own).will_do_as(wanted, self.awarded)
    }

    pub(super) fn is_countable(
        &self,
        record: &Record<'_>,
        catalog: &Catalog,
        grace: Grace,
        question: &Question,
    ) -> bool {
        if self.is_lasting {
            return self.awarded.is_none_or(|day| day <= question.as_of);
        }
        let holding = &record.learner.holdings[self.position as usize];
        let judged = countability(catalog, record.learner, holding, grace, question);
        matches!(judged, Countability::Countable(_))
    }

    /// Whether its grade and its day are good enough for a requirement that accepts its credential.
    pub(super) fn serves(&self, record: &Record<'_>, requirement: &Requirement, age_day: Date) -> bool {
        let Rule::Take(take) = &requirement.rule else { return true };
        let holding = &record.learner.holdings[self.position as usize];
        is_good_enough(take, self.own, holding.grade)
            && is_recent_enough(take, self.own, holding.awarded, age_day)
    }
}
