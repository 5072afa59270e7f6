//! The audit of one learner against one qualification.
//!
//! A pure function of its arguments: it reads no clock, file or database. Holdings are put in a
//! canonical order first, so that their order on the record cannot matter.
//!
//! Invariant: inside one scope a holding counts toward at most one taking requirement.

use std::cmp::Ordering;

use cairn_core::{
    Amount, Catalog, Fraction, Holding, Learner,
    catalog::{CredentialIx, QualificationIx, RequirementIx, Tally},
};
use cairn_solver::{Problem, Proof, Workbench, solve_within};

use crate::{
    Preference, Preferred, Question, Reason, Step,
    allocation::{allocation, trimmed},
    eligibility::Unit,
    model::{self, Model},
    next,
    prepared::{Prepared, Record, Scratch},
    price, reason,
    scope::Goal,
};

mod verdict;
pub use verdict::{Bounds, Certainty, Cost, Verdict};

mod settle;
pub(crate) use settle::{cost_at, cost_of, settled_without};
use settle::{progress, settled, verdict};

mod status;

/// What an audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// What was asked.
    pub question: Question,
    /// Everything that is to be complete at once: one qualification, or those of a joint audit.
    pub targets: Vec<QualificationIx>,
    /// The learner's holdings in canonical order; everything else refers to them by position.
    pub holdings: Vec<Holding>,
    /// Complete, or how far from it.
    pub verdict: Verdict,
    /// The cost from nothing, if the qualification can be reached from nothing, and that is proved.
    pub from_nothing: Option<Cost>,
    /// The part of the way that is done, if there is a way from nothing that has a length.
    pub progress: Option<Fraction>,
    /// How far each outcome of the qualification is, unless the question asks for one.
    pub outcomes: Vec<Outlook>,
    /// The scopes that were allocated; the first is that of the question.
    pub scopes: Vec<ScopeAudit>,
    /// The order in which qualifications are had, where a policy binds them by their order.
    pub order: Vec<QualificationIx>,
    /// A cheapest completion, in an order that respects prerequisites.
    pub next: Vec<Step>,
    /// Why: a flat list, first about holdings, then about requirements.
    pub reasons: Vec<Reason>,
    /// What became of wishes, in the order in which they were stated.
    pub preferred: Vec<Preferred>,
}

impl Audit {
    /// Whether it is complete as things stand: surely, perhaps, or surely not. Nothing where the
    /// search was stopped before that was settled.
    ///
    /// What is not confirmed is unknown, not false. The least cost names new credentials first, so
    /// where it names none, confirmations alone would complete it, and it names the fewest that do.
    #[must_use]
    pub fn certainty(&self) -> Option<Certainty> {
        let without_earning = |cost: Cost| Cost { attestations: 0, ..cost } == Cost::ZERO;
        match self.verdict {
            Verdict::Complete => Some(Certainty::Certain),
            Verdict::Remaining(cost) if without_earning(cost) => Some(Certainty::Possible),
            Verdict::Remaining(_) | Verdict::Unreachable => Some(Certainty::Impossible),
            Verdict::Stopped(bounds) => (!without_earning(bounds.least)).then_some(Certainty::Impossible),
        }
    }

    /// Whether the qualification is complete.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.verdict == Verdict::Complete
    }
}

/// How far an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// The requirement that has a title of its own.
    pub outcome: RequirementIx,
    /// What an audit says that asks for it.
    pub verdict: Verdict,
}

/// Something that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A holding, by its position in [`Audit::holdings`].
    Held(usize),
    /// A credential still to be earned.
    New(CredentialIx),
}

/// Where something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// What counts.
    pub thing: Thing,
    /// The credential that it counts as.
    pub face: CredentialIx,
    /// The requirement that it counts toward.
    pub requirement: RequirementIx,
    /// How much of it counts there, where that is less than all.
    pub part: Option<Part>,
}

/// A part of something that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Its credits.
    pub credits: Amount,
    /// Whether another part of the same counts toward another requirement, which is named before.
    pub is_more: bool,
}

/// One scope: a qualification with its own allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeAudit {
    /// The qualification.
    pub qualification: QualificationIx,
    /// The qualification for which it is counted, often itself; nothing where sharing policies couple
    /// everything that is asked.
    pub frame: Option<QualificationIx>,
    /// Whether the completion needs this scope to be complete.
    pub needed: bool,
    /// Whether what is held, as it counts here, completes it.
    pub is_complete: bool,
    /// What counts.
    pub counted: Vec<Placement>,
    /// What overlays look at, where that is a choice; it does not count by that.
    pub looked_at: Vec<Placement>,
    /// The status of each requirement, by position.
    pub requirements: Vec<Status>,
    /// How far the lower limits over everything counted are met, in the order of the rules.
    pub limits: Vec<Measured>,
}

