//! The view of an audit.

use cairn_core::{Catalog, Learner};
use cairn_engine::{Audit, Certainty, Outlook};
use serde::Serialize;

use super::{
    BoundsView, EditionView, ElsewhereView, ExceptionView, FORMAT_VERSION, ForcedView, ProgressView,
    ReasonView, Remaining, ScopeView, StepView,
    catalog::common_scheme,
    cost::{bounds, progress, remaining, verdict_code},
    reason::reason_view,
    scope::scope_view,
    step::step_view,
    why::preferred_view,
};
use crate::words;

/// One audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// The version of the shape.
    pub format_version: u32,
    /// The learner's id.
    pub learner: String,
    /// The learner's name, if one is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The qualification's id, with its edition.
    pub qualification: String,
    /// The outcome that is asked about, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The qualification's title, or that of the outcome.
    pub title: String,
    /// The day, as `YYYY-MM-DD`.
    pub as_of: String,
    /// The day of entry that was asked about, as `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What is taken to be had: `earned`, `in-progress` or `planned`.
    pub scenario: &'static str,
    /// `complete`, `remaining`, `unreachable` or `stopped`.
    pub verdict: &'static str,
    /// `certain`: it is complete. `possible`: it is, if what is open is confirmed. `impossible`: it is
    /// not, whatever is confirmed. Absent where the search was stopped before that was settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<&'static str>,
    /// The id of the scheme in which credits are counted, if the rules name schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The verdict in a sentence.
    pub summary: String,
    /// What remains, unless it is unreachable or not settled.
    pub remaining: Option<Remaining>,
    /// What is known of that where the search was stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<BoundsView>,
    /// The part of the way that is done; absent where there is no such number.
    pub progress: Option<ProgressView>,
    /// The editions that were compared, where none was named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<EditionView>,
    /// The exceptions that the audit was made with, and those that need review.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<ExceptionView>,
    /// How far each outcome of the qualification is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeView>,
    /// Each qualification that was allocated; the first is that of the question.
    pub scopes: Vec<ScopeView>,
    /// The order in which qualifications are had, by id, where a policy binds them by their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// A cheapest completion, in order; where the search was stopped, the cheapest that was found.
    pub next: Vec<StepView>,
    /// Why.
    pub reasons: Vec<ReasonView>,
    /// What became of the wishes that were stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preferred: Vec<ElsewhereView>,
    /// Where a holding could count as well, and at what price, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<ElsewhereView>,
    /// The rules that force what remains, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced_by: Option<ForcedView>,
}

/// How far an outcome is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeView {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `complete`, `remaining`, `unreachable` or `stopped`.
    pub verdict: &'static str,
    /// The same in a sentence.
    pub text: String,
    /// What remains to reach it, unless it is out of reach or not settled.
    pub remaining: Option<Remaining>,
}

impl AuditReport {
    /// The view of an audit.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &Learner, audit: &Audit) -> AuditReport {
        let question = &audit.question;
        let qualification = catalog.qualification(question.qualification);
        let summary = words::verdict(catalog, audit);
        let outcome = question.outcome.map(|ix| qualification.requirement(ix));
        AuditReport {
            format_version: FORMAT_VERSION,
            learner: learner.id.to_string(),
            name: learner.name.clone(),
            qualification: qualification.id.to_string(),
            outcome: outcome.map(|outcome| outcome.id.to_string()),
            title: outcome.map_or(&qualification.title, |outcome| &outcome.title).clone(),
            as_of: question.as_of.to_string(),
            entry: question.entry.map(|day| day.to_string()),
            editions: Vec::new(),
            exceptions: Vec::new(),
            scenario: question.scenario.word(),
            verdict: verdict_code(audit.verdict),
            certainty: audit.certainty().map(certainty_code),
            scheme: common_scheme(catalog),
            summary,
            remaining: remaining(question, audit.verdict),
            bounds: bounds(audit),
            progress: progress(audit),
            outcomes: audit.outcomes.iter().map(|outlook| outcome_view(catalog, audit, outlook)).collect(),
            scopes: audit.scopes.iter().map(|scope| scope_view(catalog, audit, scope)).collect(),
            order: audit.order.iter().map(|&ix| catalog.qualification(ix).id.to_string()).collect(),
            next: audit
                .next
                .iter()
                .map(|step| step_view(catalog, question, words::asked(audit), step))
                .collect(),
            reasons: audit.reasons.iter().map(|reason| reason_view(catalog, audit, reason)).collect(),
            preferred: audit.preferred.iter().map(|one| preferred_view(catalog, audit, one)).collect(),
            elsewhere: Vec::new(),
            forced_by: None,
        }
    }
}

fn certainty_code(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Possible => "possible",
        Certainty::Impossible => "impossible",
    }
}

fn outcome_view(catalog: &Catalog, audit: &Audit, outlook: &Outlook) -> OutcomeView {
    let requirement = catalog.qualification(audit.question.qualification).requirement(outlook.outcome);
    OutcomeView {
        id: requirement.id.to_string(),
        title: requirement.title.clone(),
        verdict: verdict_code(outlook.verdict),
        text: words::outlook(catalog, outlook.verdict, &audit.question),
        remaining: remaining(&audit.question, outlook.verdict),
    }
}
