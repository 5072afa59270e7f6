//! §4: the best different completions, and those that no other beats.

use cairn_core::{Catalog, Learner};

use crate::{Completion, Cost, Question, candidates, completes};

/// All completions, from the cheapest on, of which none has everything that an earlier one has.
#[must_use]
pub fn different(catalog: &Catalog, learner: &Learner, question: &Question) -> Vec<Completion> {
    let mut found: Vec<Completion> = Vec::new();
    for one in candidates(catalog, question) {
        if !found.iter().any(|less| has_all_of(&one, less))
            && completes(catalog, learner, question, &[question.qualification], &one)
        {
            found.push(one);
        }
    }
    found
}

/// What the completions cost that no other beats: none costs as little as another in every measure.
/// Of those that cost the same, the least number of things.
#[must_use]
pub fn unbeaten(catalog: &Catalog, learner: &Learner, question: &Question) -> Vec<Cost> {
    let all: Vec<Completion> = candidates(catalog, question)
        .into_iter()
        .filter(|one| completes(catalog, learner, question, &[question.qualification], one))
        .collect();
    let is_beaten = |one: &Cost| {
        all.iter().any(|other| {
            let pairs = || other.cost.measures.iter().zip(&one.measures);
            pairs().all(|(less, more)| less <= more) && pairs().any(|(less, more)| less < more)
        })
    };
    let mut found: Vec<Cost> =
        all.iter().map(|one| one.cost.clone()).filter(|cost| !is_beaten(cost)).collect();
    found.dedup_by(|next, kept| next.measures == kept.measures);
    found
}

fn has_all_of(more: &Completion, less: &Completion) -> bool {
    let times = |of: &Completion, wanted| of.new.iter().filter(|one| *one == wanted).count();
    less.new.iter().all(|one| times(less, one) <= times(more, one))
        && less.awards.iter().all(|one| more.awards.contains(one))
        && less.granted.iter().all(|one| more.granted.contains(one))
}