/// How a requirement stands in the optimal completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Met, open, or not needed.
    pub standing: Standing,
    /// Its needs and lower limits, in the order of the rules.
    pub floors: Vec<Measured>,
}

/// Whether a requirement is met by what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Met,
    /// It is not, and the completion meets it.
    Open,
    /// It is not, and the completion does without it.
    NotNeeded,
    /// It is asked of others only.
    NotAsked,
}

/// A need, and what there is toward it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// What is added up or compared.
    pub tally: Tally,
    /// How much is needed.
    pub needed: Amount,
    /// How much the holdings that count bring.
    pub held: Amount,
    /// How much the completion adds; how much better it makes an average.
    pub new: Amount,
}

/// So many cases are looked at to say how near one could come to what is out of reach.
const REASON_CASES_MAX: u64 = 5_000;

/// Audits a learner.
#[must_use]
pub fn audit(catalog: &Catalog, learner: &Learner, question: &Question) -> Audit {
    audit_preferring(catalog, learner, question, &[])
}

/// Audits a learner, with wishes of where holdings should count: they are honoured where that costs
/// nothing, as many as possible; otherwise their price is said.
#[must_use]
pub fn audit_preferring(
    catalog: &Catalog,
    learner: &Learner,
    question: &Question,
    preferences: &[Preference],
) -> Audit {
    let learner = canonical(learner);
    answer(catalog, &learner, question.into(), preferences)
}

/// The audit of a canonical learner.
pub(crate) fn answer(
    catalog: &Catalog,
    learner: &Learner,
    goal: Goal<'_>,
    preferences: &[Preference],
) -> Audit {
    let model = model::build_preferring(catalog, learner, goal, preferences);
    let found = cairn_solver::solve_within(&model.problem, goal.question.cases());
    match &found.solution {
        Some(solution) => {
            let bench = trimmed(&model, solution);
            let verdict = settled(&model, &found, Some(cost_at(&model, bench.values())));
            let audit = report(&model, &bench, verdict, true);
            Audit { preferred: price::preferred(&model, &audit.scopes, preferences), ..audit }
        }
        None if found.is_proved => unreachable(catalog, learner, goal),
        None => nothing_found(&model, settled(&model, &found, None)),
    }
}

/// Audits a learner, with a proof that anybody can check: the problem, its answer, and why there
/// is no better one. However many cases that takes: what was stopped would prove nothing.
#[must_use]
pub fn certify(catalog: &Catalog, learner: &Learner, question: &Question) -> (Audit, Proof) {
    certified(catalog, learner, question.into())
}

/// The same for what is asked, one qualification or several.
pub(crate) fn certified(catalog: &Catalog, learner: &Learner, goal: Goal<'_>) -> (Audit, Proof) {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, goal, false);
    let (solution, certificate) = cairn_solver::certify(&model.problem);
    let audit = match &solution {
        Some(solution) => report(&model, &trimmed(&model, solution), verdict(cost_of(solution)), true),
        None => unreachable(catalog, &learner, goal),
    };
    (audit, Proof { names: model.names(), problem: model.problem, solution, certificate })
}

/// The audit where nothing completes the qualification: as near as one could come.
fn unreachable(catalog: &Catalog, learner: &Learner, goal: Goal<'_>) -> Audit {
    let model = model::build(catalog, learner, goal, true);
    // That it is out of reach is proved already. How near one could come is only a reason: it may be
    // hard to find exactly, and says so where it was not.
    let question = goal.question;
    let found = cairn_solver::solve_within(&model.problem, REASON_CASES_MAX.min(question.cases()));
    if let Some(solution) = found.solution {
        return report(&model, &trimmed(&model, &solution), Verdict::Unreachable, found.is_proved);
    }
    if question.cases_max.is_some() {
        return nothing_found(&model, Verdict::Unreachable);
    }
    let solution =
        cairn_solver::solve(&model.problem).expect("needs may fall short, so nothing is impossible");
    report(&model, &trimmed(&model, &solution), Verdict::Unreachable, true)
}

/// The audit where the search was stopped before it found anything that could be shown.
fn nothing_found(model: &Model<'_>, verdict: Verdict) -> Audit {
    Audit {
        question: *model.question,
        targets: model.goal.targets.to_vec(),
        holdings: model.learner.holdings.clone(),
        verdict,
        from_nothing: None,
        progress: None,
        outcomes: outlooks(model, verdict),
        scopes: Vec::new(),
        order: Vec::new(),
        next: Vec::new(),
        reasons: Vec::new(),
        preferred: Vec::new(),
    }
}

/// The least cost of a completion, without anything else, however many cases that takes.
#[must_use]
pub fn remaining(catalog: &Catalog, learner: &Learner, question: &Question) -> Option<Cost> {
    let learner = canonical(learner);
    least(catalog, &learner, question.into())
}

