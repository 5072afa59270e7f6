//! The price of counting a holding somewhere else.

use cairn_core::{Catalog, Learner, catalog::CredentialIx};
use cairn_solver::{Var, solve_within};

use crate::{
    Place, Question, Verdict,
    audit::{ScopeAudit, Thing, canonical, settled_without},
    model::{self, Model, RANK_DETAIL, RowTag},
};

/// What would be if a holding had to count toward a requirement that accepts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The requirement.
    pub place: Place,
    /// What would remain.
    pub verdict: Verdict,
}

/// What would be if a holding, by its position in [`crate::Audit::holdings`], had to count toward
/// each of the requirements that accept it and take: wherever their qualification is complete.
#[must_use]
pub fn price_of(catalog: &Catalog, learner: &Learner, question: &Question, holding: usize) -> Vec<Price> {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, question, false);
    let Some(unit) = model.units.iter().position(|unit| unit.holding == Some(holding)) else {
        return Vec::new();
    };
    let is_its_class = |class: usize| model.classes[class].units.contains(&unit);
    let mut places: Vec<Place> = Vec::new();
    for scope in &model.scopes {
        let mine = scope.takes.iter().filter(|one| is_its_class(one.class));
        places.extend(mine.map(|one| (scope.key.qualification, one.requirement)));
    }
    places.sort_unstable();
    places.dedup();
    let price = |place| Price { place, verdict: forced_to(&model, place, is_its_class) };
    places.into_iter().map(price).collect()
}

/// The verdict if one of the classes must count in a place.
fn forced_to(model: &Model<'_>, place: Place, is_wanted: impl Fn(usize) -> bool) -> Verdict {
    let mut problem = model.problem.clone();
    for terms in counted_in(model, place, is_wanted) {
        problem.at_least(terms, 0);
    }
    settled_without(model, &solve_within(&problem, model.question.cases()))
}

/// For each scope of a place: that something counts there if the scope is complete.
fn counted_in(model: &Model<'_>, place: Place, is_wanted: impl Fn(usize) -> bool) -> Vec<Vec<(Var, i64)>> {
    let scopes = model.scopes.iter().filter(|scope| scope.key.qualification == place.0);
    scopes
        .map(|scope| {
            let mine = scope.takes.iter().filter(|one| one.requirement == place.1 && is_wanted(one.class));
            mine.map(|one| (one.var, 1)).chain([(scope.complete, -1)]).collect()
        })
        .collect()
}

/// The wish that a holding of a credential should count toward a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    /// The credential.
    pub credential: CredentialIx,
    /// The requirement.
    pub place: Place,
}

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferred {
    /// The wish.
    pub preference: Preference,
    /// Whether it is honoured.
    pub outcome: Outcome,
}

/// Whether a wish is honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is.
    Honoured,
    /// It would cost something, or cannot be had with the other wishes: this is what would be if it
    /// had to be.
    Priced(Verdict),
    /// The requirement accepts no such holding.
    NotAccepted,
}

impl Model<'_> {
    /// The last objective: as many wishes as possible, where that costs nothing.
    pub(crate) fn prefer(&mut self, preferences: &[Preference]) {
        let mut missed = Vec::new();
        for preference in preferences {
            for mut terms in counted_in(self, preference.place, |class| self.is_held_of(class, preference)) {
                let miss = self.problem.var(1, RANK_DETAIL);
                missed.push((miss, 1));
                terms.push((miss, 1));
                self.at_least(terms, 0, RowTag::Structure);
            }
        }
        self.problem.minimise(missed);
    }

    fn is_held_of(&self, class: usize, preference: &Preference) -> bool {
        let unit = self.unit_of(class);
        !unit.is_new() && unit.own == preference.credential
    }
}

/// What became of each wish in an allocation.
pub(crate) fn preferred(
    model: &Model<'_>,
    scopes: &[ScopeAudit],
    preferences: &[Preference],
) -> Vec<Preferred> {
    let is_honoured = |preference: &Preference| {
        let (within, requirement) = preference.place;
        let mut counted =
            scopes.iter().filter(|scope| scope.qualification == within).flat_map(|scope| &scope.counted);
        counted.any(|placed| match placed.thing {
            Thing::Held(at) => {
                let own = model.learner.holdings[at].credential.as_str();
                placed.requirement == requirement
                    && model.catalog.find_credential(own) == Some(preference.credential)
            }
            Thing::New(_) => false,
        })
    };
    let outcome = |preference: &Preference| {
        let is_wanted = |class| model.is_held_of(class, preference);
        let mut scopes = counted_in(model, preference.place, is_wanted).into_iter();
        match is_honoured(preference) {
            true => Outcome::Honoured,
            // There is nothing but the completeness of the scope.
            false if scopes.all(|terms| terms.len() == 1) => Outcome::NotAccepted,
            false => Outcome::Priced(forced_to(model, preference.place, is_wanted)),
        }
    };
    let became = |&preference: &Preference| Preferred { preference, outcome: outcome(&preference) };
    preferences.iter().map(became).collect()
}
