//! The audit of one learner against one qualification.
//!
//! A pure function of its arguments: it reads no clock, file or database. Holdings are put in a
//! canonical order first, so that their order on the record cannot matter.
//!
//! Invariant: inside one scope a holding counts toward at most one taking requirement.

use std::cmp::Ordering;

use cairn_core::{
    Amount, Catalog, Fraction, Holding, Learner, Measure,
    catalog::{CredentialIx, QualificationIx, RequirementIx},
};
use cairn_solver::{Problem, Proof, Solution};

use crate::{
    Question, Reason, Step,
    allocation::{allocation, trimmed},
    eligibility::Unit,
    model::{self, Model},
    next,
    prepared::{Prepared, Record, Scratch},
    reason,
};

mod status;

/// What an audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// What was asked.
    pub question: Question,
    /// The learner's holdings in canonical order; everything else refers to them by position.
    pub holdings: Vec<Holding>,
    /// Complete, or how far from it.
    pub verdict: Verdict,
    /// The cost from nothing, if the qualification can be reached from nothing.
    pub from_nothing: Option<Cost>,
    /// The part of the way that is done, if there is a way from nothing that has a length.
    pub progress: Option<Fraction>,
    /// The scopes that were allocated; the first is that of the question.
    pub scopes: Vec<ScopeAudit>,
    /// A cheapest completion, in an order that respects prerequisites.
    pub next: Vec<Step>,
    /// Why: a flat list, first about holdings, then about requirements.
    pub reasons: Vec<Reason>,
}

impl Audit {
    /// Whether the qualification is complete.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.verdict == Verdict::Complete
    }
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is met.
    Complete,
    /// This much remains, and no less.
    Remaining(Cost),
    /// Nothing that can be earned would complete it.
    Unreachable,
}

/// The cost of a completion, compared from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// The measure of the question over all new credentials.
    pub measure: Amount,
    /// How many new credentials and awards.
    pub new: u64,
    /// How many attestations still to be evidenced.
    pub attestations: u64,
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
}

/// One scope: a qualification with its own allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeAudit {
    /// The qualification.
    pub qualification: QualificationIx,
    /// The qualification whose sharing policies couple the scope with others, often itself.
    pub frame: QualificationIx,
    /// Whether the completion needs this scope to be complete.
    pub needed: bool,
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
}

/// A need, and what there is toward it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// In number or credits.
    pub measure: Measure,
    /// How much is needed.
    pub needed: Amount,
    /// How much the holdings that count bring.
    pub held: Amount,
    /// How much the completion adds.
    pub new: Amount,
}

/// So many cases are looked at to say how near one could come to what is out of reach.
const REASON_CASES_MAX: u64 = 5_000;

/// Audits a learner.
#[must_use]
pub fn audit(catalog: &Catalog, learner: &Learner, question: &Question) -> Audit {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, question, false);
    match cairn_solver::solve(&model.problem) {
        Some(solution) => report(&model, &solution, Some(cost_of(&solution)), true),
        None => unreachable(catalog, &learner, question),
    }
}

/// Audits a learner, with a proof that anybody can check: the problem, its answer, and why there
/// is no better one.
#[must_use]
pub fn certify(catalog: &Catalog, learner: &Learner, question: &Question) -> (Audit, Proof) {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, question, false);
    let (solution, certificate) = cairn_solver::certify(&model.problem);
    let audit = match &solution {
        Some(solution) => report(&model, solution, Some(cost_of(solution)), true),
        None => unreachable(catalog, &learner, question),
    };
    (audit, Proof { names: model.names(), problem: model.problem, solution, certificate })
}

/// The audit where nothing completes the qualification: as near as one could come.
fn unreachable(catalog: &Catalog, learner: &Learner, question: &Question) -> Audit {
    let model = model::build(catalog, learner, question, true);
    // That it is out of reach is proved already. How near one could come is only a reason: it may be
    // hard to find exactly, and says so where it was not.
    let (found, is_proved) = cairn_solver::solve_within(&model.problem, REASON_CASES_MAX);
    if let Some(solution) = found {
        return report(&model, &solution, None, is_proved);
    }
    let solution =
        cairn_solver::solve(&model.problem).expect("needs may fall short, so nothing is impossible");
    report(&model, &solution, None, true)
}