/// The least cost of a completion for a canonical learner.
pub(crate) fn least(catalog: &Catalog, learner: &Learner, goal: Goal<'_>) -> Option<Cost> {
    let model = model::build(catalog, learner, goal, false);
    cairn_solver::solve(&model.problem).map(|solution| cost_of(&solution))
}

/// The same, if it is proved within the cases of the question.
fn proved(catalog: &Catalog, learner: &Learner, goal: Goal<'_>) -> Option<Cost> {
    let search = || {
        let model = model::build(catalog, learner, goal, false);
        let found = cairn_solver::solve_within(&model.problem, goal.question.cases());
        found.solution.filter(|_| found.is_proved).map(|solution| cost_of(&solution))
    };
    let [_] = goal.targets else { return search() };
    let prepared = Prepared::new(catalog, goal.question);
    let at_once = prepared.without_search(&Record::new(catalog, learner), &mut Scratch::default());
    at_once.unwrap_or_else(search)
}

/// The integer problem whose optimum is what remains, for other solvers to have an opinion on.
///
/// Its objectives are the parts of a [`Cost`]; the measures are in thousandths.
#[must_use]
pub fn problem(catalog: &Catalog, learner: &Learner, question: &Question) -> Problem {
    model::build(catalog, &canonical(learner), question, false).problem
}

/// The learner with their holdings by day, then id, then all other facts.
pub(crate) fn canonical(learner: &Learner) -> Learner {
    let mut learner = learner.clone();
    learner.holdings.sort_by(compare);
    learner
}

fn compare(a: &Holding, b: &Holding) -> Ordering {
    let first = |holding: &Holding| (holding.awarded, holding.credential.clone());
    let rest = |holding: &Holding| {
        let Holding { expires, grade, credits, issuer, source, state, evidence, attributes, .. } =
            holding.clone();
        (expires, grade, credits, issuer, source, state, evidence, attributes, holding.components.clone())
    };
    first(a).cmp(&first(b)).then_with(|| rest(a).cmp(&rest(b)))
}

/// How every scope stands in a solution.
pub(crate) fn scopes_of(model: &Model<'_>, values: &[i64]) -> Vec<ScopeAudit> {
    let allocations: Vec<_> = (0..model.scopes.len()).map(|scope| allocation(model, scope, values)).collect();
    status::scopes(model, values, &allocations)
}

fn report(model: &Model<'_>, bench: &Workbench<'_>, verdict: Verdict, is_proved: bool) -> Audit {
    let values = bench.values();
    let scopes = scopes_of(model, values);
    let nobody = Learner::new(model.learner.id.clone());
    let from_nothing = proved(model.catalog, &nobody, model.goal);
    let is_reachable = verdict != Verdict::Unreachable;
    let next = if is_reachable { next::steps(model, values, &scopes) } else { Vec::new() };
    let mut reasons = reason::reasons(model, bench, &scopes, (!is_reachable).then_some(is_proved));
    reasons.extend(reason::policies(model, verdict));
    Audit {
        question: *model.question,
        targets: model.goal.targets.to_vec(),
        holdings: model.learner.holdings.clone(),
        verdict,
        from_nothing,
        progress: progress(verdict, from_nothing),
        outcomes: outlooks(model, verdict),
        scopes,
        order: model.order_of(values),
        next,
        reasons,
        preferred: Vec::new(),
    }
}

/// How far each outcome of the one qualification is that is asked about.
fn outlooks(model: &Model<'_>, verdict: Verdict) -> Vec<Outlook> {
    let ([_], None) = (model.goal.targets, model.question.outcome) else { return Vec::new() };
    let outlook = |&outcome: &RequirementIx| {
        let question = Question { outcome: Some(outcome), ..*model.question };
        // What asks for more is out of reach as well.
        let verdict = match verdict {
            Verdict::Unreachable => verdict,
            _ => alone(model.catalog, model.learner, &question),
        };
        Outlook { outcome, verdict }
    };
    model.catalog.qualification(model.question.qualification).outcomes.iter().map(outlook).collect()
}

/// What an audit says, and no more; of a canonical learner.
pub(crate) fn alone(catalog: &Catalog, learner: &Learner, question: &Question) -> Verdict {
    let model = model::build(catalog, learner, question, false);
    settled_without(&model, &solve_within(&model.problem, question.cases()))
}

pub(crate) fn unit_of<'m, 'a>(model: &'m Model<'a>, thing: Thing) -> &'m Unit<'a> {
    let is_it = |unit: &&Unit<'_>| match thing {
        Thing::Held(holding) => unit.holding == Some(holding),
        Thing::New(credential) => unit.is_new() && unit.own == credential,
    };
    model.units.iter().find(is_it).expect("what is placed is a unit of the model")
}
