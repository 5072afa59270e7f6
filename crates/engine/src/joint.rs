//! Several qualifications at once: one optimum over all of them, under the policies that couple them.

use cairn_core::{Catalog, Date, Learner, Measure, Scenario, catalog::QualificationIx};

use crate::{
    Audit, Cost, Question, Verdict,
    audit::{answer, canonical, least},
    scope::{Goal, binding},
};

/// One question about several qualifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointQuestion {
    /// The qualifications that are to be complete at once; their order carries no meaning.
    qualifications: Vec<QualificationIx>,
    /// The day of the audit.
    pub as_of: Date,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// What remaining is counted in.
    pub measure: Measure,
}

impl JointQuestion {
    /// The usual question: what is earned, in the measure that the qualifications have in common,
    /// else in number. Nothing, if there is no qualification.
    #[must_use]
    pub fn new(catalog: &Catalog, qualifications: &[QualificationIx], as_of: Date) -> Option<JointQuestion> {
        let mut qualifications = qualifications.to_vec();
        qualifications.sort_unstable();
        qualifications.dedup();
        let own = |ix: &QualificationIx| catalog.qualification(*ix).measure;
        let first = qualifications.first().map(own)?;
        let is_common = qualifications.iter().all(|ix| own(ix) == first);
        let measure = if is_common { first } else { Measure::Count };
        Some(JointQuestion { qualifications, as_of, scenario: Scenario::Earned, measure })
    }

    /// The qualifications, in the order of their ids.
    #[must_use]
    pub fn qualifications(&self) -> &[QualificationIx] {
        &self.qualifications
    }

    /// The same question about one of the qualifications by itself.
    #[must_use]
    pub fn alone(&self, qualification: QualificationIx) -> Question {
        Question { qualification, as_of: self.as_of, scenario: self.scenario, measure: self.measure }
    }

    fn first(&self) -> Question {
        self.alone(self.qualifications[0])
    }
}

/// What a joint audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointAudit {
    /// What was asked.
    pub question: JointQuestion,
    /// The audit of all together. Its question names the first of the qualifications, and its first
    /// scopes are those of the qualifications.
    pub audit: Audit,
    /// Each qualification, in the order of the question.
    pub targets: Vec<Target>,
}

/// One qualification of a joint audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The qualification.
    pub qualification: QualificationIx,
    /// Whether what is held completes it beside the others, as the audit counts.
    pub is_complete: bool,
    /// What an audit of it by itself says.
    pub alone: Verdict,
}

/// Audits a learner against several qualifications at once.
#[must_use]
pub fn audit_jointly(catalog: &Catalog, learner: &Learner, question: &JointQuestion) -> JointAudit {
    let learner = canonical(learner);
    let first = question.first();
    let audit =
        answer(catalog, &learner, Goal { question: &first, targets: &question.qualifications, without: &[] });
    let is_free = binding(catalog, &question.qualifications).is_empty();
    let targets = question.qualifications.iter().zip(&audit.scopes).map(|(&qualification, scope)| {
        let own = question.alone(qualification);
        let goal = Goal { question: &own, targets: &[qualification], without: &[] };
        let alone = Verdict::of(least(catalog, &learner, goal));
        // Where nothing couples them, what completes it by itself completes it beside the others.
        let is_complete = scope.is_complete || (is_free && alone == Verdict::Complete);
        Target { qualification, is_complete, alone }
    });
    let targets = targets.collect();
    JointAudit { question: question.clone(), audit, targets }
}

/// The least cost of a completion of all at once, without anything else.
#[must_use]
pub fn remaining_jointly(catalog: &Catalog, learner: &Learner, question: &JointQuestion) -> Option<Cost> {
    let first = question.first();
    let goal = Goal { question: &first, targets: &question.qualifications, without: &[] };
    least(catalog, &canonical(learner), goal)
}
