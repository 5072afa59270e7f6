//! Several qualifications at once: one optimum over all of them, under the policies that couple them.

use cairn_core::{Catalog, Date, Learner, Measure, catalog::QualificationIx};
use cairn_solver::Proof;

use crate::{
    Audit, Cost, Question, Verdict,
    audit::{alone, answer, canonical, certified, least},
    eligibility::recorded_components,
    scope::{Goal, binding},
};

/// One question about several qualifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointQuestion {
    /// Sorted, each once; at least one.
    qualifications: Vec<QualificationIx>,
    /// About the first of them.
    question: Question,
}

impl JointQuestion {
    /// The usual question: what is earned, in the measure that the qualifications have in common,
    /// else in number. Nothing, if there is no qualification.
    #[must_use]
    pub fn new(catalog: &Catalog, qualifications: &[QualificationIx], as_of: Date) -> Option<JointQuestion> {
        let mut qualifications = qualifications.to_vec();
        qualifications.sort_unstable();
        qualifications.dedup();
        let question = Question::new(catalog, *qualifications.first()?, as_of);
        let own = |ix: &QualificationIx| catalog.qualification(*ix).measure;
        let is_common = qualifications.iter().all(|ix| own(ix) == question.measure);
        let measure = if is_common { question.measure } else { Measure::Count };
        Some(JointQuestion { qualifications, question: Question { measure, ..question } })
    }

    /// The same question with all else as in another: scenario, measures, day, cases.
    #[must_use]
    pub fn like(self, other: Question) -> JointQuestion {
        let question = Question { qualification: self.question.qualification, outcome: None, ..other };
        JointQuestion { question, ..self }
    }

    /// The qualifications, in the order of their ids.
    #[must_use]
    pub fn qualifications(&self) -> &[QualificationIx] {
        &self.qualifications
    }

    /// The same question about one of the qualifications by itself.
    #[must_use]
    pub fn alone(&self, qualification: QualificationIx) -> Question {
        self.question.about(qualification)
    }

    pub(crate) fn goal(&self) -> Goal<'_> {
        Goal { question: &self.question, targets: &self.qualifications }
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
    joint(catalog, &learner, question, answer(catalog, &learner, question.goal(), &[]))
}

/// Audits a learner against several qualifications at once, with a proof that anybody can check; see
/// [`crate::certify`].
#[must_use]
pub fn certify_jointly(
    catalog: &Catalog,
    learner: &Learner,
    question: &JointQuestion,
) -> (JointAudit, Proof) {
    let learner = canonical(learner);
    let (audit, proof) = certified(catalog, &learner, question.goal());
    (joint(catalog, &learner, question, audit), proof)
}

fn joint(catalog: &Catalog, learner: &Learner, question: &JointQuestion, audit: Audit) -> JointAudit {
    let is_recorded = |ix| recorded_components(catalog, learner, ix, &question.question).is_some();
    let is_free = binding(catalog, &question.qualifications, is_recorded).is_empty();
    let targets = question.qualifications.iter().enumerate().map(|(at, &qualification)| {
        let alone = alone(catalog, learner, &question.alone(qualification));
        // Where nothing couples them, what completes it by itself completes it beside the others.
        let counts = audit.scopes.get(at).is_some_and(|scope| scope.is_complete);
        let is_complete =
            (counts && audit.verdict != Verdict::Unreachable) || (is_free && alone == Verdict::Complete);
        Target { qualification, is_complete, alone }
    });
    let targets = targets.collect();
    JointAudit { question: question.clone(), audit, targets }
}

/// The least cost of a completion of all at once, without anything else.
#[must_use]
pub fn remaining_jointly(catalog: &Catalog, learner: &Learner, question: &JointQuestion) -> Option<Cost> {
    least(catalog, &canonical(learner), question.goal())
}
