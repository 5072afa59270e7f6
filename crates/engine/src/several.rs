//! More than one way on: the best different completions, and those that no other beats in everything.
//!
//! Both are one enumeration from the cheapest completion on ([`cairn_solver::Front`]). What is
//! given is proved: nothing cheaper was passed over.

use std::collections::BTreeMap;

use cairn_core::{Catalog, Learner, catalog::CredentialIx};
use cairn_solver::{Front, Solution, Var};

use crate::{
    Cost, Question, Step,
    allocation::trimmed,
    audit::{canonical, cost_at, scopes_of},
    model::{self, Model},
    next,
};

/// One way to complete the qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it costs.
    pub cost: Cost,
    /// What is to be done, in an order that respects prerequisites.
    pub steps: Vec<Step>,
    /// Where others of their kind would do as well.
    pub choices: Vec<Choice>,
}

/// New credentials that no rule can tell from others, at no other price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Those in the completion.
    pub chosen: Vec<CredentialIx>,
    /// Those that could stand in their place, each for any one.
    pub others: Vec<CredentialIx>,
}

/// Several completions, from the cheapest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// What was asked.
    pub question: Question,
    /// The completions.
    pub completions: Vec<Completion>,
    /// Whether there are more.
    pub end: End,
}

/// Why a list of completions ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// There are no more.
    Exhausted,
    /// As many were asked for; there are more.
    Enough,
    /// The search was stopped; there may be more, but none that is cheaper than those that are given.
    Stopped,
}

/// The `most` best completions that are different: none has everything that an earlier one has, and
/// credentials that no rule can tell apart make no difference.
#[must_use]
pub fn best(catalog: &Catalog, learner: &Learner, question: &Question, most: usize) -> Completions {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, question, false);
    completions(&model, things(&model), most)
}

/// What may be newly had: so many of a credential, or of those that are like it; an award; evidence.
fn things(model: &Model<'_>) -> Vec<Vec<(Var, i64)>> {
    // A credential that may be had several times may stand in several classes.
    let mut by_credential: BTreeMap<CredentialIx, Vec<(Var, i64)>> = BTreeMap::new();
    for (&class, &var) in &model.earned {
        by_credential.entry(model.unit_of(class).own).or_default().push((var, 1));
    }
    let others = model.awarded.values().chain(model.granted.values());
    by_credential.into_values().chain(others.map(|&var| vec![(var, 1)])).collect()
}

/// The completions that no other beats: each costs less than any other in some measure of the
/// question, or has no equal that costs less in another. Of several of one cost, the one with the
/// fewest things.
#[must_use]
pub fn pareto(catalog: &Catalog, learner: &Learner, question: &Question) -> Completions {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, question, false);
    let measures = question.measures().map(|measure| model.prices(measure)).collect();
    completions(&model, measures, usize::MAX)
}

fn completions(model: &Model<'_>, coordinates: Vec<Vec<(Var, i64)>>, most: usize) -> Completions {
    let mut front = Front::new(&model.problem, coordinates, model.question.cases());
    let completions: Vec<_> =
        front.by_ref().take(most).map(|solution| completion(model, &solution)).collect();
    let end = match front.next() {
        Some(_) => End::Enough,
        None if front.is_stopped() => End::Stopped,
        None => End::Exhausted,
    };
    Completions { question: *model.question, completions, end }
}

fn completion(model: &Model<'_>, solution: &Solution) -> Completion {
    let bench = trimmed(model, solution);
    let values = bench.values();
    let steps = next::steps(model, values, &scopes_of(model, values));
    Completion { cost: cost_at(model, values), steps, choices: choices(model, values) }
}

/// The classes of different credentials of which some are earned and others are not.
fn choices(model: &Model<'_>, values: &[i64]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (&class, var) in model.earned.iter().filter(|&(&class, _)| model.classes[class].is_merged()) {
        let members: Vec<_> = model.classes[class].units.iter().map(|&unit| model.units[unit].own).collect();
        let earned = usize::try_from(values[var.index()]).expect("values are not negative");
        let (chosen, others) = members.split_at(earned);
        if !chosen.is_empty() && !others.is_empty() {
            choices.push(Choice { chosen: chosen.to_vec(), others: others.to_vec() });
        }
    }
    choices
}
