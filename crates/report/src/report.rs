//! Plain, public views of answers. Their JSON is stable: a change of shape raises `format_version`.

use cairn_core::{
    Catalog, Learner,
    catalog::{Bound, Limit, PolicyIx, Qualification, QualificationIx, RequirementIx, Rule},
};
use cairn_engine::{
    Action, Audit, Certainty, Cost, Measured, Outlook, Placement, Question, Reason, ScopeAudit, Status, Step,
    Thing, Verdict,
};
use serde::Serialize;

use crate::words;

mod catalog;
pub use catalog::{CatalogReport, CredentialView, PoolView, QualificationView, RuleView};

mod edition;
pub use edition::EditionView;

mod joint;
pub use joint::{JointReport, TargetView};

mod learner;
pub use learner::{AttestationView, HoldingView, LearnerReport};

mod history;
pub use history::{EventView, HistoryReport};

mod known;
pub use known::Known;

mod overview;
pub use overview::{OverviewEntry, OverviewReport, WhatIfReport};

mod why;
use why::preferred_view;
pub use why::{ClauseView, ElsewhereView, ForcedView};

mod several;
pub use several::{ChoiceView, CompletionView, CompletionsReport};

mod skills;
pub use skills::{EvidenceView, GapReport, NeededView, SkillView, SkillsReport};

mod tests;
pub use tests::{BecauseView, FailureView, TestView, TestsReport};

/// The version of all shapes of this module.
pub const FORMAT_VERSION: u32 = 1;

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

/// The cost of the cheapest completion. Amounts are exact decimals, written as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// `count`, `credits`, `cost` or `effort`.
    pub measure: &'static str,
    /// How much of it.
    pub amount: String,
    /// The further measures of the question, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<AmountView>,
    /// How many credentials and awards.
    pub new: u64,
    /// How many confirmations.
    pub attestations: u64,
}

/// What is known of what remains where the search was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoundsView {
    /// No completion costs less.
    pub at_least: Remaining,
    /// The cheapest completion that was found costs this; without one it may be out of reach.
    pub at_most: Option<Remaining>,
    /// How many cases were looked at.
    pub cases: u64,
}

/// An amount in a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountView {
    /// `count`, `credits`, `cost` or `effort`.
    pub measure: &'static str,
    /// How much of it.
    pub amount: String,
}

/// An exact fraction. It is 100 per cent only if the qualification is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressView {
    /// Done.
    pub numerator: i64,
    /// Of.
    pub denominator: i64,
    /// Whole per cent, rounded down.
    pub percent: i64,
}

/// One qualification's allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScopeView {
    /// The qualification's id.
    pub qualification: String,
    /// Its title.
    pub title: String,
    /// Whether the completion needs it.
    pub needed: bool,
    /// The requirements, each after the one that asks for it.
    pub requirements: Vec<RequirementView>,
    /// Lower limits over everything counted.
    pub limits: Vec<MeasuredView>,
}

/// One requirement's status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequirementView {
    /// Its name in the rules.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How deep it stands below the root.
    pub depth: usize,
    /// `met`, `open` or `not needed`.
    pub standing: &'static str,
    /// What it asks for, in a sentence.
    pub rule: String,
    /// How far its needs are met.
    pub needs: Vec<MeasuredView>,
    /// What counts toward it.
    pub counted: Vec<CountedView>,
}

/// A need and what there is toward it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeasuredView {
    /// What it speaks of, as the end of a phrase; empty where it speaks of everything.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// `count`, `credits`, `sum`, `distinct` or `average`.
    pub measure: &'static str,
    /// The attribute that a `sum` adds up, or by which `distinct` tells apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Needed.
    pub needed: String,
    /// From holdings.
    pub held: String,
    /// Added by the completion.
    pub new: String,
}

/// Something that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedView {
    /// The credential's id.
    pub credential: String,
    /// Its title.
    pub title: String,
    /// The credential that it counts as, if another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_as: Option<String>,
    /// How much of its credits counts here, where that is less than all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<String>,
    /// Whether it is held; otherwise the completion adds it.
    pub held: bool,
}