/// The least cost of a completion, without anything else.
#[must_use]
pub fn remaining(catalog: &Catalog, learner: &Learner, question: &Question) -> Option<Cost> {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, question, false);
    cairn_solver::solve(&model.problem).map(|solution| cost_of(&solution))
}

/// The integer problem whose optimum is what remains, for other solvers to have an opinion on.
///
/// Its objectives are the parts of a [`Cost`]; the first is in thousandths.
#[must_use]
pub fn problem(catalog: &Catalog, learner: &Learner, question: &Question) -> Problem {
    model::build(catalog, &canonical(learner), question, false).problem
}

fn cost_of(solution: &Solution) -> Cost {
    let [measure, new, attestations] = solution.costs[..] else {
        unreachable!("the cost of a completion has three parts");
    };
    let number = |cost: i64| u64::try_from(cost).expect("costs are not negative");
    Cost { measure: Amount::from_thousandths(measure), new: number(new), attestations: number(attestations) }
}

/// The learner with their holdings by day, then id, then all other facts.
fn canonical(learner: &Learner) -> Learner {
    let mut learner = learner.clone();
    learner.holdings.sort_by(compare);
    learner
}

fn compare(a: &Holding, b: &Holding) -> Ordering {
    let first = |holding: &Holding| (holding.awarded, holding.credential.clone());
    let rest = |holding: &Holding| {
        let Holding { expires, grade, credits, issuer, source, state, evidence, attributes, .. } =
            holding.clone();
        (expires, grade, credits, issuer, source, state, evidence, attributes)
    };
    first(a).cmp(&first(b)).then_with(|| rest(a).cmp(&rest(b)))
}

fn report(model: &Model<'_>, solution: &Solution, cost: Option<Cost>, is_proved: bool) -> Audit {
    let bench = trimmed(model, solution);
    let values = bench.values();
    let allocations: Vec<_> = (0..model.scopes.len()).map(|scope| allocation(model, scope, values)).collect();
    let scopes = status::scopes(model, values, &allocations);
    let nobody = Learner::new(model.learner.id.clone());
    let from_nothing = Prepared::new(model.catalog, model.question)
        .remaining(&Record::new(model.catalog, &nobody), &mut Scratch::default());
    let verdict = match cost {
        None => Verdict::Unreachable,
        Some(cost) if cost == Cost { measure: Amount::ZERO, new: 0, attestations: 0 } => Verdict::Complete,
        Some(cost) => Verdict::Remaining(cost),
    };
    let next = if cost.is_some() { next::steps(model, values, &scopes) } else { Vec::new() };
    let unreachable = cost.is_none().then_some(is_proved);
    let reasons = reason::reasons(model, &bench, &scopes, unreachable);
    Audit {
        question: *model.question,
        holdings: model.learner.holdings.clone(),
        verdict,
        from_nothing,
        progress: progress(cost, from_nothing),
        scopes,
        next,
        reasons,
    }
}

/// 1 − m(H) / m(∅), where that has a meaning.
fn progress(cost: Option<Cost>, from_nothing: Option<Cost>) -> Option<Fraction> {
    let (now, whole) = (cost?.measure.thousandths(), from_nothing?.measure.thousandths());
    Fraction::new(whole - now, whole)
}

pub(crate) fn unit_of<'m, 'a>(model: &'m Model<'a>, thing: Thing) -> &'m Unit<'a> {
    let is_it = |unit: &&Unit<'_>| match thing {
        Thing::Held(holding) => unit.holding == Some(holding),
        Thing::New(credential) => unit.is_new() && unit.own == credential,
    };
    model.units.iter().find(is_it).expect("what is placed is a unit of the model")
}
