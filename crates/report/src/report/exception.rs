//! The view of exceptions.

use cairn_core::{Catalog, Exception, Relief};
use serde::Serialize;

use crate::{report::AuditReport, words};

/// An exception on a learner's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExceptionView {
    /// Its number on the record.
    pub number: u32,
    /// The qualification's id.
    pub qualification: String,
    /// The requirement, as `qualification#requirement`.
    pub requirement: String,
    /// `allow`, `substitute`, `count-here`, `amount`, `waive` or `extend`.
    pub relief: &'static str,
    /// The credential that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// `asked`, `granted`, `refused`, `withdrawn` or `needs-review`.
    pub standing: &'static str,
    /// Whether it holds on the day that was asked about.
    pub holds: bool,
    /// Who has said the last word about it.
    pub actor: String,
    /// When, in UTC.
    pub recorded_at: String,
    /// Why.
    pub reason: String,
    /// What it grants, in a sentence.
    pub text: String,
}

/// How an exception stands, and who has said so.
#[derive(Debug, Clone)]
pub struct ExceptionState {
    /// Its number on the record.
    pub number: u32,
    /// Its standing as a word.
    pub standing: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// Who has said the last word about it.
    pub actor: String,
    /// When, in UTC.
    pub recorded_at: String,
    /// Why.
    pub reason: String,
}

impl ExceptionView {
    /// The view of an exception. `catalog` has the rules without it.
    #[must_use]
    pub fn new(catalog: &Catalog, exception: &Exception, state: ExceptionState) -> ExceptionView {
        ExceptionView {
            number: state.number,
            qualification: exception.qualification.to_string(),
            requirement: format!("{}#{}", exception.qualification, exception.requirement),
            relief: exception.relief.word(),
            credential: exception.relief.credential().map(ToString::to_string),
            standing: state.standing,
            holds: state.holds,
            actor: state.actor,
            recorded_at: state.recorded_at,
            reason: state.reason,
            text: words::exception(Some(catalog), exception),
        }
    }

    /// How it stands, in a line.
    #[must_use]
    pub fn line(&self) -> String {
        let says = words::recorded_by(&self.recorded_at, &self.actor, &self.reason);
        words::plain(&words::exception_line(self.number, &self.text, self.standing, &says))
    }

    fn lets_in(&self, requirement: &str, credential: &str) -> bool {
        let kinds = [Relief::ALLOW, Relief::SUBSTITUTE, Relief::COUNT_HERE];
        self.holds
            && kinds.contains(&self.relief)
            && self.requirement == requirement
            && self.credential.as_deref() == Some(credential)
    }
}

impl AuditReport {
    /// The same with the exceptions that the audit was made with, or that need review: what counts by
    /// one says so.
    #[must_use]
    pub fn with_exceptions(mut self, exceptions: &[ExceptionView]) -> AuditReport {
        let is_about = |one: &&ExceptionView| {
            one.relief == Relief::EXTEND
                || self.scopes.iter().any(|scope| scope.qualification == one.qualification)
        };
        let is_of_use = |one: &&ExceptionView| one.holds || one.standing == "needs-review";
        self.exceptions = exceptions.iter().filter(is_of_use).filter(is_about).cloned().collect();
        for reason in self.reasons.iter_mut().filter(|reason| reason.code == "counts") {
            let (Some(requirement), Some(credential)) = (&reason.requirement, &reason.credential) else {
                continue;
            };
            if let Some(by) = self.exceptions.iter().find(|one| one.lets_in(requirement, credential)) {
                let by = words::plain(&words::by_exception(by.number, &by.actor));
                reason.text.push_str(&format!(", {by}"));
            }
        }
        self
    }
}