/// One step of the completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// `earn`, `award` or `confirm`.
    pub action: &'static str,
    /// The id of what is earned, awarded or confirmed.
    pub id: String,
    /// The step in a sentence.
    pub text: String,
    /// What it adds to the measure.
    pub cost: String,
    /// What it adds to the further measures of the question, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<AmountView>,
    /// The requirements that it counts toward.
    pub fills: Vec<String>,
    /// Later steps that require it.
    pub opens: Vec<String>,
    /// Of an award: the credentials that earn it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// Its kind.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
    /// The requirement that it is about, as `qualification#requirement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The credential of the holding that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The sharing policies that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyView>,
}

/// A sharing policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyView {
    /// Its id, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The file and the line where it is written.
    pub place: String,
    /// What it demands, in a sentence.
    pub text: String,
}

impl PolicyView {
    /// The view of a policy.
    #[must_use]
    pub fn new(catalog: &Catalog, ix: PolicyIx) -> PolicyView {
        let policy = catalog.policy(ix);
        PolicyView {
            id: policy.id.as_ref().map(ToString::to_string),
            title: policy.title.clone(),
            place: policy.place.clone(),
            text: words::policy_rule(catalog, ix),
        }
    }
}

impl AuditReport {
    /// The view of an audit.
    #[must_use]
    pub fn new(catalog: &Catalog, learner: &Learner, audit: &Audit) -> AuditReport {
        let question = &audit.question;
        let qualification = catalog.qualification(question.qualification);
        let summary = words::verdict(audit);
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
            scenario: question.scenario.word(),
            verdict: verdict_code(audit.verdict),
            certainty: audit.certainty().map(certainty_code),
            summary,
            remaining: remaining(question, audit.verdict),
            bounds: bounds(audit),
            progress: audit.progress.map(|progress| ProgressView {
                numerator: progress.numerator(),
                denominator: progress.denominator(),
                percent: if audit.is_complete() { 100 } else { progress.percent().min(99) },
            }),
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

pub(crate) fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Complete => "complete",
        Verdict::Remaining(_) => "remaining",
        Verdict::Unreachable => "unreachable",
        Verdict::Stopped(_) => "stopped",
    }
}

fn outcome_view(catalog: &Catalog, audit: &Audit, outlook: &Outlook) -> OutcomeView {
    let requirement = catalog.qualification(audit.question.qualification).requirement(outlook.outcome);
    OutcomeView {
        id: requirement.id.to_string(),
        title: requirement.title.clone(),
        verdict: verdict_code(outlook.verdict),
        text: words::outlook(outlook.verdict, &audit.question),
        remaining: remaining(&audit.question, outlook.verdict),
    }
}

fn remaining(question: &Question, verdict: Verdict) -> Option<Remaining> {
    match verdict {
        Verdict::Unreachable | Verdict::Stopped(_) => None,
        Verdict::Complete => Some(cost_view(question, &Cost::ZERO)),
        Verdict::Remaining(cost) => Some(cost_view(question, &cost)),
    }
}

fn bounds(audit: &Audit) -> Option<BoundsView> {
    let Verdict::Stopped(bounds) = audit.verdict else { return None };
    let view = |cost: &Cost| cost_view(&audit.question, cost);
    Some(BoundsView {
        at_least: view(&bounds.least),
        at_most: bounds.most.as_ref().map(view),
        cases: bounds.cases,
    })
}

fn cost_view(question: &Question, cost: &Cost) -> Remaining {
    Remaining {
        measure: question.measure.word(),
        amount: cost.measure.to_string(),
        further: further(question, cost),
        new: cost.new,
        attestations: cost.attestations,
    }
}

fn further(question: &Question, cost: &Cost) -> Vec<AmountView> {
    let more = words::further(question, cost);
    more.map(|(amount, measure)| AmountView { measure: measure.word(), amount: amount.to_string() }).collect()
}

fn measured(qualification: &Qualification, limit: &Limit, measured: &Measured) -> MeasuredView {
    let (measure, of) = words::tally_word(&measured.tally);
    MeasuredView {
        from: words::from(limit, qualification),
        measure,
        of: of.map(ToOwned::to_owned),
        needed: measured.needed.to_string(),
        held: measured.held.to_string(),
        new: measured.new.to_string(),
    }
}

