//! Builds the problem: first the variables, then what the rules say, then what is asked.

use std::collections::BTreeMap;

use cairn_core::{
    Catalog, Learner,
    catalog::{CredentialIx, Qualification, RequirementIx, Rule, Sight},
};
use cairn_solver::Problem;

use super::{Model, RANK_NEW, RANK_SHAPE, RowTag, Scope, class};
use crate::{
    Preference,
    eligibility::Unit,
    scope::{Goal, Scopes},
};

/// Builds the problem. With `relaxed`, needs may fall short, at a price above all others.
pub(crate) fn build<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: impl Into<Goal<'a>>,
    relaxed: bool,
) -> Model<'a> {
    build_apart(catalog, learner, goal.into(), relaxed, &[], &[])
}

/// Builds the problem of meeting requirements of the qualification, whether it is complete or not.
pub(crate) fn build_to_meet<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: impl Into<Goal<'a>>,
    requirements: &[RequirementIx],
) -> Model<'a> {
    build_apart(catalog, learner, goal.into(), false, &[], requirements)
}

/// Builds the problem with wishes, which are the last objective if there are any.
pub(crate) fn build_preferring<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: Goal<'a>,
    preferences: &[Preference],
) -> Model<'a> {
    let wanted: Vec<_> = preferences.iter().map(|preference| preference.credential).collect();
    let mut model = build_apart(catalog, learner, goal, false, &wanted, &[]);
    if !preferences.is_empty() {
        model.prefer(preferences);
    }
    model
}

/// Builds the problem; units of the credentials of `apart` are not merged with others. Asked for is
/// that the requirements are met, or, where there are none, that the qualification is complete.
fn build_apart<'a>(
    catalog: &'a Catalog,
    learner: &'a Learner,
    goal: Goal<'a>,
    relaxed: bool,
    apart: &[CredentialIx],
    to_meet: &[RequirementIx],
) -> Model<'a> {
    let question = goal.question;
    assert!(catalog.is_beside(learner), "the catalog is that beside the record");
    let found = Scopes::find(catalog, learner, goal);
    let with_expired =
        found.keys.iter().any(|key| looks_at_attempts(catalog.qualification(key.qualification)));
    let held =
        (0..learner.holdings.len()).filter_map(|at| Unit::held(catalog, learner, at, question, with_expired));
    let times = |ix: CredentialIx| catalog.credential(ix).times as usize;
    let new = found.earnable.iter().flat_map(|&ix| std::iter::repeat_n(ix, times(ix)));
    let new = new.map(|ix| Unit::new(catalog, ix, question.as_of).beside(catalog, learner, question));
    let units: Vec<_> = held.chain(new).collect();
    let classes = class::classes(catalog, question, &found, &units, apart);
    let mut model = Model {
        catalog,
        learner,
        question,
        goal,
        problem: Problem::default(),
        tags: Vec::new(),
        clauses: Vec::new(),
        clause: None,
        units,
        classes,
        scopes: Vec::new(),
        earned: BTreeMap::new(),
        awarded: BTreeMap::new(),
        granted: BTreeMap::new(),
        divided: BTreeMap::new(),
        conditional: Vec::new(),
        shortfalls: Vec::new(),
        unique: Vec::new(),
        permits: Vec::new(),
        before: BTreeMap::new(),
        found,
    };
    model.declare();
    for scope in 0..model.scopes.len() {
        model.allocate(scope);
        model.requirements(scope, relaxed);
        model.qualification(scope, relaxed);
    }
    model.awards();
    model.prerequisites();
    model.sharing(relaxed);
    model.use_up();
    let mut asked: Vec<_> = to_meet.iter().map(|ix| model.scopes[0].met[ix.index()]).collect();
    if asked.is_empty() {
        asked.extend(model.scopes[..goal.targets.len()].iter().map(|scope| scope.complete));
    }
    for goal in asked {
        model.at_least([(goal, 1)], 1, RowTag::Structure);
    }
    if let (Some(outcome), [target]) = (question.outcome, goal.targets)
        && *target == question.qualification
    {
        let met = model.scopes[0].met[outcome.index()];
        model.at_least([(met, 1)], 1, RowTag::Structure);
    }
    model.objectives(relaxed);
    model
}

/// Whether a requirement of the qualification looks at what was attempted.
fn looks_at_attempts(qualification: &Qualification) -> bool {
    let is_it = |rule: &Rule| matches!(rule, Rule::Take(take) if take.sight == Sight::Attempted);
    qualification.requirements.iter().any(|requirement| is_it(&requirement.rule))
}

impl Model<'_> {
    /// Makes the variables of scopes, new credentials, awards and attestations.
    fn declare(&mut self) {
        let catalog = self.catalog;
        for &key in &self.found.keys {
            let complete = self.problem.var(1, RANK_SHAPE);
            let requirements = &catalog.qualification(key.qualification).requirements;
            let met = requirements.iter().map(|_| self.problem.var(1, RANK_SHAPE)).collect();
            let (takes, counted, looks) = Default::default();
            self.scopes.push(Scope { key, complete, met, takes, counted, looks });
            for requirement in requirements {
                if let Rule::Attest(attest) = &requirement.rule {
                    let key = attest.key.as_str();
                    if !self.granted.contains_key(key) {
                        self.granted.insert(key.to_owned(), self.problem.var(1, RANK_SHAPE));
                    }
                }
            }
        }
        for &award in &self.found.awardable {
            self.awarded.insert(award, self.problem.var(1, RANK_NEW));
        }
        for (class, members) in self.classes.iter().enumerate() {
            if self.units[members.units[0]].is_new() {
                self.earned.insert(class, self.problem.var(members.size(), RANK_NEW));
            }
        }
    }
}
