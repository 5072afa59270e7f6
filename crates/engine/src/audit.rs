//! The audit of one learner against one qualification.
//!
//! A pure function of its arguments: it reads no clock, file or database. Holdings are put in a
//! canonical order first, so that their order on the record cannot matter.
//!
//! Invariant: inside one scope a holding counts toward at most one taking requirement.

use cairn_core::{Catalog, Fraction, Holding, Learner, catalog::QualificationIx};
use cairn_solver::{Problem, Proof, Workbench};

use crate::{
    Preference, Preferred, Question, Reason, Step,
    allocation::{allocation, trimmed},
    model::{self, Model},
    next,
    prepared::{Prepared, Record, Scratch},
    price, reason,
    scope::Goal,
};

mod verdict;
pub use verdict::{Bounds, Certainty, Cost, Verdict};

mod placement;
pub(crate) use placement::unit_of;
pub use placement::{Part, Placement, Thing};

mod scope;
pub use scope::{Measured, ScopeAudit, Standing, Status};

mod canonical;
pub(crate) use canonical::canonical;

mod settle;
pub(crate) use settle::{cost_at, cost_of, settled_without};
use settle::{progress, settled, verdict};

mod status;

mod outlook;
pub use outlook::Outlook;
pub(crate) use outlook::alone;
use outlook::outlooks;

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