fn scope_view(catalog: &Catalog, audit: &Audit, scope: &ScopeAudit) -> ScopeView {
    let qualification = catalog.qualification(scope.qualification);
    let is_asked = scope.qualification == audit.question.qualification;
    let requirements = qualification
        .outline_with(audit.question.outcome.filter(|_| is_asked))
        .into_iter()
        .map(|(ix, depth)| {
            let status = &scope.requirements[ix.index()];
            let counted = scope.counted.iter().filter(|placed| placed.requirement == ix);
            RequirementView {
                id: qualification.requirement(ix).id.to_string(),
                title: words::requirement_title(catalog, scope.qualification, ix),
                depth,
                standing: words::standing(status.standing),
                rule: words::rule(catalog, scope.qualification, ix),
                needs: needs(qualification, ix, status),
                counted: counted.map(|placed| counted_view(catalog, audit, placed)).collect(),
            }
        })
        .collect();
    let lower = qualification.limits.iter().filter(|limit| limit.bound == Bound::AtLeast);
    ScopeView {
        qualification: qualification.id.to_string(),
        title: qualification.title.clone(),
        needed: scope.needed,
        requirements,
        limits: lower.zip(&scope.limits).map(|(limit, have)| measured(qualification, limit, have)).collect(),
    }
}

fn needs(qualification: &Qualification, ix: RequirementIx, status: &Status) -> Vec<MeasuredView> {
    match &qualification.requirement(ix).rule {
        Rule::Take(take) => take
            .floors
            .iter()
            .zip(&status.floors)
            .map(|(limit, have)| measured(qualification, limit, have))
            .collect(),
        _ => Vec::new(),
    }
}

fn counted_view(catalog: &Catalog, audit: &Audit, placed: &Placement) -> CountedView {
    let face = catalog.credential(placed.face);
    let (own, held) = match placed.thing {
        Thing::Held(at) => (audit.holdings[at].credential.to_string(), true),
        Thing::New(ix) => (catalog.credential(ix).id.to_string(), false),
    };
    let title = catalog.find_credential(&own).map(|ix| catalog.credential(ix).title.clone());
    CountedView {
        title: title.unwrap_or_else(|| own.clone()),
        counted_as: (face.id.as_str() != own).then(|| face.id.to_string()),
        credential: own,
        credits: placed.part.map(|part| part.credits.to_string()),
        held,
    }
}

fn step_view(
    catalog: &Catalog,
    question: &Question,
    asked: Option<QualificationIx>,
    step: &Step,
) -> StepView {
    let (action, id) = match &step.action {
        Action::Earn(ix) => ("earn", catalog.credential(*ix).id.to_string()),
        Action::Award(ix) => ("award", catalog.qualification(*ix).id.to_string()),
        Action::Confirm { key, .. } => ("confirm", key.to_string()),
    };
    StepView {
        action,
        id,
        text: words::step(catalog, question, asked, step),
        cost: step.cost.measure.to_string(),
        further: further(question, &step.cost),
        fills: step.fills.iter().map(|&(within, ix)| reference(catalog, within, ix)).collect(),
        opens: step.opens.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect(),
        components: step.components.iter().map(|&ix| catalog.credential(ix).id.to_string()).collect(),
    }
}

fn reference(catalog: &Catalog, within: QualificationIx, ix: RequirementIx) -> String {
    let qualification = catalog.qualification(within);
    format!("{}#{}", qualification.id, qualification.requirement(ix).id)
}

fn reason_view(catalog: &Catalog, audit: &Audit, reason: &Reason) -> ReasonView {
    let (code, text) = words::reason(catalog, audit, reason);
    let requirement = reason.place().map(|(within, ix)| reference(catalog, within, ix));
    let credential = reason.holding().map(|at| audit.holdings[at].credential.to_string());
    let policies = reason.policies().iter().map(|&ix| PolicyView::new(catalog, ix)).collect();
    ReasonView { code, text, requirement, credential, policies }
}
